"""Text of the technical proposals: sentence frames, the chapters' own points, numbers from the seed."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from evalclient.demo.documents.model import Kind, Language, Text
from evalclient.demo.documents.stock import pair, pairs, stock

T = TypeVar("T")
_RANGE = re.compile(r"\{(\d+)-(\d+)\}")


class Deck(Generic[T]):
    """Deals every card once, in seeded order, before it shuffles again: the same frame never comes twice in a row."""

    def __init__(self, cards: Sequence[T], rng: random.Random) -> None:
        self._cards, self._rng = tuple(cards), rng
        self._left: list[T] = []

    def deal(self) -> T:
        """The next card."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


class Voice:
    """One bidder's way of writing: the same seed, kind and language give the same sentences."""

    def __init__(self, rng: random.Random, kind: Kind, language: Language, slots: Mapping[str, str]) -> None:
        frames = stock("frames")
        self._rng, self._language, self._slots = rng, language, dict(slots)
        self._openers = Deck(pairs(frames["openers"]), rng)
        self._sentences = Deck(pairs(frames["sentences"]), rng)
        self._pronouns = Deck(pairs(frames["pronouns"]), rng)
        self._when = Deck(pairs(frames["when"]), rng)
        self._actors = Deck(pairs(frames["actors"][kind]), rng)
        self._records = Deck(pairs(frames["records"][kind]), rng)

    def fill(self, text: Text, **slots: Text) -> str:
        """``text`` in the bidder's language, ``{low-high}`` drawn, named slots filled."""
        filled = text.text(self._language)
        for name, value in slots.items():
            filled = filled.replace("{" + name + "}", value.text(self._language))
        for name, plain in self._slots.items():
            filled = filled.replace("{" + name + "}", plain)
        filled = _RANGE.sub(lambda found: str(self._rng.randint(int(found[1]), int(found[2]))), filled)
        return filled[:1].upper() + filled[1:] if self._language == "en" else filled

    def opener(self, section: Text, points: Sequence[Text]) -> str:
        """The first sentences of a section."""
        x, y = self._rng.sample(points, 2)
        return self.fill(self._openers.deal(), s=inline(section), x=x, y=y)

    def paragraph(self, point: Text, sentences: int) -> str:
        """A paragraph about one point."""
        glue = " " if self._language == "en" else ""
        subjects = [point if number % 3 == 0 else self._pronouns.deal() for number in range(sentences)]
        return glue.join(self._sentence(subject) for subject in subjects)

    def _sentence(self, point: Text) -> str:
        return self.fill(
            self._sentences.deal(), x=point, a=self._actors.deal(), w=self._when.deal(), r=self._records.deal()
        )

    def shuffled(self, many: Sequence[Text]) -> list[Text]:
        """The texts in an order of the bidder's own."""
        return self._rng.sample(many, len(many))

    def rows(self, rows: Sequence[Sequence[list[str]]]) -> list[list[str]]:
        """Table cells of the data files, filled."""
        return [[self.fill(pair(cell)) for cell in row] for row in rows]


def inline(title: Text) -> Text:
    """A title as it stands inside a sentence: English without its capital."""
    first, rest = title.en[:1], title.en[1:]
    return Text(title.zh, title.en if rest[:1].isupper() else first.lower() + rest)
