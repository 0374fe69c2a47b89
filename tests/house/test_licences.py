"""Everything that is shipped may be shipped: permissive, MPL or LGPL, and docs/licences.md says so truly."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
RENEW = "run make licences"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / ".ci/licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


def test_the_page_lists_what_is_needed_at_run_time() -> None:
    assert (ROOT / "docs/licences.md").read_text("utf-8") == SCRIPT.page(), RENEW


def test_every_package_of_the_project_is_looked_at() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {pin.partition("==")[0].lower().replace("_", "-") for pin in project["dependencies"]}
    assert asked <= set(SCRIPT.runtime())
    assert not {"pytest", "fastapi", "pyinstaller"} & set(SCRIPT.runtime())


def test_versions_are_those_of_the_lock() -> None:
    locked = dict(
        re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.M)
    )
    names = {name.lower().replace("_", "-"): version for name, version in locked.items()}
    rows = re.findall(r"^\| ([^|]+) \| ([0-9][^|]*) \| ", (ROOT / "docs/licences.md").read_text("utf-8"), re.M)
    assert len(rows) > 30
    assert [row for row in rows if names.get(row[0].lower().replace("_", "-")) != row[1]] == []


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "Proprietary", ""])
def test_other_licences_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(expression)}$"):
        SCRIPT.chosen(expression)


def test_of_several_licences_one_that_is_allowed_is_chosen() -> None:
    assert SCRIPT.chosen("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only") == "LGPL-3.0-only"


@pytest.mark.parametrize("name", ["LGPL-3.0.txt", "GPL-3.0.txt"])
def test_the_texts_that_qt_asks_for_are_here(name: str) -> None:
    text = (ROOT / "resources/licences" / name).read_text("utf-8")
    assert "Version 3, 29 June 2007" in text
