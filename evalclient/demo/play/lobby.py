"""The demo's first window: a newcomer chooses whose seat he takes, then sees how the preparation goes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from evalclient.core.records.fields import Bilingual
from evalclient.demo.casting import PlayedRole, Progress
from evalclient.demo.play.bar import timed
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, column, row, scrolled
from evalclient.ui.widgets.roomy import Roomy

CHOOSING: Final = "choosing"
PREPARING: Final = "preparing"
FIRST_SIZE: Final = (1180, 720)
WIDEST: Final = 1060


class Lobby(Frame):
    """``chosen(role)`` once; then ``show_progress`` until the seat's window takes over."""

    chosen = Signal(str)

    def __init__(self, bidders: int) -> None:
        super().__init__(None)
        self.show_identity(Identity(tender=lambda: self.tr("远程异地评标演示")))
        self.choosing = ChoosingPage()
        self.preparing = PreparingPage(expected=7 + 4 * bidders)
        self.add_page(CHOOSING, self.choosing)
        self.add_page(PREPARING, self.preparing)
        self.show_page(CHOOSING)
        self.choosing.chosen.connect(self.prepare)
        self.resize(*FIRST_SIZE)

    def prepare(self, role: str) -> None:
        """The role is chosen: show the preparation."""
        self.show_page(PREPARING)
        self.chosen.emit(role)

    def show_progress(self, progress: Progress) -> None:
        """One more line of the preparation."""
        self.preparing.add(progress)

    def fail(self, sentence: Bilingual) -> None:
        """The demo cannot go on, and why."""
        self.banners.show_message("failed", "bad", sentence).setObjectName("demo-failed")
        self.preparing.stop()


class ChoosingPage(QWidget):
    """Three seats, each with what one does there."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        seats = row(
            self._seat(
                "expert",
                "square-pen",
                lambda: self.tr("评标专家"),
                lambda: self.tr(
                    "阅读招标文件、声明回避、推选组长，评审并评分，最后签署报告。其余各家您“先前”已经评完，还剩一家。"
                ),
                lambda: self.tr("约十分钟"),
                lambda: self.tr("坐到专家席"),
            ),
            self._seat(
                "administrator",
                "user-check",
                lambda: self.tr("场地管理员"),
                lambda: self.tr("确认主场席位和设备就绪，为本场专家核验身份、办理签到，然后看评标如何进行。"),
                lambda: self.tr("约五分钟"),
                lambda: self.tr("坐到管理员席"),
            ),
            self._seat(
                "supervisor",
                "shield-check",
                lambda: self.tr("行政监督人员"),
                lambda: self.tr("旁观评标全过程，会签日志检查点，并审批组长提出的一次回退申请。"),
                lambda: self.tr("约五分钟"),
                lambda: self.tr("坐到监督席"),
            ),
            gap=16,
        )
        for place in range(3):
            seats.setStretch(place, 1)
        layout = column(
            Label(lambda: self.tr("您想坐到哪个席位？"), "title"),
            Label(
                lambda: self.tr(
                    "演示在本机进行一次完整的远程异地评标：评标中心和二十来个人，各是一个进程，各有存储和证书，只通过评标中心往来。"
                    "您担任其中一人，其余的人由程序以常人的速度办理。右上角可以切换语言，招标文件和投标文件随之采用该语言。"
                ),
                "secondary",
                wrap=True,
            ),
            seats,
            Label(
                lambda: self.tr(
                    "窗口下方有四个按钮：切断网络继续工作、改一个数字由核验指出、让评标中心说谎、偷看他人评分被拒。"
                ),
                "hint",
                wrap=True,
            ),
            gap=16,
        )
        self._holder = QWidget()
        self._holder.setLayout(layout)
        self._holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        middle = row(STRETCH, self._holder, STRETCH, gap=0)
        middle.setStretch(1, 1000)
        self.setLayout(column(Roomy(column(STRETCH, middle, STRETCH, gap=0, margins=(28, 24))), gap=0))
        theme().changed.connect(self._restyle)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self._holder.setMaximumWidth(theme().px(WIDEST))

    def _seat(self, role: PlayedRole, icon: str, title: Say, what: Say, time: Say, button: Say) -> Card:
        take = Button(button, icon="log-in", kind="primary", on=lambda: self.chosen.emit(role))
        take.setObjectName(f"play-{role}")
        card = Card()
        card.head.insertWidget(0, Icon(icon, colour="primary_text", size=28))
        card.title.say(title)
        card.title.show()
        words = Label(what, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.add(words, Label(time, "caption"), take)
        card.setMinimumHeight(240)
        return card


class PreparingPage(QWidget):
    """What has happened so far, each line with its time."""

    def __init__(self, expected: int) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bar = QProgressBar()
        self._bar.setRange(0, expected)
        self._bar.setTextVisible(False)
        self._lines: QVBoxLayout = column(gap=6)
        self._area: QScrollArea = scrolled(column(self._lines, STRETCH, gap=0))
        card = Card(lambda: self.tr("正在准备"))
        card.add(
            Label(
                lambda: self.tr("正在生成证书、招标文件和各家投标文件，然后发布、递交、开标；席位备好后窗口自动打开。"),
                "secondary",
                wrap=True,
            ),
            self._bar,
        )
        card.fill(self._area)
        card.setMaximumWidth(WIDEST)
        middle = row(STRETCH, card, STRETCH, gap=0)
        middle.setStretch(1, 1000)
        self.setLayout(column(middle, gap=0, margins=(28, 24)))

    def add(self, progress: Progress) -> None:
        """One more line, scrolled into view."""
        self._lines.addWidget(Label(timed(progress)))
        self._bar.setValue(min(self._bar.maximum() - 1, self._bar.value() + 1))
        QTimer.singleShot(0, self, self._follow)

    def stop(self) -> None:
        """Nothing more will come."""
        self._bar.hide()

    def _follow(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())
