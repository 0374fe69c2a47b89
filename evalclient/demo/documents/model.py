"""The shape of a demo tender and of its documents: plain frozen values, money and marks as decimal text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["construction", "procurement"]
Language = Literal["zh", "en"]
Compartment = Literal["identity", "qualification", "technical", "price"]
Part = Literal["technical", "commercial", "other"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The text in ``language`` (``"en"`` or anything else for Chinese)."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the evaluation (主场 | 副场) with its room."""

    id: str
    role: Literal["main", "sub"]
    city: Text
    name: Text
    room: Text


@dataclass(frozen=True, slots=True)
class PreliminaryItem:
    """One pass/fail item (初步评审 | 符合性审查 | 资格审查); ``place`` names where the bid answers it."""

    id: str
    group: Literal["form", "qualification", "responsiveness", "compliance"]
    title: Text
    requirement: Text
    place: str


@dataclass(frozen=True, slots=True)
class FixedValue:
    """A value of an objective item, earned when ``low <= fact <= high`` (``None`` is open)."""

    value: str
    low: int | None
    high: int | None
    condition: Text

    def holds(self, fact: int) -> bool:
        """Whether a bidder with this fact earns the value."""
        return (self.low is None or fact >= self.low) and (self.high is None or fact <= self.high)


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One scored item: subjective (range from 0 to ``max_score`` in ``step``) or objective (``fixed`` values)."""

    id: str
    part: Part
    title: Text
    description: Text
    max_score: str
    step: str | None
    fixed: tuple[FixedValue, ...]
    fact: str | None

    @property
    def objective(self) -> bool:
        """Whether the score follows from a fact."""
        return bool(self.fixed)


@dataclass(frozen=True, slots=True)
class Failure:
    """A preliminary item that a bid does not meet, and the reason the documents show."""

    item: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Bidder:
    """A fictional bidder (投标人): identity, offer, facts for the objective items.

    ``price`` is in yuan with two decimals; ``quality`` (1–3) steers how thorough the technical proposal is;
    ``facts`` holds whole numbers by name; ``objective_scores`` is what follows from them, by item id.
    """

    id: str
    number: int
    name: Text
    credit_code: str
    city: Text
    address: Text
    legal_representative: Text
    agent: Text
    manager: Text
    chief_engineer: Text
    bank: Text
    capital: str
    price: str
    validity_days: int
    duration_days: int
    warranty_years: int
    quality: int
    facts: tuple[tuple[str, int], ...]
    objective_scores: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]

    def fact(self, name: str) -> int:
        """The fact ``name``; ``KeyError`` when the kind of tender has no such fact."""
        return dict(self.facts)[name]


@dataclass(frozen=True, slots=True)
class BillItem:
    """One line of the bill of quantities or list of goods; ``weight`` is its usual share of the price."""

    title: Text
    unit: Text
    quantity: int
    weight: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One point of the amendment (答疑 | 补遗 | 更正) and why."""

    change: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class DemoTender:
    """A fictional tender (招标项目) with its method in words and its bidders.

    ``price_rule`` names the formula and its parameters as text; ``full_marks`` gives the marks per part;
    ``organiser_qualification`` is filled where the organiser, not the committee, checks qualification.
    """

    kind: Kind
    language: Language
    seed: int
    title: Text
    project_code: str
    trade_id: str
    lot: Text
    purchaser: Text
    agency: Text
    supervisor: Text
    province: Text
    sites: tuple[Site, ...]
    notice_media: tuple[Text, ...]
    method_name: Text
    notice_date: date
    opening_date: date
    ceiling_price: str
    validity_days: int
    duration_days: int
    warranty_years: int
    bond: str
    full_marks: tuple[tuple[Literal["price"] | Part, str], ...]
    price_rule: tuple[tuple[str, str], ...]
    price_words: tuple[Text, ...]
    scope: tuple[Text, ...]
    preliminary: tuple[PreliminaryItem, ...]
    organiser_qualification: tuple[PreliminaryItem, ...]
    scored: tuple[ScoredItem, ...]
    bill: tuple[BillItem, ...]
    amendments: tuple[Amendment, ...]
    background: tuple[Text, ...]
    pledge_title: Text
    pledge: tuple[Text, ...]
    practice_note: Text
    bidders: tuple[Bidder, ...]

    @property
    def pledge_text(self) -> Text:
        """Title and numbered paragraphs of the discipline and pledge, as one text to read and sign."""
        parts = [(self.pledge_title.zh, self.pledge_title.en)]
        parts += [(f"{n}. {p.zh}", f"{n}. {p.en}") for n, p in enumerate(self.pledge, 1)]
        return Text("\n".join(zh for zh, _ in parts), "\n".join(en for _, en in parts))

    @property
    def items(self) -> tuple[PreliminaryItem | ScoredItem, ...]:
        """Every item of review, in order: preliminary, the organiser's, scored."""
        return (*self.preliminary, *self.organiser_qualification, *self.scored)


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """Where a document answers a criterion; ``page`` counts from 1."""

    criterion: str
    page: int


@dataclass(frozen=True, slots=True)
class BidDocument:
    """One document of a bid (投标文件): its compartment and exact bytes."""

    compartment: Compartment
    name: str
    title: str
    media_type: str
    content: bytes
    pages: int
    links: tuple[EvidenceLink, ...]


@dataclass(frozen=True, slots=True)
class TenderFile:
    """One document of the organiser: tender document, amendment or background note."""

    role: Literal["tender", "amendment", "background"]
    name: str
    title: str
    media_type: str
    content: bytes
    pages: int
