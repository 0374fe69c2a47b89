"""Settlement: objective items that the members scored differently, each corrected or kept with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.results import differences
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, correction_of
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.tally.checks import ObjectiveDifference
from evalclient.ui.live import Live
from evalclient.ui.pages.correction import Correction
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.readiness import owes_answer
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, FlowLayout, column, row, scrolled


class DifferenceCard(Card):
    """One item of one bidder: what each member gave, the conditions of the values, and one's own answer."""

    def __init__(self, live: Live, entry: ObjectiveDifference, number: int, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        evaluation = live.evaluation
        item = next(item for item in items_of(evaluation.method) if item.id == entry.item)
        self._live = live
        self.title.say(lambda: f"{bidder_name(evaluation, entry.bidder)} · {said(item.title)}")
        self.title.show()
        self.caption.say(
            lambda: "　".join(
                self.tr("{value} 分：{condition}").format(value=fixed.value, condition=said(fixed.condition))
                for fixed in item.values
            )
        )
        self.caption.setVisible(bool(item.values))
        self._chips = FlowLayout(gap=8)
        self._members: dict[str, Chip] = {}
        self._own = Correction(live, f"difference-{number}", entry.bidder, entry.item, "objective")
        self.add(self._chips, self._own)
        self.show_entry(entry)

    def show_entry(self, entry: ObjectiveDifference) -> None:
        """Follow the values, and who has answered."""
        common = max(entry.values.values(), key=list(entry.values.values()).count)
        for person, value in entry.values.items():
            if person not in self._members:
                self._members[person] = Chip()
                self._chips.addWidget(self._members[person])
            answered = correction_of(self._live.evaluation, person, entry.bidder, entry.item) is not None
            tone = "ok" if answered else ("warn" if value != common else "neutral")
            text = f"{self._live.name(person)} {value}"
            self._members[person].set(tone, text)  # type: ignore[arg-type]
        self._own.follow()

    def settled(self) -> None:
        """The members agree now."""
        self._own.hide()
        for chip in self._members.values():
            chip.hide()


class SettlementPage(MemberPage):
    """A card for each difference; none: nothing to do here."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._entries: dict[str, ObjectiveDifference] = {}
        self._numbers: dict[str, int] = {}
        cards = column(gap=12)
        self._cards = Rows(cards, self._make_card)
        self._rule = Label("", "secondary", wrap=True)
        none = row(
            Icon("circle-check", tone="ok", size=24),
            Label(lambda: self.tr("各评委的客观分完全一致，无须更正或说明。"), "heading", wrap=True),
            gap=12,
        )
        none.setStretch(1, 1)
        self._none = Card("", none)
        holder = QWidget()
        holder.setLayout(column(self._rule, self._none, cards, STRETCH, gap=12, margins=(0, 12)))
        self.body.addWidget(scrolled(centred(holder, 940)))

    def next_act(self, evaluation: Evaluation) -> Say:
        mine = [entry for entry in differences(evaluation) if owes_answer(evaluation, self.live.person, entry)]
        if mine:
            count = len(mine)
            return lambda: self.tr("请核对 %n 项不一致的客观分：更正，或维持并说明理由。", None, count)
        return lambda: self.tr("您无须办理：等待其他评委及组长。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        self._rule.say(new.rules.settlement.text)
        self._entries = {f"{entry.bidder}|{entry.item}": entry for entry in differences(new)}
        answered = {
            f"{made.bidder}|{made.item}": ObjectiveDifference(made.bidder, made.item, {})
            for made in new.corrections
            if made.case in ("objective", "maintained")
        }
        keys = [*self._entries, *(key for key in self._cards.held() if key in answered and key not in self._entries)]
        self._cards.show(sorted(keys, key=lambda key: self._numbers.get(key, len(self._numbers))))
        for key, entry in self._entries.items():
            self._cards[key].show_entry(entry)
            self._cards[key].mark(None)
        for key in self._cards.held():
            if key not in self._entries:
                self._cards[key].mark(lambda: self.tr("已一致"), "ok")
                self._cards[key].settled()
        self._none.setVisible(not self._cards.held())

    def _make_card(self, key: str) -> DifferenceCard:
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return DifferenceCard(self.live, self._entries[key], number)
