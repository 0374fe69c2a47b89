"""What goes into a tally and what comes out; all numbers are text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.method.formula.steps import Operand
from evalclient.core.records.fields import DecimalText, ItemId, Text

#: how a tally calls a bidder or a member: a place of the evaluation, or any name where there is no evaluation
Who = Annotated[str, Meta(min_length=1, max_length=200)]
RejectedAt = Literal["opening", "qualification", "preliminary", "technical", "price"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Base of the input and the result of a tally."""


class Rejection(Entry, frozen=True, kw_only=True):
    """Why a bid is out (否决投标): at which stage, by which rule.

    ``code`` is ``committee`` (or another word of the caller) for a decision that is put in, and ``above_ceiling``,
    ``below_technical`` or ``price_limit`` for one that the method document itself makes.
    """

    at: RejectedAt
    code: ItemId
    reason: Text = ""
    article: Text = ""


class Correction(Entry, frozen=True, kw_only=True):
    """An arithmetic correction of a price (算术性修正): the amount that is added, below zero where it is taken off."""

    amount: DecimalText
    reason: Text
    article: Text = ""


class BidderEntry(Entry, frozen=True, kw_only=True):
    """One bidder: the price as stated and its corrections, whether he is out and why, further stated quantities.

    A quantity is a number, or the id of one of its choices.
    """

    bidder: Who
    price: DecimalText | None = None
    corrections: tuple[Correction, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    quantities: Mapping[ItemId, Operand] = {}


class Replacement(Entry, frozen=True, kw_only=True):
    """The committee's decision that a member's scores of a bid are abnormal, so that the others' mean stands there."""

    member: Who
    bidder: Who
    reason: Text


#: a number drawn, or an order of the bidders: his number to each
Drawn = DecimalText | Mapping[Who, DecimalText]


class TallyInput(Entry, frozen=True, kw_only=True):
    """Everything a tally reads besides the method.

    ``members`` are the active members in roster order; ``sheets`` is member → bidder → item → score. Sheets of bidders
    who are out are not read. Instead of members and sheets, ``scores`` may give the group's scores as known, bidder →
    item → score; ``price_scores`` likewise replaces the price formula. ``draws`` gives what was drawn in the meeting;
    ``drawn_member`` whom the lot met where two members' spreads are equal; ``replaced`` the committee's decisions.
    """

    bidders: tuple[BidderEntry, ...]
    members: tuple[Who, ...] = ()
    sheets: Mapping[Who, Mapping[Who, Mapping[ItemId, DecimalText]]] = {}
    scores: Mapping[Who, Mapping[ItemId, DecimalText]] = {}
    price_scores: Mapping[Who, DecimalText] = {}
    draws: Mapping[ItemId, Drawn] = {}
    replaced: tuple[Replacement, ...] = ()
    drawn_member: Who | None = None


class StepValue(Entry, frozen=True, kw_only=True):
    """What one step of the formula gave: a number, one per bidder, or which bidders it kept and left out."""

    id: str
    number: str | None = None
    bidders: Mapping[str, str] | None = None
    kept: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()


class PriceResult(Entry, frozen=True, kw_only=True):
    """The price evaluation (报价评审) in numbers: inputs that were read, steps in order, scores, who is out."""

    inputs: tuple[StepValue, ...]
    steps: tuple[StepValue, ...]
    scores: Mapping[str, str]
    rejected: Mapping[str, tuple[Rejection, ...]]


class MemberScore(Entry, frozen=True, kw_only=True):
    """What one member gave one bidder: per section and in all."""

    sections: Mapping[str, str]
    total: str


class BidderResult(Entry, frozen=True, kw_only=True):
    """One line of the summary (汇总表). Who is out has no total and no place.

    ``corrected`` is the price after arithmetic corrections where there are any, ``evaluated`` the evaluated price (评标价)
    where the method has one.
    """

    bidder: str
    price: str | None
    rejected: tuple[Rejection, ...]
    items: Mapping[str, str] = {}
    sections: Mapping[str, str] = {}
    members: Mapping[str, MemberScore] = {}
    technical: str | None = None
    corrected: str | None = None
    evaluated: str | None = None
    price_score: str | None = None
    total: str | None = None
    place: int | None = None


class Place(Entry, frozen=True, kw_only=True):
    """A place in the ranking and who holds it; more than one bidder: they are equal by every key (并列)."""

    place: int
    bidders: tuple[str, ...]


class TallyResult(Entry, frozen=True, kw_only=True):
    """The result of an evaluation (汇总结果); ``undecided`` are equal bidders of whom not all can be candidates.

    ``computed`` are the steps of computed items, ``total`` those from the scores to the total; ``left_out`` is the member
    whose spread was widest, where the method leaves him out.
    """

    version: Literal[1]
    method: str
    members: tuple[str, ...]
    bidders: tuple[BidderResult, ...]
    price: PriceResult | None
    ranking: tuple[Place, ...]
    candidates: tuple[str, ...]
    undecided: tuple[str, ...]
    computed: tuple[StepValue, ...] = ()
    total: tuple[StepValue, ...] = ()
    left_out: str | None = None

    def line(self, bidder: str) -> BidderResult:
        """The line of ``bidder``; raises KeyError for an unknown one."""
        for line in self.bidders:
            if line.bidder == bidder:
                return line
        raise KeyError(bidder)


def result_bytes(result: TallyResult) -> bytes:
    """Canonical JSON of a result: sorted keys, no spaces, UTF-8; its digest is what is signed."""
    return msgspec.json.encode(result, order="sorted")


def price_bytes(price: PriceResult) -> bytes:
    """Canonical JSON of a price evaluation; its digest is what each member confirms."""
    return msgspec.json.encode(price, order="sorted")
