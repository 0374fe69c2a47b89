"""Small windows over a page. They are opened, never waited for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row


class Panel(QDialog):
    """A titled window with a body, and buttons at its foot; Escape closes it."""

    def __init__(self, name: str, title: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(said(title))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = Label(title, "heading", wrap=True)
        self.body = column(gap=10)
        self.cancel = Button(lambda: self.tr("关闭"), on=self.close)
        self.cancel.setObjectName(f"{name}-close")
        self.feet = row(STRETCH, self.cancel)
        layout = column(self.title, self.body, self.feet, gap=14, margins=20)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setMinimumWidth(520)

    def add(self, *widgets: QWidget) -> None:
        """Append to the body."""
        for widget in widgets:
            self.body.addWidget(widget)
