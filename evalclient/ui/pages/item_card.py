"""One scored item of one bidder: range and step, points off, fixed values or options, a reason where it is asked, pages, and how safe it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.scoring import reason_needed, span_of
from evalclient.core.records.acts_committee import Score
from evalclient.ui.pages.draft_mark import DraftMark
from evalclient.ui.pages.draft_table import Mark
from evalclient.ui.pages.fixed_score import FixedScore, offered
from evalclient.ui.pages.link_row import LinkRow
from evalclient.ui.pages.options_score import OptionsScore
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.number_text import ScoreRange
from evalclient.ui.widgets.reason_field import ReasonField
from evalclient.ui.widgets.score_field import ScoreField


class ItemCard(QFrame):
    """``changed(item, Score)``, ``entered(item)`` on Enter, ``link_chosen(PageLink)``."""

    changed = Signal(str, object)
    entered = Signal(str)
    link_chosen = Signal(object)

    def __init__(self, item: ScoredItem, phrases: Sequence[Say], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._pages: tuple[int, ...] = ()
        self._last = ""
        self._read_only = False
        self.setProperty("role", "card")
        self.setObjectName(f"item-{item.id}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._title = Label(item.title, wrap=True)
        self._title.setStyleSheet("font-weight: bold;")
        self.mark = DraftMark()
        self._words = Label(item.description, "caption", wrap=True)
        self.range_field: ScoreField | None = None
        self.fixed_field: FixedScore | None = None
        self.options_field: OptionsScore | None = None
        self._deducted = Label("", "secondary")
        field: QWidget = self._make_field()
        self.reason = ReasonField(self._prompt, phrases=phrases)
        self.reason.text.setObjectName(f"reason-{item.id}")
        self._note = Button(lambda: self.tr("写意见"), icon="pen-line", kind="ghost", on=self._open_reason)
        self._note.setObjectName(f"note-{item.id}")
        self._note.setFocusPolicy(self._note.focusPolicy().NoFocus)
        self.links = LinkRow(item.id)
        head = row(self._title, self.mark, gap=8)
        head.setStretch(0, 1)
        foot = row(self.links, STRETCH, self._note, gap=4)
        self.setLayout(
            column(head, self._words, field, self._deducted, self.reason, foot, gap=6, margins=(14, 8, 14, 6))
        )
        self.reason.committed.connect(self._tell)
        self.links.chosen.connect(self.link_chosen)
        self._show_reason()

    @property
    def value(self) -> str:
        """The value as committed, "" for none."""
        if self.range_field is not None:
            return self.range_field.value
        if self.options_field is not None:
            return self.options_field.value
        return self.fixed_field.options.value if self.fixed_field else ""

    @property
    def input(self) -> QWidget:
        """What takes the keys."""
        if self.fixed_field is not None:
            options = self.fixed_field.options
            return options.button(options.value or self.fixed_field.values[0])
        if self.options_field is not None:
            return self.options_field.first
        return self.range_field.entry if self.range_field is not None else self

    def commit(self) -> None:
        """Take what is being typed."""
        if self.range_field is not None:
            self.range_field.commit()
        self.reason.commit()

    def replace(self, score: Score | None, links: Sequence[PageLink]) -> None:
        """Show another bidder's score."""
        value, reason = (score.value, score.reason) if score else ("", "")
        if self.range_field is not None:
            self.range_field.replace(value)
        if self.fixed_field is not None:
            self.fixed_field.replace(value)
        if self.options_field is not None:
            self.options_field.replace(value, score.options if score else ())
        self.reason.replace(reason)
        self._pages = score.pages if score else ()
        self._last = value
        self.links.show_links(links)
        self._show_reason()

    @property
    def refused(self) -> bool:
        """A text stands in the field that is no score of this item."""
        return self.range_field is not None and self.range_field.problem is not None

    def show_mark(self, mark: Mark) -> None:
        """How safe the score is, or what is missing."""
        self.mark.show_mark(mark, self._missing())

    def set_read_only(self, read_only: bool) -> None:
        """A sealed sheet can be looked at."""
        self._read_only = read_only
        for field in (self.range_field, self.fixed_field, self.options_field, self.reason):
            if field is not None:
                field.set_read_only(read_only)
        self._show_reason()

    def _make_field(self) -> QWidget:
        item = self.item
        if item.kind in ("range", "deduction"):
            low, high = (shown(number) for number in span_of(item))
            self.range_field = ScoreField(ScoreRange.of(low, high, item.step), item.title)
            self.range_field.entry.setObjectName(f"score-{item.id}")
            self.range_field.committed.connect(self._valued)
            self.range_field.entry.left.connect(self._left)
            self.range_field.entry.returnPressed.connect(self._enter)
            return self.range_field
        if item.kind == "options":
            self.options_field = OptionsScore(item)
            self.options_field.committed.connect(self._valued)
            self.options_field.entered.connect(self._enter)
            return self.options_field
        self.fixed_field = FixedScore(item.id, offered(item))
        self.fixed_field.name(said(item.title))
        self.fixed_field.committed.connect(self._valued)
        self.fixed_field.entered.connect(self._enter)
        return self.fixed_field

    def _enter(self) -> None:
        self.entered.emit(self.item.id)

    def _valued(self, _value: str) -> None:
        self._show_reason()
        self._tell()

    def _left(self) -> None:
        """A score can be changed, not taken back: an emptied field shows again what is saved."""
        if self.range_field is not None and self._last and not self.range_field.entry.text():
            self.range_field.replace(self._last)

    def _tell(self) -> None:
        if self.value:
            self._last = self.value
            options = self.options_field.chosen if self.options_field is not None else ()
            self.changed.emit(self.item.id, Score(self.value, self.reason.value, self._pages, options))

    def _missing(self) -> Say | None:
        if not self.value:
            return lambda: self.tr("待评分")
        if self._reason_asked and not self.reason.value:
            return lambda: self.tr("需写理由")
        return None

    @property
    def _reason_asked(self) -> bool:
        return bool(self.value) and reason_needed(self.item, self.value)

    def _show_deducted(self) -> None:
        """Of a deduction: that points off are typed, and what mark they leave."""
        self._deducted.setVisible(self.item.kind == "deduction")
        if self.item.kind != "deduction":
            return
        if self.value:
            mark = shown(exact(self.item.maximum) - exact(self.value))
            self._deducted.say(lambda: self.tr("扣 {value} 分，得 {mark} 分").format(value=self.value, mark=mark))
        else:
            self._deducted.say(lambda: self.tr("填写扣除的分值；不扣分填 0"))

    def _show_reason(self) -> None:
        self._show_deducted()
        asked = self._reason_asked
        self.reason.set_mandatory(asked)
        shown = asked or bool(self.reason.value)
        self.reason.setVisible(shown)
        self._note.setVisible(not shown and not self._read_only and bool(self.value))

    def _open_reason(self) -> None:
        self._note.hide()
        self.reason.show()
        self.reason.setFocus()

    def _prompt(self) -> str:
        return self.tr("评审理由（必填）") if self._reason_asked else self.tr("评审意见（可选）")
