"""Time stamps at a seat (时间戳): what is still to be stamped after the end, asking the authority, recording the token.

Asking takes as long as the network; it needs nothing of the desk and belongs on another lane than the two other calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evalclient.core.checkpoint import read_checkpoint
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.ports import TimestampService
from evalclient.core.records.acts_ending import LogTimestamped, ReportTimestamped
from evalclient.core.records.envelope import HashName
from evalclient.crypto.records import stamped_imprint
from evalclient.crypto.trust.timestamps import request, token_of_response, verify_token
from evalclient.desk.desk import Desk

Stamp = ReportTimestamped | LogTimestamped
#: stands in the place of a token that is still to be got
_NOT_YET = b"\0"


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be stamped: the act without its token, and the digest that goes to the authority."""

    act: Stamp
    imprint: bytes
    algorithm: HashName


def stamps_due(desk: Desk) -> tuple[Due, ...]:
    """What this person is to have stamped, by the verified log: nothing before the end, or where others have done so.

    Nothing either while own records are still on their way: one of them may be the stamp.
    """
    evaluation = desk.logged
    if not _stamps_missing(evaluation) or not _may_bring(evaluation, desk.person) or desk.log.pending():
        return ()
    wanted: list[Stamp] = []
    if evaluation.ending is not None and evaluation.ending.document and evaluation.report_stamp is None:
        wanted.append(ReportTimestamped(document=evaluation.ending.document, token=_NOT_YET))
    checkpoint = read_checkpoint(desk.log.checkpoint())
    if evaluation.log_stamp is None and checkpoint.size == evaluation.size:
        wanted.append(LogTimestamped(size=checkpoint.size, root=checkpoint.root.hex(), token=_NOT_YET))
    algorithm = evaluation.founding.hash
    return tuple(Due(act, stamped_imprint(act, evaluation.fingerprint, algorithm), algorithm) for act in wanted)


def ask(service: TimestampService, due: Due) -> Stamp:
    """The act with a token of the authority, not yet trusted. TimestampUnreachable, TimestampRefused."""
    asked = request(due.imprint, due.algorithm)
    token = token_of_response(service.answer(asked.der), asked)
    if isinstance(due.act, ReportTimestamped):
        return ReportTimestamped(document=due.act.document, token=token)
    return LogTimestamped(size=due.act.size, root=due.act.root, token=token)


def record(desk: Desk, act: Stamp) -> str:
    """Record the token; the record's id, or "" where somebody else has brought one meanwhile.

    TimestampRefused where its authority is none that the evaluation recognises, or its time cannot be: a token that would
    have no effect is not recorded.
    """
    evaluation = desk.evaluation
    there = evaluation.report_stamp if isinstance(act, ReportTimestamped) else evaluation.log_stamp
    if there is not None:
        return ""
    algorithm = evaluation.founding.hash
    imprint = stamped_imprint(act, evaluation.fingerprint, algorithm)
    verify_token(act.token, imprint, algorithm, desk.trust, not_after=datetime.fromisoformat(desk.clock.now()))
    return desk.do(act)


def _stamps_missing(evaluation: Evaluation) -> bool:
    return evaluation.ending is not None and (evaluation.report_stamp is None or evaluation.log_stamp is None)


def _may_bring(evaluation: Evaluation, person: str) -> bool:
    return person in (evaluation.leader, evaluation.founding.organiser.person)
