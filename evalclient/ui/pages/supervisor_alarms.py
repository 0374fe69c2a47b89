"""What the supervisor is pointed to: open matters of people and seals, then the records without effect and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.state import Evaluation, WithoutEffect
from evalclient.core.evaluation.views import active_members, spoiled
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.fields import Bilingual
from evalclient.ui.live import Live
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office, Section
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import column, row

Words = Callable[["AlarmSection", "Alarm"], str]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that asks for the supervisor's eyes: what, who, and a detail in somebody's own words."""

    kind: str
    person: str
    detail: str = ""


def alarms(evaluation: Evaluation) -> tuple[Alarm, ...]:
    """Who must withdraw or is to be replaced, garbage seals, refusals to sign, filled-in drafts, unknown records."""
    found = [
        Alarm("conflict", member.person, member.conflict) for member in active_members(evaluation) if member.conflict
    ]
    found += [
        Alarm("replacement", member.person, member.replacement_wanted)
        for member in active_members(evaluation)
        if member.replacement_wanted and not member.conflict
    ]
    found += [Alarm("spoiled", seal.author) for seal in evaluation.seals.values() if spoiled(seal) and not seal.void]
    if evaluation.report is not None:
        found += [Alarm("refused", person, ground) for person, ground in evaluation.report.refused.items()]
    found += [Alarm("filled", person) for person in dict.fromkeys(person for person, _ in evaluation.practice_fills)]
    if evaluation.unknown:
        found.append(Alarm("unknown", "", str(len(evaluation.unknown))))
    return tuple(found)


class AlarmSection(Section):
    """``alarm-N`` lines, then a ``void-N`` line for each record without effect."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._alarm_lines = column(gap=6)
        self._alarms: Rows[AlarmLine] = Rows(self._alarm_lines, AlarmLine)
        self._quiet = Label(lambda: self.tr("没有需要关注的事项。"), "hint")
        self._void_lines = column(gap=6)
        self._voids: Rows[VoidLine] = Rows(self._void_lines, VoidLine)
        self._clean = Label(lambda: self.tr("全部记录均已生效。"), "hint")
        self.stack(
            Card(
                lambda: self.tr("需要关注"),
                self._alarm_lines,
                self._quiet,
                caption=lambda: self.tr("评标中心的日志如与此前不一致，本客户端立即停止同步并在窗口上方告警。"),
            ),
            Card(
                lambda: self.tr("未生效的记录"),
                self._void_lines,
                self._clean,
                caption=lambda: self.tr("这些记录保留在日志中，但没有改变评标状态；每条列明原因和依据。"),
            ),
        )

    def follow(self, new: Evaluation) -> None:
        found = alarms(new)
        self._alarms.show(str(at) for at in range(len(found)))
        for line, alarm in zip(self._alarms, found, strict=True):
            line.say(self._words(alarm), "bad" if alarm.kind in ("conflict", "spoiled") else "warn")
        self._quiet.setVisible(not found)
        self._voids.show(str(at) for at in range(len(new.without_effect)))
        for void, entry in zip(self._voids, new.without_effect, strict=True):
            void.show_entry(self.live, entry)
        self._clean.setVisible(not new.without_effect)

    def _words(self, alarm: Alarm) -> Callable[[], str]:
        name, detail = self.live.name(alarm.person), alarm.detail
        texts: Final[dict[str, Callable[[], str]]] = {
            "conflict": lambda: self.tr("{name} 声明回避，尚未更换：{detail}"),
            "replacement": lambda: self.tr("场地管理员申请更换 {name}：{detail}"),
            "spoiled": lambda: self.tr("{name} 封存的内容无法读出，视为未提交。"),
            "refused": lambda: self.tr("{name} 拒绝签署评标报告：{detail}"),
            "filled": lambda: self.tr("{name} 使用了练习代填。"),
            "unknown": lambda: self.tr("有 {detail} 条记录需要新版客户端才能识别。"),
        }
        return lambda: texts[alarm.kind]().format(name=name, detail=detail)


class AlarmLine(QWidget):
    """An icon and a sentence."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("triangle-alert", tone="warn", size=18)
        self._text = Label("", wrap=True)
        self._text.setObjectName(f"alarm-{number}")
        layout = row(self._icon, self._text, gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def say(self, text: Callable[[], str], tone: str) -> None:
        """What it is about."""
        self._icon.set("triangle-alert", tone=tone)  # type: ignore[arg-type]
        self._text.say(text)


class VoidLine(QFrame):
    """A record without effect: kind, author, reason with its article."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._what = Label("", "section", wrap=True)
        self._reason = Label("", wrap=True)
        self._reason.setObjectName(f"void-{number}")
        self._record = Label("", "caption")
        head = row(self._what, self._record, gap=10)
        head.setStretch(0, 1)
        self.setLayout(column(head, self._reason, gap=2, margins=(12, 6)))

    def show_entry(self, live: Live, entry: WithoutEffect) -> None:
        """Fill the line."""
        title = KINDS[entry.kind].title if entry.kind in KINDS else Bilingual(entry.kind, entry.kind)
        name = live.name(entry.author)
        self._what.say(lambda: f"{said(title)} · {name}")
        self._reason.say(with_article(by_name(live.evaluation, entry.reason), entry.article))
        self._record.say(entry.record[:12])
