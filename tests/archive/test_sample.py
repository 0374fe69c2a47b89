"""The sample in ``docs/sample``: the golden file of this release. What it holds must stay readable, and hold.

Where a change of report or records is meant to leave it behind before the first release: ``make sample``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.archive import verify
from tests.builders.archives import parts_of, tampered

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs/sample"
LARGEST = 1_000_000


@lru_cache
def archive() -> bytes:
    return (SAMPLE / "archive.zip").read_bytes()


def fingerprint() -> str:
    return (SAMPLE / "fingerprint.txt").read_text("utf-8").strip()


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) <= LARGEST


def test_receipts_are_counted_and_their_absence_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = [name for name in parts_of(archive()) if name.startswith("receipts/")]
    stripped = tmp_path / "stripped.zip"
    stripped.write_bytes(tampered(archive(), dict.fromkeys(receipts)))
    for language, whole, none in (
        ("zh", f"✓ 回执：{len(receipts)} 份全部成立。", "回执：档案内没有回执，可用 --receipt 与自己保存的回执比对。"),
        (
            "en",
            f"✓ Receipts: all {len(receipts)} hold.",
            "Receipts: there are none in the archive; compare one that you kept with --receipt.",
        ),
    ):
        monkeypatch.setenv("LANG", language)
        assert command(["verify", str(SAMPLE / "archive.zip"), "--genesis", fingerprint()]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert whole in lines
        assert none not in lines
        assert command(["verify", str(stripped), "--genesis", fingerprint()]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert whole not in lines
        assert none in lines


def test_the_command_of_the_readme_holds(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    said = re.search(
        r"^    \.venv/bin/evalclient (verify docs/sample/archive\.zip --genesis ([0-9a-f]{64}))$", readme, re.M
    )
    assert said
    assert said[2] == fingerprint()
    words = said[1].replace("docs/sample/archive.zip", str(SAMPLE / "archive.zip")).split(" ")
    assert command(words) == 0
    assert "✗" not in capsys.readouterr().out


def test_it_still_holds_when_every_certificate_has_expired() -> None:
    assert verify(SAMPLE / "archive.zip", fingerprint(), at=datetime(2060, 1, 1, tzinfo=UTC)).problems == ()


def test_one_changed_digit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = parts_of(archive())
    part = next(name for name, data in sorted(parts.items()) if b'"kind":"opening.recorded"' in data)
    price = re.search(rb'"price":"([0-9])', parts[part])
    assert price
    place = price.start(1)
    other = b"9" if price[1] != b"9" else b"8"
    changed = tmp_path / "changed.zip"
    changed.write_bytes(tampered(archive(), {part: parts[part][:place] + other + parts[part][place + 1 :]}))
    assert command(["verify", str(changed), "--genesis", fingerprint()]) == 1
    problems = [line for line in capsys.readouterr().out.splitlines() if line.startswith("✗")]
    assert any(line.startswith(f"✗ {part}") for line in problems)


def test_the_self_test_of_the_installation_passes(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evalclient", "--selftest", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"sign-in.png", "report-page-1.png"}
