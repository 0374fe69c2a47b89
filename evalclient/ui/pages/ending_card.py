"""One lawful ending: its rule, whether its condition is met, the ground, the report, and the signature that ends it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.records.acts_ending import Ending, EvaluationEnded
from evalclient.core.report.endings import ENDING_TITLES
from evalclient.core.workflow.gates_ending import final_document
from evalclient.desk.chosen_files import write_chosen
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office
from evalclient.ui.pages.save_line import SaveLine
from evalclient.ui.texts import language
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column
from evalclient.ui.widgets.line_field import LineField

#: stands for the digest of a report that is made only with the act
_REPORT_TO_COME: Final = "0" * 64


def may_end(live: Live, ending: Ending, ground: str = "—") -> Verdict:
    """Whether the organiser may end it so now, with this ground and the report that belongs to it."""
    made = final_document(live.evaluation) if ending == "awarded" else ""
    document = made or _REPORT_TO_COME
    return live.may(EvaluationEnded(ending=ending, ground=ground, document=document))


def open_endings(live: Live) -> tuple[Ending, ...]:
    """The lawful endings whose conditions are met now."""
    return tuple(rule.ending for rule in live.evaluation.rules.endings.values() if may_end(live, rule.ending).allowed)


class EndingCard(Card):
    """``end-ground-<ending>``, ``prepare-<ending>``, ``save-<ending>``, ``end-<ending>``; no form where it may not be."""

    def __init__(self, office: Office, ending: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setObjectName(f"ending-{ending}")
        self._office = office
        self._live = office.live
        self._ending = self._live.evaluation.rules.endings[ending].ending
        self._report = b""
        self.title.say(ENDING_TITLES[self._ending])
        self.title.show()
        self._why = Label("", "caption", wrap=True)
        self._why.setObjectName(f"why-not-{ending}")
        self._ground = LineField(f"end-ground-{ending}", lambda: self.tr("结束的依据和具体情况"))
        self._made = Label("", "caption", wrap=True)
        self._made.setObjectName(f"report-of-{ending}")
        self._prepare = Button(lambda: self.tr("生成情况报告"), icon="file-check", on=self._make)
        self._prepare.setObjectName(f"prepare-{ending}")
        self._save = SaveLine(
            ending,
            self._live,
            lambda: self.tr("情况报告保存到"),
            lambda: self.tr("情况报告 (*.pdf)"),
            lambda: self.tr("保存报告"),
            self._write,
        )
        self._act = ActLine(
            f"end-{ending}", lambda: self.tr("签名结束评标"), self._end, icon="gavel", before=(self._prepare,)
        )
        self._form = QWidget()
        self._form.setLayout(column(self._ground, self._made, self._save, self._act, gap=8))
        self.add(self._why, self._form)
        self._ground.textChanged.connect(self._grounded)

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the condition."""
        rule = evaluation.rules.endings[self._ending]
        self.caption.say(with_article(rule.text, rule.article))
        verdict = may_end(self._live, self._ending)
        self.caption.setVisible(verdict.allowed)
        self._why.setVisible(not verdict.allowed)
        self._form.setVisible(verdict.allowed)
        self.mark(
            (lambda: self.tr("具备条件")) if verdict.allowed else (lambda: self.tr("不具备条件")),
            "primary" if verdict.allowed else "neutral",
        )
        if verdict.reason is not None:
            self._report = b""
            self._why.say(with_article(by_name(evaluation, verdict.reason), verdict.article))
            return
        if not self._ground.text():
            self._ground.setText(rule.text.text(language()) if self._ending == "awarded" else "")
        self._save.suggest(f"{evaluation.tender.code}-{self._ending}.pdf")
        self._judge()

    def _grounded(self) -> None:
        if self._ending != "awarded":
            self._report = b""
        self._judge()

    def _judge(self) -> None:
        verdict = may_end(self._live, self._ending, self._ground.value)
        awarded = self._ending == "awarded"
        self._prepare.setVisible(not awarded)
        self._prepare.refuse(with_article(verdict.reason, verdict.article) if verdict.reason is not None else None)
        self._save.setVisible(bool(self._report))
        self._made.setVisible(bool(self._report) or awarded)
        size = f"{len(self._report) / 1024:.0f}"
        self._made.say(
            (lambda: self.tr("以经评委签章的最终评标报告结束。"))
            if awarded
            else (lambda: self.tr("情况报告已生成（{size} KB），核对后签名。").format(size=size))
        )
        if not verdict.allowed:
            self._act.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)
        elif not awarded and not self._report:
            self._act.refuse(lambda: self.tr("请先生成情况报告。"), self._article())
        else:
            self._act.allow(lambda: self.tr("签名后评标结束，任何人不能再办理事项。"))

    def _article(self) -> str:
        return self._live.evaluation.rules.ending_article(self._ending)

    def _make(self) -> None:
        ending, ground = self._ending, self._ground.value
        reports = self._office.reports
        self._prepare.refuse(lambda: self.tr("正在生成…"))
        self._live.act(lambda _desk: reports.render_ending(ending, ground), done=self._rendered, failed=self._not_made)

    def _rendered(self, report: bytes) -> None:
        self._report = report
        self._judge()

    def _not_made(self, refusal: Refusal) -> None:
        self._judge()
        self._live.refused.emit(refusal)

    def _write(self, path: Path) -> Path:
        return write_chosen(path, self._report)

    def _end(self) -> None:
        ending, ground, report, reports = self._ending, self._ground.value, self._report, self._office.reports
        self._act.start(
            self._live,
            lambda desk: Organiser(desk).end(ending, ground, report or reports.final_document()),
        )
