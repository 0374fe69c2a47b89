"""Time stamps beside report and log in the archive: checked by us and by ``openssl ts``; whatever is changed is named."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from evalclient.archive import layout
from evalclient.core.records.acts_ending import ReportTimestamped
from tests.archive.checking import checked
from tests.builders.archives import archive_of, finished, parts_of, pki, tampered
from tests.builders.openssl import pem_file
from tests.builders.stamped_evening import stamped_evening

PARTS = (layout.REPORT_STAMP, layout.LOG_STAMPED, layout.LOG_STAMP)


def test_the_archive_holds_with_its_stamps_and_says_whose_they_are() -> None:
    evening = stamped_evening()
    archive = archive_of(evening)
    assert set(PARTS) <= parts_of(archive).keys()
    report = checked(archive, evening)
    assert report.problems == ()
    told = [finding.text.en for finding in report.findings if finding.part.endswith(".tsr")]
    assert [text.split(",")[0] for text in told] == ["time stamp of “时间戳 DEMO TSA”"] * 2
    assert "the report with all its signatures" in told[0]
    assert not any("time-stamping authority" in note.en for note in report.notes)


def test_without_an_authority_the_archive_holds_and_says_that_there_is_none() -> None:
    evening = finished()
    archive = archive_of(evening)
    assert not set(PARTS) & parts_of(archive).keys()
    report = checked(archive, evening)
    assert report.problems == ()
    assert any("No stamp of a time-stamping authority" in note.en for note in report.notes)


@pytest.mark.parametrize(("stamp", "stamped"), [(PARTS[0], layout.REPORT), (PARTS[2], PARTS[1])])
def test_openssl_verifies_the_stamps_as_the_read_me_says(tmp_path: Path, stamp: str, stamped: str) -> None:
    parts = parts_of(archive_of(stamped_evening()))
    assert "openssl ts -verify" in parts[layout.README].decode()
    (tmp_path / "stamp.tsr").write_bytes(parts[stamp])
    (tmp_path / "stamped").write_bytes(parts[stamped])
    roots = pem_file(tmp_path / "roots.pem", pki().roots)
    command = ["openssl", "ts", "-verify", "-in", "stamp.tsr", "-data", "stamped", "-CAfile", roots, "-no_check_time"]
    told = subprocess.run([*map(str, command)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Verification: OK" in told.stdout
    (tmp_path / "stamped").write_bytes(parts[stamped] + b" ")
    assert subprocess.run([*map(str, command)], cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_a_stamp_left_out_changed_or_put_in_is_named() -> None:
    evening = stamped_evening()
    archive = archive_of(evening)
    parts = parts_of(archive)
    changes = {PARTS[0]: parts[PARTS[2]], PARTS[1]: parts[PARTS[1]] + b"\n", PARTS[2]: None}
    report = checked(tampered(archive, changes), evening)
    assert {problem.part for problem in report.problems} == set(PARTS)
    plain = finished()
    foreign = checked(tampered(archive_of(plain), {PARTS[0]: parts[PARTS[0]]}), plain)
    assert [problem.part for problem in foreign.problems] == [PARTS[0]]


def test_a_bad_token_in_the_log_is_told_and_the_archive_holds() -> None:
    evening = finished().fork()
    ending = evening.evaluation.ending
    assert ending is not None
    desk = evening.desk("organiser")
    desk.do(ReportTimestamped(document=ending.document, token=b"garbage"))
    evening.share()
    report = checked(archive_of(evening), evening)
    assert report.problems == ()
    told = [finding.text.en for finding in report.findings if "time stamp" in finding.text.en]
    assert len(told) == 1
    assert "does not hold, the record has no effect" in told[0]


def test_stamps_in_signatures_are_told_and_a_bad_one_takes_nothing_from_the_record() -> None:
    evening = stamped_evening()
    report = checked(archive_of(evening), evening)
    assert report.problems == ()
    told = [
        finding.text.en
        for finding in report.findings
        if "in signatures" in finding.text.en or "in the signature" in finding.text.en
    ]
    assert told[0].startswith("Time stamps in signatures: 2 hold, at most")
    assert len(told) == 2
    assert "takes nothing from the signature" in told[1]
    assert "future" in told[1]
