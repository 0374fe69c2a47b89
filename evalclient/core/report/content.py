"""What a report is made of: numbered sections of paragraphs and tables, every text in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from evalclient.core.records.fields import Bilingual

Align = Literal["left", "center", "right"]
Emphasis = Literal["plain", "small", "heading", "warning"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``heading`` opens a part of a section, ``small`` is a note, ``warning`` must not be overlooked."""

    text: Bilingual
    emphasis: Emphasis = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``weight`` is its share of the width."""

    heading: Bilingual
    weight: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has one cell per column. ``strong`` are the indices of rows that are set off."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Bilingual, ...], ...]
    caption: Bilingual | None = None
    strong: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has another number of cells than the table has columns")


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one pair per line."""

    pairs: tuple[tuple[Bilingual, Bilingual], ...]


Block = Paragraph | Table | Facts


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the report; ``item`` cites the item of the law it answers."""

    heading: Bilingual
    blocks: tuple[Block, ...]
    item: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where a person signs: ``person`` is his place in the log, ``caption`` what stands in his box."""

    person: str
    caption: Bilingual


@dataclass(frozen=True, slots=True)
class Basis:
    """The part of the log that the report is drawn from: its first ``size`` records, and their Merkle root (hex)."""

    size: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """A whole report, to be laid out by ``evalclient.paper``."""

    title: Bilingual
    subject: Bilingual
    code: str
    fingerprint: str
    practice: bool
    basis: Basis
    sections: tuple[Section, ...]
    signature_note: Bilingual
    signatures: tuple[SignaturePlace, ...] = field(default=())


def same(text: str) -> Bilingual:
    """A text that is the same in every language: a number, a name, a digest."""
    return Bilingual(text, text)


def paragraph(zh: str, en: str, emphasis: Emphasis = "plain") -> Paragraph:
    """A paragraph from its two texts."""
    return Paragraph(Bilingual(zh, en), emphasis)


def column(zh: str, en: str, weight: float = 1.0, align: Align = "left") -> Column:
    """A column from its two headings."""
    return Column(Bilingual(zh, en), weight, align)


def joined(parts: Iterable[Bilingual], zh: str = "；", en: str = "; ") -> Bilingual:
    """Several texts as one."""
    listed = list(parts)
    return Bilingual(zh.join(part.zh for part in listed), en.join(part.en for part in listed))


NONE = Bilingual("无", "None")
DASH = same("—")
