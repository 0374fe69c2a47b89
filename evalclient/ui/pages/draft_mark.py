"""How safe a field is, in a word: still to do, saved on this seat's disk, received by the centre."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.ui.pages.draft_table import Mark
from evalclient.ui.texts import Say
from evalclient.ui.widgets.chip import Chip


class DraftMark(Chip):
    """``show_mark(mark, problem)``: what is missing goes before how safe it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.mark: Mark = "none"

    def show_mark(self, mark: Mark, missing: Say | None) -> None:
        """``missing``: what is still asked for, or None."""
        self.mark = mark
        if missing is not None:
            self.set("warn" if mark != "none" else "primary", missing, "pen-line" if mark != "none" else "circle")
        elif mark == "saving":
            self.set("neutral", lambda: self.tr("保存中"), "save")
        elif mark == "saved":
            self.set("ok", lambda: self.tr("已存本机"), "save", lambda: self.tr("已写入本席位磁盘，尚未送达评标中心"))
        else:
            self.set("ok", lambda: self.tr("中心已收"), "cloud-check", lambda: self.tr("已收入评标中心日志"))
