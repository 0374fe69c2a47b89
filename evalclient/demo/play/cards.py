"""What the demo's panel shows: one card per button, and one for the end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evalclient.app.link import LinkState
from evalclient.core.law_words import cited
from evalclient.core.records.fields import Bilingual
from evalclient.demo.casting import Conclusion, PlayedRole
from evalclient.demo.play.errands import DigitOutcome, LiarOutcome
from evalclient.ui.live import Refusal
from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column
from evalclient.ui.widgets.notices import Message

#: heights of what a command has printed, and of a whole outcome, in pixels
SHORT_PX: Final = 96
LONG_PX: Final = 320


class PanelCard(QWidget):
    """A heading, what it is about, a button, and what came of it (``<name>-outcome``)."""

    wanted = Signal()
    """The card's button was pressed."""

    def __init__(self, name: str, heading: Say, about: Say, button: Say = "", icon: str = "play") -> None:
        super().__init__()
        self.setObjectName(f"card-{name}")
        self._name = name
        self.button = Button(button, icon=icon, kind="primary", on=self.wanted.emit)
        self.button.setObjectName(f"do-{name}")
        self.button.setVisible(bool(button))
        self.outcome: QVBoxLayout = column(gap=8)
        self.setLayout(
            column(
                Label(heading, "heading", wrap=True),
                Label(about, wrap=True),
                self.button,
                self.outcome,
                STRETCH,
                gap=12,
                margins=(16, 4, 16, 16),
            )
        )

    def clear(self) -> None:
        """Forget what came of it last time."""
        while (item := self.outcome.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def say(self, tone: Tone, text: Say, detail: Say = "") -> None:
        """One more sentence below the button."""
        message = Message(tone, text, detail)
        message.setObjectName(f"{self._name}-outcome")
        message.sentence.setObjectName(f"{self._name}-sentence")
        message.detail.setObjectName(f"{self._name}-detail")
        message.cross.hide()
        self.outcome.addWidget(message)

    def show_output(self, text: str, name: str, height: int = SHORT_PX) -> None:
        """What a command has printed, to be read and copied."""
        output = QPlainTextEdit(text)
        output.setObjectName(name)
        output.setReadOnly(True)
        output.setFixedHeight(theme().px(height))
        output.setAccessibleName(self.tr("命令输出"))
        self.outcome.addWidget(output)

    def fail(self, sentence: Bilingual) -> None:
        """The button's work could not be done; what to do."""
        self.button.setEnabled(True)
        self.clear()
        self.say("warn", sentence)


class CutCard(PanelCard):
    """Cut the network and go on."""

    def __init__(self) -> None:
        super().__init__(
            "cut",
            lambda: self.tr("切断网络，继续工作"),
            lambda: self.tr(
                "本窗口与评标中心之间的线路可以切断。断网时照常评审，每一项仍即时存盘；恢复后自动补发，并补收他人的记录。"
            ),
            lambda: self.tr("切断网络"),
            "wifi-off",
        )
        self.is_cut = False
        self._was_offline = False
        self._size = 0

    def set_cut(self, cut: bool, size: int) -> None:
        """The line has been cut, or joined again, at a log of ``size`` records."""
        self.is_cut, self._was_offline = cut, False
        self.clear()
        if cut:
            self._size = size
            self.button.say(lambda: self.tr("恢复网络"))
            self.button.set_icon("wifi")
            self.say("warn", lambda: self.tr("线路已切断。请继续评审，留意底部状态条。"))
        else:
            self.button.say(lambda: self.tr("切断网络"))
            self.button.set_icon("wifi-off")
            self.say("neutral", lambda: self.tr("线路已恢复，正在补发、补收…"))

    def follow(self, state: LinkState, size: int, pending: int) -> None:
        """How the window's link stands; ``size`` records received by the centre, ``pending`` made here and not yet sent."""
        if self.is_cut and state.phase == "offline":
            self._was_offline = True
            self.clear()
            self.say(
                "warn",
                lambda: self.tr("已离线：本机保存、尚未发送的记录 %n 条。可以继续工作。", None, pending),
            )
        elif not self.is_cut and self._size and state.phase == "online" and not pending:
            fresh, self._size = size - self._size, 0
            self.clear()
            self.say("ok", lambda: self.tr("已补齐：断网期间的 %n 条记录全部到位。", None, fresh))


class DigitCard(PanelCard):
    """Change one digit and see verification name it."""

    def __init__(self) -> None:
        super().__init__(
            "digit",
            lambda: self.tr("改一个数字，核验指出是哪一条"),
            lambda: self.tr(
                "导出到目前为止的档案，把开标记录中一家的报价改动一个数字，再用 evalclient verify 核验。评标本身不受影响。"
            ),
            lambda: self.tr("改一个数字"),
            "pen-line",
        )

    def show_outcome(self, outcome: DigitOutcome) -> None:
        """What ``verify`` said."""
        self.button.setEnabled(True)
        self.clear()
        change = outcome.change
        self.say(
            "neutral",
            lambda: self.tr("第 {number} 条记录中的报价 {before} 改成了 {after}。").format(
                number=change.record, before=change.before, after=change.after
            ),
        )
        for problem in outcome.problems:
            self.say("bad", problem.removeprefix("✗ "))
        self.show_output(outcome.command, "digit-command")


class LiarCard(PanelCard):
    """Play a dishonest centre."""

    def __init__(self) -> None:
        super().__init__(
            "liar",
            lambda: self.tr("让评标中心说谎"),
            lambda: self.tr(
                "另开一台客户端，经一条会篡改的线路连接评标中心：它收到的日志里，一条记录的收到时间被改动一个数字。"
                "用另一台，是因为报警后的客户端不再与该中心往来，本窗口还要继续评标。"
            ),
            lambda: self.tr("让中心说谎"),
            "shield-alert",
        )

    def show_outcome(self, outcome: LiarOutcome) -> None:
        """The second client's alarm."""
        self.button.setEnabled(True)
        self.clear()
        if outcome.alarm is None:
            self.say("warn", lambda: self.tr("这台客户端没有收到新记录，谎话还没有说出口，请稍后再试。"))
            return
        self.say("bad", outcome.alarm)
        known = outcome.known
        self.say(
            "neutral",
            lambda: self.tr("它此前核对过的 %n 条记录不变，谎话一条也没有收下；您的窗口照常工作。", None, known),
        )


class PeekCard(PanelCard):
    """Peek at a colleague's sheet and be refused."""

    def __init__(self, role: PlayedRole) -> None:
        same: dict[PlayedRole, Say] = {
            "expert": lambda: self.tr("向本席位要一位评委的评分表。页面上方各评委姓名旁的眼睛图标问的是同一件事。"),
            "administrator": lambda: self.tr("向本席位要一位评委的评分表。管理员的岗位任何时候都看不到评分。"),
            "supervisor": lambda: self.tr("向本席位要一位评委的评分表。全体评委封存之后，“评分表”一栏可以查看。"),
        }
        super().__init__(
            "peek",
            lambda: self.tr("偷看他人的评分表"),
            same[role],
            lambda: self.tr("看一看"),
            "eye",
        )

    def refuse(self, refusal: Refusal) -> None:
        """Why not, and by which article."""
        self.clear()
        self.say("bad", refusal.sentence, cited(refusal.article))

    def allow(self, count: int) -> None:
        """The rules let one look by now."""
        self.clear()
        self.say("ok", lambda: self.tr("全体评委均已封存，评分表已公开，可以查看（%n 家）。", None, count))


class EndCard(PanelCard):
    """The evaluation has ended: where everything lies, and what verification says."""

    def __init__(self) -> None:
        super().__init__(
            "end",
            lambda: self.tr("评标结束"),
            lambda: self.tr("报告、档案和截图都在下面的文件夹里。任何人都可以用这条命令核验，不需要评标中心。"),
            lambda: self.tr("打开文件夹"),
            "folder",
        )
        self._conclusion: Conclusion | None = None
        self.wanted.connect(self._open)

    def show_conclusion(self, conclusion: Conclusion) -> None:
        """Paths, command, outcome."""
        self._conclusion = conclusion
        self.clear()
        holds = conclusion.exit_code == 0
        verdict = conclusion.outcome[-1] if conclusion.outcome else ""
        self.say("ok" if holds else "bad", verdict)
        files = [str(path) for path in (conclusion.report, conclusion.archive, conclusion.pictures) if path is not None]
        self.show_output("\n".join(files), "end-files")
        self.show_output("\n".join((f"$ {conclusion.command}", *conclusion.outcome)), "end-verification", LONG_PX)

    def _open(self) -> None:
        if self._conclusion is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._conclusion.archive.parent)))
