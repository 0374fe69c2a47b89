"""An archive holds by itself, and a change anywhere in it is named where it was made."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest

from evalclient.archive import VerificationReport, export, verify
from evalclient.archive.anchor import is_demo
from evalclient.core.checkpoint import Checkpoint, Proof, origin_of, sign_checkpoint
from evalclient.core.evaluation.views import active_members
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import LogEntry, Receipt
from evalclient.core.records.acts_bids import BidSubmitted
from evalclient.core.records.acts_ending import ReportStamped
from evalclient.core.records.acts_founding import SiteConfirmed
from evalclient.core.records.envelope import digest, record_id
from evalclient.crypto.demo_pki import DemoPki
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.notes import note_signer, verifier_key
from evalclient.crypto.pdf import stamp
from evalclient.desk.chair import Chair
from evalclient.desk.organiser import Organiser
from evalclient.paper.report_pdf import render_report
from tests.builders.archives import (
    AT,
    SignedEvening,
    archive_of,
    finished,
    parts_of,
    pki,
    signed_at,
    tampered,
)
from tests.builders.centre import Author
from tests.builders.desk_people import key_of


@lru_cache
def archive() -> bytes:
    return archive_of(finished())


def fingerprint(evening: SignedEvening | None = None) -> str:
    return record_id((evening or finished()).genesis.record.payload)


def checked(data: bytes, evening: SignedEvening | None = None) -> VerificationReport:
    return verify(io.BytesIO(data), fingerprint(evening))


def digit_changed(data: bytes, at: int | None = None) -> bytes:
    """One digit changed, the middlemost one by default; a byte where there is none."""
    digits = [match.start() for match in re.finditer(rb"[0-9]", data)]
    place = digits[len(digits) // 2] if at is None and digits else at or len(data) // 2
    value = data[place]
    other = (value - 48 + 1) % 10 + 48 if 48 <= value < 58 else value ^ 1
    return data[:place] + bytes([other]) + data[place + 1 :]


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


def _index(kind: str) -> int:
    return next(entry.index for _, entry in finished().tape if f'"kind":"{kind}"'.encode() in entry.record.payload)


@pytest.mark.parametrize(
    "kind", ["evaluation.created", "session.opened", "sheet.sealed", "seal.opened", "report.signed"]
)
@pytest.mark.parametrize("suffix", ["payload", "sig"])
def test_one_changed_digit_in_a_record_names_that_record(kind: str, suffix: str) -> None:
    index = _index(kind)
    part = f"records/{index:06d}.{suffix}"
    report = checked(tampered(archive(), {part: digit_changed(parts_of(archive())[part])}))
    assert report.exit_code == 1
    about = [problem for problem in report.problems if f"{index:06d}" in problem.part]
    assert about
    others = [re.findall(r"records/([0-9]{6})", problem.part) for problem in report.problems]
    assert {name for names in others for name in names} == {f"{index:06d}"}


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
        "README.txt",
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


@pytest.mark.parametrize(
    "part", ["records/000020.sig", "checkpoint.txt", "papers/02-amendment.txt", "report/report.pdf", "archive.json"]
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


# -- what a dishonest centre or person could try -----------------------------------------------------------------------


class Forged:
    """A log with other entries under a checkpoint that the real log key signs."""

    def __init__(self, evening: SignedEvening, entries: list[LogEntry], receipts: tuple[Receipt, ...] = ()) -> None:
        self._entries = entries
        self._receipts = receipts
        tree = Tree("sha256")
        for entry in entries:
            tree.append(leaf_bytes(entry.received, entry.record))
        checkpoint = Checkpoint(origin_of(fingerprint(evening)), len(entries), tree.root())
        key = evening.log_key
        self._checkpoint = sign_checkpoint(checkpoint, verifier_key("centre", key), note_signer(key))

    def entries(self, start: int = 0) -> list[LogEntry]:
        return self._entries[start:]

    def checkpoint(self) -> str:
        return self._checkpoint

    def receipts(self) -> tuple[Receipt, ...]:
        return self._receipts


def _exported(evening: SignedEvening, log: Forged) -> bytes:
    buffer = io.BytesIO()
    logged = evening.desk("organiser").logged_at(len(log.entries()))
    export(buffer, log, logged, evening.blobs.get, evening.open_package)  # type: ignore[arg-type]  # a list iterates as well
    return buffer.getvalue()


def test_a_log_cut_off_and_signed_again_has_no_end() -> None:
    evening = finished()
    entries = [entry for _, entry in evening.tape][:-1]
    report = checked(_exported(evening, Forged(evening, entries)), evening)
    assert [problem.text.en for problem in report.problems] == [
        "The evaluation has not ended: there is no record of its end."
    ]


def test_a_record_left_out_by_the_centre_is_noticed_though_the_root_is_signed_again() -> None:
    evening = finished()
    index = _index("score.corrected") if _has("score.corrected") else _index("pledge.signed")
    kept = [entry for _, entry in evening.tape if entry.index != index]
    entries = [LogEntry(number, entry.received, entry.record) for number, entry in enumerate(kept)]
    report = checked(_exported(evening, Forged(evening, entries)), evening)
    assert any("out of order" in problem.text.en for problem in report.problems)


def _has(kind: str) -> bool:
    return any(f'"kind":"{kind}"'.encode() in entry.record.payload for _, entry in finished().tape)


def test_another_time_of_receipt_signed_again_contradicts_what_authors_had_seen() -> None:
    evening = finished()
    entries = [entry for _, entry in evening.tape]
    entries[10] = LogEntry(10, "2026-11-24T01:00:00.000Z", entries[10].record)
    report = checked(_exported(evening, Forged(evening, entries)), evening)
    assert any("another log" in problem.text.en for problem in report.problems)


def test_kept_receipts_are_checked_against_the_log() -> None:
    evening = finished()
    entries = [entry for _, entry in evening.tape]
    tree = evening.tree
    log = Forged(evening, entries)
    proof = Proof(5, tree.inclusion_proof(5), entries[5].received.encode(), log.checkpoint())
    name = record_id(entries[5].record.payload)
    good = _exported(evening, Forged(evening, entries, (Receipt(name, proof.text()),)))
    assert checked(good, evening).problems == ()
    assert any("Receipts: all 1 hold" in line for line in checked(good, evening).lines("en"))
    text = parts_of(good)["receipts/000005.txt"]
    wrong = {
        "receipts/000005.txt": digit_changed(text, text.index(b"extra ") + 8),
        "receipts/000006.txt": text,
        "receipts/000999.txt": text,
    }
    for part, data in wrong.items():
        report = checked(tampered(good, {part: data}), evening)
        assert [problem.part for problem in report.problems] == [part]


def test_times_after_the_check_are_noticed() -> None:
    report = verify(io.BytesIO(archive()), fingerprint(), at=datetime(2026, 11, 24, 1, 0, 1, tzinfo=UTC))
    assert [problem.part for problem in report.problems] == ["log.txt"]


def test_demonstration_authorities_are_for_practice_only() -> None:
    assert is_demo(pki().roots[0])
    assert not is_demo(key_of("甲", "a").certificate)
    evening = SignedEvening(practice=False)
    report = checked(archive_of(evening), evening)
    assert any("demonstration" in problem.text.en for problem in report.problems)


def test_a_certificate_of_no_recognised_authority_has_no_effect_and_desks_and_verification_agree() -> None:
    class WithStranger(SignedEvening):
        def key(self, name: str, place: str) -> Pkcs12Key:
            if place != "admin-a":
                return super().key(name, place)
            stranger = DemoPki.create("strangers", AT).authorities[1].issue(name, place, pin="1")
            return Pkcs12Key.open(stranger.p12, "1")

    evening = WithStranger().until("ready")
    with pytest.raises(CertificateRefused, match="not issued by an authority this evaluation recognises"):
        evening.desk("admin-a")
    stranger = Author("admin-a", fingerprint(evening), key=evening.keys["admin-a"])
    checks = SiteConfirmed(site="a", seats=("a-1",), checks=("network",))
    for record in (stranger.open_session(), stranger.sign(checks)):
        evening.write(record)
    assert "a" not in evening.evaluation.sites
    for person in ("organiser", "admin-main", "supervisor"):
        shown = evening.desk(person).logged.without_effect
        assert [(entry.kind, entry.article) for entry in shown] == [
            ("session.opened", "电子签名法 第十三条"),
            ("site.confirmed", "电子签名法 第十三条"),
        ]
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == [
        "The evaluation has not ended: there is no record of its end."
    ]
    told = [finding.text.en for finding in report.findings if "has no effect" in finding.text.en]
    assert len(told) == 2
    assert all("authority" in text for text in told)


# -- report and endings ------------------------------------------------------------------------------------------------


def _sign_and_close(evening: SignedEvening) -> SignedEvening:
    for person in evening.members:
        evening.sign(person)
    evening.share()
    for member in active_members(evening.evaluation):
        evening.stamp(member.person)
    Chair(evening.desk(evening.evaluation.leader)).close_stage()
    evening.share()
    report = evening.evaluation.report
    assert report is not None
    evening.end("awarded", "评标完成", evening.blobs[report.stamps[-1][1].document])
    return evening


def test_a_report_that_tells_other_numbers_than_the_log_is_found_out() -> None:
    evening = signed_at("report")
    right = render_report(evening.content())
    forged = right.replace(b"size=", b"size=", 1).replace(b"%%EOF", b"%%EOF\n% nothing to see\n")
    evening.blobs[digest(forged)] = forged
    Chair(evening.desk(evening.evaluation.leader)).present_report(forged)
    evening.share()
    report = checked(archive_of(_sign_and_close(evening)), evening)
    assert [problem.text.en for problem in report.problems] == ["the report is not the one that the records give."]


def test_a_report_drawn_from_too_few_records_is_found_out() -> None:
    evening = signed_at("preliminary")
    early = render_report(evening.content("all_rejected", "x"))
    evening.until("report")
    evening.blobs[digest(early)] = early
    Chair(evening.desk(evening.evaluation.leader)).present_report(early)
    evening.share()
    report = checked(archive_of(_sign_and_close(evening)), evening)
    assert "the report is not the one that the records give." in [problem.text.en for problem in report.problems]


def test_a_stamp_with_somebody_elses_key_is_found_out() -> None:
    evening = signed_at("report")
    evening.render()
    for person in evening.members:
        evening.sign(person)
    evening.share()
    before = evening.blobs[evening.evaluation.report.document]  # type: ignore[union-attr]
    after = stamp(before, evening.keys["m2"], "signature-m1", (-1, 60, 60, 200, 120), ("王建国",), datetime.now(UTC))  # noqa: TID251
    evening.blobs[digest(after)] = after
    evening.desk("m1").add_blob(after)
    evening.desk("m1").do(ReportStamped(document=digest(after), previous=digest(before)), [digest(after)])
    evening.share()
    for person in ("m2", "m3", "m4", "m5"):
        evening.stamp(person)
    Chair(evening.desk(evening.evaluation.leader)).close_stage()
    evening.share()
    last = evening.evaluation.report.stamps[-1][1].document  # type: ignore[union-attr]
    evening.end("awarded", "评标完成", evening.blobs[last])
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == [
        "the visible signature of m1 (signature-m1) does not hold."
    ]


def _all_rejected() -> SignedEvening:
    evening = signed_at("preliminary")
    item = evening.evaluation.method.preliminary[0].id
    evening.seal_reviews(*evening.members, fail=dict.fromkeys(evening.bidders, item))
    return evening


@pytest.mark.parametrize(
    ("told", "problems"),
    [("全部投标均不合格", []), ("另一个理由", ["the report is not the one that the records give."])],
)
def test_an_ending_without_candidates_has_its_report_checked_too(told: str, problems: list[str]) -> None:
    evening = _all_rejected()
    document = render_report(evening.content("all_rejected", told))
    evening.end("all_rejected", "全部投标均不合格", document)
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == problems
    assert any("All bids rejected" in line for line in report.lines("en"))


def test_a_report_nobody_signs_needs_no_stamps_but_its_ending() -> None:
    evening = signed_at("report")
    evening.render()
    evening.clock.moment += timedelta(hours=1)
    for person in evening.members:
        Organiser(evening.desk("organiser")).record_refusal(person, "拒绝签字且未说明理由")
    evening.share()
    evening.end("unsigned", "无人签署", render_report(evening.content("unsigned", "无人签署")))
    report = checked(archive_of(evening), evening)
    assert report.problems == ()
    assert any("Nobody signed" in line for line in report.lines("en"))
    told = [line for line in report.lines("zh") if "未签署或未盖章" in line]
    assert len(told) == 5
    assert all("拒绝签字且未说明理由" in line for line in told)


def test_a_report_made_twice_keeps_both_and_the_second_counts() -> None:
    evening = signed_at("report")
    first = render_report(evening.content(), "en")
    evening.blobs[digest(first)] = first
    Chair(evening.desk(evening.evaluation.leader)).present_report(first)
    evening.share()
    evening.render()
    archive = archive_of(_sign_and_close(evening))
    assert checked(archive, evening).problems == ()
    part = f"blobs/{digest(first)}"
    assert parts_of(archive)[part] == first
    changed = checked(tampered(archive, {part: digit_changed(first)}), evening)
    assert [problem.part for problem in changed.problems] == [part]


def test_a_report_of_an_ending_may_not_stop_short_of_the_bids() -> None:
    evening = SignedEvening()
    early = render_report(evening.content("too_few", "投标人不足三个"))
    bidder = evening.bidders[0]
    package = evening.package(bidder)
    evening.desk(bidder).do(BidSubmitted(package=package, seal=evening.seal(package), size=1))
    evening.share()
    evening.clock.moment += timedelta(hours=1)
    evening.end("too_few", "投标人不足三个", early)
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == ["the report is not the one that the records give."]


def test_an_evening_without_stamps_and_end_is_no_finished_one() -> None:
    evening = signed_at("report")
    evening.render()
    for person in evening.members:
        evening.sign(person)
    evening.share()
    report = checked(archive_of(evening), evening)
    said = [problem.text.en for problem in report.problems]
    assert "no member has put a visible signature." in said
    assert "The evaluation has not ended: there is no record of its end." in said
