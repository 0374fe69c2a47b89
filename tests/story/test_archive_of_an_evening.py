"""The whole evening's archive and report, made by ``evalclient export`` and checked by ``evalclient verify`` and pdfsig."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.records.envelope import record_id
from evalclient.desk.founding import load_genesis
from tests.builders.archives import parts_of
from tests.builders.story import Story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = Story(tmp_path)
    yield story
    story.close()


def test_the_archive_and_the_report_of_a_real_evening_hold(story: Story, tmp_path: Path) -> None:
    story.bid()
    story.run()
    story.seats.pop("organiser").close()
    organiser = story.scenario.people / "organiser"
    archive, report = tmp_path / "archive.zip", tmp_path / "report.pdf"
    exported = command(
        [
            *("export", "--tender", str(story.scenario.genesis), "--centre", story.url, "--store", str(organiser)),
            *("--key", str(organiser / "key.p12"), "--password-file", str(organiser / "pin")),
            *("-o", str(archive), "--report", str(report)),
        ]
    )
    assert exported == 0
    fingerprint = record_id(load_genesis(story.scenario.genesis.read_bytes()).record.payload)
    assert command(["verify", str(archive), "--genesis", fingerprint]) == 0
    assert command(["verify", str(archive)]) == 1
    parts = parts_of(archive.read_bytes())
    assert parts["report/report.pdf"] == report.read_bytes()
    assert sum(name.endswith("ASiCManifest.xml") for name in parts) == 6
    if shutil.which("pdfsig"):
        told = subprocess.run(["pdfsig", "-nocert", str(report)], capture_output=True, text=True, check=True).stdout
        assert told.count("Signature is Valid.") == 5
        assert told.count("  - Total document signed") == 1
