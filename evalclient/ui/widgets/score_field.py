"""A score as text: range, step, buttons, full-width digits; says at once what is wrong with a value."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import set_variant, theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.number_text import MAX_DIGITS, Problem, ScoreRange, read

DEBOUNCE_MS = 600
ENTRY_PX = 88


class _Entry(QLineEdit):
    """The text itself; arrow keys and, only while focused, the wheel move by one step."""

    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "score")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(MAX_DIGITS)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if steps and not self.isReadOnly():
            self.stepped.emit(steps)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y()
        if self.hasFocus() and not self.isReadOnly() and steps:
            self.stepped.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            event.ignore()  # the page scrolls; a score never changes because the pointer happened to be over it

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ScoreField(QWidget):
    """− value + "0～15 分，步长 0.5". Emits ``committed(text)`` with a valid Decimal text, or "" when it was emptied.

    Committed on Enter, on leaving the field, by the buttons and keys, and DEBOUNCE_MS after the last typed digit; the
    same value is never committed twice. A value that is out of range or off step is not committed; its sentence shows.
    """

    committed = Signal(str)
    rejected = Signal(str)
    """The text that was refused."""

    def __init__(self, allowed: ScoreRange, name: Say = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._allowed = allowed
        self._name = name
        self._committed = ""
        self._problem: Problem | None = None
        self.entry = _Entry(self)
        self.minus = Button(icon="minus", kind="step", tip=lambda: self.tr("减一步"), on=self._down)
        self.plus = Button(icon="plus", kind="step", tip=lambda: self.tr("加一步"), on=self._up)
        for button in (self.minus, self.plus):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(True)
        self.span = Label(self._range_text, "caption")
        """Range and step, beside the field."""
        self._sentence = Label("", "hint", tone="bad", wrap=True)
        self._sentence.hide()
        line = row(self.minus, self.entry, self.plus, self.span, STRETCH, gap=6)
        self.setLayout(column(line, self._sentence, gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.entry)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._take_typed)
        self.entry.textEdited.connect(self._typed)
        self.entry.returnPressed.connect(self._finish)
        self.entry.left.connect(self._finish)
        self.entry.stepped.connect(self._step)
        theme().changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def value(self) -> str:
        """The value committed or shown last, "" for none."""
        return self._committed

    @property
    def problem(self) -> Problem | None:
        """What is wrong with the text now shown."""
        return self._problem

    def commit(self) -> None:
        """Take what has been typed now, as on leaving the field."""
        self._finish()

    def replace(self, text: str) -> None:
        """Show a stored value without committing it: whatever stands in the field goes; ``commit`` before."""
        self._pause.stop()
        self._committed = self._allowed.write(Decimal(text)) if text else ""
        self.entry.setText(self._committed)
        self._judge(None)

    def set_read_only(self, read_only: bool) -> None:
        self.entry.setReadOnly(read_only)
        self.minus.setEnabled(not read_only)
        self.plus.setEnabled(not read_only)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _typed(self) -> None:
        self._pause.start()

    def _take_typed(self) -> None:
        self._take(tidy=False)

    def _finish(self) -> None:
        self._pause.stop()
        if not self.entry.isReadOnly():
            self._take(tidy=True)

    def _up(self) -> None:
        self._step(1)

    def _down(self) -> None:
        self._step(-1)

    def _step(self, steps: int) -> None:
        self._pause.stop()
        value = read(self.entry.text(), self._allowed)
        self.entry.setText(
            self._allowed.write(self._allowed.moved(value if isinstance(value, Decimal) else None, steps))
        )
        self._take(tidy=True)

    def _take(self, *, tidy: bool) -> None:
        """Commit the text if it is good; ``tidy`` also writes it in the form of the range."""
        typed = self.entry.text()
        value = read(typed, self._allowed)
        if isinstance(value, Decimal):
            text = self._allowed.write(value)
        elif value == "empty":
            text = ""
        else:
            if self._problem != value:
                self.rejected.emit(typed)
            self._judge(value)
            return
        self._judge(None)
        if tidy and text != typed:
            self.entry.setText(text)
        if text != self._committed:
            self._committed = text
            self.committed.emit(text)

    def _judge(self, problem: Problem | None) -> None:
        self._problem = problem
        set_variant(self.entry, "wrong", problem is not None)
        self._sentence.setVisible(problem is not None)
        if problem is not None:
            self._sentence.say(self._problem_text)
        self.entry.setAccessibleDescription(self._sentence.text() if problem else self._range_text())

    def _problem_text(self) -> str:
        if self._problem == "not a number":
            return self.tr("请填写数字，例如 {example}。").format(example=self._allowed.write(self._allowed.high))
        if self._problem == "out of range":
            return self.tr("超出范围：{range}，尚未保存。").format(range=self._range_text())
        return self.tr("不符合评分步长：{range}，尚未保存。").format(range=self._range_text())

    def _range_text(self) -> str:
        allowed = self._allowed
        low, high, step = (f"{value.normalize():f}" for value in (allowed.low, allowed.high, allowed.step))
        if not allowed.step:
            return self.tr("{low}～{high} 分").format(low=low, high=high)
        return self.tr("{low}～{high} 分，步长 {step}").format(low=low, high=high, step=step)

    def _retranslate(self) -> None:
        self.entry.setAccessibleName(said(self._name) or self.tr("得分"))
        self.entry.setToolTip(plain(self._range_text()))
        self._judge(self._problem)

    def _restyle(self) -> None:
        self.entry.setFixedWidth(theme().px(ENTRY_PX))
