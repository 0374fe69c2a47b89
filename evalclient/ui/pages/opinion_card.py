"""One preliminary item of one bidder: passed or failed; a fail only with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from evalclient.core.law_words import cited
from evalclient.core.method.document.items import PreliminaryItem
from evalclient.core.records.acts_committee import Opinion
from evalclient.ui.pages.draft_mark import DraftMark
from evalclient.ui.pages.draft_table import Mark
from evalclient.ui.pages.link_row import LinkRow
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.option_buttons import OptionButtons
from evalclient.ui.widgets.pass_fail import FAIL, PASS, PassFail


class OpinionCard(QFrame):
    """``changed(item, Opinion)``, ``link_chosen(PageLink)``; ``pass-<item>``, ``fail-<item>``, ``reason-<item>``."""

    changed = Signal(str, object)
    link_chosen = Signal(object)

    def __init__(self, item: PreliminaryItem, phrases: Sequence[Say], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setProperty("role", "card")
        self.setObjectName(f"item-{item.id}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        title = Label(item.title, wrap=True)
        title.setStyleSheet("font-weight: bold;")
        self.mark = DraftMark()
        self._words = Label(item.description, "caption", wrap=True)
        self._article = Label(cited(item.article), "hint", wrap=True)
        if not item.article:
            self._article.hide()
        self.decision = PassFail(phrases)
        options: OptionButtons = self.decision.options
        for value in (PASS, FAIL):
            options.button(value).setObjectName(f"{value}-{item.id}")
        self.decision.reason.text.setObjectName(f"reason-{item.id}")
        self.links = LinkRow(item.id)
        head = row(title, self.mark, gap=8)
        head.setStretch(0, 1)
        self.decision.line.addWidget(self.links, 1)
        self.setLayout(column(head, self._words, self._article, self.decision, gap=6, margins=(14, 8)))
        self.decision.decided.connect(self._decided)
        self.links.chosen.connect(self.link_chosen)
        options.chosen.connect(self._chosen)

    @property
    def input(self) -> QWidget:
        """What takes the keys: the reason that is missing, or the first button."""
        options = self.decision.options
        if options.value == FAIL and self.decision.state is None:
            return self.decision.reason.text
        return options.button(options.value or PASS)

    def commit(self) -> None:
        """Take what is being typed."""
        self.decision.commit()

    def replace(self, opinion: Opinion | None, links: Sequence[PageLink]) -> None:
        """Show another bidder's opinion."""
        if opinion is None:
            self.decision.replace(None)
        else:
            self.decision.replace(opinion.passed, opinion.reason)
        self.links.show_links(links)
        for value in (PASS, FAIL):
            button = self.decision.options.button(value)
            button.setAccessibleName(f"{said(self.item.title)} {button.text()}")

    def show_mark(self, mark: Mark) -> None:
        """How safe the opinion is, or what is missing."""
        missing: Say | None = None
        if not self.decision.options.value:
            missing = lambda: self.tr("待评审")  # noqa: E731
        elif self.decision.state is None:
            missing = lambda: self.tr("需写理由")  # noqa: E731
        self.mark.show_mark(mark, missing)

    def set_read_only(self, read_only: bool) -> None:
        """A sealed review can be looked at."""
        self.decision.set_read_only(read_only)

    def _decided(self, passed: bool, reason: str) -> None:
        self.changed.emit(self.item.id, Opinion(passed, reason))

    def _chosen(self, value: str) -> None:
        """A fail is kept at once, though it counts only with its reason."""
        if value == FAIL and self.decision.state is None:
            self.changed.emit(self.item.id, Opinion(False, ""))
