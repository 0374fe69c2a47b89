"""The score form on the right of the seat: one bidder's items by section, his running total, and the seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from evalclient.core.method.exact import exact, shown
from evalclient.core.method.parts import Method, Section
from evalclient.core.method.scoring import score_problem
from evalclient.core.method.sheets import items_of
from evalclient.core.method.tally import member_total
from evalclient.core.records.acts_committee import Score
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.labels import Label, Rule
from evalclient.ui.widgets.layout import STRETCH, STRETCH_WHEN_ALONE, column, row, scrolled
from evalclient.ui.widgets.snug import Snug

Links = Callable[[str, str], Sequence[PageLink]]


class ScoreForm(QFrame):
    """``link_chosen(PageLink)``, ``missing_wanted``, ``step(±1)`` to another bidder, ``seal_wanted``, ``fill_wanted``."""

    link_chosen = Signal(object)
    missing_wanted = Signal()
    step = Signal(int)
    seal_wanted = Signal()
    fill_wanted = Signal()

    def __init__(self, method: Method, drafts: DraftTable, links: Links, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("score-form")
        self.setProperty("role", "card")
        self._method, self._drafts, self._links = method, drafts, links
        self._bidder = ""
        self.cards: dict[str, ItemCard] = {}
        self._points: dict[str, Label] = {}
        self._name = Label("", "heading", wrap=True)
        self._number = Label("", "caption")
        self._total = Label("", "figure")
        self._total.setObjectName("bidder-total")
        self._of = Label("", "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setProperty("tone", "ok")
        self.missing = Button("", icon="search", kind="ghost", on=self.missing_wanted.emit)
        self.missing.setObjectName("next-missing")
        self.fill = Button(
            lambda: self.tr("替我填完其余（练习）"), icon="square-pen", kind="ghost", on=self.fill_wanted.emit
        )
        self.fill.setObjectName("practice-fill")
        self.previous = Button(lambda: self.tr("上一家"), icon="chevron-left", on=lambda: self.step.emit(-1))
        self.previous.setObjectName("previous-bidder")
        self.next = Button(lambda: self.tr("下一家"), icon="chevron-right", on=lambda: self.step.emit(1))
        self.next.setObjectName("next-bidder")
        self.seal = ActLine(
            "seal-sheet",
            lambda: self.tr("封存评分表"),
            self.seal_wanted.emit,
            icon="lock",
            before=(self.previous, self.next),
            stacked=True,
        )
        cards = self._make_cards()
        self._scroll = scrolled(cards)
        self.confirm = ConfirmPanel(guard=self._scroll)
        self.confirm.setObjectName("confirm-seal")
        self.confirm.installEventFilter(self)
        self.confirm.yes.setObjectName("confirm-seal-yes")
        self.confirm.no.setObjectName("confirm-seal-no")
        self.top = column(gap=8, margins=(10, 0))
        self._lay_out()
        drafts.marked.connect(self._marked)

    def show_bidder(self, bidder: str, number: int, name: str) -> None:
        """Another bidder: what is being typed is taken first, for the one shown so far."""
        for card in self.cards.values():
            card.commit()
        self._bidder = bidder
        self._name.say(name)
        self._number.say(lambda: self.tr("{number} 号投标人").format(number=number))
        self.reload()
        self._scroll.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is asked once more, the question has the room of the form."""
        if watched is self.confirm and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            asking = event.type() == QEvent.Type.Show
            self._scroll.setVisible(not asking)
            self.seal.setVisible(not asking)
        return super().eventFilter(watched, event)

    def reload(self) -> None:
        """Show the table's present values of this bidder."""
        for item, card in self.cards.items():
            card.replace(self._drafts.get(self._bidder, item), self._links(self._bidder, item))
            card.show_mark(self._drafts.mark(self._bidder, item))
        self._add_up()

    def focus_item(self, item: str) -> None:
        """Bring an item into view and give it the keys."""
        card = self.cards[item]
        self._scroll.ensureWidgetVisible(card, 0, 40)
        card.input.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """A sealed sheet can be looked at."""
        for card in self.cards.values():
            card.set_read_only(read_only)
        self.missing.setVisible(not read_only)
        self.seal.set_acting(not read_only)

    def say_missing(self, count: int) -> None:
        """How much is missing in the whole sheet."""
        self.missing.setEnabled(bool(count))
        if count:
            self.missing.say(
                lambda: self.tr("还缺 {count} 项").format(count=count), lambda: self.tr("转到下一处（Ctrl+M）")
            )
        else:
            self.missing.say(lambda: self.tr("全部评完"), "")

    def _make_cards(self) -> QWidget:
        holder = QFrame()
        layout = column(gap=8, margins=(0, 0, 4, 0))
        for section in self._method.sections:
            layout.addLayout(self._section_head(section))
            for item in section.items:
                card = self._make_card(item.id)
                layout.addWidget(card)
        layout.addStretch(1)
        holder.setLayout(layout)
        return holder

    def _make_card(self, item: str) -> ItemCard:
        scored = next(found for found in items_of(self._method) if found.id == item)
        card = ItemCard(scored, self._phrases())
        card.changed.connect(self._changed)
        card.entered.connect(self._entered)
        card.link_chosen.connect(self.link_chosen)
        self.cards[item] = card
        return card

    def _section_head(self, section: Section) -> QHBoxLayout:
        self._points[section.id] = Label("", "caption")
        return row(Label(section.title, "section"), STRETCH, self._points[section.id], gap=8, margins=(2, 6, 2, 0))

    def _lay_out(self) -> None:
        head = row(self._name, self._total, self._of, gap=8)
        head.setStretch(0, 1)
        tools = row(self._number, STRETCH, self.fill, self.missing, gap=2)
        self._head = Snug()
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head.setLayout(column(head, self._bar, tools, gap=4, margins=(14, 8, 14, 0)))
        layout = column(
            self._head,
            self.top,
            column(self._scroll, margins=(10, 2, 4, 0)),
            STRETCH_WHEN_ALONE,
            Rule(),
            column(self.confirm, self.seal, gap=8, margins=(12, 8)),
            gap=4,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _changed(self, item: str, score: Score) -> None:
        self._drafts.put(self._bidder, item, score)
        self._add_up()

    def _marked(self, bidder: str, item: str) -> None:
        if bidder == self._bidder and item in self.cards:
            self.cards[item].show_mark(self._drafts.mark(bidder, item))

    def _entered(self, item: str) -> None:
        """Enter goes to the reason if one is asked, else to the next item."""
        card = self.cards[item]
        problem = score_problem(card.item, card.value, card.reason.value) if card.value else None
        if problem is not None and problem.kind == "reason":
            card.reason.setFocus()
            return
        keys = list(self.cards)
        following = keys[keys.index(item) + 1 :]
        if following:
            QTimer.singleShot(0, self.cards[following[0]], lambda: self.focus_item(following[0]))

    def _add_up(self) -> None:
        scores = {item: score.value for item, score in self._drafts.row(self._bidder).items() if item in self.cards}
        total = member_total(self._method, scores)
        self._total.say(total.total)
        most = sum_of(self._method)
        self._of.say(lambda: self.tr("/ {most} 分").format(most=most))
        self._bar.setMaximum(len(self.cards))
        self._bar.setValue(len(self.cards) - len(total.missing))
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
