"""``evalclient app`` on a machine whose graphics libraries are missing."""

from __future__ import annotations

import pytest

from evalclient.cli.app import SystemLibrariesMissing, raise_for_libraries


def test_a_missing_library_is_named_with_the_line_that_installs_it() -> None:
    with pytest.raises(SystemLibrariesMissing) as caught:
        raise_for_libraries(ImportError("libGL.so.1: cannot open shared object file: No such file or directory"))
    for text in (caught.value.zh, caught.value.en):
        assert "libGL.so.1" in text
        assert "apt-get install -y --no-install-recommends libgl1 " in text


def test_a_fault_of_our_own_stays_what_it_is() -> None:
    raise_for_libraries(ImportError("cannot import name 'MainWindow' from 'evalclient.app.window'"))
