"""What stands around the page: who is here, the stages, the status strip, and messages about link and own records."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from evalclient.app.link import LinkState, Phase
from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.law_words import cited
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.stages import ROLE_TITLES, STAGE_TITLES
from evalclient.desk.desk import Desk
from evalclient.desk.late_drafts import adopt_late_drafts, late_drafts
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.pages.names import by_name, seat_of
from evalclient.ui.pages.office import countdown, seconds_between
from evalclient.ui.texts import Say, language
from evalclient.ui.widgets.notices import Action
from evalclient.ui.widgets.status_strip import Status, SyncState
from evalclient.ui.widgets.stepper import Step, StepState

if TYPE_CHECKING:
    from evalclient.app.sitting import Sitting

SECOND_MS: Final = 1_000
_SYNC: Final[dict[Phase, SyncState]] = {
    "offline": "offline",
    "trouble": "offline",
    "superseded": "offline",
    "alarm": "alarm",
}


class Surroundings(QObject):
    """Follows a sitting and keeps the frame's bar, stages, strip and banners up to date."""

    def __init__(self, frame: Frame, sitting: Sitting) -> None:
        super().__init__(frame)
        self._frame = frame
        self._sitting = sitting
        self._live = sitting.live
        self._known_refusals = 0
        self._told_without_effect = len(self._own_without_effect(self._live.evaluation))
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        sitting.live.changed.connect(self._changed)
        sitting.link.changed.connect(self._linked)
        self._follow(self._live.evaluation)
        if any(
            self._live.evaluation.without_effect[at].kind == "draft.saved"
            for at in self._own_without_effect(self._live.evaluation)
        ):
            self._ask_for_late_drafts()
        self._tick()

    def stop(self) -> None:
        """No more ticks."""
        self._timer.stop()

    # -- the evaluation --------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _changed(self, new: object, _old: object) -> None:
        if isinstance(new, Evaluation):
            self._follow(new)
            self._tick()

    def _follow(self, evaluation: Evaluation) -> None:
        self._frame.show_identity(self._identity(evaluation))
        self._frame.stepper.set_steps(_steps(evaluation))
        self._tell_superseded(evaluation)
        self._tell_without_effect(evaluation)

    def _identity(self, evaluation: Evaluation) -> Identity:
        lot, code = evaluation.tender.lot, evaluation.tender.code
        return Identity(
            tender=evaluation.tender.title,
            lot=Bilingual(f"{code}  ·  {lot.zh}", f"{code}  ·  {lot.en}"),
            fingerprint=evaluation.fingerprint,
            person=self._live.name(self._live.person),
            role=self._role(evaluation),
            practice=evaluation.founding.practice,
            certificate=self._sitting.certificate,
        )

    def _role(self, evaluation: Evaluation) -> Say:
        member = evaluation.members.get(self._live.person)
        if member is None:
            return ROLE_TITLES[self._sitting.role] if language() == "zh" else _office_titles[self._sitting.role]
        if evaluation.leader == member.person:
            return lambda: self.tr("评标委员会组长")
        if member.kind == "representative":
            return lambda: self.tr("招标人（采购人）代表")
        return lambda: self.tr("评标专家")

    def _tell_superseded(self, evaluation: Evaluation) -> None:
        session = evaluation.roster.current.get(self._live.person, "")
        if session and session != self._sitting.seat.desk.session:
            self._show_superseded()

    def _show_superseded(self) -> None:
        if "superseded" not in self._frame.banners.shown():
            message = self._frame.banners.show_message(
                "superseded",
                "bad",
                lambda: self.tr("您已在另一席位登录，本窗口不能再办理事项；请在新席位继续，并关闭本窗口。"),
            )
            message.setObjectName("superseded")
            message.cross.hide()

    def _own_without_effect(self, evaluation: Evaluation) -> list[int]:
        return [at for at, entry in enumerate(evaluation.without_effect) if entry.author == self._live.person]

    def _tell_without_effect(self, evaluation: Evaluation) -> None:
        own = self._own_without_effect(evaluation)
        if len(own) <= self._told_without_effect:
            self._told_without_effect = len(own)
            return
        self._told_without_effect = len(own)
        entry = evaluation.without_effect[own[-1]]
        if entry.kind == "draft.saved":
            self._ask_for_late_drafts()
            return
        title = KINDS[entry.kind].title if entry.kind in KINDS else Bilingual(entry.kind, entry.kind)
        reason = by_name(evaluation, entry.reason)
        text = Bilingual(f"“{title.zh}”未生效：{reason.zh}", f"“{title.en}” had no effect: {reason.en}")
        self._frame.banners.show_message("without-effect", "warn", text, cited(entry.article))

    # -- drafts of a session that was closed -----------------------------------------------------------------------

    def _ask_for_late_drafts(self) -> None:
        self._live.act(_count_late, done=self._offer_late, failed=self._not_offered)

    @Slot(object)
    def _offer_late(self, topics: object) -> None:
        if not isinstance(topics, int) or not topics:
            self._frame.banners.clear("late-drafts")
            return
        self._frame.banners.show_message(
            "late-drafts",
            "warn",
            lambda: self.tr(
                "您在先前席位填写的内容（%n 项）在换席位之后才到达，尚未生效；采用后并入现在的草稿。", None, topics
            ),
            action=Action(lambda: self.tr("采用"), self._adopt),
        ).setObjectName("late-drafts")

    def _adopt(self) -> None:
        self._live.act(adopt_late_drafts, done=self._adopted)

    @Slot(object)
    def _adopted(self, topics: object) -> None:
        self._frame.banners.clear("late-drafts")
        self._frame.toast.show_message("ok", lambda: self.tr("已采用 {n} 项。").format(n=topics))

    @Slot(object)
    def _not_offered(self, _refusal: object) -> None:
        """The seat was left meanwhile; the other one is asked."""

    # -- the link --------------------------------------------------------------------------------------------------

    @Slot(object)
    def _linked(self, state: object) -> None:
        if not isinstance(state, LinkState):
            return
        if state.phase == "alarm" and state.problem is not None:
            message = self._frame.banners.show_message("alarm", "bad", state.problem)
            message.setObjectName("alarm")
            message.cross.hide()
        elif state.phase == "superseded":
            self._frame.banners.clear("trouble")
            self._show_superseded()
        elif state.phase == "trouble" and state.problem is not None:
            self._frame.banners.show_message("trouble", "warn", state.problem)
        else:
            self._frame.banners.clear("trouble")
        if len(state.refused) > self._known_refusals:
            last = state.refused[-1]
            text = Bilingual(
                f"评标中心拒绝了您的“{last.title.zh}”记录：{last.reason.zh}",
                f"The centre refused your record “{last.title.en}”: {last.reason.en}",
            )
            self._frame.banners.show_message("refused-record", "bad", text)
        self._known_refusals = len(state.refused)
        self._tick()

    @Slot()
    def _tick(self) -> None:
        evaluation, link = self._live.evaluation, self._sitting.link.state
        pending = evaluation.size - self._live.logged.size
        sync: SyncState = _SYNC.get(link.phase) or ("sending" if pending else "synced")
        place = seat_of(evaluation, self._live.person)
        self._frame.status.show_status(
            Status(
                stage=STAGE_TITLES[evaluation.stage],
                seat=(lambda: self.tr("席位 {seat}").format(seat=place)) if place else "",
                sync=sync,
                pending=pending,
                last_contact=link.contact,
                remaining=self._remaining(evaluation),
                clock=time.strftime("%Y-%m-%d %H:%M:%S"),
            )
        )

    def _remaining(self, evaluation: Evaluation) -> Say:
        left = seconds_between(self._sitting.seat.desk.clock.now(), evaluation.founding.deadline)
        if left <= 0:
            return ""
        text = countdown(left)
        return lambda: self.tr("距投标截止 {time}").format(time=text)


def _count_late(desk: Desk) -> int:
    return len(late_drafts(desk))


_office_titles: Final = {
    role: Bilingual(title.zh, title.en.removeprefix("the ").removeprefix("a ").capitalize())
    for role, title in ROLE_TITLES.items()
}


def _steps(evaluation: Evaluation) -> tuple[Step, ...]:
    now = stage_index(evaluation.stage)
    states: list[StepState] = ["done" if at < now else "current" if at == now else "todo" for at in range(len(STAGES))]
    return tuple(
        Step(STAGE_TITLES[stage], state) for stage, state in zip(STAGES, states, strict=True) if stage != "ended"
    )
