"""What the parts of one bid share: its press, its words, where items are answered."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from evalclient.demo.documents.front_matter import Cover
from evalclient.demo.documents.model import (
    Bidder,
    BidDocument,
    Compartment,
    DemoTender,
    Language,
    PreliminaryItem,
    ScoredItem,
    Text,
)
from evalclient.demo.documents.press import Press, Running
from evalclient.demo.documents.stock import stock
from evalclient.demo.documents.wording import day

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Bid:
    """One bidder's bid for one tender, being written."""

    tender: DemoTender
    bidder: Bidder

    @property
    def language(self) -> Language:
        """The language of the documents."""
        return self.tender.language

    @property
    def construction(self) -> bool:
        """Whether the tender is for works."""
        return self.tender.kind == "construction"

    def rng(self, part: str) -> random.Random:
        """The random numbers of one part; parts do not disturb one another."""
        return random.Random(f"{part}/{self.tender.kind}/{self.tender.seed}/{self.bidder.number}")

    def say(self, zh: str, en: str) -> str:
        """The text in the documents' language."""
        return en if self.language == "en" else zh

    def text(self, text: Text) -> str:
        """The text in the documents' language."""
        return text.text(self.language)

    def date(self) -> str:
        """The date printed on signed pages: the day of opening."""
        return day(self.tender.opening_date, self.language)

    def past(self, rng: random.Random, least: int, most: int) -> str:
        """A date some years before the opening."""
        when = self.tender.opening_date
        return day(
            when.replace(year=when.year - rng.randint(least, most), month=rng.randint(1, 9), day=rng.randint(1, 28)),
            self.language,
        )

    def answering(self, place: str) -> tuple[PreliminaryItem, ...]:
        """The preliminary items answered at ``place``."""
        items = (*self.tender.preliminary, *self.tender.organiser_qualification)
        return tuple(item for item in items if item.place == place)

    def item(self, identifier: str) -> ScoredItem:
        """The scored item with this id."""
        return next(item for item in self.tender.scored if item.id == identifier)

    def press(self, title: str, contents: bool = False, cover: bool = True) -> Press:
        """A press for one document, with the bid's running head, cover and, if asked, contents."""
        tender, bidder = self.tender, self.bidder
        note = self.text(tender.practice_note)
        front = Cover(
            kicker=self.text(tender.title),
            title=title,
            subtitle=self.text(tender.lot),
            particulars=(
                (self.say("项目编号", "Project code"), tender.project_code),
                (self.say("投标人", "Bidder"), self.text(bidder.name)),
                (self.say("法定代表人", "Legal representative"), self.text(bidder.legal_representative)),
                (self.say("委托代理人", "Authorised agent"), self.text(bidder.agent)),
                (self.say("日期", "Date"), self.date()),
            ),
        )
        running = Running(f"{self.text(tender.title)}", self.text(bidder.name), note)
        heading = self.say("目  录", "Contents") if contents else ""
        return Press(self.language, running, front if cover else None, heading)

    def answers(self, items: tuple[PreliminaryItem | ScoredItem, ...]) -> str:
        """The line under a heading that names the items answered there."""
        if not items:
            return ""
        glue = self.say("；", "; ")
        named = glue.join(f"{item.id} {self.text(item.title)}" for item in items)
        return self.say("对应评审项：", "Answers: ") + named

    def chapter(self, press: Press, title: str, place: str) -> None:
        """A chapter that answers the items of ``place``."""
        items = self.answering(place)
        press.chapter(title, [item.id for item in items], self.answers(items))

    def print(self, press: Press, compartment: Compartment, name: str, title: str) -> BidDocument:
        """Print the press as one document of the bid."""
        printed = press.print()
        return BidDocument(compartment, name, title, PDF, printed.content, printed.pages, printed.links)


def world() -> dict[str, Any]:
    """The fictional province."""
    return stock("world")
