"""How it ends (评标结束): refusals to sign, dissolution, each lawful ending with its report, and the handing over."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.verdict import YES, no
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_ending import CommitteeDissolved, ReportRefused
from evalclient.core.report.endings import ENDING_TITLES
from evalclient.core.workflow.gates_ending import next_to_stamp
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.anew_card import AnewCard
from evalclient.ui.pages.ending_card import EndingCard, open_endings
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office, Section
from evalclient.ui.pages.receipts_line import ReceiptsLine
from evalclient.ui.pages.rows import Rows
from evalclient.ui.pages.save_line import SaveLine
from evalclient.ui.pages.stamped_line import StampedLine
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.line_field import LineField


class EndingSection(Section):
    """``end-<ending>`` per lawful ending, ``record-refusal``, ``dissolve``, ``save-archive``, ``save-report``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._ended = EndedCard(office)
        self._anew = AnewCard(office)
        endings = column(gap=10)
        self._endings = Rows(endings, lambda ending: EndingCard(office, ending))
        holder = QWidget()
        holder.setLayout(endings)
        self._refusal = RefusalCard(office.live)
        self._dissolution = DissolutionCard(office.live)
        self.stack(self._ended, self._anew, self._refusal, holder, self._dissolution)

    def tick(self) -> None:
        self._refusal.judge()

    def follow(self, new: Evaluation) -> None:
        self._ended.follow(new)
        self._anew.follow(new)
        self._refusal.follow(new)
        over = new.ending is not None
        lawful = open_endings(self.live)
        first = sorted(new.rules.endings, key=lambda ending: ending not in lawful)
        self._endings.show(() if over else first)
        for card in self._endings:
            card.follow(new)
        self._dissolution.follow(new)


class EndedCard(Card):
    """After the end: ending and ground, archive and report as files."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("评标已结束"), parent=parent)
        self.setObjectName("ended-card")
        self._office = office
        self._what = Label("", wrap=True)
        self._what.setObjectName("ended-how")
        self._stamped = StampedLine()
        live = office.live
        self._archive = SaveLine(
            "archive",
            live,
            lambda: self.tr("档案保存到"),
            lambda: self.tr("评标档案 (*.zip)"),
            lambda: self.tr("导出档案"),
            self._save_archive,
        )
        self._report = SaveLine(
            "report",
            live,
            lambda: self.tr("评标报告保存到"),
            lambda: self.tr("评标报告 (*.pdf)"),
            lambda: self.tr("保存评标报告"),
            self._save_report,
        )
        self._how = Label(
            lambda: self.tr("任何人可用“evalclient verify 档案 --genesis 指纹”核验档案，不依赖评标中心。"),
            "caption",
            wrap=True,
        )
        self.add(self._what, self._stamped, self._archive, self._report, ReceiptsLine(live), self._how)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown once it is over, and all of it is in the centre's log."""
        ending = evaluation.ending
        self.setVisible(ending is not None)
        if ending is None:
            return
        title, article = ENDING_TITLES[ending.ending], evaluation.rules.ending_article(ending.ending)
        self.mark(title, "ok" if ending.ending == "awarded" else "warn")
        self._what.say(with_article(ending.ground, article))
        self._stamped.follow(evaluation)
        sent = self._office.live.logged.ending is not None
        verdict = (
            YES
            if sent
            else no(
                "结束记录尚未送达评标中心。",
                "The centre has not received the end yet.",
                evaluation.rules.article("evaluation.ended"),
            )
        )
        self._archive.judge(verdict)
        code = evaluation.tender.code
        self._archive.suggest(f"{code}-archive.zip")
        self._report.suggest(f"{code}-report.pdf")

    def _save_archive(self, path: Path) -> Path:
        return self._office.files.save_archive(path)

    def _save_report(self, path: Path) -> Path:
        return self._office.files.save_report(path)


