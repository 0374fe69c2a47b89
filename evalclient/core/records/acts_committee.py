"""Acts of the committee: leader, review, scoring, settlement, and the ends of stages."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.records.act import Act, Sealed, Stage
from evalclient.core.records.fields import DecimalText, Digest, ItemId, OptionalDigest, PersonId, RecordId, Text


class Vote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of a sealed vote for the leader."""

    candidate: PersonId


class Opinion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One member's view on one preliminary item of one bid; ``reason`` is mandatory for a fail."""

    passed: bool
    reason: Text = ""


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of a sealed preliminary review: bidder → item → opinion."""

    opinions: dict[PersonId, dict[ItemId, Opinion]]


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One score as typed, with its reason and the pages it rests on; of an item with options those that apply, from 1."""

    value: DecimalText
    reason: Text = ""
    pages: tuple[Annotated[int, Meta(ge=1)], ...] = ()
    options: tuple[Annotated[int, Meta(ge=1)], ...] = ()


class ScoreSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Content of a sealed score sheet (评分表): bidder → item → score."""

    scores: dict[PersonId, dict[ItemId, Score]]


class VoteSealed(Act, frozen=True):
    """A member's secret vote for the leader (推选组长); ``ballot`` counts the ballots of a tied vote from 1."""

    sealed: Sealed
    ballot: Annotated[int, Meta(ge=1)] = 1


class ReviewSealed(Act, frozen=True):
    """A member's individual preliminary review is finished (初步评审 个人结束)."""

    sealed: Sealed


class SheetSealed(Act, frozen=True):
    """A member's individual scoring is finished (详细评审 个人结束)."""

    sealed: Sealed


class SealWithdrawn(Act, frozen=True):
    """A member takes his own seal back before all have sealed, to seal anew."""

    seal: RecordId
    ground: Text = ""


class SealOpened(Act, frozen=True):
    """The key of a sealed body, or a share of a draw, is published, all who take part having sealed.

    By its author; by the organiser where custodians have recovered it (``acts_recovery``).
    """

    seal: RecordId
    key: bytes


class LeaderNamed(Act, frozen=True):
    """The organiser names the leader where the rules allow it (12号令 第九条)."""

    member: PersonId
    ground: Text


class StageClosed(Act, frozen=True):
    """The group end of a stage (小组评审结束), by the leader; before there is one, or where he cannot, by the organiser.

    ``closes`` names the records it closes over; ``conclusion`` the digest of the computed group result, or "".
    """

    stage: Stage
    closes: tuple[RecordId, ...]
    conclusion: OptionalDigest = ""


class ScoreCorrected(Act, frozen=True):
    """A member corrects one own score after reveal, in a lawful case (87号令 第六十四条); the old value stays."""

    bidder: PersonId
    item: ItemId
    old: DecimalText
    new: DecimalText
    case: Literal["sum", "range", "objective", "abnormal"]
    reason: Text


class ScoreMaintained(Act, frozen=True):
    """A member keeps a score that was questioned, and says why."""

    bidder: PersonId
    item: ItemId
    reason: Text


class CompetitionJudged(Act, frozen=True):
    """Construction, fewer than three valid bids: a member judges whether they still compete (12号令 第二十七条)."""

    competitive: bool
    reason: Text


class AbnormalJudged(Act, frozen=True):
    """A member's view on whether another's scores of a bid are abnormal (畸高、畸低认定, 87号令 第六十四条第四项).

    Where more than half of the committee find so, and the method says it, the mean of the others stands there.
    """

    member: PersonId
    bidder: PersonId
    abnormal: bool
    reason: Text


class DefectDeclared(Act, frozen=True):
    """A member finds that the tender document itself cannot be evaluated by (87号令 第六十五条)."""

    ground: Text


class PriceCorrection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One arithmetic correction: the amount that is added to the price, below zero where it is taken off, and why."""

    amount: DecimalText
    reason: Text


class PriceCorrected(Act, frozen=True):
    """The leader records what the committee corrected in one bid's price (算术性修正, 12号令 第十九条, 87号令 第五十九条).

    A later record for the same bid replaces it, one without corrections takes it back. ``statement`` says how the bidder
    confirmed it in writing. The members agree by confirming the calculation that holds it.
    """

    bidder: PersonId
    corrections: tuple[PriceCorrection, ...]
    statement: Text


class PriceConfirmed(Act, frozen=True):
    """A member confirms the price calculation his client computed (报价评审)."""

    calculation: Digest


class SummaryRecorded(Act, frozen=True):
    """The leader sums up (汇总); ``result`` is the digest of the tally every client computes for itself."""

    result: Digest


class RecheckAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member's answer to one flag."""

    flag: str
    answer: Text


class RecheckAnswered(Act, frozen=True):
    """A member has re-checked the summary and answered each flag (复核, 87号令 第六十四条)."""

    result: Digest
    answers: tuple[RecheckAnswer, ...]


class CandidatesRecommended(Act, frozen=True):
    """The leader records the recommended candidates in order (推荐中标候选人)."""

    candidates: tuple[PersonId, ...]
    result: Digest
