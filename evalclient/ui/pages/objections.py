"""Objections at the opening and their answers on the spot, a row each (开标异议, 条例 第四十四条)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.records.acts_bids import Objection
from evalclient.ui.pages.rows import Rows
from evalclient.ui.widgets.buttons import Button, IconButton
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.line_field import LineField


class ObjectionRow(QFrame):
    """``objection-by-N``, ``objection-text-N``, ``objection-answer-N``, ``objection-remove-N``."""

    changed = Signal()
    removed = Signal(str)

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.by = LineField(f"objection-by-{number}", lambda: self.tr("提出人"), 200)
        self.text = LineField(f"objection-text-{number}", lambda: self.tr("异议内容"))
        self.answer = LineField(f"objection-answer-{number}", lambda: self.tr("当场答复"))
        self.remove = IconButton("trash-2", lambda: self.tr("删除该异议"), on=self._remove)
        self.remove.setObjectName(f"objection-remove-{number}")
        layout = row(self.by, self.text, self.answer, self.remove, gap=8)
        for at, part in enumerate((2, 4, 4)):
            layout.setStretch(at, part)
        self.setLayout(layout)
        for field in (self.by, self.text, self.answer):
            field.textChanged.connect(self.changed)

    def objection(self) -> Objection:
        """As typed."""
        return Objection(by=self.by.value or "—", objection=self.text.value, answer=self.answer.value)

    @property
    def incomplete(self) -> bool:
        """Something is not filled in."""
        return not (self.by.value and self.text.value and self.answer.value)

    def _remove(self) -> None:
        self.removed.emit(self._number)


class Objections(QWidget):
    """``objection-add`` appends a row; ``changed`` when anything does."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._held: list[str] = []
        lines = column(gap=6)
        self._rows = Rows(lines, self._make)
        self._add = Button(lambda: self.tr("添加异议"), icon="plus", kind="ghost", on=self._append)
        self._add.setObjectName("objection-add")
        self._none = Label(lambda: self.tr("无异议。"), "hint")
        head = row(Label(lambda: self.tr("开标异议与答复"), "section"), self._none, STRETCH, self._add, gap=8)
        self.setLayout(column(head, lines, gap=6))

    @property
    def incomplete(self) -> bool:
        """Whether a row is not filled in."""
        return any(line.incomplete for line in self._rows)

    def objections(self) -> tuple[Objection, ...]:
        """All rows as typed."""
        return tuple(line.objection() for line in self._rows)

    def show_objections(self, objections: Sequence[Objection]) -> None:
        """What was recorded."""
        if self.objections() == tuple(objections):
            return
        self._held = [str(next(self._numbers)) for _ in objections]
        self._refresh()
        for line, objection in zip(self._rows, objections, strict=True):
            line.by.setText(objection.by)
            line.text.setText(objection.objection)
            line.answer.setText(objection.answer)

    def set_read_only(self, read_only: bool) -> None:
        """Recorded: nothing to add."""
        self._add.setVisible(not read_only)
        for line in self._rows:
            line.remove.setVisible(not read_only)
            for field in (line.by, line.text, line.answer):
                field.setReadOnly(read_only)

    def _append(self) -> None:
        self._held.append(str(next(self._numbers)))
        self._refresh()
        self._rows[self._held[-1]].by.setFocus()

    def _remove(self, number: str) -> None:
        self._held.remove(number)
        self._refresh()

    def _refresh(self) -> None:
        self._rows.show(self._held)
        self._none.setVisible(not self._held)
        self.changed.emit()

    def _make(self, number: str) -> ObjectionRow:
        line = ObjectionRow(number)
        line.changed.connect(self.changed)
        line.removed.connect(self._remove)
        return line
