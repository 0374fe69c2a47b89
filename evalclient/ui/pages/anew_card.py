"""After an evaluation has ended for a new committee: found another in its place, from the same papers (重新组建)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_founding import Continuation
from evalclient.desk.continuing import continuation_of
from evalclient.ui.live import Refusal
from evalclient.ui.pages.office import Office
from evalclient.ui.pages.save_line import SaveLine
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.layout import STRETCH, row


class AnewCard(Card):
    """``papers-path``, ``save-papers``; ``found-anew`` leads to the publishing page."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: self.tr("重新组建评标委员会，发布接续项目"),
            caption=lambda: self.tr(
                "新项目的创建记录载明本项目的指纹、日志和结束原因。先另存本项目的发布资料，在 tender.json 中改定新的投标截止时间，再发布；投标文件由各投标人向新项目重新递交。"
            ),
            parent=parent,
        )
        self.setObjectName("anew-card")
        self._office = office
        self._papers = SaveLine(
            "papers",
            office.live,
            lambda: self.tr("发布资料另存为文件夹"),
            "",
            lambda: self.tr("另存发布资料"),
            self._save,
            folder=True,
        )
        self._go = Button(lambda: self.tr("发布接续项目…"), icon="send", kind="primary", on=self._ask)
        self._go.setObjectName("found-anew")
        self.add(self._papers, row(STRETCH, self._go))

    def follow(self, evaluation: Evaluation) -> None:
        """Shown once the log at the centre ends for a new committee."""
        ending = self._office.live.logged.ending
        self.setVisible(ending is not None and ending.ending == "new_committee")
        self._papers.suggest(f"{evaluation.tender.code}-again")

    def _save(self, path: Path) -> Path:
        return self._office.files.save_tender_folder(path)

    def _ask(self) -> None:
        self._go.setEnabled(False)
        self._office.live.act(continuation_of, done=self._found, failed=self._refused)

    def _found(self, continues: object) -> None:
        self._go.setEnabled(True)
        if isinstance(continues, Continuation):
            self._office.found_anew(continues, self._papers.saved)

    def _refused(self, refusal: Refusal) -> None:
        self._go.setEnabled(True)
        self._office.live.refused.emit(refusal)
