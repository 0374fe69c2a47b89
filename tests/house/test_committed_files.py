"""Rules that hold for every file of the repository, whoever wrote it."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_LINES = 500
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"}

# Hosts of package registries, and folders that exist on one machine alone. Written in two halves: this file is checked too.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry" + ".npmjs",
    "deb.debian" + ".org",
    "debian" + ".org/debian",
    "tsinghua" + ".edu",
    "aliyun" + ".com/pypi",
    "index" + "-url",
    "find" + "-links",
    "trusted" + "-host",
]
MACHINE_PATHS = [
    *("/" + name + "/" for name in ("work", "root", "home", "tmp", "mnt", "Users")),
    *("/opt/" + name for name in ("pypi", "wheels")),
]


def committed(*suffixes: str) -> list[Path]:
    """Paths under version control (relative to the root) that exist; without git, every path of the source folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        paths = [Path(name) for name in listed.stdout.split("\0") if name]
    else:
        folders = ["evalclient", "server_stub", "tests", "docs", "resources", ".ci"]
        paths = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*")]
        paths += [path.relative_to(ROOT) for path in ROOT.glob("*.*")]
    paths = [path for path in paths if (ROOT / path).is_file() and "__pycache__" not in path.parts]
    return [path for path in paths if not suffixes or path.suffix in suffixes]


def offenders(words: list[str]) -> list[str]:
    """``path:line: text`` of every committed text line that holds one of ``words``."""
    pattern = re.compile("|".join(re.escape(word) for word in words))
    found = []
    for path in committed():
        content = (ROOT / path).read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path}:{number}: {line.strip()[:120]}")
    return found


def test_the_listing_sees_this_file() -> None:
    assert Path("tests/house/test_committed_files.py") in committed(".py")


def test_no_registry_host() -> None:
    assert offenders(REGISTRY_HOSTS) == []


def test_no_path_of_one_machine() -> None:
    assert offenders(MACHINE_PATHS) == []


def test_every_locked_dependency_has_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[A-Za-z])", lock)
    assert len(pins) > 40
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_lock_names_no_place_to_fetch_from() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    places = [line for line in lock.splitlines() if "://" in line or " @ " in line or line.startswith("-")]
    assert places == []


def test_the_sample_tells_nothing_of_the_machine_that_made_it() -> None:
    with zipfile.ZipFile(ROOT / "docs/sample/archive.zip") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    words = [word.encode() for word in (*MACHINE_PATHS, *REGISTRY_HOSTS)]
    assert len(parts) > 100
    assert [(name, word) for name, data in parts.items() for word in words if word in data] == []


def test_lock_pins_what_the_project_asks_for() -> None:
    asked = set(re.findall(r'^    "([A-Za-z0-9_.-]+==[^"]+)",$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE))
    locked = set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert asked
    assert {pin.lower().replace("_", "-") for pin in asked} <= {pin.lower().replace("_", "-") for pin in locked}


def test_modules_say_what_they_hold() -> None:
    named = [path for path in committed(".py") if VAGUE_NAMES & {part.removesuffix(".py") for part in path.parts}]
    assert named == []


def test_python_files_stay_small() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in committed(".py")}
    assert {str(path): length for path, length in lengths.items() if length > MAX_LINES} == {}


@pytest.mark.parametrize(
    ("what", "pattern", "allowed"),
    [
        ("QThread", r"\bQThread\b", ()),
        ("nested event loops", r"\.processEvents\(", ()),
        ("temporary files outside the store", r"^\s*(import|from) tempfile\b", ("evalclient/store/",)),
        ("asyncio in the client", r"^\s*(import|from) asyncio\b", ("server_stub/",)),
        ("another sqlite driver", r"^\s*(import|from) (sqlite3|pysqlite3|apsw|aiosqlite)\b", ()),
        ("AGPL and GPL libraries", r"^\s*(import|from) (fitz|pymupdf|PyQt5|PyQt6|PySide6\.QtCharts)\b", ()),
    ],
)
def test_product_code_keeps_clear_of(what: str, pattern: str, allowed: tuple[str, ...]) -> None:
    found = []
    for path in committed(".py"):
        if path.parts[0] not in {"evalclient", "server_stub"} or path.as_posix().startswith(allowed):
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        found += [f"{path}: {match.group().strip()}" for match in re.finditer(pattern, text, re.MULTILINE)]
    assert found == [], what


def test_top_level_is_fixed() -> None:
    known = {
        *("evalclient", "server_stub", "resources", "tests", "docs", ".ci"),
        *("pyproject.toml", "build.spec", "README.md", "Makefile", "LICENSE", "CONTRIBUTING.md", "requirements.lock"),
        ".gitignore",
    }
    assert {path.parts[0] for path in committed()} - known == set()
