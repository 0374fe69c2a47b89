"""What a dishonest centre or person could try is found in the archive."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from evalclient.archive import export, verify
from evalclient.archive.anchor import is_demo
from evalclient.core.checkpoint import Checkpoint, Proof, origin_of, sign_checkpoint
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import LogEntry, Receipt
from evalclient.core.records.acts_founding import SiteConfirmed
from evalclient.core.records.envelope import record_id
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.notes import note_signer, verifier_key
from tests.archive.checking import archive, checked, digit_changed, fingerprint, index_of
from tests.builders.archives import (
    AT,
    SignedEvening,
    archive_of,
    finished,
    parts_of,
    pki,
    tampered,
)
from tests.builders.centre import Author
from tests.builders.desk_people import key_of


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
    index = index_of("score.corrected") if _has("score.corrected") else index_of("pledge.signed")
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
