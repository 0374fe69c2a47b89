"""A reason in words: grows with its text, may be mandatory, offers ready phrases where typing Chinese is hard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSizePolicy, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.theme import set_variant, theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row

DEBOUNCE_MS = 800
MAX_CHARACTERS = 2_000
MAX_LINES = 6


class _Text(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ReasonField(QWidget):
    """Emits ``committed(text)`` on leaving the field and DEBOUNCE_MS after the last key; text is stripped."""

    committed = Signal(str)

    def __init__(
        self,
        placeholder: Say = "",
        *,
        mandatory: bool = False,
        phrases: Sequence[Say] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._mandatory = mandatory
        self._phrases = tuple(phrases)
        self._committed = ""
        self.text = _Text(self)
        self.text.setTabChangesFocus(True)
        self._missing = Label(lambda: self.tr("须填写理由，尚未保存。"), "hint", tone="bad")
        self._missing.hide()
        self.phrase_button = Button(lambda: self.tr("常用语"), kind="ghost", on=self._offer)
        if not self._phrases:
            self.phrase_button.hide()  # never shown by name: as yet it has no parent and would be a window
        line = row(self.text, self.phrase_button, gap=4)
        line.setStretch(0, 1)
        self.setLayout(column(line, self._missing, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._take)
        self.text.textChanged.connect(self._changed)
        self.text.left.connect(self._leave)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme().changed.connect(self._fit)
        self._retranslate()
        self._fit()

    @property
    def value(self) -> str:
        """The text committed or set last."""
        return self._committed

    @property
    def missing(self) -> bool:
        """A reason is mandatory and there is none."""
        return self._mandatory and not self.text.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show a stored reason without committing it; a text being typed just now is left alone."""
        if self._pause.isActive() or text == self._committed:
            return
        self._committed = text
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self._fit()
        self._show_missing(False)

    def commit(self) -> None:
        """Take what has been typed now, as on leaving the field."""
        if not self.text.isReadOnly():
            self._take()

    def replace(self, text: str) -> None:
        """Show another thing's reason (another bidder): whatever stands in the field goes; ``commit`` before."""
        self._pause.stop()
        self._committed = ""
        self.set_value(text)
        if not text:
            self.text.blockSignals(True)
            self.text.setPlainText("")
            self.text.blockSignals(False)
            self._fit()
            self._show_missing(False)

    def set_mandatory(self, mandatory: bool) -> None:
        self._mandatory = mandatory
        self._retranslate()
        if not mandatory:
            self._show_missing(False)

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)
        self.phrase_button.setVisible(bool(self._phrases) and not read_only)

    def demand(self) -> bool:
        """Say that a reason is needed if it is; True when there is nothing to demand."""
        self._show_missing(self.missing)
        return not self.missing

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _changed(self) -> None:
        if len(self.text.toPlainText()) > MAX_CHARACTERS:
            self.text.textCursor().deletePreviousChar()
        self._fit()
        if not self.text.isReadOnly():
            self._pause.start()

    def _leave(self) -> None:
        if not self.text.isReadOnly():
            self._take()
            self.demand()

    def _take(self) -> None:
        self._pause.stop()
        text = self.text.toPlainText().strip()
        self._show_missing(False)
        if text != self._committed:
            self._committed = text
            self.committed.emit(text)

    def _show_missing(self, missing: bool) -> None:
        set_variant(self.text, "wrong", missing)
        self._missing.setVisible(missing)

    def _offer(self) -> None:
        menu = QMenu(self)
        for phrase in self._phrases:
            menu.addAction(said(phrase))
        menu.triggered.connect(self._insert)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.phrase_button.mapToGlobal(self.phrase_button.rect().bottomLeft()))

    def _insert(self, action: QAction) -> None:
        self.text.insertPlainText(action.text())
        self.text.setFocus()

    def _retranslate(self) -> None:
        default = self.tr("理由（必填）") if self._mandatory else self.tr("评审意见（可选）")
        self.text.setPlaceholderText(said(self._placeholder) or default)
        self.text.setAccessibleName(self.text.placeholderText())

    def _fit(self) -> None:
        """As tall as its text, up to MAX_LINES; asked again when wrapping changes with the width."""
        wanted = max(1, self.text.document().blockCount(), self._wrapped_lines())
        lines = min(MAX_LINES, wanted)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > MAX_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.text.setVerticalScrollBarPolicy(bar)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + theme().px(20))

    def _wrapped_lines(self) -> int:
        return round(self.text.document().size().height())  # a plain text document measures itself in lines
