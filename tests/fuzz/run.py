"""``make fuzz``: atheris feeds each target for a while; what it finds lies in ``out/fuzz`` and ends with exit code 1.

The corpus beside this file is kept small: ``seeds`` writes what real tools make, and each finding adds its input.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
OUT = Path("out/fuzz")
TARGETS = ("foreign_cms", "signatures", "packages", "zips", "key_files", "evidence", "pdf_files")


def main(argv: Sequence[str] | None = None) -> int:
    """Fuzz the named targets, or all, one after another, each in a process of its own."""
    parser = ArgumentParser(prog="tests.fuzz.run")
    parser.add_argument("names", nargs="*", metavar="TARGET", help=f"some of: {' '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    arguments = parser.parse_args(argv)
    unknown = set(arguments.names) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {' '.join(sorted(unknown))}")
    failed = [name for name in arguments.names or TARGETS if _apart(name, arguments.seconds)]
    print(f"findings in: {' '.join(failed)}; see {OUT}" if failed else "no findings")
    return 1 if failed else 0


def _apart(name: str, seconds: int) -> int:
    found = OUT / name
    found.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}", f"-artifact_prefix={found}/finding-", "-max_len=65536", "-timeout=20",
        "-rss_limit_mb=1500", "-print_final_stats=1", "-verbosity=1",
    ]  # fmt: skip
    command = [sys.executable, "-m", "tests.fuzz.instrumented", name, *options, str(_scratch(name)), str(CORPUS / name)]
    return subprocess.run(command, check=False).returncode


def _scratch(name: str) -> Path:
    """Where the fuzzer keeps inputs that reached something new; the kept corpus is only read."""
    folder = OUT / f"{name}-corpus"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
