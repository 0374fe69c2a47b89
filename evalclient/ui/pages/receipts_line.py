"""A person takes his receipts home from his window (回执), as ``evalclient receipts`` does from a closed store."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from evalclient.desk.desk import Desk
from evalclient.desk.kept_receipts import write_receipts
from evalclient.ui.live import Live
from evalclient.ui.pages.save_line import SaveLine


class ReceiptsLine(SaveLine):
    """``receipts-path``, ``save-receipts``, ``receipts-result``."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(
            "receipts",
            live,
            lambda: self.tr("本人回执保存到文件夹"),
            "",
            lambda: self.tr("保存回执"),
            lambda path: path,
            folder=True,
            parent=parent,
        )

    def run(self, desk: Desk, path: Path) -> Path:
        write_receipts(desk.log, path)
        return path
