"""The room administrator's check-in page: his own site, its places, arrivals. No scores, no other site."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.views import active_members
from evalclient.ui.pages.key_release_card import KeyReleaseCard, bids_shut, bodies_shut
from evalclient.ui.pages.office import Desktop, Office
from evalclient.ui.pages.one_day_card import WitnessCard
from evalclient.ui.pages.receipts_line import ReceiptsLine
from evalclient.ui.pages.rows import Rows
from evalclient.ui.pages.site_card import SiteCard
from evalclient.ui.pages.slot_card import SlotCard
from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.empty_state import EmptyState
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled

SITE_PX: Final = 356


class AdministratorPage(Desktop):
    """``next-act``, the site and ``release-key`` on the left, a ``slot-…`` per place on the right."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "administrator-page", parent)
        self._next = Label("", "section", wrap=True)
        self._next.setObjectName("next-act")
        self._count = Chip()
        strip = row(Icon("arrow-right", tone="primary", size=18), self._next, self._count, gap=12, margins=(16, 9))
        strip.setStretch(1, 1)
        self.body.addWidget(box(strip, role="stage-bar"))
        self._site = SiteCard(office)
        self._shares = KeyReleaseCard(
            office.live, office.clock, office.key_release, lambda now: bids_shut(now) or bodies_shut(now), narrow=True
        )
        self._receipts = Card(lambda: self.tr("本人回执"), ReceiptsLine(office.live))
        self._day = WitnessCard(office.live)
        left = column(self._site, self._shares, self._receipts, STRETCH, gap=12, margins=(16, 14, 6, 14))
        self._left = scrolled(left)
        self._lines = column(gap=10)
        self._slots = Rows(self._lines, self._slot)
        self._nobody = EmptyState(
            "users",
            lambda: self.tr("本场地尚无评委位"),
            lambda: self.tr("组织方指派评委后，这里按位列出；姓名在评委本人用证书登录后显示。"),
        )
        right = column(self._nobody, self._lines, self._day, STRETCH, gap=10, margins=(6, 14, 16, 14))
        layout = row(self._left, scrolled(right, horizontal=True), gap=0)
        layout.setStretch(1, 1)
        self.body.addLayout(layout, 1)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.follow(self.live.evaluation)

    def follow(self, new: Evaluation) -> None:
        self._site.follow(new)
        self._shares.follow(new)
        self._day.follow(new)
        self._receipts.setVisible(new.ending is not None)
        own = self._own(new)
        self._nobody.setVisible(not own)
        self._slots.show(member.person for member in own)
        for number, member in enumerate(own, start=1):
            self._slots[member.person].follow(new, number)
        arrived, places = sum(bool(member.arrival) for member in own), len(own)
        self._count.setVisible(bool(own))
        self._count.set(
            "ok" if own and arrived == places else "primary",
            lambda: self.tr("已签到 {arrived}/{places}").format(arrived=arrived, places=places),
            "users",
        )
        self._next.say(self._next_act(new, own))

    def _own(self, evaluation: Evaluation) -> list[Member]:
        site = evaluation.roster.places[self.live.person].site
        return [member for member in active_members(evaluation) if member.site == site]

    def _next_act(self, evaluation: Evaluation, own: list[Member]) -> Say:
        site = evaluation.roster.places[self.live.person].site
        if evaluation.stage == "ended":
            return lambda: self.tr("评标已结束：请办理评委离场、归还寄存物品，并移交本场地的资料。")
        if site not in evaluation.sites:
            return lambda: self.tr("请登记席位、逐项检查设备，然后确认场地就绪。")
        waiting = [member for member in own if not member.arrival]
        if evaluation.stage in ("opening", "ready"):
            return lambda: self.tr("本场地已就绪：请等候开标和其他场地确认。")
        if waiting and evaluation.stage == "checkin":
            return lambda: self.tr("请核验到场评委的身份，逐位登记签到。")
        if waiting:
            return lambda: self.tr("有新的评委位：请核验接替者身份并登记签到。")
        return lambda: self.tr("本场地评委已全部签到：请维持现场秩序，如需更换评委可在其卡片上申请。")

    def _slot(self, person: str) -> SlotCard:
        return SlotCard(self.live, person)

    def _restyle(self) -> None:
        self._left.setFixedWidth(theme().px(SITE_PX))
