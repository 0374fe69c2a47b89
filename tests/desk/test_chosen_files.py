"""Files a person has chosen: one sentence where they cannot be read or written, and never half a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.desk.certificate_files import CertificateFileRefused, open_certificate
from evalclient.desk.chosen_files import FileNotRead, FileNotWritten, read_chosen, write_chosen
from tests.builders.desk_people import key_of


def test_what_is_written_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = write_chosen(tmp_path / "file", b"0123456789")
    assert read_chosen(path, 4) == b"0123"
    write_chosen(path, b"new")
    assert read_chosen(path, 99) == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_a_path_that_is_no_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotRead, match="nowhere"):
        read_chosen(tmp_path / "nowhere", 9)
    with pytest.raises(FileNotRead):
        read_chosen(tmp_path, 9)
    with pytest.raises(FileNotWritten, match="file"):
        write_chosen(tmp_path / "missing" / "file", b"data")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileNotWritten):
        write_chosen(tmp_path / "folder", b"data")
    assert [found.name for found in tmp_path.iterdir()] == ["folder"]


def test_a_certificate_is_opened_and_a_key_file_is_not(tmp_path: Path) -> None:
    certificate = key_of("王建国", "m1").certificate
    path = write_chosen(tmp_path / "m1.cer", certificate)
    opened = open_certificate(path)
    assert (opened.der, opened.name) == (certificate, "王建国")
    with pytest.raises(CertificateFileRefused):
        open_certificate(write_chosen(tmp_path / "key", b"\x30\x82" + bytes(600_000)))
