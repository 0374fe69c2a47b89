"""One evaluation's log in the centre's memory: roster, tree, index; rebuilt from the store at start."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from evalclient.core.checkpoint import Checkpoint, Proof, origin_of
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import LogEntry, Receipt
from evalclient.core.records.acts_bids import BidSubmitted, OpeningRecorded
from evalclient.core.records.acts_committee import StageClosed
from evalclient.core.records.envelope import HashName
from evalclient.core.records.verified import VerifiedRecord
from evalclient.crypto.records import Founded, trust_of, verify_record
from server_stub.keys import LogKey


class EvaluationLog:
    """What a submission is checked against. ``grown`` guards everything and tells readers of new entries."""

    def __init__(self, founded: Founded, genesis: LogEntry) -> None:
        self.founding = founded.founding
        self.fingerprint = founded.record.id
        self.algorithm: HashName = founded.founding.hash
        self.origin = origin_of(self.fingerprint)
        self.roster = founded.roster
        self.trust = trust_of(founded.founding)
        self.tree = Tree(self.algorithm)
        self.grown = threading.Condition()
        self.received = genesis.received
        self._index: dict[str, int] = {}
        self._received: list[str] = []
        #: package digest → bidder, from the bids handed in
        self.packages: dict[str, str] = {}
        #: how many entries there are up to the last opening record of the opening stage, None before the first
        self.opened: int | None = None
        self._opening_ended = False
        self._extend(genesis, founded.record)

    def __len__(self) -> int:
        return len(self.tree)

    def index(self, record_id: str) -> int | None:
        """Where a record stands."""
        return self._index.get(record_id)

    def replay(self, entries: Iterable[LogEntry]) -> None:
        """Take in stored entries after record 0."""
        for entry in entries:
            verified = verify_record(entry.record, self.roster, self.trust, index=entry.index, received=entry.received)
            self.extend(entry, verified)

    def extend(self, entry: LogEntry, verified: VerifiedRecord) -> None:
        """Take in one stored entry."""
        self._extend(entry, verified)
        self.roster = self.roster.after(verified)
        if isinstance(verified.act, BidSubmitted):
            self.packages.setdefault(verified.act.package, verified.payload.author)
        elif isinstance(verified.act, OpeningRecorded) and not self._opening_ended:
            self.opened = len(self)
        elif isinstance(verified.act, StageClosed) and verified.act.stage == "opening":
            by_organiser = verified.payload.author == self.founding.organiser.person
            self._opening_ended |= by_organiser and self.opened is not None

    def checkpoint(self, size: int, key: LogKey) -> str:
        """The signed checkpoint of a size."""
        return key.sign(Checkpoint(self.origin, size, self.tree.root(size)))

    def receipt(self, record_id: str, note: str, size: int) -> Receipt:
        """The receipt of a record in the log under the signed checkpoint ``note`` of ``size``."""
        index = self._index[record_id]
        proof = Proof(index, self.tree.inclusion_proof(index, size), self._received[index].encode(), note)
        return Receipt(record_id, proof.text())

    def _extend(self, entry: LogEntry, verified: VerifiedRecord) -> None:
        self._index[verified.id] = self.tree.append(leaf_bytes(entry.received, entry.record))
        self._received.append(entry.received)
        self.received = entry.received
