"""Sites and the committee's places (组建评标委员会): who is named, who must be replaced, and whether the make-up is lawful."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.act import Site
from evalclient.core.workflow.stage_ends import composition
from evalclient.ui.live import Live
from evalclient.ui.pages.appointment_form import AppointmentForm
from evalclient.ui.pages.names import with_article
from evalclient.ui.pages.office import Office, Section
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import column, row


class CommitteeSection(Section):
    """``composition``, a ``site-card-…`` per site with ``place-…`` rows, and the form to appoint with."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._verdict = Label("", wrap=True)
        self._verdict.setObjectName("composition")
        self._made_up = Card(lambda: self.tr("人数与构成"), self._verdict)
        self._form = AppointmentForm(office)
        sites = column(gap=12)
        self._sites = Rows(sites, self._make_site)
        holder = QWidget()
        holder.setLayout(sites)
        self.stack(self._made_up, self._form, holder)

    def follow(self, new: Evaluation) -> None:
        verdict = composition(new)
        rule = new.rules.composition.size_rule(new.tender)
        self._made_up.caption.say(with_article(rule.text, rule.article))
        self._made_up.caption.show()
        size, wanted = len(active_members(new)), new.tender.committee.size
        self._made_up.mark(
            lambda: self.tr("{size}/{wanted} 人").format(size=size, wanted=wanted),
            "ok" if verdict.allowed else "warn",
            "users",
        )
        if verdict.reason is None:
            self._verdict.say(lambda: self.tr("评标委员会的人数与构成符合规定。"))
        else:
            self._verdict.say(with_article(self.spoken(verdict), verdict.article))
        self._verdict.set_tone("ok" if verdict.allowed else "warn")
        sites = {site.id: site for site in new.founding.sites}
        self._sites.show(sites)
        for site in sites.values():
            self._sites[site.id].follow(new, site)
        self._form.follow(new)

    def _make_site(self, site: str) -> SitePlaces:
        card = SitePlaces(self.live, site)
        card.succeed.connect(self._succeed)
        return card

    def _succeed(self, person: str) -> None:
        self._form.succeed(person)
        self.reveal(self._form)


class SitePlaces(Card):
    """One site: its administrator, then the members' places. ``succeed(person)``: somebody is to take this place."""

    succeed = Signal(str)

    def __init__(self, live: Live, site: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setObjectName(f"site-card-{site}")
        self._live = live
        self.title.show()
        self._administrator = Label("", "secondary", wrap=True)
        self._administrator.setObjectName(f"administrator-{site}")
        lines = column(gap=6)
        self._places = Rows(lines, self._make_place)
        self._nobody = Label(lambda: self.tr("本场地尚无评委位。"), "hint")
        self.add(self._administrator, lines, self._nobody)

    def follow(self, evaluation: Evaluation, site: Site) -> None:
        """Show the site as the log has it."""
        self.title.say(site.name)
        self.caption.say((lambda: self.tr("主场")) if site.main else (lambda: self.tr("副场")))
        self.caption.show()
        ready = site.id in evaluation.sites
        self.mark(
            (lambda: self.tr("已确认就绪")) if ready else (lambda: self.tr("等待确认")), "ok" if ready else "neutral"
        )
        found = [
            place.person
            for place in evaluation.roster.places.values()
            if place.role == "administrator" and place.site == site.id
        ]
        names = "、".join(self._live.name(person) for person in found)
        self._administrator.say(
            (lambda: self.tr("场地管理员：{names}").format(names=names))
            if found
            else (lambda: self.tr("尚未指定场地管理员。"))
        )
        self._administrator.set_tone("neutral" if found else "warn")
        here = [member for member in evaluation.members.values() if member.site == site.id]
        self._places.show(member.person for member in here)
        for member in here:
            self._places[member.person].follow(evaluation, member)
        self._nobody.setVisible(not here)

    def _make_place(self, person: str) -> PlaceLine:
        line = PlaceLine(self._live, person)
        line.succeed.connect(self.succeed)
        return line


class PlaceLine(QFrame):
    """``place-<person>``: the name once the member has signed in, how far he is, why he must go; ``succeed-<person>``."""

    succeed = Signal(str)

    def __init__(self, live: Live, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self._live = live
        self.setObjectName(f"place-{person}")
        self.setProperty("role", "inset")
        self._name = Label("", wrap=True)
        self._why = Label("", "caption", tone="bad", wrap=True)
        self._state = Chip()
        self._button = Button(lambda: self.tr("指派接替者…"), icon="user-plus", on=self._wanted)
        self._button.setObjectName(f"succeed-{person}")
        words = column(self._name, self._why, gap=0)
        layout = row(Icon("user", size=18), words, self._state, self._button, gap=10, margins=(12, 4))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def follow(self, evaluation: Evaluation, member: Member) -> None:
        """Show the place as the log has it."""
        kind: Say = (
            (lambda: self.tr("评标专家")) if member.kind == "expert" else (lambda: self.tr("招标人（采购人）代表"))
        )
        signed = evaluation.roster.session_of(self.person) is not None
        number = list(evaluation.members).index(self.person) + 1
        name: Say = self._live.name(self.person) if signed else (lambda: self.tr("登录后显示姓名"))
        self._name.say(
            lambda: self.tr("{number} 号评委　{name}　{kind}").format(number=number, name=said(name), kind=said(kind))
        )
        self._why.setVisible(member.active and bool(member.conflict or member.replacement_wanted))
        if member.conflict:
            self._why.say(lambda: self.tr("本人声明回避：{ground}").format(ground=member.conflict))
        elif member.replacement_wanted:
            self._why.say(lambda: self.tr("场地管理员申请更换：{ground}").format(ground=member.replacement_wanted))
        self._show_state(evaluation, member, signed=signed)
        self._button.setVisible(member.active and evaluation.stage not in ("archive", "ended"))
        self._button.set_kind("primary" if member.conflict or member.replacement_wanted else "ghost")

    def _show_state(self, evaluation: Evaluation, member: Member, *, signed: bool) -> None:
        if not member.active:
            successor = self._live.name(member.replaced_by)
            self._state.set("neutral", lambda: self.tr("已由 {name} 接替").format(name=successor), "user-x")
        elif member.conflict:
            self._state.set("bad", lambda: self.tr("需要回避"))
        elif member.replacement_wanted:
            self._state.set("warn", lambda: self.tr("已申请更换"))
        elif member.pledge:
            self._state.set("ok", lambda: self.tr("已签承诺书"))
        elif member.arrival:
            self._state.set("ok", lambda: self.tr("已签到"), "user-check")
        elif signed:
            self._state.set("primary", lambda: self.tr("证书已登录"), "badge-check")
        else:
            self._state.set("neutral", lambda: self.tr("未登录"), "circle")
        if evaluation.leader == member.person:
            self._state.set("ok", lambda: self.tr("组长"), "crown")

    def _wanted(self) -> None:
        self.succeed.emit(self.person)
