"""``make bench``: runs the benches, each in a process of its own, and prints a table; ``--json`` keeps the figures.

Bars are those of the project's plan. A bar that is missed is said so, and is no failure: machines differ.
"""

from __future__ import annotations

import importlib
import os
import platform
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from tests.bench.figures import SCRATCH, Figure, Measured, Outcome

#: in the order they run; each is a module beside this one with ``measure()``
BENCHES = (
    "paint",
    "packages",
    "sm",
    "certificates",
    "pdf_signatures",
    "score",
    "store",
    "tally",
    "robustness",
    "archive",
    "feed",
    "demo",
)
#: run only when asked for by name: it fetches every package anew
ON_REQUEST = ("setup",)
_LIBRARIES = ("PySide6_Essentials", "cryptography", "pypdfium2", "sqlcipher3", "msgspec")


class Sheet(msgspec.Struct, frozen=True):
    """Everything that was measured in one run."""

    machine: dict[str, str]
    benches: tuple[Outcome, ...]


def main(argv: Sequence[str] | None = None) -> int:
    """Run what was asked for; 1 where a bench failed."""
    parser = ArgumentParser(prog="tests.bench.run")
    parser.add_argument("names", nargs="*", metavar="BENCH", help=f"some of: {' '.join((*BENCHES, *ON_REQUEST))}")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--here", action="store_true", help="run one bench in this process and print it as JSON")
    arguments = parser.parse_args(argv)
    unknown = set(arguments.names) - {*BENCHES, *ON_REQUEST}
    if unknown:
        parser.error(f"no such bench: {' '.join(sorted(unknown))}")
    if arguments.here:
        sys.stdout.write(msgspec.json.encode(_measure(arguments.names[0])).decode() + "\n")
        return 0
    return _run(tuple(arguments.names) or BENCHES, arguments.json)


def _run(names: Sequence[str], file: Path | None) -> int:
    machine = _machine()
    print("  ".join(f"{key} {value}" for key, value in machine.items()))
    outcomes = []
    for name in names:
        outcome = _apart(name)
        if outcome is not None:
            outcomes.append(outcome)
            print("\n".join(_lines(outcome)), flush=True)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(
            msgspec.json.format(msgspec.json.encode(_as_written(Sheet(machine, tuple(outcomes)))), indent=2)
        )
    missed = [f"{outcome.bench}: {figure.name}" for outcome in outcomes for figure in _missed(outcome)]
    print("\n" + (f"bars missed: {'; '.join(missed)}" if missed else "every bar is met"))
    return 0 if len(outcomes) == len(names) else 1


def _apart(name: str) -> Outcome | None:
    """A bench in a process of its own, so that none finds what another has loaded or warmed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.run", "--here", name],
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"},
        check=False,
    )
    if done.returncode:
        print(f"\n{name}: failed with exit code {done.returncode}", flush=True)
        return None
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Outcome)


def _measure(name: str) -> Outcome:
    module = importlib.import_module(f"tests.bench.{name}")
    began = time.monotonic()
    measured: Measured = module.measure()
    about = str(module.__doc__).partition("\n")[0]
    return Outcome(name, about, round(time.monotonic() - began, 1), round(os.getloadavg()[0], 1), measured)


def _lines(outcome: Outcome) -> list[str]:
    lines = [f"\n{outcome.bench} ({outcome.seconds:.0f} s, load {outcome.load:.1f}) - {outcome.about}"]
    for figure in outcome.measured.figures:
        bar = f"at most {figure.bar:g}" if figure.bar is not None else ""
        bar = f"at least {figure.least:g}" if figure.least is not None else bar
        verdict = {True: "met", False: "MISSED", None: ""}[figure.met]
        lines.append(f"  {figure.name:<52} {_number(figure.value):>10} {figure.unit:<10} {bar:<14} {verdict}".rstrip())
    return [*lines, *(f"    {note}" for note in outcome.measured.notes)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}" if value < 10 else f"{value:.1f}"


def _missed(outcome: Outcome) -> list[Figure]:
    return [figure for figure in outcome.measured.figures if figure.met is False]


def _as_written(sheet: Sheet) -> dict[str, object]:
    """As JSON says it: each figure also tells whether its bar is met."""
    written: dict[str, object] = {"machine": sheet.machine}
    written["benches"] = [
        {
            **msgspec.to_builtins(outcome),
            "measured": {
                "figures": [{**msgspec.to_builtins(one), "met": one.met} for one in outcome.measured.figures],
                "notes": outcome.measured.notes,
            },
        }
        for outcome in sheet.benches
    ]
    return written


def _machine() -> dict[str, str]:
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


if __name__ == "__main__":
    SCRATCH.mkdir(parents=True, exist_ok=True)
    raise SystemExit(main())
