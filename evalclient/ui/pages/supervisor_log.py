"""The centre's log as this client has verified it: checkpoint, co-signature, and every entry, nothing of the contents."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_ending import CheckpointCosigned
from evalclient.core.records.envelope import Seen
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.log_view import LogLine, log_lines
from evalclient.desk.supervisor import Supervisor
from evalclient.ui.live import Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.office import Office, OfficePage, grouped, local
from evalclient.ui.pages.receipts_line import ReceiptsLine
from evalclient.ui.texts import said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.data_table import DataTable, TableColumn, TableRow
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column
from evalclient.ui.widgets.roomy import Roomy

LEAST_PX: Final = 220


class LogSection(OfficePage):
    """``checkpoint-size``, ``checkpoint-root``, ``cosign``, ``save-receipts``, ``log-table`` (newest first)."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._seen: Seen | None = None
        self._lines: tuple[LogLine, ...] = ()
        self._asked = -1
        self._size = Label("", "section", wrap=True)
        self._size.setObjectName("checkpoint-size")
        self._root = Label("", wrap=True)
        self._root.setObjectName("checkpoint-root")
        self._root.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cosigned = Label("", "caption", wrap=True)
        self._cosigned.setObjectName("cosigned")
        self._act = ActLine("cosign", lambda: self.tr("签署检查点"), self._cosign, icon="stamp")
        self._card = Card(
            lambda: self.tr("已核验的检查点"),
            self._size,
            self._root,
            self._cosigned,
            self._act,
            ReceiptsLine(self.live),
            caption=lambda: self.tr(
                "本客户端核验了评标中心的签名、每条记录的包含证明，以及与此前各检查点的一致性；根值可与其他席位当面核对。"
            ),
        )
        self._table = DataTable(
            (
                TableColumn(lambda: self.tr("序号"), 70, number=True),
                TableColumn(lambda: self.tr("收到时间"), 150),
                TableColumn(lambda: self.tr("记录"), 0),
                TableColumn(lambda: self.tr("作者"), 220),
                TableColumn(lambda: self.tr("记录号"), 150),
            )
        )
        self._table.setObjectName("log-table")
        self._table.setAccessibleName(self.tr("日志"))
        self._table.setMinimumHeight(LEAST_PX)
        log = Card(lambda: self.tr("日志"))
        log.fill(self._table)
        layout = column(self._card, log, gap=12, margins=(16, 14, 16, 16))
        layout.setStretch(1, 1)
        self.setLayout(column(Roomy(layout), gap=0))

    def follow(self, new: Evaluation) -> None:
        if self.live.logged.size != self._asked:
            self._asked = self.live.logged.size
            start = len(self._lines)
            self.live.act(lambda desk: (Supervisor(desk).checkpoint(), log_lines(desk, start)), self._came, self._none)
        self._show(new)

    def _came(self, found: tuple[Seen, tuple[LogLine, ...]]) -> None:
        self._seen, fresh = found
        known = len(self._lines)
        self._lines = (*self._lines, *(line for line in fresh if line.index >= known))
        self._show(self.live.evaluation)

    def _none(self, refusal: Refusal) -> None:
        self._size.say(refusal.sentence)
        self._act.refuse(refusal.sentence, refusal.article)

    def _show(self, evaluation: Evaluation) -> None:
        self._table.set_rows([self._row(line) for line in reversed(self._lines)])
        seen = self._seen
        own = [(stage, size) for person, stage, size in evaluation.cosigned if person == self.live.person]
        self._cosigned.setVisible(bool(own))
        self._cosigned.say(
            lambda: self.tr("已签署：{list}").format(
                list=listed(f"{said(STAGE_TITLES[stage])} {size}" for stage, size in own)
            )
        )
        if seen is None:
            self._act.refuse(lambda: self.tr("正在读取检查点…"))
            return
        size = seen.size
        self._size.say(lambda: self.tr("日志共 {size} 条记录").format(size=size))
        self._root.say(grouped(seen.root, 4, 16))
        self._card.mark(lambda: self.tr("一致"), "ok", "shield-check")
        self._act.judge(
            self.live.may(CheckpointCosigned(stage=evaluation.stage, size=seen.size, root=seen.root)),
            note=lambda: self.tr("签署表示本席位见到并核验了这一检查点，评标中心此后不能改写。"),
        )

    def _row(self, line: LogLine) -> TableRow:
        author = line.author if len(line.author) < 24 else f"{line.author.partition(':')[0]} {line.author[-8:]}"
        name = self.live.name(line.author)
        shown = name if name != line.author else author
        return (str(line.index), local(line.received), said(line.title), shown, line.record[:12])

    def _cosign(self) -> None:
        self._act.start(self.live, lambda desk: Supervisor(desk).cosign())
