"""What goes into a tally and what comes out; all numbers are text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from evalclient.core.records.fields import DecimalText, ItemId, PersonId, Text

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


class BidderEntry(Entry, frozen=True, kw_only=True):
    """One bidder: the price to evaluate, whether he is out and why, further stated quantities."""

    bidder: PersonId
    price: DecimalText | None = None
    rejected: tuple[Rejection, ...] = ()
    quantities: Mapping[ItemId, DecimalText] = {}


class TallyInput(Entry, frozen=True, kw_only=True):
    """Everything a tally reads besides the method.

    ``members`` are the active members in roster order; ``sheets`` is member → bidder → item → score. Sheets of bidders
    who are out are not read. ``draws`` gives the numbers drawn in the meeting.
    """

    bidders: tuple[BidderEntry, ...]
    members: tuple[PersonId, ...]
    sheets: Mapping[PersonId, Mapping[PersonId, Mapping[ItemId, DecimalText]]]
    draws: Mapping[ItemId, DecimalText] = {}


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
    """One line of the summary (汇总表). Who is out has no total and no place."""

    bidder: str
    price: str | None
    rejected: tuple[Rejection, ...]
    items: Mapping[str, str] = {}
    sections: Mapping[str, str] = {}
    members: Mapping[str, MemberScore] = {}
    technical: str | None = None
    price_score: str | None = None
    total: str | None = None
    place: int | None = None


class Place(Entry, frozen=True, kw_only=True):
    """A place in the ranking and who holds it; more than one bidder: they are equal by every key (并列)."""

    place: int
    bidders: tuple[str, ...]


class TallyResult(Entry, frozen=True, kw_only=True):
    """The result of an evaluation (汇总结果); ``undecided`` are equal bidders of whom not all can be candidates."""

    version: Literal[1]
    method: str
    members: tuple[str, ...]
    bidders: tuple[BidderResult, ...]
    price: PriceResult | None
    ranking: tuple[Place, ...]
    candidates: tuple[str, ...]
    undecided: tuple[str, ...]

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
