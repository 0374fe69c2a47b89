"""The encrypted store and the fold: draft commits, taking in a whole evening's log, opening a seat on it."""

from __future__ import annotations

import time
from pathlib import Path

from evalclient.core.evaluation.fold import found_evaluation
from evalclient.core.records.acts_committee import Score
from evalclient.core.records.envelope import record_id
from evalclient.core.records.verified import VerifiedRecord
from evalclient.core.workflow.gates import replay
from evalclient.crypto.records import found, trust_of, verify_record
from evalclient.desk.desk import Desk
from evalclient.desk.expert import Expert
from evalclient.store.record_log import StoredRecordLog
from tests.bench.evening import drafted_evening, stored_log
from tests.bench.figures import MB, Figure, Measured, milliseconds, scratch, share, spread
from tests.builders.desks import Desks

COMMITS = 1000
#: what the centre gives in one page of its feed
PAGE = 200


def measure() -> Measured:
    evening = drafted_evening("summary")
    with scratch("store") as folder:
        absorbed = _absorbed(evening, folder / "absorb.db")
        opened = [milliseconds(lambda: _opened(evening, folder / "absorb.db")) for _ in range(3)]
        size = (folder / "absorb.db").stat().st_size / MB
        commits = _commits(folder / "commits.db")
    records = len(evening.tape)
    verified = _verified(evening)
    folds = [milliseconds(lambda: _folded(evening, verified)) for _ in range(3)]
    return Measured(
        (
            *spread("draft saved by the desk, on disk", commits),
            Figure("log taken in: verified, folded, stored", records / absorbed * 1000, "records/s"),
            Figure("whole evening's log folded", share(folds, 0.5), "ms"),
            Figure("seat opened on the stored log", share(opened, 0.5), "ms"),
            Figure("records of the evening", records, ""),
            Figure("store on disk", size, "MB"),
        )
    )


def _commits(path: Path) -> list[float]:
    """One field after another, as a member scores; the log is taken over now and then, as sync does."""
    evening = drafted_evening("scoring")
    desk = evening.desk_over("m2", stored_log(evening, path))
    expert, bidder = Expert(desk), evening.bidders[0]
    item = desk.evaluation.method.sections[0].items[0].id
    samples = []
    for number in range(COMMITS):
        if number % 50 == 0:
            evening.share()
        score = Score(str(number % 9))
        samples.append(milliseconds(lambda: expert.save_score(bidder, item, score)))  # noqa: B023 - called at once
    desk.log.close()  # type: ignore[attr-defined]
    return samples


def _absorbed(evening: Desks, path: Path) -> float:
    """Milliseconds to take in the whole log, page by page."""
    log = stored_log(evening, path, empty=True)
    desk = Desk(evening.genesis, log, "m1", evening.clock)
    pages = evening.pages(PAGE)
    began = time.perf_counter()
    for entries, checkpoint in pages:
        desk.absorb(entries, checkpoint)
    taken = (time.perf_counter() - began) * 1000
    log.close()
    return taken


def _opened(evening: Desks, path: Path) -> None:
    log = StoredRecordLog(path, bytes(32), record_id(evening.genesis.record.payload))
    Desk(evening.genesis, log, "m1", evening.clock)
    log.close()


def _verified(evening: Desks) -> list[VerifiedRecord]:
    founded = found(evening.genesis.record)
    evaluation, trust = found_evaluation(founded.record, evening.genesis.documents), trust_of(founded.founding)
    records = []
    for _, entry in evening.tape[1:]:
        record = verify_record(entry.record, evaluation.roster, trust, index=entry.index, received=entry.received)
        records.append(record)
        evaluation = replay(evaluation, [record])
    return records


def _folded(evening: Desks, records: list[VerifiedRecord]) -> None:
    """The fold alone, gates and effects: the records are verified before the clock starts."""
    replay(found_evaluation(found(evening.genesis.record).record, evening.genesis.documents), records)
