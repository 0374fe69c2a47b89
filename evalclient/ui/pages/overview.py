"""What an office sees without acting: stages with times, who is here, what the log holds without effect."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members
from evalclient.core.workflow.stage_ends import can_end
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.ui.pages.office import Desktop, Office, local
from evalclient.ui.texts import said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, scrolled


class OverviewPage(Desktop):
    """Read-only; no score stands here."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "overview", parent)
        self._waits = Label("", wrap=True)
        self._people = Label("", wrap=True)
        self._closed = Label("", wrap=True)
        self._void = Label("", wrap=True)
        holder = QWidget()
        holder.setLayout(
            column(
                Card(lambda: self.tr("当前环节"), self._waits),
                Card(lambda: self.tr("评标委员会"), self._people),
                Card(lambda: self.tr("已结束的环节"), self._closed),
                Card(lambda: self.tr("未生效的记录"), self._void),
                STRETCH,
                gap=12,
                margins=(16, 14, 16, 16),
            )
        )
        self.body.addWidget(scrolled(holder))
        self.follow(self.live.evaluation)

    def follow(self, new: Evaluation) -> None:
        """Show ``new``."""
        verdict = can_end(new)
        title = STAGE_TITLES[new.stage]
        missing = self.spoken(verdict) if verdict.reason is not None else None
        self._waits.say(
            lambda: f"{said(title)}　{said(missing)}" if missing else self.tr("{0}：可以结束。").format(said(title))
        )
        self._people.say(
            "\n".join(f"{self.live.name(member.person)}　{member.seat}" for member in active_members(new)) or "—"
        )
        self._closed.say(
            lambda: (
                "\n".join(
                    f"{local(end.at)}　{said(STAGE_TITLES[end.stage])}　{self.live.name(end.by)}" for end in new.closed
                )
                or "—"
            )
        )
        self._void.say(
            lambda: (
                "\n".join(
                    f"{self.live.name(entry.author)}　{said(entry.reason)}（{entry.article}）"
                    for entry in new.without_effect
                )
                or "—"
            )
        )
