"""One round of synchronisation (同步): send what waits, check the receipts, take in what is new. Pure over its ports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from evalclient.core.checkpoint import (
    Checkpoint,
    VerifierKey,
    VerifySignature,
    origin_of,
    parse_proof,
    read_checkpoint,
    verify_checkpoint,
    verify_receipt,
)
from evalclient.core.errors import FeedWithheld, LogDishonest, LogWithheld, StoreDamaged
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import Answer, Centre, FeedPage, LogEntry, Receipt, RecordLog
from evalclient.core.records.catalogue import vouched_states
from evalclient.core.records.envelope import HashName, Record, Seen, decode_payload, digest, record_id

#: ``absorb(entries with their ids, checkpoint)``: verify the records, fold them, and store all in one go
Absorb = Callable[[Sequence[tuple[str, LogEntry]], str], None]

#: a signed text that proves a lie is kept among the log's secrets under this and its SHA-256
EVIDENCE: Final = "evidence/"
BATCH_RECORDS: Final = 100
BATCH_BYTES: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round did.

    ``refused`` are ids the centre refused for good, their successors in the same session included; ``waiting`` answers
    of records that stay in the outbox, with the centre's reason; ``seen`` the state of the log as now verified;
    ``withheld`` whether the centre shows this person no more of the log for now.
    """

    sent: int
    absorbed: int
    refused: tuple[str, ...]
    waiting: tuple[Answer, ...]
    seen: Seen
    withheld: bool = False


