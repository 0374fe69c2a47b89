"""Recording a revocation list that is newer than record 0 (证书吊销列表)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_founding import RevocationListed
from evalclient.desk.chosen_files import read_chosen
from evalclient.desk.desk import Desk
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.path_field import PathField

#: more than a record has room for, in PEM too: the refusal then speaks of the list, not of its end
_LARGEST: Final = 4 << 20


class RevocationCard(Card):
    """``revocation-path``, ``list-revocations``."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: self.tr("证书吊销列表"),
            caption=lambda: self.tr(
                "评标过程中得知有证书被吊销的，或原有列表已旧的，登记签发机构新发布的吊销列表或 OCSP 响应：自登记起，被吊销的证书所签的记录不生效；此前的记录不受影响。"
            ),
            parent=parent,
        )
        self._live = live
        self._path = PathField(
            "revocation-path",
            lambda: self.tr("吊销列表文件"),
            lambda: self.tr("吊销列表或 OCSP 响应 (*.crl *.ors *.der *.pem)"),
        )
        self._act = ActLine(
            "list-revocations", lambda: self.tr("签名登记吊销列表"), self._record, icon="shield-alert", kind="plain"
        )
        self.add(self._path, self._act)
        self._path.field.textChanged.connect(self._judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown until the evaluation is over."""
        self.setVisible(evaluation.ending is None)
        count = len(evaluation.roster.revocations)
        self.mark((lambda: self.tr("已登记 {count} 份").format(count=count)) if count else None, "neutral")
        self._judge()

    def _judge(self) -> None:
        verdict = self._live.may(RevocationListed(crl=b"", issuer=b""))
        if verdict.allowed and self._path.path is None:
            self._act.refuse(lambda: self.tr("请选择吊销列表文件。"))
        else:
            self._act.judge(verdict)

    def _record(self) -> None:
        path = self._path.path
        if path is not None:
            self._act.start(self._live, partial(_list, path=path), self._recorded)

    def _recorded(self, _record: object) -> None:
        self._path.clear()


def _list(desk: Desk, *, path: Path) -> str:
    return Organiser(desk).list_revocations(read_chosen(path, _LARGEST))
