"""The evaluations one may sign in to: title, deadline, practice, and the fingerprint to compare with the announcement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from evalclient.ui.frame_bar import grouped
from evalclient.ui.pages.door import Offer
from evalclient.ui.texts import said
from evalclient.ui.theme import set_variant
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row


class OfferRow(QFrame):
    """One evaluation; chosen by a click, Space or Enter."""

    chosen = Signal(str)

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        self.setObjectName(f"offer-{offer.fingerprint[:8]}")
        self.setProperty("role", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        at = datetime.fromisoformat(offer.deadline).astimezone().strftime("%Y-%m-%d %H:%M")
        self._practice = Chip("warn", lambda: self.tr("练习"))
        if not offer.practice:
            self._practice.hide()
        self._here = Chip("ok", lambda: self.tr("本机已有"), "monitor")
        if not offer.here:
            self._here.hide()
        head = row(Label(offer.title, "", wrap=True), self._practice, self._here, gap=8)
        head.setStretch(0, 1)
        self.setLayout(
            column(
                head,
                row(
                    Label(lambda: self.tr("投标截止 {time}").format(time=at), "caption"),
                    STRETCH,
                    Label(lambda: self.tr("指纹 {groups}").format(groups=grouped(offer.fingerprint)), "caption"),
                ),
                gap=4,
                margins=(12, 9),
            )
        )
        self.setAccessibleName(said(offer.title))

    def set_chosen(self, chosen: bool) -> None:
        """Mark as the one chosen."""
        set_variant(self, "chosen", chosen)
        self.setAccessibleDescription(self.tr("已选择") if chosen else "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.offer.fingerprint)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.offer.fingerprint)
        else:
            super().keyPressEvent(event)


class OfferList(QWidget):
    """One of them is chosen; ``changed`` when that is another one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, OfferRow] = {}
        self._chosen = ""
        self._lines = column(gap=8, margins=(0, 0, 4, 0))
        self.setLayout(column(self._lines, STRETCH, gap=0))

    @property
    def chosen(self) -> Offer | None:
        """The evaluation chosen."""
        row_ = self._rows.get(self._chosen)
        return row_.offer if row_ else None

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Show these; the choice stays where it is still on offer, and falls on the only one."""
        for old in self._rows.values():
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = {offer.fingerprint: OfferRow(offer) for offer in offers}
        for line in self._rows.values():
            line.chosen.connect(self.choose)
            self._lines.addWidget(line)
        self.choose(self._chosen if self._chosen in self._rows else (offers[0].fingerprint if len(offers) == 1 else ""))

    def offers(self) -> tuple[Offer, ...]:
        """What is shown, in order."""
        return tuple(line.offer for line in self._rows.values())

    def choose(self, fingerprint: str) -> None:
        """Choose one; "" for none."""
        self._chosen = fingerprint
        for line in self._rows.values():
            line.set_chosen(line.offer.fingerprint == fingerprint)
        self.changed.emit()