class RefusalCard(Card):
    """``refusal-member``, ``refusal-ground``, ``record-refusal``: a member neither signs nor dissents in writing."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("记录拒绝签字"), parent=parent)
        self._live = live
        self._member = Choice("refusal-member", lambda: self.tr("评委"))
        self._ground = LineField("refusal-ground", lambda: self.tr("拒绝签字的情况"))
        self._refused = Label("", "caption", wrap=True)
        fields = row(self._member, self._ground, gap=8)
        fields.setStretch(0, 1)
        fields.setStretch(1, 3)
        self._act = ActLine("record-refusal", lambda: self.tr("签名记录"), self._record, icon="pen-line", kind="plain")
        self.add(self._refused, fields, self._act)
        self._member.currentIndexChanged.connect(self.judge)
        self._ground.textChanged.connect(self.judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown while the report is being signed."""
        report = evaluation.report
        self.setVisible(evaluation.stage == "report" and report is not None)
        if report is None:
            return
        rule = evaluation.rules.dissent
        self.caption.say(with_article(rule.text, rule.article))
        self.caption.show()
        members = [member.person for member in active_members(evaluation)]
        turn = next_to_stamp(evaluation)
        waiting = [
            person
            for person in members
            if person not in report.refused and (person not in report.signed or person == turn)
        ]
        self._member.offer([(person, self._live.name(person)) for person in waiting])
        self._refused.setVisible(bool(report.refused))
        lines = [f"{self._live.name(person)}：{ground}" for person, ground in report.refused.items()]
        self._refused.say("\n".join(lines))
        count, everybody = len(report.signed), len(members)
        self.mark(lambda: self.tr("已签署 {count}/{everybody}").format(count=count, everybody=everybody), "neutral")
        self.judge()

    def judge(self, *_of: object) -> None:
        """Whether it may be recorded now; time passes without a record."""
        if self.isHidden():
            return
        verdict = self._live.may(ReportRefused(member=self._member.value or "m", ground=self._ground.value))
        self._act.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)

    def _record(self) -> None:
        member, ground = self._member.value, self._ground.value
        self._act.start(
            self._live, lambda desk: Organiser(desk).record_refusal(member, ground), partial(self._recorded, ground)
        )

    def _recorded(self, ground: str, _record: object) -> None:
        if self._ground.value == ground:
            self._ground.clear()


class DissolutionCard(Card):
    """``dissolve-ground``, ``dissolve``, asked once more before it is signed."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("解散评标委员会，重新组建"), parent=parent)
        self._live = live
        self._ground = LineField("dissolve-ground", lambda: self.tr("解散的原因（组成违法、不能继续等）"))
        self._act = ActLine("dissolve", lambda: self.tr("解散评标委员会…"), self._sure, icon="user-x", kind="danger")
        form = QWidget()
        form.setLayout(column(self._ground, self._act, gap=8))
        self._confirm = ConfirmPanel(form)
        self._confirm.setObjectName("confirm-dissolve")
        self._confirm.yes.setObjectName("confirm-dissolve-yes")
        self.add(form, self._confirm)
        self._ground.textChanged.connect(self._judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown from the check-in on, while the committee stands."""
        waiting = evaluation.stage in ("opening", "ready", "archive", "ended")
        self.setVisible(not waiting and not evaluation.dissolved)
        rule = evaluation.rules.endings.get("new_committee")
        if rule is not None:
            self.caption.say(with_article(rule.text, rule.article))
            self.caption.show()
        self._judge()

    def _judge(self) -> None:
        self._act.judge(self._live.may(CommitteeDissolved(ground=self._ground.value)))

    def _sure(self) -> None:
        self._confirm.ask(
            lambda: self.tr("确定解散本评标委员会吗？"),
            lambda: self.tr("解散后本委员会不能再办理任何事项，全部评审资料封存，须另行组建评标委员会重新评标。"),
            lambda: self.tr("签名解散"),
            self._dissolve,
            "bad",
        )

    def _dissolve(self) -> None:
        ground = self._ground.value
        self._act.start(self._live, lambda desk: Organiser(desk).dissolve(ground))
