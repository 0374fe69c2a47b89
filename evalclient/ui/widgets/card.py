"""A card: heading, optional caption and mark, then whatever the page puts in it."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from evalclient.ui.texts import Say
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.snug import Snug

PAD_PX = 14


class Card(Snug):
    """A framed surface; ``add()`` appends to its body, ``chip`` is its mark at the top right (hidden while empty).

    ``beside`` puts the caption behind the title instead of below it.
    """

    def __init__(
        self,
        title: Say = "",
        *items: QWidget | QLayout,
        caption: Say = "",
        beside: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = Label(title, "heading", wrap=True)
        self.caption = Label(caption, "caption", wrap=True)
        self.chip = Chip()
        self.chip.hide()
        for label, text in ((self.title, title), (self.caption, caption)):
            if not text:
                label.hide()  # never shown by name: as yet it has no parent and would be a window
        self.body: QVBoxLayout = column(gap=8)
        if beside:
            self.title.setWordWrap(False)
            self.head = row(self.title, self.caption, self.chip, gap=14)
            self.head.setStretch(1, 1)
            outer = column(self.head, self.body, gap=8, margins=PAD_PX)
        else:
            self.head = row(self.title, self.chip, gap=8)
            self.head.setStretch(0, 1)
            outer = column(self.head, self.caption, self.body, gap=8, margins=PAD_PX)
        self.setLayout(outer)
        self.add(*items)

    def add(self, *items: QWidget | QLayout) -> None:
        for item in items:
            if isinstance(item, QWidget):
                self.body.addWidget(item)
            else:
                self.body.addLayout(item)

    def fill(self, widget: QWidget) -> None:
        """Append a widget that takes all free height (a table, a list)."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.body.addWidget(widget, 1)

    def footer(self, *items: QWidget) -> None:
        """A last line with its buttons on the right."""
        self.body.addLayout(row(STRETCH, *items))

    def mark(self, chip_text: Say | None, tone: Tone = "neutral", icon: str = "") -> None:
        """Show the mark at the top right; None hides it."""
        self.chip.setVisible(chip_text is not None)
        if chip_text is not None:
            self.chip.set(tone, chip_text, icon)
