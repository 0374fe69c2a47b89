"""How a story ends: the organiser records it, exports the archive, and anybody verifies it.

told = ended(story, "too_few", "仅两家有效投标。")       # where the pilots do not end it themselves
told = exported(story)                                  # where they did
told.report, told.verification                          # the report's text without spaces; what verify prints
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

import pypdfium2
import pytest

from evalclient.cli.dispatch import run_command as command
from evalclient.core.records.acts_ending import Ending
from evalclient.core.records.envelope import record_id
from evalclient.desk.organiser import Organiser
from evalclient.desk.reporting import Reporting
from tests.builders.story import Story


@dataclass(frozen=True)
class Told:
    """What report and verification say; the report's text has no white space, because lines wrap anywhere."""

    report: str
    verification: str


def ended(story: Story, ending: Ending, ground: str, capture: pytest.CaptureFixture[str]) -> Told:
    """The organiser ends it with the shorter report, and everybody sees that it is over."""
    story.share()
    seat = story.seat("organiser")
    organiser = Organiser(seat.desk)
    organiser.end(ending, ground, Reporting(seat).render_ending(ending, ground))
    story.share()
    for person, other in story.seats.items():
        assert other.desk.logged.ending == seat.desk.logged.ending, person
        assert other.desk.logged.stage == "ended"
    return exported(story, capture)


def exported(story: Story, capture: pytest.CaptureFixture[str]) -> Told:
    """The archive and the report by ``evalclient export``; ``verify`` must accept the archive (exit 0)."""
    story.seats.pop("organiser").close()
    folder, home = story.scenario.folder, story.scenario.people / "organiser"
    archive, report = folder / "archive.zip", folder / "report.pdf"
    arguments = ["--tender", str(story.scenario.genesis), "--centre", story.url, "--store", str(home)]
    arguments += ["--key", str(home / "key.p12"), "--password-file", str(home / "pin")]
    assert command(["export", *arguments, "-o", str(archive), "--report", str(report)]) == 0
    capture.readouterr()
    outcome = command(["verify", str(archive), "--genesis", record_id(story.genesis.record.payload)])
    told = capture.readouterr().out
    assert outcome == 0, told
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(report), "-"], capture_output=True, text=True, check=True).stdout
    else:
        with pypdfium2.PdfDocument(report) as document:
            text = "".join(page.get_textpage().get_text_range() for page in document)
    return Told("".join(text.split()), told)
