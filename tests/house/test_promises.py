"""What README, Makefile and the CI run promise one another."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def described_targets() -> set[str]:
    """Targets that ``make help`` lists."""
    return set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))


def test_help_lists_what_is_promised() -> None:
    assert {"help", "demo", "test", "lint", "bench", "screenshots", "package"} <= described_targets()


def test_every_make_command_in_the_pages_exists() -> None:
    named = set(re.findall(r"`make ([a-z]+)", README + CONTRIBUTING)) | set(
        re.findall(r"^    make ([a-z]+)", README, re.MULTILINE)
    )
    assert {"demo", "test"} <= named
    assert named <= described_targets()


def test_ci_calls_the_command_of_the_readme() -> None:
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "    make test" in README
    assert run.rstrip().splitlines()[-1].endswith("make --no-print-directory test")


def test_relative_links_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README + CONTRIBUTING)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_folders_of_the_map_exist() -> None:
    folders = re.findall(r"^\| `([a-z_/]+)` \|", README, re.MULTILINE)
    assert len(folders) >= 10
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_version_is_told_once_and_the_same() -> None:
    dispatch = (ROOT / "evalclient/cli/dispatch.py").read_text(encoding="utf-8")
    assert f'version="evalclient {PROJECT["project"]["version"]}"' in dispatch


def test_every_version_is_pinned() -> None:
    project = PROJECT["project"]
    asked = [*project["dependencies"], *(pin for extra in project["optional-dependencies"].values() for pin in extra)]
    assert [pin for pin in asked if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9.]*", pin)] == []


def test_qt_stays_on_the_line_that_works_with_python_3_11() -> None:
    qt = [pin for pin in PROJECT["project"]["dependencies"] if pin.startswith("PySide6")]
    assert len(qt) == 1
    assert qt[0].startswith("PySide6_Essentials==6.11.")


def test_full_branch_coverage_is_asked_of_the_gates_and_the_fold() -> None:
    floor = re.search(r"^FLOOR := (.*(?:\n .*)*)", MAKEFILE, re.MULTILINE)
    assert floor
    for option in (
        "--cov=evalclient/core/workflow",
        "--cov=evalclient/core/evaluation",
        "--cov-branch",
        "--cov-fail-under=100",
    ):
        assert option in floor[1]
