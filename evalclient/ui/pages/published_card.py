"""After publishing: the fingerprint, and the announcement's file to save and hand on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.errors import EvalclientError
from evalclient.desk.chosen_files import write_chosen
from evalclient.desk.founding import dump_genesis
from evalclient.desk.publishing import Announcement
from evalclient.ui.jobs import Lane
from evalclient.ui.pages.office import grouped
from evalclient.ui.texts import Say, fault
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, row
from evalclient.ui.widgets.path_field import PathField


class PublishedCard(Card):
    """``published-fingerprint published-path save-published published-result enter-published``.

    ``wanted(Announcement)`` when the person wants to sign in to it.
    """

    wanted = Signal(object)

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: self.tr("项目已发布"),
            caption=lambda: self.tr(
                "请在招标公告中载明项目指纹并附上公告文件：投标人凭它投标，评委和各方凭它加入；任何人可凭指纹核对。"
            ),
            parent=parent,
        )
        self._lane = lane
        self._announcement: Announcement | None = None
        self.mark(lambda: self.tr("已登记"), "ok")
        self._print = Label("", "figure")
        self._print.setObjectName("published-fingerprint")
        self._print.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._path = PathField(
            "published-path",
            lambda: self.tr("公告文件保存到"),
            lambda: self.tr("项目文件 (*.json)"),
            saves=True,
        )
        self._save = Button(lambda: self.tr("保存公告文件"), icon="save", kind="primary", on=self._start)
        self._save.setObjectName("save-published")
        self._result = Label("", "caption", wrap=True)
        self._result.setObjectName("published-result")
        self.enter = Button(lambda: self.tr("登录该项目"), icon="log-in", on=self._enter)
        self.enter.setObjectName("enter-published")
        line = row(self._path, self._save, gap=8)
        line.setStretch(0, 1)
        self._later = Label(lambda: self.tr("办理新项目：关闭窗口，重新打开后登录该项目。"), "caption", wrap=True)
        self._later.hide()
        self.add(self._print, line, self._result, self._later, row(STRETCH, self.enter))
        self._path.field.textChanged.connect(self._judge)

    def stay(self) -> None:
        """Somebody sits at this window: he signs in to the new evaluation after closing it."""
        self.enter.hide()
        self._later.show()

    def show_announcement(self, announcement: Announcement, code: str) -> None:
        """What has been published, under the organiser's project number."""
        self._announcement = announcement
        self._print.say(grouped(announcement.fingerprint))
        self._path.clear()
        self._path.suggest(str(Path.home() / f"{code}-genesis.json"))
        self._say("", "neutral")
        self._judge()

    def _judge(self) -> None:
        self._save.refuse(None if self._path.path is not None else (lambda: self.tr("请填写保存位置。")))

    def _start(self) -> None:
        path, announcement = self._path.path, self._announcement
        if path is None or announcement is None:
            return
        self._save.refuse(lambda: self.tr("正在保存…"))
        self._lane.submit(_write, path, announcement, done=self._saved, failed=self._failed)

    @Slot(object)
    def _saved(self, path: object) -> None:
        self._judge()
        self._say(lambda: self.tr("已保存：{path}").format(path=path), "ok")

    @Slot(object)
    def _failed(self, error: object) -> None:
        self._judge()
        if isinstance(error, BaseException):
            self._say(fault(error), "bad")
            if not isinstance(error, EvalclientError):
                raise error

    def _say(self, text: Say, tone: Tone) -> None:
        self._result.say(text)
        self._result.set_tone(tone)
        self._result.setVisible(bool(text))

    def _enter(self) -> None:
        if self._announcement is not None:
            self.wanted.emit(self._announcement)


def _write(path: Path, announcement: Announcement) -> Path:
    return write_chosen(path, dump_genesis(announcement.genesis))
