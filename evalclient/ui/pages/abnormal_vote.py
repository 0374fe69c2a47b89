"""Whether another member's scores of a bid are abnormal (畸高、畸低认定): one's view with a reason, and how the vote stands."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, replaced_scores
from evalclient.core.records.acts_committee import AbnormalJudged
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row


class AbnormalVote(QFrame):
    """``abnormal-yes-<n>``, ``abnormal-no-<n>``, ``abnormal-reason-<n>`` and ``judge-abnormal-<n>``."""

    def __init__(self, live: Live, member: str, bidder: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._member, self._bidder = live, member, bidder
        self._state = Label("", "secondary", wrap=True)
        self._yes = Button(lambda: self.tr("评分异常"), kind="option")
        self._no = Button(lambda: self.tr("不异常"), kind="option")
        group = QButtonGroup(self)
        for button, name in ((self._yes, "yes"), (self._no, "no")):
            button.setObjectName(f"abnormal-{name}-{number}")
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(self._judge)
        self._reason = QLineEdit()
        self._reason.setObjectName(f"abnormal-reason-{number}")
        self._reason.textChanged.connect(self._judge)
        self._act = ActLine(f"judge-abnormal-{number}", lambda: self.tr("签名表决"), self._do, icon="vote")
        self._input = QFrame()
        line = row(self._yes, self._no, self._reason, gap=8)
        line.setStretch(2, 1)
        self._input.setLayout(column(line, self._act, gap=6))
        self.setLayout(column(self._state, self._input, gap=6))

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the vote."""
        prompt = self.tr("认定理由（必填）")
        self._reason.setPlaceholderText(prompt)
        self._reason.setAccessibleName(prompt)
        views = evaluation.abnormal.get((self._member, self._bidder), {})
        yes, members = sum(view.abnormal for view in views.values()), len(active_members(evaluation))
        replaced = (self._member, self._bidder) in replaced_scores(evaluation)
        self._state.say(
            (
                lambda: self.tr("{yes}/{members} 名成员认定评分异常：以其他评委的平均值替代。").format(
                    yes=yes, members=members
                )
            )
            if replaced
            else lambda: self.tr(
                "过半数成员认定评分异常的，以其他评委的平均值替代。现有 {yes}/{members} 名成员认定。"
            ).format(yes=yes, members=members)
        )
        self._input.setVisible(self._live.person != self._member and self._live.person not in views)
        self._judge()

    def _view(self) -> AbnormalJudged:
        return AbnormalJudged(
            member=self._member,
            bidder=self._bidder,
            abnormal=self._yes.isChecked(),
            reason=self._reason.text().strip(),
        )

    def _judge(self) -> None:
        if not (self._yes.isChecked() or self._no.isChecked()):
            article = self._live.evaluation.rules.recheck.article
            self._act.refuse(lambda: self.tr("请先选择其中一项。"), article)
        else:
            self._act.judge(self._live.may(self._view()))

    def _do(self) -> None:
        act = self._view()
        self._act.start(self._live, lambda desk: Expert(desk).judge_abnormal(act))
