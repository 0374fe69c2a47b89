"""A demo member of the committee, leader included: does what is due at each stage, one step at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby

from evalclient.core.evaluation.drawing import draw_due, share_by
from evalclient.core.evaluation.results import bids_in_scoring, differences, flags, price_digest, result_digest
from evalclient.core.evaluation.views import correction_of, electable, reviewed_bids, seal_by
from evalclient.core.records.acts_committee import CompetitionJudged, Opinion, Score, ScoreCorrected
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.gates_ending import next_to_stamp
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.desk.chair import Chair
from evalclient.desk.expert import Expert
from evalclient.desk.reporting import Reporting
from evalclient.desk.seat import Seat

_CORRECTED = Bilingual(
    "核对原件后更正，与其他评委一致。", "Corrected after looking at the original; agrees with the others."
)
_KEPT = Bilingual("已核对原件，维持原评分。", "Checked against the original; the score stays.")
_CHECKED = Bilingual("已复核，评分依据充分，无需更正。", "Re-checked; the scores are well grounded and stay.")
_COMPETES = Bilingual("有效报价之间仍有竞争。", "The valid bids still compete.")
_LACKS = Bilingual("有效投标过少，报价明显缺乏竞争。", "Too few bids are valid; they plainly lack competition.")


class MemberPilot:
    """``step()`` does one thing that is due and says so, or returns False."""

    def __init__(self, seat: Seat, plan: MemberPlan, language: str = "zh", *, fields_per_step: int = 1) -> None:
        self.desk = desk = seat.desk
        self.plan = plan
        self.language = language
        self.expert = Expert(desk)
        self.chair = Chair(desk)
        self.reporting = Reporting(seat)
        self._fields = fields_per_step
        self._stages: dict[str, Callable[[], bool]] = {
            "pledge": self._pledge,
            "leader": self._vote,
            "preliminary": self._review,
            "scoring": self._score,
            "settlement": self._settle,
            "price": self._price,
            "recheck": self._recheck,
            "report": self._sign,
        }

    def step(self) -> bool:
        """Do the next thing due; whether there was one."""
        evaluation = self.desk.evaluation
        member = evaluation.members.get(self.desk.person)
        if member is None or not member.active or not member.arrival or member.conflict:
            return False
        if not (member.pledge and member.recusal) and evaluation.stage != "ended":
            return self._pledge()
        when = draw_due(evaluation)
        if when is not None and share_by(evaluation, self.desk.person, when) is None:
            self.expert.take_part()
            return True
        own = self._stages.get(evaluation.stage)
        if own is not None and own():
            return True
        return evaluation.leader == self.desk.person and self._lead()

    def _pledge(self) -> bool:
        member = self.desk.evaluation.members[self.desk.person]
        if not member.pledge and self.desk.may(self.expert.pledge_act()).allowed:
            self.expert.sign_pledge()
            return True
        if member.pledge and not member.recusal:
            self.expert.declare(conflict=False)
            return True
        return False

    def _vote(self) -> bool:
        evaluation = self.desk.evaluation
        if evaluation.leader or seal_by(evaluation, self.desk.person, "vote.sealed") is not None:
            return False
        candidates = electable(evaluation)
        self.expert.vote(self.plan.vote if self.plan.vote in candidates else candidates[0])
        return True

    def _review(self) -> bool:
        evaluation = self.desk.evaluation
        if seal_by(evaluation, self.desk.person, "review.sealed") is not None:
            return self._compete()
        drafted = self.expert.review()
        missing = [
            (bid.bidder, item.id)
            for bid in reviewed_bids(evaluation)
            for item in evaluation.method.preliminary
            if item.id not in drafted.get(bid.bidder, {})
        ]
        for bidder, items in _by_bidder(missing[: self._fields]):
            self.expert.save_opinions(bidder, {item: self._opinion(bidder, item) for item in items})
        if not missing:
            self.expert.seal_review()
        return True

    def _compete(self) -> bool:
        reason = _COMPETES if self.plan.competes else _LACKS
        view = CompetitionJudged(competitive=self.plan.competes, reason=reason.text(self.language))
        if self.desk.person in self.desk.evaluation.competition or not self.desk.may(view).allowed:
            return False
        self.desk.do(view)
        return True

    def _score(self) -> bool:
        evaluation = self.desk.evaluation
        if seal_by(evaluation, self.desk.person, "sheet.sealed") is not None:
            return False
        drafted = self.expert.sheet()
        missing = [
            (bid.bidder, item.id)
            for bid in bids_in_scoring(evaluation)
            for section in evaluation.method.sections
            for item in section.items
            if item.id not in drafted.get(bid.bidder, {})
        ]
        for bidder, items in _by_bidder(missing[: self._fields]):
            self.expert.save_scores(bidder, {item: self._planned(bidder, item) for item in items})
        if not missing:
            self.expert.seal_sheet()
        return True

    def _settle(self) -> bool:
        evaluation = self.desk.evaluation
        for entry in differences(evaluation):
            if correction_of(evaluation, self.desk.person, entry.bidder, entry.item) is not None:
                continue
            usual = Counter(entry.values.values()).most_common(1)[0][0]
            mine = entry.values[self.desk.person]
            if mine != usual:
                self.expert.correct(
                    ScoreCorrected(
                        bidder=entry.bidder,
                        item=entry.item,
                        old=mine,
                        new=usual,
                        case="objective",
                        reason=_CORRECTED.text(self.language),
                    )
                )
                return True
        return False

    def _price(self) -> bool:
        evaluation = self.desk.evaluation
        if draw_due(evaluation) is not None:
            return False
        if evaluation.price_confirmed.get(self.desk.person) == price_digest(evaluation):
            return False
        self.expert.confirm_price()
        return True

    def _recheck(self) -> bool:
        evaluation = self.desk.evaluation
        mine = evaluation.rechecks.get(self.desk.person)
        if not evaluation.summary or (mine is not None and mine.result == evaluation.summary):
            return False
        self.expert.answer_recheck({flag.id: _CHECKED.text(self.language) for flag in flags(evaluation)})
        return True

    def _sign(self) -> bool:
        evaluation = self.desk.evaluation
        report = evaluation.report
        if report is None or not self.plan.signs:
            return False
        if self.desk.person not in report.signed and self.desk.person not in report.refused:
            self.reporting.sign(report.document, self.plan.dissent)
            return True
        if next_to_stamp(evaluation) == self.desk.person and self.reporting.can_stamp():
            self.reporting.stamp()
            return True
        return False

    def _lead(self) -> bool:
        evaluation = self.desk.evaluation
        if (evaluation.stage == "summary" and evaluation.summary != result_digest(evaluation)) or (
            evaluation.stage == "recheck" and not evaluation.summary
        ):
            self.chair.sum_up()
        elif evaluation.stage == "candidates" and evaluation.candidates is None:
            self.chair.recommend()
        elif evaluation.stage == "report" and evaluation.report is None and self.reporting.can_render():
            self.reporting.render()
        elif self.chair.may_close().allowed:
            self.chair.close_stage()
        else:
            return False
        return True

    def _opinion(self, bidder: str, item: str) -> Opinion:
        return self.plan.opinions.get(self._name(bidder), {}).get(item, Opinion(passed=True))

    def _planned(self, bidder: str, item: str) -> Score:
        return self.plan.scores[self._name(bidder)][item]

    def _name(self, bidder: str) -> str:
        opened = self.desk.evaluation.bids[bidder].opened
        return opened.name if opened else ""


def _by_bidder(fields: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    return [(bidder, [item for _, item in row]) for bidder, row in groupby(fields, key=lambda field: field[0])]
