"""Appointing by certificate file: a member, a representative, a site's administrator, or somebody's successor."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.act import Act, MemberKind
from evalclient.core.records.acts_founding import AdministratorAppointed, MemberAppointed
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import is_place_id
from evalclient.desk.certificate_files import CertificateFile, open_certificate
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name
from evalclient.ui.pages.office import Office
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import box, column, row
from evalclient.ui.widgets.line_field import LineField
from evalclient.ui.widgets.option_buttons import Option, OptionButtons
from evalclient.ui.widgets.path_field import PathField

ADMINISTRATOR: Final = "administrator"
_NO_CERTIFICATE: Final = "0" * 64


class AppointmentForm(Card):
    """``kind-expert -representative -administrator``, ``appoint-site -certificate -person -ground``, ``appoint``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setObjectName("appointment-form")
        self._office = office
        self._live = office.live
        self._certificate: CertificateFile | None = None
        self._problem: Refusal | None = None
        self._leaving = ""
        self._suggested = ""
        self.title.show()
        self._whom = OptionButtons(
            (
                Option("expert", lambda: self.tr("评标专家"), icon="user"),
                Option("representative", lambda: self.tr("招标人（采购人）代表"), icon="user"),
                Option(ADMINISTRATOR, lambda: self.tr("场地管理员"), icon="building-2"),
            )
        )
        for value in ("expert", "representative", ADMINISTRATOR):
            self._whom.button(value).setObjectName(f"kind-{value}")
        self._whom.set_value("expert")
        self._site = Choice("appoint-site", lambda: self.tr("场地"))
        self._file = PathField(
            "appoint-certificate", lambda: self.tr("证书文件"), lambda: self.tr("证书文件 (*.cer *.crt *.der *.pem)")
        )
        self._person = LineField("appoint-person", lambda: self.tr("编号"), 32)
        self._ground = LineField("appoint-ground", lambda: self.tr("更换原因"))
        self._found = Label("", "caption", wrap=True)
        self._found.setObjectName("certificate-found")
        self._stay = Button(lambda: self.tr("不更换"), kind="ghost", icon="x", on=self.start_over)
        self._stay.setObjectName("appoint-cancel")
        self._line = ActLine(
            "appoint", lambda: self.tr("签名指派"), self._appoint, icon="user-plus", before=(self._stay,)
        )
        self._lay_out()
        self._whom.chosen.connect(self._changed)
        self._site.currentIndexChanged.connect(self._changed)
        self._file.named.connect(self._read)
        self._file.field.textChanged.connect(self._forget)
        for field in (self._person, self._ground):
            field.textChanged.connect(self._judge)

    def _lay_out(self) -> None:
        self._reason = box(column(Label(lambda: self.tr("更换原因"), "caption"), self._ground, gap=3))
        where = column(Label(lambda: self.tr("场地"), "caption"), self._site, gap=3)
        number = column(Label(lambda: self.tr("编号"), "caption"), self._person, gap=3)
        file = column(Label(lambda: self.tr("本人的签名证书（不含私钥）"), "caption"), self._file, gap=3)
        fields = row(where, number, file, gap=14)
        for at, part in enumerate((2, 1, 5)):
            fields.setStretch(at, part)
        self.add(self._whom, fields, self._reason, self._found, self._line)

    # -- what is appointed -----------------------------------------------------------------------------------------

    @Slot(str)
    def succeed(self, person: str) -> None:
        """From now on this form appoints somebody in a member's place; his ground is suggested."""
        member = self._live.evaluation.members[person]
        self._leaving = person
        self._whom.set_value(member.kind)
        self._ground.setText(member.conflict or member.replacement_wanted)
        self.follow(self._live.evaluation)
        self._site.choose(member.site)
        self._file.field.setFocus()

    def start_over(self) -> None:
        """An empty form for a new place."""
        self._leaving = ""
        self._file.clear()
        self._ground.clear()
        self._certificate = self._problem = None
        self._suggested = ""
        self._person.clear()
        self.follow(self._live.evaluation)

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the roster: sites, and the next free number."""
        if self._leaving and not evaluation.members[self._leaving].active:
            self._leaving = ""
        leaving = self._live.name(self._leaving) if self._leaving else ""
        self.title.say(
            (lambda: self.tr("为 {name} 指派接替者").format(name=leaving))
            if leaving
            else (lambda: self.tr("指派评委或场地管理员"))
        )
        self.caption.say(
            lambda: self.tr(
                "日志只记证书摘要，不记姓名；姓名在本人用证书登录后显示。接替者重新作出被更换者的结论，其他评委的结论不变。"
            )
        )
        self.caption.show()
        self._whom.set_read_only(bool(self._leaving))
        self._reason.setVisible(bool(self._leaving))
        self._stay.setVisible(bool(self._leaving))
        self._site.offer([(site.id, site.name) for site in evaluation.founding.sites])
        self._suggest(evaluation)
        self._show_found()
        self._judge()

    def _suggest(self, evaluation: Evaluation) -> None:
        if self._person.value not in ("", self._suggested):
            return
        self._suggested = _free_number(evaluation, self._whom.value, self._site.value)
        self._person.setText(self._suggested)

    def _changed(self, *_of: object) -> None:
        self._suggest(self._live.evaluation)
        self._judge()

    # -- the certificate -------------------------------------------------------------------------------------------

    def _forget(self, _text: str) -> None:
        self._certificate = self._problem = None
        self._show_found()
        self._judge()

    def _read(self, path: str) -> None:
        if path:
            self._live.act(
                lambda _desk: open_certificate(Path(path).expanduser()), done=self._came, failed=self._not_come
            )

    def _came(self, certificate: CertificateFile) -> None:
        self._certificate, self._problem = certificate, None
        self._show_found()
        self._judge()

    def _not_come(self, refusal: Refusal) -> None:
        self._certificate, self._problem = None, refusal
        self._show_found()
        self._judge()

    def _show_found(self) -> None:
        found = self._certificate
        self._found.setVisible(found is not None or self._problem is not None)
        if found is not None:
            self._found.set_tone("ok")
            self._found.say(
                lambda: self.tr("证书：{name}　{organisation}　有效期至 {day}").format(
                    name=found.name, organisation=found.organisation, day=found.valid_to
                )
            )
        elif self._problem is not None:
            self._found.set_tone("bad")
            self._found.say(self._problem.sentence)

    # -- the act ---------------------------------------------------------------------------------------------------

    def _act(self) -> Act:
        found = self._certificate
        named = digest(found.der, self._live.evaluation.founding.hash) if found is not None else _NO_CERTIFICATE
        person, site = self._person.value, self._site.value
        if self._whom.value == ADMINISTRATOR:
            return AdministratorAppointed(person=person, site=site, certificate=named)
        return MemberAppointed(
            person=person,
            member_kind=self._kind(),
            site=site,
            certificate=named,
            replaces=self._leaving,
            ground=self._ground.value if self._leaving else "",
        )

    def _kind(self) -> MemberKind:
        return "representative" if self._whom.value == "representative" else "expert"

    def _judge(self) -> None:
        verdict = self._live.may(self._act())
        missing = self._missing()
        if not verdict.allowed:
            self._line.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)
        elif missing is not None:
            self._line.refuse(missing)
        else:
            self._line.allow(lambda: self.tr("指派随签名记入日志，该证书持有人即可登录。"))

    def _missing(self) -> Say | None:
        if not is_place_id(self._person.value):
            return lambda: self.tr("编号用小写字母开头，只含小写字母、数字和连字符，最多 32 个字符。")
        if self._certificate is None:
            return lambda: self.tr("请选择本人的证书文件。")
        if self._certificate.valid_to < self._office.clock.now()[:10]:
            return lambda: self.tr("该证书已过有效期，请向本人索取新的证书。")
        return None

    def _appoint(self) -> None:
        found, act = self._certificate, self._act()
        if found is None:
            return
        if isinstance(act, AdministratorAppointed):
            person, site = act.person, act.site
            self._line.start(
                self._live,
                lambda desk: Organiser(desk).appoint_administrator(person, site, found.der),
                self._appointed,
            )
        elif isinstance(act, MemberAppointed):
            member = act
            self._line.start(
                self._live,
                lambda desk: Organiser(desk).appoint(
                    member.person,
                    member.member_kind,
                    member.site,
                    found.der,
                    replaces=member.replaces,
                    ground=member.ground,
                ),
                self._appointed,
            )

    def _appointed(self, _record: object) -> None:
        self.start_over()


def _free_number(evaluation: Evaluation, kind: str, site: str) -> str:
    """``m6`` after ``m5``; ``a-dali`` for a site's first administrator."""
    if kind == ADMINISTRATOR:
        first = f"a-{site}"[:28]
        wanted = [first, *(f"{first}-{number}" for number in range(2, 100))]
    else:
        wanted = [f"m{number}" for number in range(1, 1000)]
    return next((name for name in wanted if evaluation.roster.role(name) is None), "")
