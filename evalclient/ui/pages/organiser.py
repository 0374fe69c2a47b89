"""The organiser's page: the next lawful act at the top, his work in sections below (招标代理)."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.ui.pages.office import Desktop, Office, seconds_between
from evalclient.ui.pages.organiser_announcement import AnnouncementSection
from evalclient.ui.pages.organiser_committee import CommitteeSection
from evalclient.ui.pages.organiser_course import CourseSection
from evalclient.ui.pages.organiser_ending import EndingSection
from evalclient.ui.pages.organiser_next import NextStrip
from evalclient.ui.pages.organiser_opening import OpeningSection
from evalclient.ui.pages.sections import Sections

SECOND_MS: Final = 1_000


class OrganiserPage(Desktop):
    """``next-act`` with ``go-next``; ``section-announcement -committee -opening -course -ending``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "organiser-page", parent)
        self._next = NextStrip(office)
        self.sections = Sections("organiser-sections")
        for key, title, icon, kind in (
            ("announcement", lambda: self.tr("公告与指纹"), "landmark", AnnouncementSection),
            ("committee", lambda: self.tr("评标委员会"), "users", CommitteeSection),
            ("opening", lambda: self.tr("开标"), "package-open", OpeningSection),
            ("course", lambda: self.tr("评标进程"), "list-checks", CourseSection),
            ("ending", lambda: self.tr("结束与移交"), "archive", EndingSection),
        ):
            self.sections.add(key, title, icon, partial(kind, office))
        self.body.addWidget(self._next)
        self.body.addWidget(self.sections, 1)
        self._next.wanted.connect(self.sections.show_section)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._closed = not self._before_deadline(self.live.evaluation)
        self.follow(self.live.evaluation)
        self.sections.show_section(self._next.section or "announcement")

    def follow(self, new: Evaluation) -> None:
        self._next.follow(new)
        marked = self._next.section
        for key in ("announcement", "committee", "opening", "course", "ending"):
            self.sections.mark(key, (lambda: self.tr("待办")) if key == marked and self._next.due else None)
        self.sections.follow(new)

    def _before_deadline(self, evaluation: Evaluation) -> bool:
        return seconds_between(self.office.clock.now(), evaluation.founding.deadline) > 0

    @Slot()
    def _tick(self) -> None:
        """Time passes without a record: the deadline is the one moment that changes what is due."""
        closed = not self._before_deadline(self.live.evaluation)
        if closed == self._closed:
            self.sections.tick()
            return
        self._closed = closed
        self.follow(self.live.evaluation)
