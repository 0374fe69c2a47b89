"""The bidders on the left of a page: number, name, state, score; only numbers where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.labels import Icon, Label, tone_icon
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled

NARROW_WINDOW_PX = 1500
WIDE_PX, NARROW_PX = 270, 94
BADGE_PX = 28
BidderState = Literal["todo", "doing", "done", "out"]

_LOOK: dict[BidderState, tuple[Tone, str]] = {
    "todo": ("neutral", "circle"),
    "doing": ("primary", "circle-dot"),
    "done": ("ok", "circle-check"),
    "out": ("bad", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class BidderItem:
    """One bidder. ``state_text`` says the state in words; ``progress`` is 0 to 100, None for no bar."""

    key: str
    number: int
    name: str
    state: BidderState = "todo"
    state_text: Say = ""
    score: Say = ""
    progress: int | None = None


class _Badge(QWidget):
    """The bidder's number in a square; filled while selected."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.selected = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme().px(BADGE_PX)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary" if self.selected else "track"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(look.colour("on_primary" if self.selected else "text_2"))
        painter.setFont(look.font(14, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.end()


class _Row(QFrame):
    clicked = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.item: BidderItem | None = None
        self._selected = False
        self._hovered = False
        self._badge = _Badge()
        self._name = Label(wrap=True)
        self._icon = Icon("circle", size=15)
        self._state = Label("", "caption")
        self._score = Label("")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words = box(column(self._name, row(self._icon, self._state, STRETCH, self._score, gap=5), gap=3))
        self._small = Icon("circle", size=15)
        layout = row(self._badge, self.words, self._small, gap=10, margins=(9, 8))
        layout.setAlignment(self._badge, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._small.hide()

    def show_item(self, item: BidderItem) -> None:
        if item == self.item:
            return
        self.item = item
        tone, icon = _LOOK[item.state]
        self._badge.number = item.number
        self._badge.update()
        self._name.say(item.name)
        for mark in (self._icon, self._small):
            mark.set(icon or tone_icon(tone), tone=tone)
        self._state.set_tone(tone)
        self._state.say(item.state_text)
        self._score.say(item.score)
        self.describe()
        self.update()

    def describe(self) -> None:
        """Name for screen readers, and as a tool tip where the words are hidden."""
        if self.item is None:
            return
        words = " · ".join(part for part in (self.item.name, said(self.item.state_text), said(self.item.score)) if part)
        self.setAccessibleName(f"{self.item.number} {words}")
        self.setToolTip(plain(words) if self.words.isHidden() else "")

    def set_narrow(self, narrow: bool) -> None:
        self.words.setVisible(not narrow)
        self._small.setVisible(narrow)
        self.describe()

    def set_selected(self, selected: bool) -> None:
        self._selected = selected
        self._badge.selected = selected
        self._badge.update()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.key)

    def enterEvent(self, event: QEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)  # type: ignore[arg-type]

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._selected:
            painter.setPen(QPen(look.colour("primary"), 1.5))
            painter.setBrush(look.colour("primary_soft"))
            painter.drawRoundedRect(area, 7, 7)
        elif self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(area, 7, 7)
        if self.item is not None and self.item.progress is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            left = self._badge.geometry().left() if self.words.isHidden() else self.words.geometry().left()
            track = QRectF(left, self.height() - 6, self.width() - left - 12, 3)
            painter.setBrush(look.colour("track"))
            painter.drawRoundedRect(track, 1.5, 1.5)
            track.setWidth(track.width() * min(100, max(0, self.item.progress)) / 100)
            painter.setBrush(look.tone(_LOOK[self.item.state][0]))
            painter.drawRoundedRect(track, 1.5, 1.5)
        painter.end()


class BidderList(QFrame):
    """``selected(key)`` when the person picks a bidder; arrow keys move. Rows are kept and changed in place."""

    selected = Signal(str)

    def __init__(self, title: Say = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: dict[str, _Row] = {}
        self._key = ""
        self._narrow: bool | None = None
        self._title = Label(title or self._title_text, "heading")
        self._note = Label("", "caption")
        self._head = box(row(self._title, STRETCH, self._note, margins=(10, 4)))
        self._column: QVBoxLayout = column(gap=4)
        area = scrolled(column(self._column, STRETCH, gap=0, margins=(0, 0, 2, 0)))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        layout = column(self._head, area, gap=6, margins=(8, 8, 6, 8))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self._restyle)
        self.set_narrow(False)

    @property
    def key(self) -> str:
        """The bidder shown as selected, "" for none."""
        return self._key

    def set_items(self, items: Sequence[BidderItem], note: Say = "") -> None:
        """Show the bidders in this order; ``note`` stands beside the title (已提交 2/9)."""
        self._note.say(note)
        if [item.key for item in items] != list(self._rows):
            self._rebuild(items)
        for item in items:
            self._rows[item.key].show_item(item)

    def select(self, key: str) -> None:
        """Show a bidder as selected without emitting."""
        for row_ in self._rows.values():
            row_.set_selected(row_.key == key)
        self._key = key
        if key in self._rows:
            self._area.ensureWidgetVisible(self._rows[key], 0, 20)

    def step(self, steps: int) -> None:
        """Select the next or previous bidder, as the person would."""
        keys = list(self._rows)
        if not keys:
            return
        at = keys.index(self._key) + steps if self._key in keys else 0
        self._pick(keys[max(0, min(len(keys) - 1, at))])

    def row(self, key: str) -> QWidget:
        return self._rows[key]

    def set_narrow(self, narrow: bool) -> None:
        """Numbers only, or names."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._head.setVisible(not narrow)
        for row_ in self._rows.values():
            row_.set_narrow(narrow)
        self._restyle()

    def follow_window(self, width: int) -> None:
        """Collapse below NARROW_WINDOW_PX (at normal text size) of window width."""
        self.set_narrow(width < theme().px(NARROW_WINDOW_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if steps:
            self.step(steps)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for row_ in self._rows.values():
                row_.describe()
        super().changeEvent(event)

    def _rebuild(self, items: Sequence[BidderItem]) -> None:
        wanted = {item.key for item in items}
        for key in [key for key in self._rows if key not in wanted]:
            gone = self._rows.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._rows = {item.key: self._rows.get(item.key) or self._new_row(item.key) for item in items}
        for at, row_ in enumerate(self._rows.values()):
            self._column.insertWidget(at, row_)

    def _new_row(self, key: str) -> _Row:
        row_ = _Row(key)
        row_.set_narrow(bool(self._narrow))
        row_.set_selected(key == self._key)
        row_.clicked.connect(self._pick)
        return row_

    def _pick(self, key: str) -> None:
        if key != self._key:
            self.select(key)
            self.selected.emit(key)

    def _restyle(self) -> None:
        self.setFixedWidth(theme().px(NARROW_PX if self._narrow else WIDE_PX))

    def _title_text(self) -> str:
        return self.tr("投标人")
