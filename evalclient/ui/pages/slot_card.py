"""One place on the committee at the administrator's site: who came, where he sits, how he was identified."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_founding import ArrivalRecorded, ReplacementRequested
from evalclient.core.records.fields import Bilingual
from evalclient.desk.administrator import Administrator
from evalclient.desk.people import display_name
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.drop_down import DropDown
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH_WHEN_ALONE, FlowLayout, box, column, flowing, row
from evalclient.ui.widgets.snug import Snug

FACTORS: Final[dict[str, Bilingual]] = {
    "id_card": Bilingual("身份证", "ID card"),
    "face": Bilingual("人脸比对", "Face"),
    "certificate": Bilingual("数字证书", "Certificate"),
}
FEWEST_FACTORS: Final = 2
SEAT_PX: Final = 140
ROOMY_PX: Final = 900
LOCKER_PX: Final = 120


class SlotCard(Snug):
    """``seat-… factor-…-… locker-… arrive-…``, ``ask-replacement-… replacement-ground-… request-replacement-…``."""

    def __init__(self, live: Live, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self._live = live
        self.setObjectName(f"slot-{person}")
        self.setProperty("role", "card")
        self._name = Label("", "heading")
        self._about = Label("", "caption", wrap=True)
        self._signed = Chip()
        self._state = Chip()
        self._facts = Label("", "secondary", wrap=True)
        self._ask = Button(lambda: self.tr("申请更换…"), icon="user-x", kind="ghost", on=self._toggle_ground)
        self._ask.setObjectName(f"ask-replacement-{person}")
        words = column(self._name, self._about, gap=0)
        head = row(Icon("user", colour="text_2", size=24), words, flowing(self._signed, self._state, self._ask), gap=10)
        head.setStretch(1, 1)
        self.setLayout(column(head, self._facts, self._arrival(), self._replacement(), gap=6, margins=(14, 8)))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _arrival(self) -> QWidget:
        self._seat = DropDown()
        self._seat.setObjectName(f"seat-{self.person}")
        self._seat.currentTextChanged.connect(self._judge)
        self._locker = QLineEdit()
        self._locker.setObjectName(f"locker-{self.person}")
        self._locker.setMaxLength(40)
        self._factors: dict[str, Button] = {}
        factors = FlowLayout(gap=6)
        for key, text in FACTORS.items():
            button = self._factors[key] = Button(text, kind="option", icon="check")
            button.setObjectName(f"factor-{self.person}-{key}")
            button.setCheckable(True)
            button.set_tone("ok")
            button.clicked.connect(self._judge)
            factors.addWidget(button)
        self._line = ActLine(f"arrive-{self.person}", lambda: self.tr("登记签到"), self._arrive, icon="user-check")
        self._entries = flowing(
            box(column(Label(lambda: self.tr("席位"), "caption"), self._seat, gap=3)),
            box(column(Label(lambda: self.tr("身份核验（至少两项）"), "caption"), factors, gap=3)),
            box(column(Label(lambda: self.tr("手机柜号"), "caption"), self._locker, gap=3)),
            gap=14,
        )
        fields = row(self._entries, STRETCH_WHEN_ALONE, gap=14)
        self._fields, self._lines = fields, column(fields, gap=6)
        self._beside = False
        self._lines.addWidget(self._line)
        self._form = QWidget()
        self._form.setLayout(self._lines)
        self._restyle()
        theme().changed.connect(self._restyle)
        return self._form

    def _replacement(self) -> QWidget:
        self._ground = QLineEdit()
        self._ground.setObjectName(f"replacement-ground-{self.person}")
        self._ground.textChanged.connect(self._judge)
        self._request = ActLine(
            f"request-replacement-{self.person}", lambda: self.tr("提交更换申请"), self._ask_for_another, icon="send"
        )
        self._plea = QWidget()
        self._plea.setLayout(column(self._ground, self._request, gap=6))
        self._plea.hide()
        return self._plea

    # -- following -------------------------------------------------------------------------------------------------

    def follow(self, evaluation: Evaluation, number: int) -> None:
        """Show the place as the evaluation has it; ``number`` counts the places of this site from 1."""
        member = evaluation.members[self.person]
        session = evaluation.roster.session_of(self.person)
        name = display_name(evaluation, self.person)
        self._name.say(name or (lambda: self.tr("{number} 号评委位（登录后显示姓名）").format(number=number)))
        kind: Say = (
            (lambda: self.tr("评标专家")) if member.kind == "expert" else (lambda: self.tr("招标人（采购人）代表"))
        )
        place = list(evaluation.members).index(self.person) + 1
        self._about.say(lambda: self.tr("{kind} · {place} 号评委").format(kind=said(kind), place=place))
        if session is None:
            self._signed.set("neutral", lambda: self.tr("未登录"), "circle")
        else:
            self._signed.set("ok", lambda: self.tr("证书已登录"), "badge-check")
        self._show_arrival(evaluation, member)
        self._prompt()
        self._judge()

    def _show_arrival(self, evaluation: Evaluation, member: Member) -> None:
        arrived = bool(member.arrival)
        if member.conflict:
            self._state.set("bad", lambda: self.tr("需要回避"))
        elif member.replacement_wanted:
            self._state.set("warn", lambda: self.tr("已申请更换"))
        elif arrived:
            self._state.set("ok", lambda: self.tr("已签到"))
        else:
            self._state.set("neutral", lambda: self.tr("未签到"), "clock")
        self._form.setVisible(not arrived and evaluation.stage not in ("opening", "ready"))
        self._facts.setVisible(arrived or bool(member.replacement_wanted))
        self._facts.say(lambda: self._arrival_words(member))
        self._ask.setVisible(not member.replacement_wanted and evaluation.stage not in ("archive", "ended"))
        if member.replacement_wanted:
            self._plea.hide()
        if not arrived:
            self._offer_seats(evaluation, member)

    def _arrival_words(self, member: Member) -> str:
        parts = []
        if member.arrival:
            factors = self.tr("、").join(said(FACTORS[key]) if key in FACTORS else key for key in member.factors)
            parts.append(self.tr("席位 {seat}").format(seat=member.seat))
            parts.append(self.tr("核验 {factors}").format(factors=factors))
            if member.locker:
                parts.append(self.tr("手机柜 {locker}").format(locker=member.locker))
        if member.replacement_wanted:
            parts.append(self.tr("更换原因：{ground}").format(ground=member.replacement_wanted))
        return "　".join(parts)

    def _offer_seats(self, evaluation: Evaluation, member: Member) -> None:
        ready = evaluation.sites.get(member.site)
        taken = {other.seat for other in active_members(evaluation) if other.site == member.site}
        free = [seat for seat in (ready.seats if ready else ()) if seat not in taken]
        if free != [self._seat.itemText(at) for at in range(self._seat.count())]:
            chosen = self._seat.currentText()
            self._seat.blockSignals(True)
            self._seat.clear()
            self._seat.addItems(free)
            session = evaluation.roster.session_of(self.person)
            wanted = next((seat for seat in (chosen, session.seat if session else "") if seat in free), None)
            self._seat.setCurrentIndex(free.index(wanted) if wanted else (0 if free else -1))
            self._seat.blockSignals(False)

    # -- acts ------------------------------------------------------------------------------------------------------

    def _arrival_act(self) -> ArrivalRecorded:
        factors = tuple(key for key, button in self._factors.items() if button.isChecked())
        return ArrivalRecorded(
            member=self.person, seat=self._seat.currentText(), factors=factors, locker=self._locker.text().strip()
        )

    def _judge(self) -> None:
        if not self._form.isHidden():
            verdict = self._live.may(self._arrival_act())
            lacking = FEWEST_FACTORS - sum(button.isChecked() for button in self._factors.values())
            if verdict.allowed and not self._seat.currentText():
                self._line.refuse(lambda: self.tr("请选择席位。"))
            elif not verdict.allowed and lacking > 0:
                self._line.refuse(lambda: self.tr("还须核验 %n 项身份", None, lacking), verdict.article)
            else:
                self._line.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)
        if not self._plea.isHidden():
            verdict = self._live.may(ReplacementRequested(member=self.person, ground=self._ground.text()))
            self._request.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)

    def _arrive(self) -> None:
        act = self._arrival_act()
        self._line.start(
            self._live, lambda desk: Administrator(desk).record_arrival(act.member, act.seat, act.factors, act.locker)
        )

    def _toggle_ground(self) -> None:
        self._plea.setVisible(self._plea.isHidden())
        self._judge()
        if not self._plea.isHidden():
            self._ground.setFocus()

    def _ask_for_another(self) -> None:
        person, ground = self.person, self._ground.text().strip()
        self._request.start(self._live, lambda desk: Administrator(desk).request_replacement(person, ground))

    def _prompt(self) -> None:
        for widget, name in (
            (self._seat, self.tr("席位")),
            (self._locker, self.tr("手机柜号")),
            (self._ground, self.tr("更换原因（缺席、回避、突发疾病等）")),
        ):
            widget.setAccessibleName(name)
        self._ground.setPlaceholderText(self._ground.accessibleName())
        self._locker.setPlaceholderText(self.tr("可不填"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The act stands beside the fields where there is room, else below them."""
        super().resizeEvent(event)
        beside = event.size().width() >= theme().px(ROOMY_PX)
        if beside == self._beside:
            return
        self._beside = beside
        (self._lines if beside else self._fields).removeWidget(self._line)
        if beside:
            self._fields.addWidget(self._line, 1, Qt.AlignmentFlag.AlignBottom)
        else:
            self._lines.addWidget(self._line)

    def _restyle(self) -> None:
        self._seat.setFixedWidth(theme().px(SEAT_PX))
        self._locker.setFixedWidth(theme().px(LOCKER_PX))
