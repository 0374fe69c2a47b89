"""The leader: elected by secret ballot, with further ballots on a tie, or named where the rules allow it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QSizePolicy, QWidget

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.verdict import Verdict, no
from evalclient.core.evaluation.views import active_members, seal_by
from evalclient.core.records.acts_committee import Vote
from evalclient.desk.expert import Expert
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import listed, with_article
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.theme import set_variant
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, column, row, scrolled
from evalclient.ui.widgets.snug import Snug


class CandidateRow(Snug):
    """One member who may be chosen, or why not."""

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = Icon("user", size=22)
        self._name = Label("", "heading")
        self._place = Label("", "caption", wrap=True)
        self.chip = Chip()
        self.button = Button(lambda: self.tr("选择"), kind="option")
        self.button.setObjectName(f"vote-{person}")
        self.button.setCheckable(True)
        layout = row(
            self._icon, column(self._name, self._place, gap=0), self.chip, self.button, gap=14, margins=(14, 4)
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def describe(self, name: str, place: Say) -> None:
        """Name and place."""
        self._name.say(name)
        self._place.say(place)
        self.button.say(
            lambda: self.tr("已选择") if self.button.isChecked() else self.tr("选择"),
        )
        self.button.setAccessibleName(self.tr("推选{name}为组长").format(name=name))


class LeaderPage(MemberPage):
    """``vote-<member>`` chooses, ``seal-vote`` signs and seals the vote."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._chosen = ""
        self._state = Label("", "secondary", wrap=True)
        rows = column(gap=8)
        self._rows = Rows(rows, self._make_row)
        self._act = ActLine("seal-vote", lambda: self.tr("签名并投票"), self._vote, icon="vote")
        self._tally = Label("", tone="warn", wrap=True)
        self._card = Card(lambda: self.tr("推选评标委员会组长"), self._state, self._tally, rows, self._act)
        holder = QWidget()
        holder.setLayout(column(self._card, STRETCH, gap=12, margins=(0, 12)))
        self.body.addWidget(scrolled(centred(holder, 820)))

    def next_act(self, evaluation: Evaluation) -> Say:
        if evaluation.leader:
            name = self.live.name(evaluation.leader)
            return lambda: self.tr("组长已产生：{name}。").format(name=name)
        if "vote" not in evaluation.rules.leader.by:
            return lambda: self.tr("无须操作：本项目组长由招标人确定。")
        if self._voted(evaluation):
            return lambda: self.tr("您已投票：请等候其他评委投票。")
        ballot = evaluation.ballot
        return lambda: self.tr("请选择一名评委并签名投票（第 {ballot} 次投票）。").format(ballot=ballot)

    def follow(self, new: Evaluation, old: Evaluation | None) -> None:
        if old is not None and old.ballot != new.ballot:
            self._chosen = ""
        members = active_members(new)
        self._rows.show(member.person for member in members)
        for member in members:
            self._show_member(new, member)
        self._card.mark(self._mark(new), "ok" if new.leader else "primary")
        self._state.say(self._state_words(new))
        self._act.setVisible(not new.leader and "vote" in new.rules.leader.by)
        self._judge(new)
        self._show_ballots(new)

    def _show_member(self, evaluation: Evaluation, member: Member) -> None:
        line = self._rows[member.person]
        sites = {site.id: site.name for site in evaluation.founding.sites}
        site = sites.get(member.site, member.site)
        representative = member.kind == "representative"
        own = member.person == self.live.person
        line.describe(self.live.name(member.person), lambda: self._place(site, representative, own))
        refused = representative and not evaluation.rules.leader.representative_may_lead
        voting = not evaluation.leader and not self._voted(evaluation)
        line.button.setVisible(voting and "vote" in evaluation.rules.leader.by)
        line.button.setChecked(member.person == self._chosen)
        set_variant(line, "role", "notice" if member.person == self._chosen else "inset")
        set_variant(line, "tone", "primary" if member.person == self._chosen else "")
        line.chip.setVisible(refused or evaluation.leader == member.person)
        if evaluation.leader == member.person:
            line.chip.set("ok", lambda: self.tr("组长"), "crown")
        elif refused:
            reason = with_article(lambda: self.tr("招标人（采购人）代表不得担任组长"), evaluation.rules.leader.article)
            line.button.refuse(reason)
            line.chip.set("neutral", reason, "circle-minus")

    def _place(self, site: str, representative: bool, own: bool) -> str:
        kind = self.tr("招标人（采购人）代表") if representative else self.tr("评标专家")
        return " · ".join([kind, site, *([self.tr("本人")] if own else [])])

    def _mark(self, evaluation: Evaluation) -> Say:
        if evaluation.leader:
            return lambda: self.tr("已产生")
        return lambda: self.tr("第 {ballot} 次投票").format(ballot=evaluation.ballot)

    def _state_words(self, evaluation: Evaluation) -> Say:
        rule = evaluation.rules.leader
        if "vote" not in rule.by:
            return rule.text
        sealed = sum(self._sealed(evaluation, member.person) for member in active_members(evaluation))
        everybody = len(active_members(evaluation))
        return lambda: self.tr(
            "无记名投票，得票最多者当选；得票相同则再次投票。选票先封存，全体投完后同时公开。已投 {sealed}/{everybody}。"
        ).format(sealed=sealed, everybody=everybody)

    def _show_ballots(self, evaluation: Evaluation) -> None:
        counts = self._earlier(evaluation)
        self._tally.setVisible(bool(counts))
        lines = []
        for ballot, votes in counts.items():
            result = listed(f"{self.live.name(person)} {count}" for person, count in votes.most_common())
            lines.append((ballot, result))
        self._tally.say(
            lambda: "\n".join(
                self.tr("第 {ballot} 次投票：{result}（票）").format(ballot=ballot, result=result)
                for ballot, result in lines
            )
        )

    def _earlier(self, evaluation: Evaluation) -> dict[int, Counter[str]]:
        """Opened ballots: how many votes each got, never who gave them."""
        counts: dict[int, Counter[str]] = {}
        for seal in evaluation.seals.values():
            finished = seal.ballot < evaluation.ballot or bool(evaluation.leader)
            if seal.kind == "vote.sealed" and finished and not seal.void and isinstance(seal.content, Vote):
                counts.setdefault(seal.ballot, Counter())[seal.content.candidate] += 1
        return counts

    def _judge(self, evaluation: Evaluation) -> None:
        article = evaluation.rules.leader.article
        if self._voted(evaluation):
            self._act.refuse(lambda: self.tr("您已投票，等待其他评委。"), article)
        elif not self._chosen:
            self._act.judge(self._nobody(article))
        else:
            name = self.live.name(self._chosen)
            self._act.allow(lambda: self.tr("将用您的证书签名，投给 {name}；投出后不显示给任何人。").format(name=name))

    def _nobody(self, article: str) -> Verdict:
        return no("请先选择一名评委。", "Choose a member first.", article)

    def _voted(self, evaluation: Evaluation) -> bool:
        return self._sealed(evaluation, self.live.person)

    def _sealed(self, evaluation: Evaluation, person: str) -> bool:
        return seal_by(evaluation, person, "vote.sealed") is not None

    def _make_row(self, person: str) -> CandidateRow:
        line = CandidateRow(person)
        line.button.clicked.connect(lambda: self._choose(person))
        return line

    def _choose(self, person: str) -> None:
        self._chosen = person
        self.follow(self.live.evaluation, self.live.evaluation)

    def _vote(self) -> None:
        candidate = self._chosen
        self._act.start(self.live, lambda desk: Expert(desk).vote(candidate), self._voted_now)

    def _voted_now(self, _record: object) -> None:
        self._chosen = ""
        self.follow(self.live.evaluation, None)
