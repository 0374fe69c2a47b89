"""What one signature covers, before it is made: each title with the beginning of its digest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.tender import Paper
from evalclient.ui.texts import Say
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row

#: of a digest's 64 hexadecimal digits
SHOWN: Final = 8


class SignedFor(QFrame):
    """The papers that the pledge is signed for, and the method."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._head = Label("", "caption", wrap=True)
        self._rows = column(gap=2)
        self.setLayout(column(self._head, self._rows, gap=4))

    def show_papers(self, papers: Sequence[Paper], method: str) -> None:
        """All that one signature covers, in the order of the list that was read; once."""
        covered: list[tuple[Say, str]] = [(paper.title, paper.digest) for paper in papers if paper.kind != "pledge"]
        covered.append((lambda: self.tr("评标办法"), method))
        covered += [(paper.title, paper.digest) for paper in papers if paper.kind == "pledge"]
        count = len(covered)
        self._head.say(lambda: self.tr("一次签名，签署以下 %n 份内容（附摘要前 8 位）：", None, count))
        for title, digest in covered:
            line = row(Label(title, "caption", wrap=True), Label(digest[:SHOWN], "caption"), gap=8)
            line.setStretch(0, 1)
            self._rows.addLayout(line)
