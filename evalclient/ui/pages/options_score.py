"""A score that adds up from what applies (多项累计): one box per option, one for none of them, and the sum."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.marking.scoring import options_sum
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row


class _Line(QWidget):
    """A box with its points, and the condition beside it, which may take several lines; a click on either ticks."""

    def __init__(self, name: str, condition: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox()
        self.box.setObjectName(name)
        self._condition = Label(condition, wrap=True)
        line = row(self.box, self._condition, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
        super().mouseReleaseEvent(event)


class OptionsScore(QWidget):
    """``committed(value)`` with the sum; ``chosen`` are the options that apply, from 1; ``entered`` on Enter."""

    committed = Signal(str)
    entered = Signal()

    def __init__(self, item: ScoredItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self._value = ""
        lines = [
            _Line(f"score-{item.id}-{number}", option.condition) for number, option in enumerate(item.values, start=1)
        ]
        nothing = _Line(f"score-{item.id}-none", lambda: self.tr("均不符合"))
        self._boxes = [line.box for line in lines]
        self._none = nothing.box
        self._sum = Label("", "secondary")
        for box in self._boxes:
            box.clicked.connect(self._ticked)
        self._none.clicked.connect(self._tick_none)
        for box in (*self._boxes, self._none):
            box.installEventFilter(self)
        self.setLayout(column(*lines, nothing, self._sum, gap=2))
        self.setFocusProxy(self.first)
        self._name_boxes()
        self._show()

    @property
    def value(self) -> str:
        """The sum, "" while nothing was chosen."""
        return self._value

    @property
    def chosen(self) -> tuple[int, ...]:
        """The options that apply, from 1."""
        return tuple(number for number, box in enumerate(self._boxes, start=1) if box.isChecked())

    @property
    def first(self) -> QCheckBox:
        """What takes the keys."""
        return self._boxes[0]

    def replace(self, value: str, chosen: tuple[int, ...]) -> None:
        """Show another bidder's choice."""
        self._value = value
        for number, box in enumerate(self._boxes, start=1):
            box.setChecked(bool(value) and number in chosen)
        self._none.setChecked(bool(value) and not chosen)
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        """Look, do not touch."""
        for box in (*self._boxes, self._none):
            box.setEnabled(not read_only)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_boxes()
            self._show()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next item."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text() in ("\r", "\n"):
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def _name_boxes(self) -> None:
        for box, option in zip((*self._boxes, self._none), (*self._item.values, None), strict=True):
            points = option.value if option is not None else self._item.minimum
            box.setText(self.tr("{value} 分").format(value=points))
            condition = said(option.condition) if option is not None else self.tr("均不符合")
            box.setAccessibleName(f"{said(self._item.title)} {points} {condition}")

    def _ticked(self) -> None:
        self._none.setChecked(False)
        self._take(self.chosen)

    def _tick_none(self) -> None:
        if not self._none.isChecked() and not self.chosen:
            self._none.setChecked(True)  # a score can be changed, not taken back
        for box in self._boxes:
            box.setChecked(False)
        self._take(())

    def _take(self, chosen: tuple[int, ...]) -> None:
        self._none.setChecked(not chosen)
        self._value = options_sum(self._item, chosen)
        self._show()
        self.committed.emit(self._value)

    def _show(self) -> None:
        if not self._value:
            self._sum.say(lambda: self.tr("符合的均请勾选，最多得 {high} 分").format(high=self._item.maximum))
        else:
            self._sum.say(
                lambda: self.tr("得 {value} 分，最多 {high} 分").format(value=self._value, high=self._item.maximum)
            )
