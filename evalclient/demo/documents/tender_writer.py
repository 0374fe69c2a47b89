"""The press of the organiser's documents: running head, cover, both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from evalclient.demo.documents.flow import TextStyle
from evalclient.demo.documents.front_matter import Cover
from evalclient.demo.documents.model import DemoTender, TenderFile, Text
from evalclient.demo.documents.press import Press, Running
from evalclient.demo.documents.wording import day

Role = Literal["tender", "amendment", "background"]
SIGNED = TextStyle(align="right", after=2.0)
_PDF = "application/pdf"


class Writer:
    """A press for one of the organiser's documents."""

    def __init__(self, tender: DemoTender, title: Text, cover: bool = False) -> None:
        self.tender, self.language, self.title = tender, tender.language, title
        running = Running(self.text(tender.title), self.text(tender.agency), self.text(tender.practice_note))
        front = Cover(
            kicker=self.text(tender.title),
            title=self.text(title),
            subtitle=self.text(tender.lot),
            particulars=(
                (self.say("项目编号", "Project code"), tender.project_code),
                (self.say("统一交易标识码", "Trade identifier"), tender.trade_id),
                (self._purchaser(), self.text(tender.purchaser)),
                (self.say("代理机构", "Agency"), self.text(tender.agency)),
                (self.say("日期", "Date"), day(tender.notice_date, self.language)),
            ),
        )
        self.press = Press(
            self.language, running, front if cover else None, self.say("目  录", "Contents") if cover else ""
        )

    def _purchaser(self) -> str:
        return self.say("招标人" if self.tender.kind == "construction" else "采购人", "Purchaser")

    def say(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def text(self, text: Text) -> str:
        return text.text(self.language)

    def signed(self) -> None:
        """The agency's name and the date at the foot."""
        self.press.space(14)
        self.press.text(self.text(self.tender.agency), SIGNED)
        self.press.text(day(self.tender.notice_date + timedelta(days=9), self.language), SIGNED)

    def file(self, role: Role, name: str) -> TenderFile:
        """Print the document."""
        printed = self.press.print()
        return TenderFile(role, name, self.text(self.title), _PDF, printed.content, printed.pages)