class Round:
    """Keeps the log's tree between rounds. One thread runs rounds; another may ``send`` while a round waits for news.
    Back-off belongs to the evaluation, not in here.

    Records go to ``outgoing``, a connection of their own where there is one beside ``centre``.

    ``reads_all``: the log is open to this person at any time (``Roster.reads_whole_log``), so that a centre which
    withholds it does wrong.

    After a LogDishonest nothing was absorbed and nothing left the outbox because of the lie; the caller raises the
    alarm and stops asking. Any other error ends the round where it stood, and the next one continues.
    """

    def __init__(
        self,
        log: RecordLog,
        centre: Centre,
        fingerprint: str,
        log_key: VerifierKey,
        verify: VerifySignature,
        absorb: Absorb,
        algorithm: HashName = "sha256",
        *,
        reads_all: bool = True,
        outgoing: Centre | None = None,
    ) -> None:
        self._log = log
        self._centre = centre
        self._outgoing = outgoing or centre
        self._sending = threading.Lock()
        self._knowledge = threading.RLock()  # tree and claims; never held while the centre is asked
        self._origin = origin_of(fingerprint)
        self._key = log_key
        self._verify = verify
        self._absorb = absorb
        self._algorithm: HashName = algorithm
        self._reads_all = reads_all
        self._tree = Tree(algorithm)
        self._claims: dict[int, bytes] = {}
        self._blobs_sent: set[str] = set()
        self._recall()

    @property
    def seen(self) -> Seen:
        """The last verified state of the log, as a record names it."""
        return Seen(len(self._tree), self._tree.root().hex())

    def run(self, wait_seconds: float = 0.0) -> RoundResult:
        """One round; waits up to ``wait_seconds`` for news when there is none yet.

        Raises CentreUnreachable, CentreRefused, LogWithheld, LogDishonest, and what ``absorb`` raises.
        """
        sent, refused, waiting = self.send()
        absorbed, withheld = self._fetch(wait_seconds)
        return RoundResult(sent, absorbed, refused, waiting, self.seen, withheld)

    def send(self) -> tuple[int, tuple[str, ...], tuple[Answer, ...]]:
        """Hand in what waits, nothing else: how many were received, refused ids, answers of what goes on waiting."""
        with self._sending:
            return self._send()

    def _recall(self) -> None:
        """The tree of the stored log, checked against the stored checkpoint and every kept receipt."""
        for entry in self._log.entries():
            self._tree.append(leaf_bytes(entry.received, entry.record))
        note = self._log.checkpoint()
        claims = [read_checkpoint(note)] if note else []
        claims += [read_checkpoint(parse_proof(receipt.proof).signed_checkpoint) for receipt in self._log.receipts()]
        if note and claims[0].size != len(self._tree):
            raise _store_differs()
        for checkpoint in claims:
            self._keep_claim(checkpoint)

    def _send(self) -> tuple[int, tuple[str, ...], tuple[Answer, ...]]:
        sent, refused = 0, list[str]()
        while batch := self._batch(self._log.outbox()):
            self._put_blobs(batch)
            answers = self._outgoing.submit(batch)
            receipts = [
                self._checked(answer.receipt, record)
                for answer, record in zip(answers, batch, strict=True)
                if answer.receipt is not None
            ]
            self._log.acknowledge(receipts)
            sent += len(receipts)
            final = [answer for answer in answers if answer.receipt is None and not answer.retry]
            refused += self._refuse(final)
            waiting = tuple(answer for answer in answers if answer.receipt is None and answer.retry)
            if not receipts and not final:
                return sent, tuple(refused), waiting
        return sent, tuple(refused), ()

    def _put_blobs(self, batch: Sequence[Record]) -> None:
        """Blobs a record names have to be at the centre before it; packages were uploaded from the shelf."""
        for record in batch:
            for name, data in self._unsent_blobs(record):
                self._outgoing.put_blob(name, data)
                self._blobs_sent.add(name)

    def _unsent_blobs(self, record: Record) -> list[tuple[str, bytes]]:
        names = [name for name in decode_payload(record.payload).blobs if name not in self._blobs_sent]
        return [(name, data) for name in names if (data := self._log.blob(name)) is not None]

    def _batch(self, outbox: Sequence[Record]) -> tuple[Record, ...]:
        """The first records of the outbox that go together in one submission.

        A record with blobs to upload waits for the next batch: the upload needs a login, and the session that logs in
        may be among the records before it.
        """

        def fitting() -> Iterator[Record]:
            room = BATCH_BYTES
            for number, record in enumerate(outbox[:BATCH_RECORDS]):
                room -= len(record.payload) + len(record.signature)
                if number and (room < 0 or self._unsent_blobs(record)):
                    return
                yield record

        return tuple(fitting())

    def _checked(self, receipt: Receipt, record: Record) -> Receipt:
        with self._knowledge, self._evidence(receipt.proof):
            proved = verify_receipt(receipt.proof, record, self._origin, [self._key], self._verify, self._algorithm)
            self._keep_claim(proved.checkpoint)
        return receipt

    def _keep_claim(self, checkpoint: Checkpoint) -> None:
        """Compare a signed checkpoint with the log here, or remember it until the log has come so far."""
        if checkpoint.size <= len(self._tree):
            self._require_root(checkpoint.size, checkpoint.root)
        elif self._claims.setdefault(checkpoint.size, checkpoint.root) != checkpoint.root:
            raise _dishonest("同一长度给出了两个不同的日志", f"two different logs of size {checkpoint.size}")

    def _refuse(self, answers: Sequence[Answer]) -> list[str]:
        """Put aside what was refused for good, and what follows it in the same session: its predecessor is missing."""
        refused: list[str] = []
        for answer in answers:
            self._log.refuse(answer.record_id, f"{answer.refusal_zh}\n{answer.refusal_en}")
            refused.append(answer.record_id)
        lost = set(refused)
        for record in self._log.outbox():
            identity, payload = record_id(record.payload, self._algorithm), decode_payload(record.payload)
            if payload.prev in lost or payload.session in lost:
                self._log.refuse(identity, "前一条记录被拒绝，请重新提交。\nIts predecessor was refused; make it anew.")
                lost.add(identity)
                refused.append(identity)
        return refused

    def _fetch(self, wait_seconds: float) -> tuple[int, bool]:
        absorbed = 0
        while True:
            claimed = max(tuple(self._claims), default=0)  # what the centre may sign for while it is asked counts later
            try:
                page = self._centre.feed(len(self._tree), wait_seconds if absorbed == 0 else 0.0)
            except FeedWithheld as error:
                if self._reads_all:
                    raise self._withheld() from error
                return absorbed, True
            with self._knowledge, self._evidence(page.checkpoint):
                more = self._take(page, claimed)
            if not more:
                return absorbed, False
            absorbed += len(page.entries)

    def _withheld(self) -> LogWithheld:
        """Trouble, no alarm: that answer bears no signature, so it proves nothing against the centre."""
        size, longest = len(self._tree), max(tuple(self._claims), default=0)
        if longest <= size:
            return LogWithheld(
                "评标中心不向本席位提供评标日志，此处显示的不是最新情况：请保留本窗口，立即报告监督人员。",
                "The centre keeps the log from this seat, what is shown here is not up to date: keep this window and tell"
                " the supervisor at once.",
            )
        return LogWithheld(
            f"评标中心已签收至第 {longest} 条记录，却只向本席位提供前 {size} 条：请保留本窗口，立即报告监督人员。",
            f"The centre signed for a log of {longest} records and shows this seat {size} of them: keep this window and"
            " tell the supervisor at once.",
        )

    def _take(self, page: FeedPage, claimed: int) -> bool:
        """Check a page against everything the centre said before and absorb it; False when there was nothing new.

        ``claimed`` is the longest log that the centre had signed for when it was asked.
        """
        checkpoint = verify_checkpoint(page.checkpoint, self._origin, [self._key], self._verify)
        size = len(self._tree)
        if checkpoint.size < max(size, 0 if page.entries else claimed):
            raise _dishonest("日志比先前变短了", f"the log shrank to {checkpoint.size}")
        if checkpoint.size != size + len(page.entries):
            raise _dishonest("签名的长度与给出的记录数不符", "the signed size does not fit the entries")
        try:
            self._grow(page.entries)
            self._keep_claim(checkpoint)
            self._require_claims()
            self._require_seen(page.entries)
            if page.entries or not self._log.checkpoint():
                self._absorb(_identified(page.entries, self._algorithm), page.checkpoint)
        except BaseException:
            if self._log.checkpoint() != page.checkpoint:  # else the log took the page in before what went wrong
                self._tree.truncate(size)
            raise
        self._claims = {size: root for size, root in self._claims.items() if size > checkpoint.size}
        return bool(page.entries)

    @contextmanager
    def _evidence(self, signed: str) -> Iterator[None]:
        """Keep what the centre signed, where it proves a lie."""
        try:
            yield
        except LogDishonest:
            self._log.put_secret(f"{EVIDENCE}{digest(signed.encode())}", signed.encode())
            raise

    def _grow(self, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if entry.index != len(self._tree):
                raise _dishonest("记录的序号不连续", f"entry {entry.index} stands at {len(self._tree)}")
            self._tree.append(leaf_bytes(entry.received, entry.record))

    def _require_claims(self) -> None:
        for size, root in self._claims.items():
            if size <= len(self._tree):
                self._require_root(size, root)

    def _require_seen(self, entries: Sequence[LogEntry]) -> None:
        """What other people's records saw or co-signed is this same log: the centre shows everybody one history."""
        for entry in entries:
            for state in vouched_states(decode_payload(entry.record.payload)):
                if state.size > entry.index:
                    raise _dishonest("记录引用了尚不存在的日志", f"entry {entry.index} saw a log of size {state.size}")
                self._require_root(state.size, bytes.fromhex(state.root))

    def _require_root(self, size: int, root: bytes) -> None:
        if self._tree.root(size) != root:
            raise _dishonest("日志内容被改动过", f"the log of size {size} is not the one shown before")


def _identified(entries: Sequence[LogEntry], algorithm: HashName) -> list[tuple[str, LogEntry]]:
    return [(record_id(entry.record.payload, algorithm), entry) for entry in entries]


def _dishonest(zh: str, en: str) -> LogDishonest:
    return LogDishonest(
        f"评标中心前后给出的日志互相矛盾（{zh}）：请停止操作，本机证据已保存，立即报告监督人员。",
        f"The centre contradicts the log it showed before ({en}): stop, the evidence is kept here, and report it to the"
        " supervisor at once.",
    )


def _store_differs() -> StoreDamaged:
    return StoreDamaged(
        "本席位的数据与其最后核对过的日志不符，请勿删除；勾选“移开损坏的数据”（命令加 --set-aside）后重新登录，"
        "已同步的内容将从评标中心取回。",
        "This seat's data differs from the log it had verified; do not delete it. Sign in again with “Set the damaged"
        " data aside” ticked (--set-aside), and what was synchronised comes back from the centre.",
    )
