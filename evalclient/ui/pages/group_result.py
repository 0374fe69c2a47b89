"""The committee's result of the preliminary review: bidders down, what failed and why, by how many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from evalclient.core.evaluation.results import bids_in_scoring, group_opinions
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, all_opened, bidder_name, reviewed_bids
from evalclient.core.records.acts_committee import CompetitionJudged
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.check_row import CheckRow
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.reason_field import ReasonField


class GroupResult(QFrame):
    """Shown once all reviews are open; asks for a view on competition where too few bids are left."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("group-result")
        self._live = live
        lines = column(gap=2)
        self._lines: Rows[ResultLine] = Rows(lines, lambda _bidder: ResultLine())
        self._card = Card(lambda: self.tr("小组结论（少数服从多数）"), lines)
        self._few = FewValid(live)
        self.setLayout(column(self._card, self._few, STRETCH, gap=8))

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the opened reviews."""
        opened = all_opened(evaluation, "review.sealed")
        self.setVisible(opened)
        if not opened:
            return
        members = len(active_members(evaluation))
        titles = {item.id: item.title for item in evaluation.method.preliminary}
        failed: dict[str, list[tuple[str, int, str]]] = {}
        for entry in group_opinions(evaluation):
            if not entry.passed:
                reason = listed(dict.fromkeys(reason for _, reason in entry.against if reason))
                failed.setdefault(entry.bidder, []).append((entry.item, len(entry.against), reason))
        bids = reviewed_bids(evaluation)
        self._lines.show(bid.bidder for bid in bids)
        for bid in bids:
            found = [(titles[item], votes, reason) for item, votes, reason in failed.get(bid.bidder, [])]
            self._lines[bid.bidder].show_result(bidder_name(evaluation, bid.bidder), found, members)
        self._few.follow(evaluation)


class ResultLine(CheckRow):
    """One bidder: passed, or rejected with items, votes and reasons."""

    def show_result(self, name: str, failed: Sequence[tuple[Say, int, str]], members: int) -> None:
        """``failed``: title, members against, reasons."""
        self.set(not failed, lambda: self._sentences(name, failed, members), self._remark(bool(failed)))
        if failed:
            self.icon.set("circle-x", tone="bad")
            self.remark.set_tone("bad")

    def _sentences(self, name: str, failed: Sequence[tuple[Say, int, str]], members: int) -> str:
        lines = [name]
        lines += [
            self.tr("{title}：{votes}/{members} 票不通过（{reason}）").format(
                title=said(title), votes=votes, members=members, reason=reason
            )
            for title, votes, reason in failed
        ]
        return "\n".join(lines)

    def _remark(self, failed: bool) -> Say:
        return (lambda: self.tr("否决")) if failed else (lambda: self.tr("通过"))


class FewValid(Card):
    """Fewer valid bids than the rules ask for, and the committee judges: does competition remain? (12号令 第二十七条)"""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("有效投标不足：竞争性表决"), parent=parent)
        self._live = live
        self._yes = Button(lambda: self.tr("仍具有竞争性"), kind="option")
        self._no = Button(lambda: self.tr("明显缺乏竞争"), kind="option")
        group = QButtonGroup(self)
        for button, name in ((self._yes, "competitive-yes"), (self._no, "competitive-no")):
            button.setObjectName(name)
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(self._judge)
        self._reason = ReasonField(lambda: self.tr("理由（必填）"), mandatory=True)
        self._reason.text.setObjectName("competitive-reason")
        self._reason.text.textChanged.connect(self._judge)
        self._state = Label("", "secondary", wrap=True)
        self._act = ActLine("judge-competition", lambda: self.tr("签名表决"), self._do, icon="vote", stacked=True)
        self.add(self._state, row(self._yes, self._no, gap=6), self._reason, self._act)

    def follow(self, evaluation: Evaluation) -> None:
        """Only where it is asked for."""
        rule = evaluation.rules.too_few
        valid = len(bids_in_scoring(evaluation))
        self.setVisible(rule.outcome == "committee_judges" and 0 < valid < rule.minimum)
        views = evaluation.competition
        yes = sum(view.competitive for view in views.values())
        no = len(views) - yes
        self._state.say(
            lambda: self.tr("有效投标 {valid} 家，不足 {minimum} 家。已表决：具有竞争性 {yes}，缺乏竞争 {no}。").format(
                valid=valid, minimum=rule.minimum, yes=yes, no=no
            )
        )
        mine = views.get(self._live.person)
        self.mark((lambda: self.tr("您已表决")) if mine else None, "ok")
        self._judge()

    def _judge(self) -> None:
        chosen = self._yes.isChecked() or self._no.isChecked()
        act = CompetitionJudged(competitive=self._yes.isChecked(), reason=self._reason.text.toPlainText().strip())
        if not chosen:
            article = self._live.evaluation.rules.too_few.article
            self._act.refuse(lambda: self.tr("请先选择其中一项。"), article)
        else:
            self._act.judge(self._live.may(act))

    def _do(self) -> None:
        competitive, reason = self._yes.isChecked(), self._reason.text.toPlainText().strip()
        self._act.start(self._live, lambda desk: Expert(desk).judge_competition(competitive, reason))
