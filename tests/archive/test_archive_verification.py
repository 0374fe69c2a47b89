"""An archive holds by itself, and a change anywhere in it is named where it was made."""

from __future__ import annotations

import io
import re

import pytest

from evalclient.archive import verify
from tests.archive.checking import archive, checked, digit_changed, fingerprint, index_of
from tests.builders.archives import (
    archive_of,
    finished,
    parts_of,
    tampered,
)

# -- what holds --------------------------------------------------------------------------------------------------------


def test_a_finished_evening_holds_when_it_is_anchored() -> None:
    report = checked(archive())
    assert report.problems == ()
    assert report.exit_code == 0
    assert "核验成立。" in report.lines("zh")
    assert any("第 1 中标候选人 云南建投第三建设有限公司" in line for line in report.lines("zh"))
    assert any("practice" in line for line in report.lines("en"))


def test_a_procurement_evening_holds_too() -> None:
    evening = finished("procurement")
    assert checked(archive_of(evening), evening).problems == ()


def test_the_fingerprint_may_be_typed_with_spaces_and_capitals() -> None:
    typed = " ".join(fingerprint()[i : i + 8].upper() for i in range(0, 64, 8))
    assert verify(io.BytesIO(archive()), typed).holds


# -- what was changed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["evaluation.created", "session.opened", "sheet.sealed", "seal.opened", "report.signed"]
)
@pytest.mark.parametrize("suffix", ["payload", "sig"])
def test_one_changed_digit_in_a_record_names_that_record(kind: str, suffix: str) -> None:
    index = index_of(kind)
    part = f"records/{index:06d}.{suffix}"
    report = checked(tampered(archive(), {part: digit_changed(parts_of(archive())[part])}))
    assert report.exit_code == 1
    about = [problem for problem in report.problems if f"{index:06d}" in problem.part]
    assert about
    others = [re.findall(r"records/([0-9]{6})", problem.part) for problem in report.problems]
    assert {name for names in others for name in names} == {f"{index:06d}"}


def test_a_missing_checkpoint_is_missing_and_a_changed_one_invalid() -> None:
    report = checked(tampered(archive(), {"checkpoint.txt": None}))
    assert [problem.line("zh") for problem in report.problems] == ["✗ checkpoint.txt: 缺失。"]
    assert [problem.line("en") for problem in report.problems] == ["✗ checkpoint.txt: is missing."]
    changed = checked(tampered(archive(), {"checkpoint.txt": digit_changed(parts_of(archive())["checkpoint.txt"])}))
    assert [problem.part for problem in changed.problems] == ["checkpoint.txt"]
    assert "无效" in changed.problems[0].text.zh


def test_a_changed_time_of_receipt_names_its_record() -> None:
    log = parts_of(archive())["log.txt"].decode().splitlines()
    log[40] = log[40].replace("2026-11-24T02", "2026-11-24T03", 1)
    report = checked(tampered(archive(), {"log.txt": ("\n".join(log) + "\n").encode()}))
    assert [problem.part for problem in report.problems if "000040" in problem.part] == [
        "records/000040.payload / .sig / log.txt"
    ]
    assert any("named above" in problem.text.en for problem in report.problems)


def test_times_of_receipt_that_run_backwards_are_named() -> None:
    log = parts_of(archive())["log.txt"].decode().splitlines()
    log[40] = log[40].replace("2026-11-24T", "2026-11-23T", 1)
    report = checked(tampered(archive(), {"log.txt": ("\n".join(log) + "\n").encode()}))
    assert [problem.part for problem in report.problems if "received" in problem.text.en] == ["log.txt 000040"]


def test_a_changed_leaf_in_the_list_names_its_line() -> None:
    log = parts_of(archive())["log.txt"].decode().splitlines()
    words = log[7].split(" ")
    words[2] = "0" * 64
    log[7] = " ".join(words)
    report = checked(tampered(archive(), {"log.txt": ("\n".join(log) + "\n").encode()}))
    assert {problem.part for problem in report.problems} == {"records/000007.payload / .sig / log.txt", "log.txt"}


