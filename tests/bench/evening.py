"""An evening over the demonstration's tender with every field drafted, as benches need it, and stores on disk for it."""

from __future__ import annotations

from pathlib import Path

from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import Opinion, Score
from evalclient.core.records.envelope import record_id
from evalclient.desk.expert import Expert
from evalclient.store.record_log import StoredRecordLog
from tests.builders.desks import Desks
from tests.builders.shared_log import MEMBERS
from tests.gui.demo_desks import DemoDesks


def drafted_evening(stage: Stage) -> Desks:
    """Up to ``stage``; each member has saved each opinion and each score by itself, as at a window."""
    evening = DemoDesks()
    evening.until("preliminary")
    _draft(evening, "review")
    if stage != "preliminary":
        evening.until("scoring")
        _draft(evening, "sheet")
    return evening.until(stage)


def stored_log(evening: Desks, path: Path, *, empty: bool = False) -> StoredRecordLog:
    """An encrypted store in ``path`` for this evening; nothing has been taken in where ``empty``."""
    log = StoredRecordLog(path, bytes(32), record_id(evening.genesis.record.payload))
    if not empty:
        for entries, checkpoint in evening.pages(len(evening.tape)):
            log.absorb(entries, checkpoint)
    return log


def _draft(evening: Desks, what: str) -> None:
    method = evening.desk("m1").evaluation.method
    for person in MEMBERS:
        expert = Expert(evening.desk(person))
        for bidder in evening.bidders:
            if what == "review":
                for checked in method.preliminary:
                    expert.save_opinion(bidder, checked.id, Opinion(passed=True))
            else:
                for item in (item for section in method.sections for item in section.items):
                    expert.save_score(bidder, item.id, Score("0.5"))
        evening.share()
