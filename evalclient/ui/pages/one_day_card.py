"""A certificate for one day (当日证书): the administrator witnesses who asks, the organiser records what was issued."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_founding import CertificateIssued, Ground, IdentityWitnessed
from evalclient.core.records.fields import Bilingual
from evalclient.desk.one_day import issue_from_file, witness_from_file
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, flowing
from evalclient.ui.widgets.path_field import PathField

_FACTORS: Final[dict[str, Bilingual]] = {
    "id_card": Bilingual("身份证", "ID card"),
    "face": Bilingual("人脸比对", "Face"),
    "phone_call": Bilingual("电话核实", "Phone call"),
}
_GROUNDS: Final[dict[Ground, Bilingual]] = {
    "lost": Bilingual("介质遗失", "token lost"),
    "locked": Bilingual("PIN 码锁定", "PIN locked"),
    "expired": Bilingual("证书过期", "certificate expired"),
    "signature_only": Bilingual("只能签名", "signs alone"),
    "unreadable": Bilingual("介质无法读取", "token cannot be read"),
}
#: a digest that no key has: what the gate is asked with while no file is chosen
_NONE: Final = "0" * 64


class OneDayCard(Card):
    """What both offices fill in: the member, what he was identified by, a file. ``one-day-member one-day-factor-… one-day-path``."""

    def __init__(self, live: Live, caption: Say, file: tuple[Say, Say], parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("当日证书"), caption=caption, parent=parent)
        self._live = live
        self._member = Choice("one-day-member", lambda: self.tr("评委"))
        self._file = PathField("one-day-path", *file)
        self._factors: dict[str, Button] = {}
        for key, text in _FACTORS.items():
            button = self._factors[key] = Button(text, kind="option", icon="check")
            button.setObjectName(f"one-day-factor-{key}")
            button.setCheckable(True)
            button.set_tone("ok")
            button.clicked.connect(self.judge)
        label = Label(lambda: self.tr("您核验的内容（至少两项）"), "caption")
        self._checked = QWidget()
        self._checked.setLayout(column(label, flowing(*self._factors.values(), gap=6), gap=3))
        self._member.currentIndexChanged.connect(self.judge)
        self._file.field.textChanged.connect(self.judge)

    def judge(self) -> None:
        """What hinders the act now."""

    @property
    def factors(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(key for key, button in self._factors.items() if button.isChecked())

    def _offer(self, members: list[Member]) -> None:
        self._member.offer([(each.person, self._live.name(each.person)) for each in members])

    def _lacking(self) -> Say | None:
        if not self._member.value:
            return lambda: self.tr("请选择评委。")
        if len(self.factors) < 2:
            return lambda: self.tr("请勾选至少两项核验内容。")
        return None if self._file.path is not None else (lambda: self.tr("请选择文件。"))

    def _judged(self, line: ActLine, act: IdentityWitnessed | CertificateIssued) -> None:
        """First what is missing, then what the gate says."""
        lacking = self._lacking()
        if lacking is not None:
            line.refuse(lacking)
            return
        verdict = self._live.may(act)
        line.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)

    def _done(self, _record: object) -> None:
        self._file.clear()
        for button in self._factors.values():
            button.setChecked(False)
        self.judge()


class WitnessCard(OneDayCard):
    """``one-day-ground``, ``witness-identity``: for the administrator of the member's site."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(
            live,
            lambda: self.tr(
                "评委本人证书当日不能使用时：评委在席位上生成申请文件，由您核验身份并登记，组织方另行核验后签发。"
            ),
            (lambda: self.tr("评委的申请文件"), lambda: self.tr("申请文件 (*.csr *.pem)")),
            parent,
        )
        self._ground = Choice("one-day-ground", lambda: self.tr("不能使用的原因"))
        self._ground.offer(list(_GROUNDS.items()))
        self._act = ActLine("witness-identity", lambda: self.tr("签名登记核验"), self._witness, icon="user-check")
        self.add(self._member, self._ground, self._checked, self._file, self._act)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown from the site's readiness to the end, where record 0 names an event authority."""
        site = evaluation.roster.places[self._live.person].site
        self._offer([each for each in active_members(evaluation) if each.site == site])
        over = evaluation.ending is not None or evaluation.stage in ("opening", "archive", "ended")
        self.setVisible(bool(evaluation.founding.event_authority) and not over)
        self.judge()

    def judge(self) -> None:
        act = IdentityWitnessed(member=self._member.value or "m0", key=_NONE, factors=self.factors, ground="lost")
        self._judged(self._act, act)

    def _witness(self) -> None:
        path, ground = self._file.path, next(each for each in _GROUNDS if each == self._ground.value)
        if path is not None:
            verb = partial(witness_from_file, member=self._member.value, path=path, factors=self.factors, ground=ground)
            self._act.start(self._live, verb, self._done)


class IssueCard(OneDayCard):
    """``one-day-witnessed``, ``issue-certificate``: for the organiser, once an administrator has witnessed."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(
            live,
            lambda: self.tr(
                "场地管理员已核验下列评委。请您另行核验身份，由首条记录所列机构签发证书后登记；登记后当日有效。"
            ),
            (lambda: self.tr("签发的证书文件"), lambda: self.tr("证书文件 (*.cer *.crt *.der *.pem)")),
            parent,
        )
        self._witnessed = Label("", "caption", wrap=True)
        self._witnessed.setObjectName("one-day-witnessed")
        self._act = ActLine("issue-certificate", lambda: self.tr("签名登记当日证书"), self._issue, icon="badge-check")
        self.add(self._member, self._witnessed, self._checked, self._file, self._act)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown while somebody waits for his."""
        waiting = [each for each in active_members(evaluation) if each.one_day.witnessed and not each.one_day.issued]
        self._offer(waiting)
        self.setVisible(bool(waiting) and evaluation.ending is None)
        self.judge()

    def judge(self) -> None:
        evaluation = self._live.evaluation
        member = evaluation.members.get(self._member.value)
        witnessed = member.one_day.witnessed if member is not None else ""
        self._tell(evaluation, member)
        act = CertificateIssued(
            member=self._member.value or "m0", witnessed=witnessed or _NONE, certificate=b"", factors=self.factors
        )
        self._judged(self._act, act)

    def _tell(self, evaluation: Evaluation, member: Member | None) -> None:
        seen = evaluation.roster.witnessed.get(member.one_day.witnessed) if member is not None else None
        self._witnessed.setVisible(seen is not None)
        if member is None or seen is None:
            return
        day, key = member.one_day, seen.key[:16]
        ground = next((text for name, text in _GROUNDS.items() if name == day.ground), Bilingual("", ""))
        who = self._live.name(day.administrator)
        self._witnessed.say(
            lambda: self.tr("{who} 核验：{ground}；公钥摘要 {key}…").format(who=who, ground=said(ground), key=key)
        )

    def _issue(self) -> None:
        path = self._file.path
        if path is not None:
            verb = partial(issue_from_file, member=self._member.value, path=path, factors=self.factors)
            self._act.start(self._live, verb, self._done)