@pytest.mark.parametrize(
    "part",
    [
        "archive.json",
        "certificates/m1.pem",
        "certificates/roots.pem",
        "papers/01-tender.txt",
        "documents/method.json",
        "report/report.pdf",
        "report/revisions.txt",
        "checkpoint.txt",
    ],
)
def test_one_changed_digit_anywhere_else_names_the_part(part: str) -> None:
    report = checked(tampered(archive(), {part: digit_changed(parts_of(archive())[part])}))
    assert report.exit_code == 1
    named = {problem.part for problem in report.problems}
    assert part in named or (part == "documents/method.json" and "documents/" in named)


def test_a_wrong_length_in_the_list_of_revisions_is_found_there() -> None:
    lines = parts_of(archive())["report/revisions.txt"].decode().splitlines()
    words = lines[1].split(" ")
    lines[1] = f"{words[0]} {int(words[1]) - 1} {words[2]}"
    report = checked(tampered(archive(), {"report/revisions.txt": ("\n".join(lines) + "\n").encode()}))
    assert {problem.part for problem in report.problems} == {"report/revisions.txt"}


@pytest.mark.parametrize("prefix", ["sessions/", "seals/"])
@pytest.mark.parametrize("suffix", [".pem", "ASiCManifest.xml", "signature.p7s", "keys.json"])
def test_a_change_in_a_key_or_seal_names_the_part(prefix: str, suffix: str) -> None:
    parts = parts_of(archive())
    wanted = [name for name in parts if name.startswith(prefix) and name.endswith(suffix)]
    for part in wanted[:1]:
        report = checked(tampered(archive(), {part: digit_changed(parts[part])}))
        folder = part.rpartition("/")[0]
        assert [problem.part for problem in report.problems if problem.part.startswith(folder)]


def test_an_archive_whose_read_me_an_earlier_version_worded_holds_and_says_so() -> None:
    worded = parts_of(archive())["README.txt"].replace("用本系统核验".encode(), "用旧版本核验".encode())
    report = checked(tampered(archive(), {"README.txt": worded}))
    assert report.exit_code == 0
    assert [note.zh for note in report.notes if note.zh.startswith("README.txt")]
    assert not [note for note in checked(archive()).notes if note.zh.startswith("README.txt")]


@pytest.mark.parametrize(
    "part",
    [
        "records/000020.sig",
        "checkpoint.txt",
        "papers/02-amendment.txt",
        "report/report.pdf",
        "archive.json",
        "README.txt",
    ],
)
def test_a_missing_part_is_named(part: str) -> None:
    report = checked(tampered(archive(), {part: None}))
    assert part in {problem.part for problem in report.problems}


def test_a_part_that_no_record_accounts_for_is_named() -> None:
    report = checked(tampered(archive(), {"blobs/extra": b"x", "records/999999.payload": b"y"}))
    assert [problem.part for problem in report.problems] == ["blobs/extra", "records/999999.payload"]


def test_bytes_after_the_signed_report_are_noticed() -> None:
    parts = parts_of(archive())
    report = checked(tampered(archive(), {"report/report.pdf": parts["report/report.pdf"] + b"\n"}))
    assert {problem.part for problem in report.problems} == {"report/revisions.txt"}


def test_a_record_that_does_not_hold_is_named_in_one_language_by_its_authors_name_and_office() -> None:
    index = index_of("opening.recorded")
    part = f"records/{index:06d}.payload"
    (found, *_) = [
        problem
        for problem in checked(tampered(archive(), {part: digit_changed(parts_of(archive())[part])})).problems
        if "不成立" in problem.text.zh
    ]
    assert found.text.zh.startswith(f"第 {index} 条记录（何方，招标代理（组织方）：开标记录）不成立：")
    assert not re.search("[a-z]{3,}", found.text.zh.lower())
    assert found.text.en.startswith(f"record {index} (何方, the organiser: Opening recorded) does not hold: ")
