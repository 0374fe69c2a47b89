"""What people kept of the log themselves, and co-signed in it, against the log in the archive."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest

from evalclient.archive import verify
from evalclient.core.checkpoint import Checkpoint, Proof, origin_of, sign_checkpoint
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_ending import CheckpointCosigned
from evalclient.crypto.primitives.notes import new_note_key, note_signer, verifier_key
from tests.builders.archives import archive_of, finished, signed_at
from tests.builders.desks import Desks

SIZE = 40


@lru_cache
def archive() -> bytes:
    return archive_of(finished())


def entries(size: int = SIZE) -> list[LogEntry]:
    return [entry for _, entry in finished().tape[:size]]


def tree_of(log: list[LogEntry]) -> Tree:
    tree = Tree()
    for entry in log:
        tree.append(leaf_bytes(entry.received, entry.record))
    return tree


def note_of(log: list[LogEntry], key: bytes = b"", evening: Desks | None = None) -> str:
    evening = evening or finished()
    checkpoint = Checkpoint(origin_of(evening.evaluation.fingerprint), len(log), tree_of(log).root())
    key = key or evening.log_key
    return sign_checkpoint(checkpoint, verifier_key("centre", key), note_signer(key))


def receipt_of(log: list[LogEntry], index: int = 5) -> str:
    proof = tree_of(log).inclusion_proof(index)
    return Proof(index, proof, log[index].received.encode(), note_of(log)).text()


def another_view() -> list[LogEntry]:
    """The log as the centre showed it to somebody else: one time of receipt differs, long before his record."""
    log = entries()
    log[2] = LogEntry(2, log[1].received, log[2].record)
    assert log != entries()
    return log


def told(text: str) -> tuple[bool, str]:
    report = verify(
        io.BytesIO(archive()), finished().evaluation.fingerprint, untrusted_kept={"kept.txt": text.encode()}
    )
    (finding,) = [finding for finding in report.findings if finding.part == "kept.txt"]
    assert report.holds == finding.holds
    return finding.holds, finding.text.en


def test_a_receipt_and_a_checkpoint_of_this_log_agree_with_it() -> None:
    holds, text = told(receipt_of(entries()))
    assert holds
    assert f"record 5, received {entries()[5].received}" in text
    assert told(note_of(entries())) == (True, f"the checkpoint of {SIZE} records is one of this log.")


@pytest.mark.parametrize("text", [receipt_of, note_of], ids=["receipt", "checkpoint"])
def test_what_was_kept_of_another_view_shows_that_the_centre_showed_two(text: object) -> None:
    assert callable(text)
    holds, said = told(text(another_view()))
    assert not holds
    assert said.startswith(f"the centre signed another log of {SIZE} records: it has shown two.")


def test_what_the_centre_did_not_sign_proves_nothing() -> None:
    for text in (
        note_of(entries(), new_note_key()),
        "",
        "a letter",
        receipt_of(entries()).replace("index 5", "index x"),
    ):
        holds, said = told(text)
        assert not holds
        assert said.startswith("is no receipt or checkpoint that this evaluation's centre signed")


def test_a_changed_receipt_is_told_from_another_view() -> None:
    for text in (
        receipt_of(entries()).replace("index 5", "index 6"),
        receipt_of(entries()).replace("index 5", "index 999999"),
    ):
        holds, said = told(text)
        assert not holds
        assert "was the receipt changed?" in said


def test_a_receipt_from_after_the_archive_cannot_be_compared() -> None:
    last = finished().tape[-1][1]
    longer = [*entries(len(finished().tape)), LogEntry(last.index + 1, last.received, last.record)]
    holds, said = told(note_of(longer))
    assert not holds
    assert "made later" in said


@pytest.mark.parametrize(("size", "root"), [(5, "0" * 64), (10_000, "0" * 64)])
def test_a_cosignature_over_a_log_that_never_was_names_its_record(size: int, root: str) -> None:
    evening = signed_at("report")
    evening.desk("supervisor").do(CheckpointCosigned(stage="report", size=size, root=root))
    evening.share()
    index = len(evening.tape) - 1
    evening.finish()
    report = verify(io.BytesIO(archive_of(evening)), evening.evaluation.fingerprint)
    (problem,) = report.problems
    assert problem.part == f"records/{index:06d}.payload"
    assert "the supervisor had seen or co-signed another log" in problem.text.en
