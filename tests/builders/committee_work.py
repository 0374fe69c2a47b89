"""The committee's own work in an evening for tests: reviews, scores, settlement, results."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Self

from evalclient.core.evaluation.results import (
    bids_in_scoring,
    differences,
    flags,
    price_digest,
    recommended,
    result_digest,
)
from evalclient.core.evaluation.views import (
    reviewed_bids,
    scores,
    seal_by,
)
from evalclient.core.method.document.scored import items_of
from evalclient.core.records.acts_committee import (
    CandidatesRecommended,
    Opinion,
    PriceConfirmed,
    RecheckAnswer,
    RecheckAnswered,
    Review,
    ReviewSealed,
    Score,
    ScoreCorrected,
    ScoreSheet,
    SheetSealed,
    SummaryRecorded,
)
from tests.builders.arrival import Arrival, bidder_id


class CommitteeWork(Arrival):
    """Reviews, scores and results of the members."""

    # -- review and scoring ----------------------------------------------------------------------------------------

    def review_of(self, fail: Mapping[str, str]) -> Review:
        """A review that passes everything but ``fail``: bidder → item."""
        return Review(
            {
                bid.bidder: {
                    item.id: Opinion(fail.get(bid.bidder) != item.id, _ground(fail.get(bid.bidder) == item.id))
                    for item in self.evaluation.method.preliminary
                }
                for bid in reviewed_bids(self.evaluation)
            }
        )

    def review(
        self,
        fail: Mapping[str, str] | None = None,
        *,
        people: Collection[str] | None = None,
        close: bool = True,
    ) -> Self:
        """Members who have not yet seal a review that fails ``fail`` (bidder → item; by default the sixth's seal)."""
        usual = {bidder_id(6): "seal"} if len(self.bidders) == 6 else {}
        for person in self.members if people is None else people:
            if seal_by(self.evaluation, person, "review.sealed") is None:
                content = self.review_of(usual if fail is None else fail)
                self.do(person, ReviewSealed(sealed=self.sealed(content)))
        self.open_seals()
        return self.close() if close else self

    def sheet_of(self, person: str, change: Mapping[tuple[str, str, str], str] | None = None) -> ScoreSheet:
        """A plausible sheet of ``person``; ``change`` maps (member, bidder, item) → value."""
        change = change or {}
        return ScoreSheet(
            {
                bid.bidder: {
                    item.id: Score(change.get((person, bid.bidder, item.id), self._usual_score(person, bid.bidder, i)))
                    for i, item in enumerate(items_of(self.evaluation.method))
                }
                for bid in bids_in_scoring(self.evaluation)
            }
        )

    def _usual_score(self, person: str, bidder: str, index: int) -> str:
        """Objective items: the second value for odd bidders, the best for others; subjective: around 80 per cent."""
        item = items_of(self.evaluation.method)[index]
        number = self.bidders.index(bidder)
        if item.kind == "fixed":
            return item.values[-1 - number % 2].value
        halves = int(item.maximum) * 8 // 5 - number + int(person[1:]) % 3
        return f"{halves // 2}" + (".5" if halves % 2 else "")

    def score(
        self,
        change: Mapping[tuple[str, str, str], str] | None = None,
        *,
        people: Collection[str] | None = None,
        close: bool = True,
    ) -> Self:
        """Members who have not yet seal their sheets; all in, the keys are published."""
        for person in self.members if people is None else people:
            if seal_by(self.evaluation, person, "sheet.sealed") is None:
                self.do(person, SheetSealed(sealed=self.sealed(self.sheet_of(person, change))))
        self.open_seals()
        return self.close() if close else self

    # -- results ---------------------------------------------------------------------------------------------------

    def settle(self, *, close: bool = True) -> Self:
        """Every objective difference is corrected to the first member's value."""
        for entry in differences(self.evaluation):
            right = next(iter(entry.values.values()))
            for person, value in entry.values.items():
                if value != right:
                    self.correct(person, entry.bidder, entry.item, right)
        return self.close() if close else self

    def correct(self, person: str, bidder: str, item: str, new: str, case: str = "objective") -> Self:
        """``person`` corrects one own score."""
        old = self.current_score(person, bidder, item)
        act = ScoreCorrected(bidder=bidder, item=item, old=old, new=new, case=case, reason="证明材料复核")  # type: ignore[arg-type]
        self.do(person, act)
        return self

    def current_score(self, person: str, bidder: str, item: str) -> str:
        """A score as it stands now."""
        return scores(self.evaluation)[person][bidder][item]

    def confirm_price(self, *, close: bool = True) -> Self:
        """Every member confirms the price calculation."""
        for person in self.members:
            self.do(person, PriceConfirmed(calculation=price_digest(self.evaluation)))
        return self.close() if close else self

    def sum_up(self, *, close: bool = True) -> Self:
        """The leader sums up."""
        self.do(self.evaluation.leader, SummaryRecorded(result=result_digest(self.evaluation)))
        return self.close() if close else self

    def recheck_act(self) -> RecheckAnswered:
        """An answer to every flag."""
        answers = tuple(RecheckAnswer(flag.id, "已复核，维持原评审意见") for flag in flags(self.evaluation))
        return RecheckAnswered(result=result_digest(self.evaluation), answers=answers)

    def recheck(self, *, close: bool = True) -> Self:
        """Every member answers every flag."""
        for person in self.members:
            self.do(person, self.recheck_act())
        return self.close() if close else self

    def recommend(self, *, close: bool = True) -> Self:
        """The leader records the candidates in the order of the result."""
        act = CandidatesRecommended(candidates=recommended(self.evaluation), result=result_digest(self.evaluation))
        self.do(self.evaluation.leader, act)
        return self.close() if close else self


def _ground(fails: bool) -> str:
    return "投标函未加盖单位公章" if fails else ""
