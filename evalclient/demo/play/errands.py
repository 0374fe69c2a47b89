"""What two of the four buttons do behind the window, as commands and processes of their own. No Qt; for a lane."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from evalclient.core.records.fields import Bilingual
from evalclient.demo.casting import Backstage
from evalclient.demo.processes import DemoFailed, environment
from evalclient.demo.stage_manager import key_options
from evalclient.demo.tampering import Change, change_one_digit

#: a custodian's store is free once the shares are released; the third one stands for the supervision department
_EXPORTER: Final = "c3"
#: the store the dishonest centre is shown to: it knows the log up to the opening
_WITNESS: Final = "c2"
_SECONDS: Final = 120
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class DigitOutcome:
    """What was changed, the command that checked it, and what it said does not hold; ``exit_code`` is its own."""

    change: Change
    command: str
    problems: tuple[str, ...]
    exit_code: int


@dataclass(frozen=True, slots=True)
class LiarOutcome:
    """The alarm of the second client (None if it noticed nothing), and how much of the log it had known before."""

    alarm: Bilingual | None
    known: int


def change_a_digit(backstage: Backstage, language: str) -> DigitOutcome:
    """Export the log so far with the public command, change one digit, and let ``evalclient verify`` judge."""
    folder = _scratch(backstage, "digit")
    folder.mkdir(parents=True)
    honest, changed = folder / "so-far.zip", folder / "changed.zip"
    genesis = str(backstage.scenario.genesis)
    keys = key_options(backstage.scenario.people / _EXPORTER)
    exported = _run(
        ("evalclient", "export", "--tender", genesis, "--centre", backstage.centre, *keys, "-o", str(honest)), language
    )
    if exported.returncode:
        raise DemoFailed(
            f"目前还不能导出档案，请在开标之后再试：{exported.stderr.strip()}",
            f"No archive can be written yet; try again after the opening: {exported.stderr.strip()}",
        )
    try:
        change = change_one_digit(honest, changed)
    except LookupError as error:
        raise DemoFailed("还没有开标记录，请稍后再试。", "There is no opening record yet; try again later.") from error
    arguments = (
        "evalclient",
        "verify",
        str(changed),
        "--genesis",
        backstage.scenario.fingerprint_file.read_text("utf-8").strip(),
    )
    verified = _run(arguments, language)
    problems = tuple(line for line in verified.stdout.splitlines() if line.startswith("✗"))
    return DigitOutcome(change, " ".join(arguments), problems, verified.returncode)


def meet_a_liar(backstage: Backstage, language: str) -> LiarOutcome:
    """Let a second client, on a copy of a store, read on over a wire that changes one digit of what the centre says."""
    arguments = (
        *("evalclient.demo.witness", str(backstage.scenario.people / _WITNESS), "--centre", backstage.liar),
        *("--genesis", str(backstage.scenario.genesis), "--scratch", str(_scratch(backstage, "witness"))),
    )
    finished = _run(arguments, language)
    for line in finished.stdout.splitlines():
        said = json.loads(line)
        if said["event"] == "alarm":
            return LiarOutcome(Bilingual(said["zh"], said["en"]), int(said["known"]))
        if said["event"] == "believed":
            return LiarOutcome(None, int(said["known"]))
    raise DemoFailed(
        "另一台客户端目前还不能登录，请在开标之后再试。", "The second client cannot sign in yet; try after the opening."
    )


def _scratch(backstage: Backstage, name: str) -> Path:
    return backstage.scenario.folder / "buttons" / f"{name}-{next(_numbers)}"


def _run(arguments: tuple[str, ...], language: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        env=environment(language),
    )
