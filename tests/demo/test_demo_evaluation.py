"""A whole small demonstration, everybody a process of his own: they meet only through the centre, and the result holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from evalclient.core.evaluation.state import STAGES

OBSERVER = Path(__file__).parent / "observer"
OFFICES = {"organiser", "supervisor", "c1", "c2", "c3", "a-main", "a-sub-1", "a-sub-2"}
MEMBERS = {"m1", "m2", "m3", "m4", "m5"}
BIDDERS = {"b1", "b2", "b3"}
#: what lies in public: the announcement, and how large the play is
PUBLIC = ("announcement", "scenario.json")
#: the organiser's own papers and results, outside his folder
OF_THE_ORGANISER = ("tender", "archive.zip", "archive.zip.part", "report.pdf", "report.pdf.part")
LOGS = "logs"
#: at windows; what they show of their own goes there, and they ask there whether a stage may end
WINDOWS = ("a-main", "m1", "m2")
PICTURES, CUES = "screenshots", "cues"
#: a window's pages of documents are drawn by a process of its own that opens nothing
_RENDERER = "'-m', 'evalclient.ui.documents.renderer'"
#: urllib3 finds out whether there is IPv6; nobody listens there
_TRIAL = "(('::1', 0),)"


@dataclass
class Observed:
    """One process: whose it is ("centre" for the centre), files it touched, addresses it called, what else it did."""

    person: str
    files: set[Path] = field(default_factory=set)
    called: set[tuple[str, int]] = field(default_factory=set)
    other: list[str] = field(default_factory=list)


def trespasses(observed: Observed, out: Path, port: int, authority: int = 0) -> list[str]:
    """What a process had no business with: files of others, anybody but the centre, processes and ports of its own.

    Bidders and the organiser may also ask the time-stamping ``authority``, by its port.
    """
    if observed.person == "centre":
        allowed = [out / "centre", out / "authorities", out / LOGS / "centre.log"]
    else:
        notes = (out / LOGS / f"{observed.person}.log", out / LOGS / "commands.log")
        allowed = [out / "people" / observed.person, *notes, *(out / name for name in PUBLIC)]
    if observed.person in WINDOWS:
        allowed.append(out / PICTURES)
    if observed.person in ("organiser", *WINDOWS):
        allowed.append(out / CUES)
    if observed.person == "organiser":
        allowed += [out / name for name in OF_THE_ORGANISER]
    strange = [
        str(path)
        for path in observed.files
        if path.is_relative_to(out) and path != out and not any(path.is_relative_to(one) for one in allowed)
    ]
    lines = {("127.0.0.1", port)}
    if observed.person in BIDDERS | {"organiser"}:
        lines.add(("127.0.0.1", authority))
    calls = [f"{host}:{there}" for host, there in observed.called if (host, there) not in lines]
    own = [line for line in observed.other if not (observed.person in WINDOWS and _RENDERER in line)]
    return strange + calls + ([] if observed.person == "centre" else own)


class Watch:
    """Looks at the running processes from outside: whatever file they hold open, by whatever library."""

    def __init__(self, notes: Path, out: Path) -> None:
        self._notes, self._out = notes, out
        self.held: dict[int, set[Path]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            for note in self._notes.iterdir():
                with suppress(OSError):
                    for link in Path(f"/proc/{note.name}/fd").iterdir():
                        with suppress(OSError):
                            path = link.readlink()
                            if path.is_relative_to(self._out):
                                self.held.setdefault(int(note.name), set()).add(path)


def person_of(command: list[str], out: Path) -> str:
    """Whose process a command line starts, "" for the play's own."""
    if "server_stub" in command:
        return "centre"
    for argument in command:
        path = Path(argument)
        if path.is_relative_to(out / "people"):
            return path.relative_to(out / "people").parts[0]
    return ""


def read_notes(notes: Path, held: dict[int, set[Path]], out: Path) -> list[Observed]:
    found = []
    for file in notes.iterdir():
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        observed = Observed(person_of(lines[0][1], out), set(held.get(int(file.name), ())))
        for kind, about in lines[1:]:
            if kind == "file":
                observed.files.add(Path(about))
            elif kind == "connect":
                observed.called.add((str(about[0]), int(about[1])))
            elif (kind, about) != ("socket.bind", _TRIAL):
                observed.other.append(f"{kind} {about}")
        found.append(observed)
    return found


