"""What every RecordLog must do. Run on the one in memory and on the encrypted store."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evalclient.core.checkpoint import Checkpoint, Proof, origin_of, sign_checkpoint
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import LogEntry, Receipt, RecordLog
from evalclient.core.records.envelope import Record, record_id
from evalclient.crypto.primitives.notes import note_signer, verifier_key

FINGERPRINT = "ab" * 32
SECRET = bytes(range(32))
MOMENT = "2026-11-24T01:02:03.004Z"


def record(number: int, signature: bytes = b"signature") -> Record:
    return Record(f"payload {number}".encode(), signature)


def identity(one: Record) -> str:
    return record_id(one.payload)


def entries(records: Sequence[Record], start: int = 0) -> list[tuple[str, LogEntry]]:
    return [(identity(one), LogEntry(start + offset, MOMENT, one)) for offset, one in enumerate(records)]


def checkpoint(records: Sequence[Record]) -> str:
    tree = tree_of(records)
    state = Checkpoint(origin_of(FINGERPRINT), len(tree), tree.root())
    return sign_checkpoint(state, verifier_key("centre", SECRET), note_signer(SECRET))


def tree_of(records: Sequence[Record]) -> Tree:
    tree = Tree()
    for one in records:
        tree.append(leaf_bytes(MOMENT, one))
    return tree


def receipt(records: Sequence[Record], index: int) -> Receipt:
    proof = Proof(index, tree_of(records).inclusion_proof(index), MOMENT.encode(), checkpoint(records))
    return Receipt(identity(records[index]), proof.text())


class RecordLogSuite:
    """Subclasses give a fixture ``log``: an empty RecordLog of evaluation FINGERPRINT."""

    def test_a_new_log_is_empty(self, log: RecordLog) -> None:
        assert (log.pending(), log.outbox(), log.receipts(), log.refusals()) == ((), (), (), ())
        assert list(log.entries()) == []
        assert log.checkpoint() == ""
        assert log.secret("session") is None
        assert log.blob("00" * 32) is None

    def test_own_records_wait_in_the_order_they_were_made(self, log: RecordLog) -> None:
        made = [record(number) for number in (3, 1, 2)]
        for one in made:
            log.append_pending(identity(one), one)
        assert log.pending() == log.outbox() == tuple(made)

    def test_an_acknowledged_record_is_pending_until_the_log_shows_it(self, log: RecordLog) -> None:
        first, second = record(1), record(2)
        for one in (first, second):
            log.append_pending(identity(one), one)
        log.acknowledge([receipt([first], 0)])
        assert log.outbox() == (second,)
        assert log.pending() == (first, second)
        log.absorb(entries([first]), checkpoint([first]))
        assert log.pending() == log.outbox() == (second,)

    def test_receipts_are_kept_by_size_and_only_once(self, log: RecordLog) -> None:
        both = [record(1), record(2)]
        for one in both:
            log.append_pending(identity(one), one)
        log.acknowledge([receipt(both, 1)])
        log.acknowledge([receipt(both[:1], 0)])
        log.acknowledge([receipt(both, 0)])
        assert log.receipts() == (receipt(both[:1], 0), receipt(both, 1))

    def test_a_logged_record_leaves_the_outbox_without_a_receipt(self, log: RecordLog) -> None:
        log.append_pending(identity(record(1)), record(1))
        log.absorb(entries([record(0), record(1)]), checkpoint([record(0), record(1)]))
        assert log.pending() == log.outbox() == ()

    def test_a_refused_record_is_kept_with_its_reason(self, log: RecordLog) -> None:
        for one in (record(1), record(2)):
            log.append_pending(identity(one), one)
        log.refuse(identity(record(1)), "not allowed")
        assert log.refusals() == ((record(1), "not allowed"),)
        assert log.pending() == log.outbox() == (record(2),)

    def test_the_log_is_read_back_exactly_from_any_index(self, log: RecordLog) -> None:
        records = [record(number) for number in range(7)]
        log.absorb(entries(records[:4]), checkpoint(records[:4]))
        log.absorb(entries(records[4:], 4), checkpoint(records))
        every = [entry for _, entry in entries(records)]
        assert list(log.entries()) == every
        assert list(log.entries(5)) == every[5:]
        assert list(log.entries(7)) == []
        assert log.checkpoint() == checkpoint(records)

    def test_absorbing_nothing_keeps_the_checkpoint(self, log: RecordLog) -> None:
        log.absorb([], checkpoint([]))
        assert log.checkpoint() == checkpoint([])
        log.absorb(entries([record(0)]), checkpoint([record(0)]))
        log.absorb([], checkpoint([record(0)]))
        assert log.checkpoint() == checkpoint([record(0)])

    def test_the_logs_own_signature_is_shown_though_ours_differs(self, log: RecordLog) -> None:
        ours, logged = record(1, b"ours"), record(1, b"the log's")
        log.append_pending(identity(ours), ours)
        log.absorb(entries([logged]), checkpoint([logged]))
        assert [entry.record for entry in log.entries()] == [logged]
        assert log.pending() == log.outbox() == ()

    @pytest.mark.parametrize(
        ("start", "count", "covered"), [(1, 1, 2), (3, 1, 4), (2, 1, 2), (2, 1, 4), (2, 0, 3), (2, 0, 1)]
    )
    def test_a_gap_or_a_wrong_checkpoint_is_refused_and_leaves_nothing(
        self, log: RecordLog, start: int, count: int, covered: int
    ) -> None:
        records = [record(number) for number in range(5)]
        log.absorb(entries(records[:2]), checkpoint(records[:2]))
        with pytest.raises(ValueError, match="log of"):
            log.absorb(entries(records[start : start + count], start), checkpoint(records[:covered]))
        assert len(list(log.entries())) == 2
        assert log.checkpoint() == checkpoint(records[:2])

    def test_secrets_and_blobs_are_replaced(self, log: RecordLog) -> None:
        log.put_secret("session", b"first")
        log.put_secret("session", b"second")
        log.put_blob("00" * 32, b"document")
        log.put_blob("00" * 32, b"document")
        assert log.secret("session") == b"second"
        assert log.blob("00" * 32) == b"document"
