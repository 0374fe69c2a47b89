"""Everything a committee member sees between the stage bar and the status strip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evalclient.core.evaluation.drawing import draw_due, share_by
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.law_words import cited
from evalclient.desk.expert import Expert
from evalclient.ui.live import Refusal
from evalclient.ui.pages import member_page
from evalclient.ui.pages.draw_card import DrawCard
from evalclient.ui.pages.names import by_name
from evalclient.ui.pages.other_matters import OtherMatters
from evalclient.ui.pages.page import GAP_PX, MemberPage
from evalclient.ui.pages.peek import Scores, SheetPanel
from evalclient.ui.pages.replaced import ReplacedPage
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.strip import CommitteeStrip
from evalclient.ui.widgets.layout import column
from evalclient.ui.widgets.notices import Banners
from evalclient.ui.widgets.roomy import Roomy

REFUSAL: Final = "refusal"


class MemberPages(QWidget):
    """Strip, refusals, and the page of the present stage; follows ``live`` by itself."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("member-pages")
        self._room = room
        self.strip = CommitteeStrip(room.live)
        self.banners = Banners()
        self._draw = DrawCard(room.live)
        self._draw_place = QWidget()
        self._draw_place.setLayout(column(self._draw, margins=(GAP_PX, GAP_PX, GAP_PX, 0)))
        self._holder: QVBoxLayout = column(gap=0)
        page = column(self._draw_place, self._holder, gap=0)
        page.setStretch(1, 1)
        # a page that needs more room than a small window with large text has is scrolled, never cut off
        layout = column(self.strip, self.banners, Roomy(page, "stage-page"), gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._page: MemberPage | None = None
        self.strip.peek.connect(self._peek)
        self.strip.other_matters.connect(self._other_matters)
        room.live.refused.connect(self._refused)
        room.live.changed.connect(self._changed)
        room.packages.changed.connect(self._package_changed)
        self._show(room.live.evaluation, None)

    @property
    def page(self) -> MemberPage:
        """The page shown now."""
        if self._page is None:
            raise LookupError("no page yet")
        return self._page

    def changeEvent(self, event: QEvent) -> None:
        """Prompts and names that are no labels are said again in the other language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._page is not None:
            evaluation = self._room.live.evaluation
            self._page.follow(evaluation, None)
            self.strip.follow(evaluation, None)
            self._draw.follow(evaluation)
            self._say_next()

    @Slot(object, object)
    def _changed(self, new: object, old: object) -> None:
        if isinstance(new, Evaluation) and isinstance(old, Evaluation):
            self._show(new, old)

    @Slot(str)
    def _package_changed(self, bidder: str) -> None:
        """The client decides nothing here: it says what differs and what to do."""
        alarm = self._room.packages.state(bidder).alarm
        if alarm is not None:
            self.banners.show_message(f"misread-{bidder}", "bad", alarm).setObjectName(f"misread-{bidder[-8:]}")

    def _show(self, new: Evaluation, old: Evaluation | None) -> None:
        wanted = self._wanted(new)
        if self._page is None or type(self._page) is not wanted:
            self._swap(wanted)
        else:
            self._page.follow(new, old)
        self.strip.follow(new, old)
        self._draw.follow(new)
        self._draw_place.setVisible(not self._draw.isHidden())
        self._say_next()

    def _wanted(self, evaluation: Evaluation) -> type[MemberPage]:
        member = evaluation.members.get(self._room.live.person)
        if member is not None and not member.active:
            return ReplacedPage
        return member_page(evaluation.stage)

    def _swap(self, wanted: type[MemberPage]) -> None:
        before, self._page = self._page, wanted(self._room)
        if before is not None:
            self._holder.removeWidget(before)
            before.hide()
            before.deleteLater()
            self.banners.clear(REFUSAL)
        self._page.hint_changed.connect(self._say_next)
        self._holder.addWidget(self._page)
        self._page.start()

    @Slot()
    def _say_next(self) -> None:
        evaluation, person = self._room.live.evaluation, self._room.live.person
        when = draw_due(evaluation)
        if when is not None and when not in evaluation.draw_shares and share_by(evaluation, person, when) is None:
            self.strip.say_next(lambda: self.tr("请参与随机抽取：点击“参与抽取”，用证书签名。"))
            return
        self.strip.say_next(self.page.next_act(evaluation))

    @Slot(object)
    def _refused(self, refusal: object) -> None:
        if isinstance(refusal, Refusal):
            sentence = by_name(self._room.live.evaluation, refusal.sentence)
            message = self.banners.show_message(REFUSAL, "bad", sentence, cited(refusal.article))
            message.setObjectName("refusal")
            message.sentence.setObjectName("refusal-sentence")
            message.detail.setObjectName("refusal-article")
            message.cross.setObjectName("refusal-close")

    @Slot(str)
    def _peek(self, person: str) -> None:
        self.banners.clear(REFUSAL)
        self._room.live.act(lambda desk: (person, Expert(desk).read_sheet(person)), done=self._show_sheet)

    def _show_sheet(self, answer: tuple[str, Scores]) -> None:
        person, scores = answer
        SheetPanel(self._room.live.evaluation, self._room.live.name(person), scores, self).open()

    @Slot()
    def _other_matters(self) -> None:
        OtherMatters(self._room.live, self).open()
