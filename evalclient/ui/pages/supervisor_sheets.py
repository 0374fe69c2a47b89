"""Members' sheets for the supervisor: refused with the article until all have sealed, then a table and the spread."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.drawing import all_drawn
from evalclient.core.evaluation.results import result_digest
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, all_opened, seal_by
from evalclient.desk.supervisor import Supervisor
from evalclient.ui.live import Refusal
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office, Section
from evalclient.ui.pages.peek import Scores, SheetPanel
from evalclient.ui.pages.rows import Rows
from evalclient.ui.pages.spread import SpreadPanel
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import FlowLayout

SPREAD_PX: Final = 360


class SheetSection(Section):
    """``read-sheet-<member>`` asks for a sheet; ``sheet-refusal`` says why not."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._digest = ""
        self._buttons_layout = FlowLayout(gap=8)
        self._buttons: Rows[Button] = Rows(self._buttons_layout, self._make)
        self._refusal = Label("", tone="bad", wrap=True)
        self._refusal.setObjectName("sheet-refusal")
        self._refusal.hide()
        self._card = Card(
            lambda: self.tr("评委评分表"),
            self._buttons_layout,
            self._refusal,
            caption=lambda: self.tr("全体评委封存并同时公开之前，任何人（包括行政监督和评标中心）都看不到评分内容。"),
        )
        self._spread = SpreadPanel()
        self._spread.setMinimumHeight(SPREAD_PX)
        self._spread.hide()
        self.stack(self._card, self._spread)

    def follow(self, new: Evaluation) -> None:
        members = active_members(new)
        self._buttons.show(member.person for member in members)
        for member in members:
            seal = seal_by(new, member.person, "sheet.sealed")
            sealed = seal is not None and not seal.opened
            name = self.live.name(member.person)
            self._buttons[member.person].say(self._words(name, sealed=sealed))
            self._buttons[member.person].set_icon("clock" if seal is None else "lock" if sealed else "eye")
        opened = all_opened(new, "sheet.sealed")
        self._card.mark(
            (lambda: self.tr("已公开")) if opened else (lambda: self.tr("未公开")),
            "ok" if opened else "neutral",
            "lock",
        )
        if opened:
            self._refusal.hide()
        worked_out = opened and all_drawn(new)
        self._spread.setVisible(worked_out)
        if worked_out:
            digest = result_digest(new)
            if digest != self._digest:
                self._digest = digest
                self._spread.show_result(new)

    def _words(self, name: str, *, sealed: bool) -> Say:
        return (lambda: self.tr("{name} 已封存").format(name=name)) if sealed else name

    def _make(self, person: str) -> Button:
        button = Button("", icon="eye", on=partial(self._ask, person))
        button.setObjectName(f"read-sheet-{person}")
        return button

    def _ask(self, person: str) -> None:
        self.live.act(
            lambda desk: (person, Supervisor(desk).read_sheet(person)), done=self._read, failed=self._not_readable
        )

    def _read(self, found: tuple[str, Scores]) -> None:
        person, scores = found
        self._refusal.hide()
        SheetPanel(self.live.evaluation, self.live.name(person), scores, self).open()

    def _not_readable(self, refusal: Refusal) -> None:
        self._refusal.say(with_article(by_name(self.live.evaluation, refusal.sentence), refusal.article))
        self._refusal.show()
