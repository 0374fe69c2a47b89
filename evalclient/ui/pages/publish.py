"""The organiser publishes an evaluation (发布): choose the folder, read what will be signed, confirm with the PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import Clock
from evalclient.core.records.acts_founding import Continuation
from evalclient.core.records.fields import Bilingual
from evalclient.desk.publishing import Announcement, Tell
from evalclient.desk.tender_folder import TenderFolder, TenderFolderRefused, read_tender_folder
from evalclient.ui.jobs import Lane
from evalclient.ui.pages.publish_summary import PublishSummary
from evalclient.ui.pages.published_card import PublishedCard
from evalclient.ui.texts import Say, fault, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.empty_state import EmptyState
from evalclient.ui.widgets.key_field import KeyField
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled
from evalclient.ui.widgets.line_field import LineField
from evalclient.ui.widgets.path_field import PathField
from evalclient.ui.widgets.pin_field import PinField

FORM_PX: Final = 420


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """What is to be published, where, and whose key signs (an address as ``open_key`` has it); ``pin`` is used once.

    ``continues``: in the place of which evaluation.
    """

    folder: TenderFolder
    centre: str
    key: str
    pin: str = field(repr=False)
    continues: Continuation | None = None


Publish = Callable[[PublishOrder, Tell], Announcement]


class PublishPage(QWidget):
    """``publish-centre publish-folder publish-key-… publish-pin publish confirm-publish``; what is wrong above the button.

    ``publish(order, tell)`` runs in ``lane``. ``left`` when the person goes back; ``enter_wanted(Announcement)`` when he
    wants to sign in to what has been published.
    """

    left = Signal()
    enter_wanted = Signal(object)

    def __init__(self, lane: Lane, clock: Clock, publish: Publish, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._lane, self._clock, self._publish = lane, clock, publish
        self._folder: TenderFolder | None = None
        self._continues: Continuation | None = None
        self._busy = False
        self._told: Say = ""
        self._back = Button(lambda: self.tr("返回"), icon="arrow-left", kind="ghost", on=self.left.emit)
        self._back.setObjectName("publish-back")
        head = row(
            self._back, Label(lambda: self.tr("发布评标项目"), "title"), STRETCH, gap=12, margins=(16, 12, 16, 4)
        )
        body = row(self._form(), self._shown(), gap=0)
        body.setStretch(1, 1)
        layout = column(head, body, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._judge()

    # -- parts -----------------------------------------------------------------------------------------------------

    def _form(self) -> QWidget:
        self.centre = LineField("publish-centre", lambda: self.tr("评标中心地址"))
        self.folder = PathField("publish-folder", lambda: self.tr("发布资料文件夹"), folder=True)
        self._again = Button(lambda: self.tr("重新核对"), icon="refresh-cw", kind="ghost", on=self._examine)
        self._again.setObjectName("publish-examine")
        self.key = KeyField("publish-key")
        self.key.changed.connect(self._judge)
        self.pin = PinField()
        self.pin.setObjectName("publish-pin")
        self._button = Button(lambda: self.tr("签名发布…"), icon="send", kind="primary", on=self._ask)
        self._button.setObjectName("publish")
        self._problem = Label("", tone="bad", wrap=True)
        self._problem.setObjectName("publish-problem")
        self._problem.hide()
        self._note = Label("", "hint", wrap=True)
        self._note.setObjectName("publish-note")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self.folder.named.connect(self._examine)
        for line in (self.centre, self.folder.field, self.pin):
            line.textChanged.connect(self._judge)
        hint = row(
            Label(
                lambda: self.tr(
                    "内有 tender.json、method.json、rules.json、evaluation.json 和 papers、parties、roots。"
                ),
                "caption",
                wrap=True,
            ),
            self._again,
        )
        hint.setStretch(0, 1)
        self._continued = Label("", "secondary", wrap=True)
        self._continued.setObjectName("publish-continues")
        self._continued.hide()
        fields = QWidget()
        fields.setLayout(
            column(
                self._continued,
                _titled(lambda: self.tr("评标中心地址"), self.centre),
                _titled(lambda: self.tr("发布资料文件夹"), self.folder),
                hint,
                _titled(lambda: self.tr("组织方的证书"), self.key),
                _titled(lambda: self.tr("证书 PIN 码"), self.pin),
                STRETCH,
                gap=12,
            )
        )  # fmt: skip
        self._fields = fields
        form = QWidget()
        form.setLayout(column(scrolled(fields), self._problem, self._note, self._progress, self._button, gap=12))
        self._confirm = ConfirmPanel(form)
        self._confirm.setObjectName("confirm-publish")
        self._confirm.yes.setObjectName("confirm-publish-yes")
        self._confirm.no.setObjectName("confirm-publish-no")
        layout = column(form, self._confirm, gap=12, margins=(16, 12, 16, 16))
        layout.setStretch(0, 1)
        panel = box(layout, role="form-side")
        panel.setFixedWidth(FORM_PX)
        self._retranslate()
        return panel

    def _shown(self) -> QWidget:
        self._empty = EmptyState(
            "file-check",
            lambda: self.tr("尚未选择发布资料"),
            lambda: self.tr("选择文件夹后，这里列出将要签名的全部内容；有问题的逐条说明。"),
        )
        self._problems = Card(lambda: self.tr("发布前须改正"))
        self._problems.setObjectName("publish-problems")
        self._problem_lines: list[Label] = []
        self._summary = PublishSummary()
        self._done = PublishedCard(self._lane)
        self._done.wanted.connect(self.enter_wanted)
        self._pages = QStackedWidget()
        for page in (self._empty, _page(self._problems), _page(self._summary), _page(self._done)):
            self._pages.addWidget(page)
        return self._pages

    # -- what the window does ----------------------------------------------------------------------------------------

    def prefill(self, *, centre: str = "", key: str = "") -> None:
        """What is known already; what has been typed stays."""
        if not self.centre.text():
            self.centre.setText(centre)
        if key and not self.key.address:
            self.key.set_address(key)

    def continue_from(self, continues: Continuation, folder: Path | None) -> None:
        """Publish in the place of an evaluation that ended for a new committee; its window is this one."""
        self._continues = continues
        self._continued.say(
            lambda: self.tr("接续项目 {short}…：原评标委员会已解散，重新组建后在新项目中评标。").format(
                short=continues.evaluation[:16]
            )
        )
        self._continued.show()
        self._done.stay()
        if self._folder is not None:
            self._summary.show_folder(self._folder, continues)
        elif folder is not None:
            self.folder.suggest(str(folder))
            self._examine()

    # -- the folder --------------------------------------------------------------------------------------------------

    def _examine(self) -> None:
        path = self.folder.path
        if path is None or self._busy:
            return
        self._folder = None
        self._work(lambda: self.tr("正在核对发布资料…"))
        self._lane.submit(read_tender_folder, path, self._clock.now(), done=self._examined, failed=self._not_examined)

    @Slot(object)
    def _examined(self, folder: object) -> None:
        if isinstance(folder, TenderFolder):
            self._folder = folder
            self._summary.show_folder(folder, self._continues)
            self._pages.setCurrentIndex(2)
        self._rest()

    @Slot(object)
    def _not_examined(self, error: object) -> None:
        if not isinstance(error, TenderFolderRefused):
            self._pages.setCurrentIndex(0)
            self._fail(error)
            return
        for line in self._problem_lines:
            line.hide()
            line.deleteLater()
        self._problem_lines = [Label(problem, tone="bad", wrap=True) for problem in error.problems]
        self._problems.add(*self._problem_lines)
        self._problems.mark(lambda: self.tr("{count} 项").format(count=len(error.problems)), "bad")
        self._pages.setCurrentIndex(1)
        self._rest()

    # -- publishing --------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        folder = self._folder
        if folder is None:
            return
        self._problem.hide()
        self._confirm.ask(
            lambda: self.tr("确定发布本项目吗？"),
            lambda: self.tr("以您的证书签名后，“{title}”即在评标中心登记，内容不能再修改。").format(
                title=said(folder.tender.title)
            ),
            lambda: self.tr("签名发布"),
            partial(self._start, folder),
        )

    def _start(self, folder: TenderFolder) -> None:
        order = PublishOrder(folder, self.centre.value, self.key.address, self.pin.take(), self._continues)
        self._work(lambda: self.tr("正在打开证书…"))
        self._lane.submit(self._publish, order, self._lane.relay(self._tell), done=self._succeeded, failed=self._fail)

    @Slot(object)
    def _tell(self, text: object) -> None:
        if isinstance(text, Bilingual) and self._busy:
            self._work(text)

    @Slot(object)
    def _succeeded(self, announcement: object) -> None:
        if not isinstance(announcement, Announcement) or self._folder is None:
            return
        self._done.show_announcement(announcement, self._folder.tender.code)
        self._pages.setCurrentIndex(3)
        self._folder = None
        self._rest()

    @Slot(object)
    def _fail(self, error: object) -> None:
        if not isinstance(error, BaseException):
            return
        self._rest()
        self._problem.say(fault(error))
        self._problem.show()
        self.pin.setFocus()
        if not isinstance(error, EvalclientError):
            raise error

    # -- state -------------------------------------------------------------------------------------------------------

    def _work(self, text: Say) -> None:
        self._busy, self._told = True, text
        self._problem.hide()
        self._judge()

    def _rest(self) -> None:
        self._busy = False
        self._judge()

    def _missing(self) -> Say | None:
        if not self.centre.value:
            return lambda: self.tr("请填写评标中心地址。")
        if self.folder.path is None:
            return lambda: self.tr("请选择发布资料文件夹。")
        if self._folder is None:
            if self._pages.currentIndex() == 3:
                return lambda: self.tr("已发布；另选文件夹可再发布其他项目。")
            return lambda: self.tr("发布资料尚有问题，请改正后重新核对。")
        without_key = self.key.missing()
        if without_key is not None:
            return without_key
        if not self.pin.text():
            return lambda: self.tr("请核对右侧内容，确认无误后输入证书 PIN 码。")
        return None

    def _judge(self) -> None:
        told = self._told if self._busy else self._missing() or ""
        self._note.say(told)
        self._note.setVisible(bool(said(told)))
        self._progress.setVisible(self._busy)
        self._fields.setEnabled(not self._busy)
        self._back.setEnabled(not self._busy)
        self._again.setEnabled(self.folder.path is not None)
        self._button.setEnabled(not self._busy and self._missing() is None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_pages"):
            self._retranslate()
            if self._folder is not None:
                self._summary.show_folder(self._folder, self._continues)
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.pin.setAccessibleName(self.tr("证书 PIN 码"))
        self.pin.setPlaceholderText(self.tr("请输入证书 PIN 码"))


def _titled(title: Say, field_: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(Label(title), field_, gap=4))
    return holder


def _page(content: QWidget) -> QWidget:
    return scrolled(column(content, STRETCH, gap=0, margins=(16, 12, 16, 16)))
