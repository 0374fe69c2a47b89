"""The administrator's own site: seats and devices checked, then confirmed ready by signature."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_founding import SiteConfirmed
from evalclient.core.records.fields import Bilingual
from evalclient.desk.administrator import Administrator
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.office import Office, OfficePage
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import language
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label, Rule
from evalclient.ui.widgets.layout import FlowLayout, column, row

#: what is checked in a room before it is confirmed; the words go into the record (GB/T 40984 and the sites' own lists)
CHECKS: Final[dict[str, Bilingual]] = {
    "network": Bilingual("网络与备用线路", "network and its spare line"),
    "av": Bilingual("音视频与全程录像", "audio, video and recording"),
    "tokens": Bilingual("证书介质与读卡设备", "tokens and card readers"),
    "seats": Bilingual("席位终端与锁屏策略", "seats' computers and screen lock"),
    "lockers": Bilingual("手机柜与门禁", "phone lockers and doors"),
    "printer": Bilingual("打印与签字设备", "printer and signing device"),
}


class SiteCard(OfficePage):
    """``seat-new seat-add seat-remove-… check-… confirm-site``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._seats: list[str] = []
        self._card = Card("")
        self._new = QLineEdit()
        self._new.setObjectName("seat-new")
        self._new.setMaxLength(40)
        self._new.returnPressed.connect(self._add)
        self._add_button = Button(lambda: self.tr("添加"), icon="plus", on=self._add)
        self._add_button.setObjectName("seat-add")
        self._tags_holder = QWidget()
        flow = FlowLayout(self._tags_holder, gap=6)
        self._tags = Rows(flow, self._tag)
        self._no_seats = Label(lambda: self.tr("尚未登记席位。"), "hint")
        self._entry = QWidget()
        entry = row(self._new, self._add_button, gap=8)
        entry.setContentsMargins(0, 0, 0, 0)
        self._entry.setLayout(entry)
        self._boxes: dict[str, QCheckBox] = {}
        checks = column(gap=0)
        for key in CHECKS:
            box = self._boxes[key] = QCheckBox()
            box.setObjectName(f"check-{key}")
            box.toggled.connect(self._judge)
            checks.addWidget(box)
        self._line = ActLine(
            "confirm-site", lambda: self.tr("确认场地就绪"), self._confirm, icon="clipboard-check", stacked=True
        )
        self._card.add(
            Rule(),
            Label(lambda: self.tr("席位"), "section"),
            self._tags_holder,
            self._no_seats,
            self._entry,
            Rule(),
            Label(lambda: self.tr("检查项目"), "section"),
            checks,
            self._line,
        )
        self.setLayout(column(self._card, gap=0))

    def follow(self, new: Evaluation) -> None:
        site = new.roster.places[self.live.person].site
        found = next(entry for entry in new.founding.sites if entry.id == site)
        ready = new.sites.get(site)
        self._card.title.say(found.name)
        self._card.title.show()
        self._card.caption.say(lambda: self.tr("主场") if found.main else self.tr("副场"))
        self._card.caption.show()
        if ready is None:
            self._card.mark(lambda: self.tr("等待确认"), "warn", "clock")
        else:
            self._card.mark(lambda: self.tr("已确认就绪"), "ok")
            self._seats = list(ready.seats)
        done = ready is not None
        self._entry.setVisible(not done)
        self._line.setVisible(not done)
        words = {text.zh for text in CHECKS.values()} | {text.en for text in CHECKS.values()}
        for key, box in self._boxes.items():
            text = CHECKS[key]
            box.setText(text.text(language()))
            box.setAccessibleName(text.text(language()))
            box.setEnabled(not done)
            if ready is not None:
                box.setChecked(bool({text.zh, text.en} & set(ready.checks)) or not set(ready.checks) & words)
        self._new.setPlaceholderText(self.tr("席位编号，如 {example}").format(example=f"{site.upper()}-01"))
        self._new.setAccessibleName(self.tr("席位编号"))
        self._show_seats()

    def _show_seats(self) -> None:
        self._tags.show(self._seats)
        fixed = not self._entry.isVisibleTo(self)
        for tag in self._tags:
            tag.setEnabled(not fixed)
            tag.set_icon("monitor" if fixed else "x")
        self._no_seats.setVisible(not self._seats)
        self._tags_holder.setVisible(bool(self._seats))
        self._tags_holder.updateGeometry()
        self._judge()

    def _tag(self, seat: str) -> Button:
        tag = Button(seat, icon="x", kind="option", tip=lambda: self.tr("移除 {seat}").format(seat=seat))
        tag.setObjectName(f"seat-remove-{seat}")
        tag.clicked.connect(lambda: self._remove(seat))
        return tag

    def _add(self) -> None:
        for seat in self._new.text().replace("，", ",").replace("、", ",").split(","):
            if seat.strip() and seat.strip() not in self._seats:
                self._seats.append(seat.strip())
        self._new.clear()
        self._show_seats()

    def _remove(self, seat: str) -> None:
        if seat in self._seats:
            self._seats.remove(seat)
        self._show_seats()

    def _act(self) -> SiteConfirmed:
        site = self.live.evaluation.roster.places[self.live.person].site
        checks = tuple(CHECKS[key].text(language()) for key, box in self._boxes.items() if box.isChecked())
        return SiteConfirmed(site=site, seats=tuple(self._seats), checks=checks)

    def _judge(self) -> None:
        verdict = self.live.may(self._act())
        open_checks = [box for box in self._boxes.values() if not box.isChecked()]
        if not verdict.allowed:
            self._line.judge(verdict, self.spoken(verdict))
        elif not self._seats:
            self._line.refuse(lambda: self.tr("请先登记本场地的席位编号。"))
        elif open_checks:
            count = len(open_checks)
            self._line.refuse(lambda: self.tr("还有 %n 项检查未完成。", None, count))
        else:
            self._line.allow(lambda: self.tr("确认后席位与检查结果随签名记入日志。"))

    def _confirm(self) -> None:
        act = self._act()
        self._line.start(self.live, lambda desk: Administrator(desk).confirm_site(act.seats, act.checks))
