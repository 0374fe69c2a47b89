"""The preliminary review on the right: one bidder's items by group, all others passed at once, and the seal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evalclient.core.method.document.items import PreliminaryItem
from evalclient.core.records.acts_committee import Opinion
from evalclient.core.records.fields import Bilingual
from evalclient.ui.pages.bid_form import BidForm, Links
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.opinion_card import OpinionCard
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import box, column


class ReviewForm(BidForm[PreliminaryItem, OpinionCard]):
    """``pass_others_wanted`` besides."""

    pass_others_wanted = Signal()

    def __init__(
        self, items: Sequence[PreliminaryItem], drafts: DraftTable, links: Links, parent: QWidget | None = None
    ) -> None:
        super().__init__("review-form", items, drafts, links, parent)
        self._group: Bilingual | None = None
        self._done = Label("", "secondary")
        self.others = Button(
            lambda: self.tr("其余全部通过"), icon="list-checks", kind="ghost", on=self.pass_others_wanted.emit
        )
        self.others.setObjectName("pass-others")
        self._make_foot("seal-review", lambda: self.tr("封存评审意见"))
        self._own = box(column(self._scroll, margins=(10, 4, 4, 0)))
        layout = self._lay_out((self._done,), self.others, self._own)
        layout.setStretch(1, 1)
        layout.setStretch(2, 20)

    def set_read_only(self, read_only: bool) -> None:
        """A sealed review can be looked at."""
        super().set_read_only(read_only)
        self.others.setVisible(not read_only)

    def show_result(self, shown: bool) -> None:
        """The group's result takes the place of one's own opinions."""
        self._own.setVisible(not shown)

    def say_missing(self, count: int) -> None:
        """How much is missing in the whole review."""
        super().say_missing(count)
        self.others.setEnabled(bool(count))

    def _make_card(self, item: PreliminaryItem) -> OpinionCard:
        card = OpinionCard(item, self._phrases())
        card.changed.connect(self._changed)
        card.link_chosen.connect(self.link_chosen)
        return card

    def _head_before(self, item: PreliminaryItem) -> Label | None:
        if item.group == self._group:
            return None
        self._group = item.group
        return Label(item.group, "section")

    def _changed(self, item: str, opinion: Opinion) -> None:
        self._drafts.put(self._bidder, item, opinion)
        self._add_up()

    def _add_up(self) -> None:
        done, everything = len(self._drafts.row(self._bidder)), len(self.items)
        self._bar.setMaximum(everything)
        self._bar.setValue(done)
        self._done.say(lambda: self.tr("{done}/{everything} 项").format(done=done, everything=everything))

    def _phrases(self) -> tuple[Say, ...]:
        return (
            lambda: self.tr("未按招标文件要求签字或盖章。"),
            lambda: self.tr("未提供有效的资质证明材料。"),
            lambda: self.tr("不满足招标文件的实质性要求。"),
        )
