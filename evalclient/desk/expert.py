"""The expert's verbs: pledge, vote, review, score, seal, settle, confirm; ``reporting`` signs the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from evalclient.core.errors import Refused
from evalclient.core.evaluation.results import bids_in_scoring, flags, price_digest, result_digest
from evalclient.core.evaluation.views import electable, reviewed_bids, scores
from evalclient.core.method.tally.checks import sheet_problems
from evalclient.core.records.act import Sealed
from evalclient.core.records.acts_committee import (
    AbnormalJudged,
    CompetitionJudged,
    DefectDeclared,
    Opinion,
    PriceConfirmed,
    RecheckAnswer,
    RecheckAnswered,
    Review,
    ReviewSealed,
    Score,
    ScoreCorrected,
    ScoreMaintained,
    ScoreSheet,
    SealWithdrawn,
    SheetSealed,
    Vote,
    VoteSealed,
)
from evalclient.core.records.acts_ending import PracticeFilled
from evalclient.core.records.acts_founding import PledgeSigned, RecusalDeclared
from evalclient.core.workflow.reading import may_read
from evalclient.crypto.sealing import seal_body
from evalclient.desk.desk import Desk
from evalclient.desk.drafts import drafts, save_draft
from evalclient.desk.drawing import take_part

T = TypeVar("T")
_REVIEW = "review|"
_SCORE = "score|"


class Expert:
    """A committee member at his seat (评标专家): thin verbs over ``desk.may`` and ``desk.do``."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    # -- before the work -------------------------------------------------------------------------------------------

    def sign_pledge(self) -> str:
        """Sign the pledge and for every paper of the tender and the method."""
        return self.desk.do(self.pledge_act())

    def pledge_act(self) -> PledgeSigned:
        """The pledge this tender asks for."""
        papers = self.desk.evaluation.tender.papers
        pledge = next(paper.digest for paper in papers if paper.kind == "pledge")
        others = tuple(paper.digest for paper in papers if paper.kind != "pledge")
        return PledgeSigned(pledge=pledge, documents=(*others, self.desk.evaluation.founding.method))

    def declare(self, conflict: bool, ground: str = "") -> str:
        """Declare on recusal."""
        return self.desk.do(RecusalDeclared(conflict=conflict, ground=ground))

    def vote(self, candidate: str) -> str:
        """Vote secretly for a leader in the present ballot."""
        rule = self.desk.evaluation.rules.leader
        if candidate not in electable(self.desk.evaluation):
            raise Refused("该成员不能当选组长，请另选。", "This member cannot lead; choose another.", rule.article)
        return self._seal(VoteSealed, "vote.sealed", Vote(candidate), ballot=self.desk.evaluation.ballot)

    def take_part(self) -> str:
        """Seal a share of the draw that is due."""
        return take_part(self.desk)

    # -- preliminary review ----------------------------------------------------------------------------------------

    def save_opinion(self, bidder: str, item: str, opinion: Opinion) -> None:
        """Commit one field of the review; on disk when this returns."""
        self.save_opinions(bidder, {item: opinion})

    def save_opinions(self, bidder: str, opinions: Mapping[str, Opinion]) -> None:
        """Commit several fields of one bid's review at once."""
        row = {**_row(self.desk, _REVIEW, bidder, Opinion), **opinions}
        save_draft(self.desk, f"{_REVIEW}{bidder}", row, dict[str, Opinion])

    def review(self) -> dict[str, dict[str, Opinion]]:
        """The review as drafted so far: bidder → item → opinion."""
        return _table(self.desk, _REVIEW, Opinion)

    def seal_review(self) -> str:
        """Seal the finished review; Refused while an opinion or the reason of a fail is missing."""
        drafted = self.review()
        article = self.desk.evaluation.rules.article("review.sealed")
        for bid in reviewed_bids(self.desk.evaluation):
            for item in self.desk.evaluation.method.preliminary:
                opinion = drafted.get(bid.bidder, {}).get(item.id)
                if opinion is None:
                    raise Refused(
                        f"“{item.title.zh}”尚未评审，请补齐。", f"“{item.title.en}” is not reviewed yet.", article
                    )
                if not opinion.passed and not opinion.reason.strip():
                    raise Refused(
                        f"“{item.title.zh}”判定不合格须写明原因。",
                        f"Failing “{item.title.en}” needs a reason.",
                        article,
                    )
        bidders = [bid.bidder for bid in reviewed_bids(self.desk.evaluation)]
        review = Review({bidder: drafted[bidder] for bidder in bidders})
        return self._seal(ReviewSealed, "review.sealed", review)

    # -- scoring ---------------------------------------------------------------------------------------------------

    def save_score(self, bidder: str, item: str, score: Score) -> None:
        """Commit one field of the score sheet; on disk when this returns."""
        self.save_scores(bidder, {item: score})

    def save_scores(self, bidder: str, scores: Mapping[str, Score]) -> None:
        """Commit several fields of one bid's scores at once."""
        row = {**_row(self.desk, _SCORE, bidder, Score), **scores}
        save_draft(self.desk, f"{_SCORE}{bidder}", row, dict[str, Score])

    def sheet(self) -> dict[str, dict[str, Score]]:
        """The score sheet as drafted so far: bidder → item → score."""
        return _table(self.desk, _SCORE, Score)

    def seal_sheet(self) -> str:
        """Seal the finished score sheet; Refused with the first problem that stands in the way."""
        drafted = self.sheet()
        bidders = [bid.bidder for bid in bids_in_scoring(self.desk.evaluation)]
        sheet = {bidder: drafted.get(bidder, {}) for bidder in bidders}
        problems = sheet_problems(self.desk.evaluation.method, sheet, bidders)
        if problems:
            first = problems[0]
            raise Refused(first.sentence.zh, first.sentence.en, self.desk.evaluation.rules.article("sheet.sealed"))
        return self._seal(SheetSealed, "sheet.sealed", ScoreSheet(sheet))

    def withdraw_seal(self, seal: str, ground: str = "") -> str:
        """Take one's own seal back, while others are still at work."""
        return self.desk.do(SealWithdrawn(seal=seal, ground=ground))

    def read_sheet(self, member: str) -> dict[str, dict[str, str]]:
        """A member's scores; Refused, with the article, until the rules let one look."""
        may_read(self.desk.evaluation, self.desk.person, member, "sheet.sealed").require()
        return scores(self.desk.evaluation).get(member, {})

    # -- after reveal ----------------------------------------------------------------------------------------------

    def correct(self, act: ScoreCorrected) -> str:
        """Correct one's own score in a lawful case."""
        return self.desk.do(act)

    def maintain(self, bidder: str, item: str, reason: str) -> str:
        """Keep a questioned score, with a reason."""
        return self.desk.do(ScoreMaintained(bidder=bidder, item=item, reason=reason))

    def judge_competition(self, competitive: bool, reason: str) -> str:
        """Judge whether too few bids still compete."""
        return self.desk.do(CompetitionJudged(competitive=competitive, reason=reason))

    def judge_abnormal(self, act: AbnormalJudged) -> str:
        """Judge whether another member's scores of a bid are abnormal."""
        return self.desk.do(act)

    def declare_defect(self, ground: str) -> str:
        """Find that the tender document cannot be evaluated by."""
        return self.desk.do(DefectDeclared(ground=ground))

    def confirm_price(self) -> str:
        """Confirm the price calculation that this client computes."""
        return self.desk.do(PriceConfirmed(calculation=price_digest(self.desk.evaluation)))

    def answer_recheck(self, answers: dict[str, str]) -> str:
        """Answer every flag (flag id → answer) of the re-check."""
        given = tuple(RecheckAnswer(flag.id, answers.get(flag.id, "")) for flag in flags(self.desk.evaluation))
        return self.desk.do(RecheckAnswered(result=result_digest(self.desk.evaluation), answers=given))

    def record_practice_fill(self, topic: str) -> str:
        """Practice only: say in the log that the client filled in for this person."""
        return self.desk.do(PracticeFilled(topic=topic))

    # -- sealing ---------------------------------------------------------------------------------------------------

    def _seal(
        self,
        act: type[VoteSealed] | type[ReviewSealed] | type[SheetSealed],
        kind: str,
        content: msgspec.Struct,
        **fields: int,
    ) -> str:
        founding = self.desk.evaluation.founding
        sealed: Sealed = seal_body(
            msgspec.json.encode(content),
            kind=kind,
            author=self.desk.person,
            fingerprint=self.desk.evaluation.fingerprint,
            algorithm=founding.hash,
            suite=founding.suite,
            draft_key=self.desk.keys.draft_key,
            recovery={party.person: party.encryption_certificate for party in founding.recovery_custodians},
            threshold=founding.recovery_threshold,
        )
        return self.desk.do(act(sealed=sealed, **fields))


def _table(desk: Desk, prefix: str, content: type[T]) -> dict[str, dict[str, T]]:
    """All drafted rows under ``prefix``: bidder → item → content."""
    return {topic.removeprefix(prefix): row for topic, row in drafts(desk, prefix, dict[str, content])}  # type: ignore[valid-type]


def _row(desk: Desk, prefix: str, bidder: str, content: type[T]) -> dict[str, T]:
    """One bid's drafted row; empty while there is none."""
    rows = drafts(desk, f"{prefix}{bidder}", dict[str, content])  # type: ignore[valid-type]
    return next((row for _, row in rows), {})
