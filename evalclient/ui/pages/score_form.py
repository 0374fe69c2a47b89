"""The score form on the right of the seat: one bidder's items by section, his running total, and the seal."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.scoring import score_problem
from evalclient.core.method.tally.tally import member_total
from evalclient.core.records.acts_committee import Score
from evalclient.ui.pages.bid_form import BidForm, Links
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row


class ScoreForm(BidForm[ScoredItem, ItemCard]):
    """``fill_wanted`` besides (practice)."""

    fill_wanted = Signal()

    def __init__(self, method: Method, drafts: DraftTable, links: Links, parent: QWidget | None = None) -> None:
        super().__init__("score-form", items_of(method), drafts, links, parent)
        self._method = method
        self._points = {section.id: Label("", "caption") for section in method.sections}
        self._total = Label("", "figure")
        self._total.setObjectName("bidder-total")
        self._of = Label("", "secondary")
        self.fill = Button(
            lambda: self.tr("替我填完其余（练习）"), icon="square-pen", kind="ghost", on=self.fill_wanted.emit
        )
        self.fill.setObjectName("practice-fill")
        self._make_foot("seal-sheet", lambda: self.tr("封存评分表"))
        middle = column(self._scroll, margins=(10, 2, 4, 0))
        self._lay_out((self._total, self._of), self.fill, middle).setStretch(2, 1)

    def _make_card(self, item: ScoredItem) -> ItemCard:
        card = ItemCard(item, self._phrases())
        card.changed.connect(self._changed)
        card.entered.connect(self._entered)
        card.link_chosen.connect(self.link_chosen)
        return card

    def _head_before(self, item: ScoredItem) -> QHBoxLayout | None:
        section = next((section for section in self._method.sections if section.items[:1] == (item,)), None)
        if section is None:
            return None
        return row(Label(section.title, "section"), STRETCH, self._points[section.id], gap=8, margins=(2, 6, 2, 0))

    def _changed(self, item: str, score: Score) -> None:
        self._drafts.put(self._bidder, item, score)
        self._add_up()

    def _entered(self, item: str) -> None:
        """Enter goes to the reason if one is asked, else to the next item."""
        card = self.cards[item]
        problem = score_problem(card.item, card.value, card.reason.value) if card.value else None
        if problem is not None and problem.kind == "reason":
            card.reason.setFocus()
            return
        keys = list(self.items)
        following = keys[keys.index(item) + 1 :]
        if following:
            QTimer.singleShot(0, self, lambda: self.focus_item(following[0]))

    def _add_up(self) -> None:
        scores = {item: score.value for item, score in self._drafts.row(self._bidder).items() if item in self.items}
        total = member_total(self._method, scores)
        self._total.say(total.total)
        most = sum_of(self._method)
        self._of.say(lambda: self.tr("/ {most} 分").format(most=most))
        self._bar.setMaximum(len(self.items))
        self._bar.setValue(len(self.items) - len(total.missing))
        for section in self._method.sections:
            got = total.sections[section.id]
            self._points[section.id].say(
                lambda got=got, weight=section.weight: self.tr("{got} / {weight} 分").format(got=got, weight=weight)  # type: ignore[misc]
            )

    def _phrases(self) -> tuple[Say, ...]:
        return (
            lambda: self.tr("针对性不强，未结合本项目特点。"),
            lambda: self.tr("内容较为笼统，缺少可操作的措施。"),
            lambda: self.tr("未提供相应证明材料。"),
        )


def sum_of(method: Method) -> str:
    """What the members can give at most, before the price."""
    return shown(sum((exact(section.weight) for section in method.sections), start=exact("0")))