@dataclass(frozen=True)
class Played:
    out: Path
    code: int
    told: str
    processes: tuple[Observed, ...]

    @property
    def port(self) -> int:
        return urlsplit((self.out / "announcement" / "centre.url").read_text("utf-8")).port or 0

    @property
    def authority(self) -> int:
        return urlsplit((self.out / "announcement" / "timestamps.url").read_text("utf-8")).port or 0


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("demo").resolve()
    out, notes = folder / "out", folder / "notes"
    notes.mkdir()
    environment = os.environ | {
        "PYTHONPATH": str(OBSERVER),
        "EVALCLIENT_OBSERVED": str(notes),
        "SIZE": "2",
        "LANG": "zh_CN.UTF-8",
    }
    demo = ["evalclient", "demo", "--headless", "--bidders", "3", "--out", str(out)]
    with Watch(notes, out) as watch:
        done = subprocess.run(
            [sys.executable, "-m", *demo], capture_output=True, text=True, env=environment, check=False, timeout=600
        )
    yield Played(out, done.returncode, done.stdout + done.stderr, tuple(read_notes(notes, watch.held, out)))
    shutil.rmtree(folder)


def test_it_ends_with_an_archive_that_holds_and_a_report_that_everybody_signed(played: Played) -> None:
    assert played.code == 0, played.told
    assert "核验成立。" in played.told
    assert "结束：评标完成，推荐中标候选人" in played.told
    assert "签名中的时间戳：3 个成立" in played.told
    assert "report/report.pdf.tsr: 时间戳：由“时间戳演示 DEMO TSA”" in played.told
    assert "timestamps/checkpoint.txt.tsr: 时间戳" in played.told
    if shutil.which("pdfsig"):
        report = str(played.out / "report.pdf")
        told = subprocess.run(["pdfsig", "-nocert", report], capture_output=True, text=True, check=True).stdout
        assert told.count("Signature is Valid.") == len(MEMBERS)
        assert told.count("  - Total document signed") == 1


def test_every_window_has_a_picture_of_every_stage(played: Played) -> None:
    pictures = {path.name for path in (played.out / PICTURES).iterdir()}
    wanted = {f"{at:02}-{stage}-{person}.png" for at, stage in enumerate(STAGES) for person in WINDOWS}
    assert wanted - pictures == set()


def test_everybody_is_a_process_of_his_own_with_a_store_and_a_line_to_the_centre(played: Played) -> None:
    people = {observed.person for observed in played.processes}
    assert OFFICES | MEMBERS | BIDDERS | {"centre"} <= people
    for person in OFFICES | MEMBERS | BIDDERS:
        own = [observed for observed in played.processes if observed.person == person]
        home = played.out / "people" / person
        assert any(("127.0.0.1", played.port) in observed.called for observed in own), person
        touched = {path for observed in own for path in observed.files}
        assert {home / "key.p12", home / "pin", home / "store.db"} <= touched, person


def test_people_meet_only_through_the_centre(played: Played) -> None:
    port, authority = played.port, played.authority
    found = {
        observed.person: trespasses(observed, played.out, port, authority)
        for observed in played.processes
        if observed.person and trespasses(observed, played.out, port, authority)
    }
    assert found == {}


def test_a_look_into_anothers_folder_or_a_line_past_the_centre_would_be_seen(tmp_path: Path) -> None:
    out = tmp_path.resolve()
    notes, colleague = out / "notes", out / "people" / "m2"
    for folder in (notes, colleague, out / "people" / "m1"):
        folder.mkdir(parents=True)
    (colleague / "plan.json").write_text("{}", "utf-8")
    spy = (
        "import contextlib, pathlib, socket, sys\n"
        "pathlib.Path(sys.argv[1], '../m2/plan.json').read_text()\n"
        "with contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9), 1)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(OBSERVER), "EVALCLIENT_OBSERVED": str(notes)}
    subprocess.run([sys.executable, "-c", spy, str(out / "people" / "m1")], env=environment, check=True)
    (observed,) = read_notes(notes, {}, out)
    assert observed.person == "m1"
    assert trespasses(observed, out, 80) == [str(colleague / "plan.json"), "127.0.0.1:9"]
