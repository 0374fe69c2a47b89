"""The line at the foot of the window: where the work stands and whether it has reached the centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QFrame, QWidget

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, row

SyncState = Literal["synced", "sending", "offline", "alarm"]
ICON_PX = 16


@dataclass(frozen=True, slots=True)
class Status:
    """What the strip says. ``pending`` counts records not yet received; ``last_contact`` and ``clock`` are times."""

    stage: Say = ""
    seat: Say = ""
    sync: SyncState = "offline"
    pending: int = 0
    last_contact: str = ""
    remaining: Say = ""
    clock: Say = ""


class _Fact(QWidget):
    """An icon and a few words; hidden while there is nothing to say."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = Icon(icon, size=ICON_PX)
        self._text = Label("", "caption")
        self.setLayout(row(self._icon, self._text, gap=6))

    def show_fact(self, text: Say, icon: str, tone: Tone | None = None, tip: Say = "") -> None:
        self._icon.set(icon, tone=tone)
        self._text.set_tone(tone or "neutral")
        self._text.say(text)
        self.setToolTip(plain(said(tip)))
        self.setVisible(bool(said(text)))

    def text(self) -> str:
        return self._text.text()


class StatusStrip(QFrame):
    """``show_status`` replaces what is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._status = Status()
        self.stage = _Fact("list-checks")
        self.seat = _Fact("monitor")
        self.sync = _Fact("wifi-off")
        self.contact = _Fact("cloud")
        self.remaining = _Fact("hourglass")
        self.clock = _Fact("clock")
        self.setLayout(
            row(
                self.sync,
                self.contact,
                self.stage,
                self.seat,
                STRETCH,
                self.remaining,
                self.clock,
                gap=18,
                margins=(16, 5),
            )
        )
        theme().changed.connect(self._restyle)
        self._restyle()
        self.show_status(self._status)

    def show_status(self, status: Status) -> None:
        self._status = status
        self.stage.show_fact(status.stage, "list-checks")
        self.seat.show_fact(status.seat, "monitor")
        icon, tone = _SYNC[status.sync]
        self.sync.show_fact(self._sync_text, icon, tone)
        self.contact.show_fact(self._contact_text, "cloud", None)
        self.remaining.show_fact(status.remaining, "hourglass")
        self.clock.show_fact(status.clock, "clock")

    def _sync_text(self) -> str:
        status = self._status
        if status.sync == "alarm":
            return self.tr("中心记录不一致，请立即联系管理员")
        if status.sync == "synced":
            return self.tr("在线，全部已同步")
        if status.sync == "sending":
            return self.tr("在线，待发送 {count} 条").format(count=status.pending)
        if status.pending:
            return self.tr("离线，{count} 条已存本机，联网后自动发送").format(count=status.pending)
        return self.tr("离线，可继续工作")

    def _contact_text(self) -> str:
        if not self._status.last_contact:
            return ""
        return self.tr("最近联系 {time}").format(time=self._status.last_contact)

    def _restyle(self) -> None:
        self.setMinimumHeight(theme().px(34))


_SYNC: dict[SyncState, tuple[str, Tone]] = {
    "synced": ("cloud-check", "ok"),
    "sending": ("cloud-upload", "primary"),
    "offline": ("cloud-off", "warn"),
    "alarm": ("shield-alert", "bad"),
}
