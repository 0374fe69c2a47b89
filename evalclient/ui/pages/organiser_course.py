"""The procedure (评标进程): the stage's end while there is no leader, release to the committee, the leader, going back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.evaluation.views import active_members, has_access, reviewed_bids
from evalclient.core.records.acts_committee import StageClosed
from evalclient.core.workflow.stage_ends import can_end, closing_ids, conclusion
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.chair import Chair
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.certificates_card import CertificatesCard
from evalclient.ui.pages.draw_card import DrawCard
from evalclient.ui.pages.key_release_card import KeyReleaseCard, bodies_shut
from evalclient.ui.pages.leader_card import LeaderCard
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office, Section
from evalclient.ui.pages.one_day_card import IssueCard
from evalclient.ui.pages.recovery_card import RecoveryCard
from evalclient.ui.pages.revocation_card import RevocationCard
from evalclient.ui.pages.rollback_card import RollbackCard
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import FlowLayout


class CourseSection(Section):
    """``close-stage``, ``release-…``, ``name-leader``, ``request-recovery``, ``request-rollback``, ``list-revocations``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._stage = StageCard(office.live)
        self._leader = LeaderCard(office.live)
        self._draw = DrawCard(office.live, party=False, all_times=True)
        self._release = ReleaseCard(office.live)
        self._recovery = RecoveryCard(office.live)
        self._shares = KeyReleaseCard(office.live, office.clock, office.key_release, bodies_shut)
        self._back = RollbackCard(office.live)
        self._day = IssueCard(office.live)
        self._certificates = CertificatesCard(office.live)
        self._revocations = RevocationCard(office.live)
        self.stack(
            self._stage,
            self._day,
            self._draw,
            self._recovery,
            self._shares,
            self._leader,
            self._release,
            self._back,
            self._revocations,
            self._certificates,
        )

    def follow(self, new: Evaluation) -> None:
        self._stage.follow(new)
        self._leader.follow(new)
        self._release.follow(new)
        self._draw.follow(new)
        self._recovery.follow(new)
        self._shares.follow(new)
        self._back.follow(new)
        self._certificates.follow(new)
        self._day.follow(new)
        self._revocations.follow(new)

    def tick(self) -> None:
        self._stage.judge()
        self._recovery.judge()


class StageCard(Card):
    """What the present stage still needs, and its end."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._live = live
        self.title.show()
        self._waits = Label("", wrap=True)
        self._waits.setObjectName("stage-needs")
        self._act = ActLine("close-stage", lambda: self.tr("签名结束本环节"), self._close, icon="list-checks")
        self.add(self._waits, self._act)

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the stage."""
        title = STAGE_TITLES[evaluation.stage]
        self.title.say(lambda: self.tr("当前环节：{stage}").format(stage=said(title)))
        number = evaluation.round
        self.mark((lambda: self.tr("第 {number} 轮").format(number=number)) if number > 1 else None, "warn", "history")
        over = evaluation.stage in ("archive", "ended")
        self._act.setVisible(not over)
        ready = can_end(evaluation)
        if ready.reason is not None:
            self._waits.say(with_article(by_name(evaluation, ready.reason), ready.article))
        else:
            self._waits.say(lambda: self.tr("本环节所需的记录已齐备。"))
        self.judge()

    def judge(self) -> None:
        """Whether it may be ended from here now; time passes without a record."""
        evaluation = self._live.evaluation
        if evaluation.stage in ("archive", "ended"):
            return
        ready = can_end(evaluation)
        verdict = self._live.may(_end_of(evaluation)) if ready.allowed else ready
        following = STAGE_TITLES[STAGES[stage_index(evaluation.stage) + 1]]
        leads = bool(evaluation.leader)
        self._act.button.set_kind("plain" if leads else "primary")
        if ready.allowed and verdict.reason is not None:
            self._act.refuse(by_name(evaluation, verdict.reason), verdict.article)
        elif not verdict.allowed:
            self._act.refuse(lambda: self.tr("尚不能结束本环节。"))
        elif leads:
            self._act.allow(lambda: self.tr("环节由组长结束；仅在组长不能办理时由组织方结束。"))
        else:
            self._act.allow(lambda: self.tr("结束后进入“{stage}”。").format(stage=said(following)))

    def _close(self) -> None:
        self._act.start(self._live, lambda desk: Chair(desk).close_stage())


def _end_of(evaluation: Evaluation) -> StageClosed:
    return StageClosed(stage=evaluation.stage, closes=closing_ids(evaluation), conclusion=conclusion(evaluation))


class ReleaseCard(Card):
    """Release to the committee: keys go to each member's session by themselves, once he has pledged."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: self.tr("向评委开放投标文件"),
            caption=lambda: self.tr(
                "评委签署承诺并声明无须回避后，本席位自动把密钥授予其当前登录的会话；接替者和换席位的评委另行授予。"
            ),
            parent=parent,
        )
        self._live = live
        self._chips = FlowLayout(gap=8)
        self._rows: Rows[Chip] = Rows(self._chips, self._make)
        self.add(self._chips)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown from the pledge on."""
        self.setVisible(stage_index(evaluation.stage) >= stage_index("pledge"))
        members = active_members(evaluation)
        self._rows.show(member.person for member in members)
        granted = 0
        for member in members:
            has = has_access(evaluation, member.person)
            granted += has
            name = self._live.name(member.person)
            self._rows[member.person].set("ok" if has else "neutral", name, "lock-open" if has else "lock")
        bids, everybody = len(reviewed_bids(evaluation)), len(members)
        self.mark(
            lambda: self.tr("{bids} 份投标文件，已授予 {granted}/{everybody}").format(
                bids=bids, granted=granted, everybody=everybody
            ),
            "ok" if members and granted == everybody else "neutral",
            "key-round",
        )

    def _make(self, person: str) -> Chip:
        chip = Chip()
        chip.setObjectName(f"release-{person}")
        return chip
