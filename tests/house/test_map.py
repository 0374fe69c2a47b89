"""docs/map.md names what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAP = (ROOT / "docs/map.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _rows() -> list[tuple[str, str]]:
    """(names in the first column, text) of every row of the tables."""
    return re.findall(r"^\| (`[^|]+`) \| (.+) \|$", MAP, re.MULTILINE)


def _named() -> set[str]:
    return {name for names, _ in _rows() for name in re.findall(r"`([a-z_.]+)`", names)}


def _exists(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_every_module_of_the_map_exists() -> None:
    assert len(_named()) > 20
    assert [name for name in sorted(_named()) if not _exists(name)] == []


def test_every_part_of_the_client_is_on_the_map() -> None:
    folders = {f"evalclient.{path.parent.name}" for path in ROOT.glob("evalclient/*/__init__.py")}
    files = {f"evalclient.{path.stem}" for path in ROOT.glob("evalclient/*.py") if not path.stem.startswith("__")}
    core = {f"evalclient.core.{path.stem}" for path in ROOT.glob("evalclient/core/*.py") if path.stem != "__init__"}
    core |= {f"evalclient.core.{path.parent.name}" for path in ROOT.glob("evalclient/core/*/__init__.py")}
    named = {name for full in _named() for name in _prefixes(full)}
    assert sorted((folders | files | core | {"server_stub"}) - named) == []


def test_parts_told_of_a_module_are_there() -> None:
    for names, text in _rows():
        module = re.findall(r"`([a-z_.]+)`", names)[0]
        for part in re.findall(r"`([a-z_]+(?:\.[a-zA-Z_]+)?)`", text):
            if "." not in part and not (ROOT / module.replace(".", "/")).is_dir():
                continue
            where = f"{module}.{part.partition('.')[0]}"
            assert _exists(where) or _defined(module, part) or _exists(f"evalclient.{part}") or _exists(part), (
                names,
                part,
            )


def test_only_one_module_makes_a_verified_record() -> None:
    """The fold trusts each that it gets; tests make their own."""
    parts = [path for folder in ("evalclient", "server_stub") for path in (ROOT / folder).rglob("*.py")]
    makers = [path for path in parts if "VerifiedRecord(" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in makers] == ["evalclient/crypto/records.py"]
    assert "| `evalclient.core.records.verified` | `VerifiedRecord`, made by `crypto.records` alone |" in MAP


def test_every_folder_of_the_readme_and_package_is_told_in_the_readme() -> None:
    folders = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("evalclient/*/__init__.py")}
    told = set(re.findall(r"`([a-z_/]+)`", README))
    assert sorted((folders | {"server_stub", "tests", "docs", "resources"}) - told) == []


def test_every_page_of_the_documents_is_told_in_the_readme() -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert sorted(page for page in pages if f"]({page})" not in README) == []


def test_every_decision_has_its_four_parts() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert len(pages) > 10
    parts = ("Context", "Decision", "Consequences", "Alternatives")
    texts = {page.name: page.read_text("utf-8") for page in pages}
    missing = [
        (name, part) for name, text in texts.items() for part in parts if not re.search(_heading(part), text, re.M)
    ]
    assert missing == []


def _heading(part: str) -> str:
    return rf"^(\*\*{part}\.\*\*|## {part}$)"


def _prefixes(module: str) -> list[str]:
    words = module.split(".")
    return [".".join(words[:count]) for count in range(1, len(words) + 1)]


def _defined(module: str, name: str) -> bool:
    """Whether a file of the module defines or imports the name."""
    path = ROOT / module.replace(".", "/")
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return any(re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", file.read_text("utf-8")) for file in files)


def test_each_defence_lives_where_the_threat_model_says() -> None:
    """The last column of its second table; a name without a package is of ``evalclient.crypto``."""
    page = (ROOT / "docs/threat-model.md").read_text("utf-8")
    rows = re.findall(r"^\|.*\|$", page.partition("## By attack")[2].partition("\n## ")[0], re.M)[2:]
    assert len(rows) > 20
    named = {name for row in rows for name in re.findall(r"`([a-z0-9_.]+)`", row.rpartition(" | ")[2])}
    places = [ROOT / "evalclient/crypto", ROOT / "evalclient", ROOT]

    def there(name: str) -> bool:
        paths = [place / name.replace(".", "/") for place in places]
        return any(path.is_dir() or path.with_suffix(".py").exists() for path in paths)

    assert sorted(name for name in named if not there(name)) == []
    assert [row for row in rows if "`" not in row.rpartition(" | ")[2]] == []
