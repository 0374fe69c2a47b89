"""Mouse and keys on widgets found by their names; whatever is hidden or disabled cannot be used."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QScrollArea, QWidget

W = TypeVar("W", bound=QWidget)


class Hands:
    """One pair of hands at one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def find(self, name: str) -> QWidget | None:
        """The visible, enabled widget of that name, or None."""
        return self.find_as(name, QWidget)

    def find_as(self, name: str, kind: type[W]) -> W | None:
        """The same, of a certain kind."""
        for widget in self._window.findChildren(kind, name):
            if widget.isVisible() and widget.isEnabled():
                return widget
        return None

    def buttons(self, beginning: str) -> list[QAbstractButton]:
        """All visible, enabled buttons whose names begin so, in the order they were made."""
        return [
            button
            for button in self._window.findChildren(QAbstractButton)
            if button.objectName().startswith(beginning) and button.isVisible() and button.isEnabled()
        ]

    def click(self, name: str) -> bool:
        """Click a widget; whether it could be."""
        widget = self.find(name)
        if widget is None:
            return False
        self.click_on(widget)
        return True

    def click_on(self, widget: QWidget) -> None:
        """Bring a widget into view and click it; a check box where its box is."""
        self._bring_into_view(widget)
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        place = QPoint(12, target.height() // 2) if isinstance(widget, QAbstractButton) else target.rect().center()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)

    def choose(self, name: str) -> bool:
        """Check a checkable button that is not checked yet; whether it had to be clicked."""
        button = self.find_as(name, QAbstractButton)
        if button is None or button.isChecked():
            return False
        self.click_on(button)
        return True

    def type(self, name: str, text: str) -> bool:
        """Replace what stands in a field; whether there is such a field."""
        widget = self.find(name)
        if widget is None:
            return False
        self._bring_into_view(widget)
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(widget, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(widget, event)
        return True

    def press(self, name: str, key: Qt.Key) -> bool:
        """Press a key in a widget."""
        widget = self.find(name)
        if widget is None:
            return False
        QTest.keyClick(widget, key)
        return True

    def _bring_into_view(self, widget: QWidget) -> None:
        around: QObject | None = widget.parent()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget, 0, 40)
            around = around.parent()
