"""How everybody's certificate stands now, by which revocation list and how old that is (证书状态)."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_founding import RevocationRule
from evalclient.desk.certificate_states import CertificateState, CertificateStates, certificate_states
from evalclient.ui.live import Live
from evalclient.ui.pages.grid import Grid
from evalclient.ui.pages.office import local
from evalclient.ui.texts import said
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.data_table import TableCell, TableColumn, TableRow
from evalclient.ui.widgets.labels import Label

_TONES: Final[dict[str, Tone]] = {"counts": "ok", "caution": "warn", "refused": "bad"}


class CertificatesCard(Card):
    """``certificates``: everybody who is signed in; ``certificates-rule``: what holds where a list is old or missing."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("证书状态"), parent=parent)
        self._live = live
        self._rule = Label("", "caption", wrap=True)
        self._rule.setObjectName("certificates-rule")
        self._grid = Grid(
            "certificates",
            (
                TableColumn(lambda: self.tr("人员"), 200),
                TableColumn(lambda: self.tr("证书"), 150),
                TableColumn(lambda: self.tr("依据"), 0),
            ),
        )
        self.add(self._rule, self._grid)
        self._shown: object = None
        self._asked = False

    def follow(self, evaluation: Evaluation) -> None:
        """Asked anew where somebody has signed in or a list has come; ages are those of that moment."""
        rule = evaluation.founding.revocation_rule
        self._rule.say(lambda: self._rule_words(rule))
        now = (evaluation.roster.current, evaluation.roster.revocations)
        if now != self._shown:
            self._shown = now
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown is not None:
            self._ask()

    def _ask(self) -> None:
        if not self._asked:
            self._asked = True
            self._live.act(certificate_states, self._show, lambda _refusal: self._show(None))

    def _show(self, found: CertificateStates | None) -> None:
        self._asked = False
        if found is None:
            return
        at = found.at
        self.mark(lambda: self.tr("截至 {time}").format(time=local(at, "%H:%M")), "neutral")
        self._grid.set_rows([self._row(state) for state in found.states])

    def _row(self, state: CertificateState) -> TableRow:
        titles = {
            "counts": self.tr("有效"),
            "caution": self.tr("有效，未核实"),
            "refused": self.tr("不予认可"),
        }
        words = said(state.words)
        return (
            self._live.name(state.person),
            TableCell(titles[state.standing], _TONES[state.standing], tip=words),
            TableCell(words, tip=words),
        )

    def _rule_words(self, rule: RevocationRule) -> str:
        if rule.unknown == "refuse":
            return self.tr("本项目规定：没有未过更新期的吊销列表或 OCSP 响应可依的证书，不予认可。")
        if rule.unknown == "accept":
            return self.tr(
                "本项目规定：吊销列表或 OCSP 响应已过更新期的，自签发起 {hours} 小时内仍可依；无可依的，不予认可。"
            ).format(hours=rule.hours)
        return self.tr("本项目规定：没有未过更新期的吊销列表或 OCSP 响应可依的证书，予以认可并提示。")
