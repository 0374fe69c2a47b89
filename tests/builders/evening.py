"""An evening of evaluation for tests, told step by step; everything in it is a fold of records, nothing is mocked.

    from tests.builders.evening import Evening, evening_at

    evening = Evening("procurement")            # record 0 only; "construction" is the default
    evening.until("scoring")                    # the usual course of events up to a stage
    evening.score(change={("m2", evening.bidders[0], "plan"): "12.5"})
    evening.evaluation                          # the Evaluation to show, report or audit
    evening_at("report").sign().end()           # a fork of a cached evening at a stage: cheap, yours to change

Usual course: five members ``m1``…``m5`` at three sites (main: m1 m2 m3, a: m4, b: m5; in procurement m5 is the
purchaser's representative), six bidders, of whom the last fails the preliminary item ``seal``; leader m1.
Every step is a method named for what happens, returns the evening, and closes its stage unless ``close=False``.
Below them: ``do(person, act)`` (refused like at a desk), ``put(person, act)`` (into the log whatever the gates say),
``may(person, act)``, ``fork()``, ``sign_in``, ``pass_time``; see tests/builders/ledger.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Self

from evalclient.core.evaluation.results import (
    result_digest,
)
from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_ending import (
    CommitteeDissolved,
    Ending,
    EvaluationEnded,
    ReportRendered,
    ReportSigned,
    ReportStamped,
    RollbackApproved,
    RollbackRequested,
)
from evalclient.core.records.envelope import digest
from evalclient.core.workflow.gates_ending import final_document, next_to_stamp
from tests.builders.arrival import (
    BIDDER_NAMES,
    CUSTODIANS,
    ORGANISER,
    PRICES,
    RECOVERY,
    SITE_OF,
    SITES,
    SUPERVISOR,
    administrator_of,
    bidder_id,
)
from tests.builders.committee_work import CommitteeWork

__all__ = [
    "BIDDER_NAMES",
    "CUSTODIANS",
    "ORGANISER",
    "PRICES",
    "RECOVERY",
    "SITES",
    "SITE_OF",
    "SUPERVISOR",
    "Evening",
    "administrator_of",
    "bidder_id",
    "evening_at",
]


class Evening(CommitteeWork):
    """One evaluation from record 0 on. See the top of this module."""

    # -- report and ending -----------------------------------------------------------------------------------------

    def render(self, document: bytes = b"report") -> Self:
        """The leader lays the report before the members."""
        act = ReportRendered(document=digest(document), result=result_digest(self.evaluation))
        self.do(self.evaluation.leader, act)
        return self

    def sign(self, dissent: Mapping[str, str] | None = None, *, close: bool = True) -> Self:
        """Every member signs and stamps, in roster order; ``dissent`` maps member → reason."""
        if self.evaluation.report is None:
            self.render()
        for person in self.members:
            self.do(person, ReportSigned(document=self.document, dissent=(dissent or {}).get(person, "")))
        self.stamp_all()
        return self.close() if close else self

    def stamp_all(self) -> Self:
        """Who has signed stamps the PDF, in roster order."""
        assert self.evaluation.report is not None
        while (person := next_to_stamp(self.evaluation)) in self.evaluation.report.signed:
            self.do(person, self.stamp_act(person))
        return self

    def sign_only(self, *people: str) -> Self:
        """``people`` sign; nobody stamps yet."""
        for person in people:
            self.do(person, ReportSigned(document=self.document))
        return self

    @property
    def document(self) -> str:
        """Digest of the report as rendered."""
        assert self.evaluation.report is not None
        return self.evaluation.report.document

    def stamp_act(self, person: str) -> ReportStamped:
        """The next revision of the PDF, by ``person``."""
        last = final_document(self.evaluation)
        return ReportStamped(document=digest(f"{last} {person}".encode()), previous=last)

    def end(self, ending: Ending = "awarded", ground: str = "评标完成") -> Self:
        """The organiser ends the evaluation, with its report."""
        document = final_document(self.evaluation) if ending == "awarded" else digest(ending.encode())
        self.do(ORGANISER, EvaluationEnded(ending=ending, ground=ground, document=document))
        return self

    # -- the course of the evening ---------------------------------------------------------------------------------

    def roll_back(self, stage: Stage, ground: str = "评审内容需要更正") -> Self:
        """The organiser asks, the supervisor approves."""
        request = self.do(ORGANISER, RollbackRequested(to_stage=stage, ground=ground))
        self.do(SUPERVISOR, RollbackApproved(request=request))
        return self

    def replace(self, person: str, successor: str, ground: str = "因病不能继续评审") -> Self:
        """The organiser puts ``successor`` in the place of ``person``."""
        leaving = self.evaluation.members[person]
        self.do(ORGANISER, self.appointment(successor, leaving.kind, leaving.site, replaces=person, ground=ground))
        return self

    def dissolve(self, ground: str = "评标委员会组成不合法") -> Self:
        """The organiser dissolves the committee."""
        self.do(ORGANISER, CommitteeDissolved(ground=ground))
        return self

    def step(self, *, close: bool = True) -> Self:
        """What usually happens in the present stage, to its end unless ``close`` is false."""
        self.draw()
        if self.stage == "archive":
            return self.end()
        if self.stage == "leader" and self.evaluation.leader:
            return self.close() if close else self
        usual: dict[Stage, Callable[..., Self]] = {
            "opening": self.open,
            "ready": self.confirm_sites,
            "checkin": self.check_in,
            "pledge": self.pledge,
            "leader": self.elect,
            "release": self.release,
            "preliminary": self.review,
            "scoring": self.score,
            "settlement": self.settle,
            "price": self.confirm_price,
            "summary": self.sum_up,
            "recheck": self.recheck,
            "candidates": self.recommend,
            "report": self.sign,
        }
        return usual[self.stage](close=close)

    def until(self, stage: Stage) -> Self:
        """Go on in the usual way until ``stage`` is reached."""
        while stage_index(self.evaluation.stage) < stage_index(stage):
            self.step()
        return self


@lru_cache
def _cached(stage: Stage, trade: Trade) -> Evening:
    before = STAGES[max(0, stage_index(stage) - 1)]
    return Evening(trade) if stage == "opening" else _cached(before, trade).fork().until(stage)


def evening_at(stage: Stage, trade: Trade = "construction") -> Evening:
    """An evening of the usual course at ``stage``: a fork of a cached one, free to change."""
    return _cached(stage, trade).fork()
