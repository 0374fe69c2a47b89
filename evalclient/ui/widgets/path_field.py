"""A file to read or to write, or a folder: typed, or chosen in the system's dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.layout import row
from evalclient.ui.widgets.line_field import LineField


class PathField(QWidget):
    """``named(path)`` when a path has been chosen, or typed and left.

    ``saves``: the file is to be written; ``folder``: a folder is wanted, ``kinds`` then mean nothing.
    """

    named = Signal(str)

    def __init__(
        self,
        name: str,
        prompt: Say,
        kinds: Say = "",
        *,
        saves: bool = False,
        folder: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prompt, self._kinds, self._saves, self._folder = prompt, kinds, saves, folder
        self.field = LineField(name, prompt)
        self.browse = Button(lambda: self.tr("选择…"), icon="folder", on=self._browse)
        self.browse.setObjectName(f"{name}-browse")
        layout = row(self.field, self.browse, gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.field)
        self._told = ""
        self.field.editingFinished.connect(self._tell)

    @property
    def path(self) -> Path | None:
        """The path typed, None while there is none."""
        return Path(self.field.value).expanduser() if self.field.value else None

    def clear(self) -> None:
        """Forget the path."""
        self._told = ""
        self.field.clear()

    def suggest(self, file: str) -> None:
        """A path to begin with, where nothing has been typed."""
        if not self.field.text():
            self.field.setText(file)

    def _browse(self) -> None:
        start = self.path or Path.home()
        dialog = QFileDialog(self, said(self._prompt), str(start.parent if start.name else start))
        if self._folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setNameFilters([said(self._kinds), self.tr("所有文件 (*)")])
        if self._saves:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(start.name)
        elif not self._folder:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, file: str) -> None:
        self.field.setText(file)
        self._tell()

    def _tell(self) -> None:
        if self.field.value != self._told:
            self._told = self.field.value
            self.named.emit(self._told)
