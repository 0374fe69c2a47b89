"""One line of the opening record: what was read out, or why not (撤销、撤回), to be checked before it is signed."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.stated import in_words
from evalclient.core.records.acts_bids import OpenedBid
from evalclient.core.records.fields import Bilingual
from evalclient.ui.pages.money import yuan
from evalclient.ui.texts import Say
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.line_field import LineField

Failure = Literal["", "revoked", "withdrawn"]
OPENED: Final = "opened"


class OpenedLine(QFrame):
    """``failure-<tail>`` and ``failure-note-<tail>``; ``changed`` when either does."""

    changed = Signal()

    def __init__(self, bid: OpenedBid, method: Method, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tail = bid.bidder[-8:]
        self.setObjectName(f"opened-{tail}")
        self.setProperty("role", "inset")
        self._bid = bid
        self._method = method
        self._number = Label("", "caption")
        self._name = Label("", "section", wrap=True)
        self._price = Label("", "section")
        self._terms = Label("", "caption", wrap=True)
        self._state = Choice(f"failure-{tail}", lambda: self.tr("开标情况"))
        self._note = LineField(f"failure-note-{tail}", lambda: self.tr("情况和原因（记入开标记录）"))
        head = row(self._number, self._name, self._price, self._state, gap=12)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._terms, self._note, gap=4, margins=(12, 8)))
        self._state.currentIndexChanged.connect(self._changed)
        self._note.textChanged.connect(self._changed)

    def show_bid(self, bid: OpenedBid, number: int) -> None:
        """What was read, or recorded."""
        self._bid = bid
        self._number.say(str(number))
        self._name.say(bid.name)
        self._price.say(
            (lambda: self.tr("{price} 元").format(price=yuan(bid.price)))
            if bid.price != "0"
            else (lambda: self.tr("未读出报价"))
        )
        words = in_words(self._method, bid.terms)
        self._terms.say(
            Bilingual(
                "　".join(f"{name.zh} {value.zh}" for name, value in words),
                "　".join(f"{name.en} {value.en}" for name, value in words),
            )
        )
        self._terms.setVisible(bool(bid.terms))
        options: list[tuple[str, Say]] = [
            ("revoked", lambda: self.tr("解密失败：投标人原因（视为撤销）")),
            ("withdrawn", lambda: self.tr("解密失败：非投标人原因（视为撤回）")),
        ]
        if bid.price != "0":
            options.insert(0, (OPENED, lambda: self.tr("已开标")))
        self._state.offer(options)
        self._state.choose(bid.failure or OPENED)
        self._note.setText(bid.note)
        self._changed()

    def bid(self) -> OpenedBid:
        """The line as it stands now."""
        failure = self._failure()
        return msgspec.structs.replace(self._bid, failure=failure, note=self._note.value)

    @property
    def unexplained(self) -> bool:
        """A failure without a word on why."""
        return bool(self._failure()) and not self._note.value

    def set_read_only(self, read_only: bool) -> None:
        """Recorded: nothing to choose."""
        self._state.setEnabled(not read_only)
        self._note.setReadOnly(read_only)

    def _failure(self) -> Failure:
        value = self._state.value
        return value if value in ("revoked", "withdrawn") else ""  # type: ignore[return-value]

    def _changed(self, *_of: object) -> None:
        self._note.setVisible(bool(self._failure() or self._bid.note))
        self.changed.emit()
