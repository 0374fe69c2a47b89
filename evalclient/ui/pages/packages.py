"""Release to the committee: keys granted, packages fetched and checked, bid by bid."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, has_access, reviewed_bids
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.room import Packages, Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, scrolled
from evalclient.ui.widgets.progress_row import ProgressRow


class PackageLine(ProgressRow):
    """One bid: name, how much has come, its state, and a button to stop or to try again."""

    def __init__(self, bidder: str, name: str, packages: Packages, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._bidder, self._packages = bidder, packages
        self.setObjectName(f"package-{bidder[-8:]}")
        self.cancel.setObjectName(f"package-cancel-{bidder[-8:]}")
        self.retry.setObjectName(f"package-retry-{bidder[-8:]}")
        self.cancelled.connect(self._cancel)
        self.retried.connect(self._retry)

    def follow(self) -> None:
        """Show how far the package is."""
        state = self._packages.state(self._bidder)
        figures = f"{_mebibytes(state.received)} / {_mebibytes(state.size)} MiB"
        match state.phase:
            case "ready":
                size = _mebibytes(state.size)
                self.set_done(lambda: self.tr("{size} MiB，封装与摘要核对无误，可查看。").format(size=size))
            case "fetching":
                self.set_progress(
                    state.received, state.size, lambda: self.tr("正在下载 {figures}").format(figures=figures)
                )
            case "checking":
                self.set_progress(state.received, state.size, lambda: self.tr("正在核对投标人签名与逐卷摘要…"))
            case "failed":
                self.set_failed(state.problem.sentence if state.problem else "")
            case "cancelled":
                self.set_failed(lambda: self.tr("已取消下载；已收到的部分保留，可继续。"))
            case "waiting":
                self.set_waiting(lambda: self.tr("排队等待下载"))
            case _:
                self.set_waiting(lambda: self.tr("等待组织方授予密钥"))

    def _cancel(self) -> None:
        self._packages.cancel(self._bidder)

    def _retry(self) -> None:
        self._packages.fetch(self._bidder)


class PackagesPage(MemberPage):
    """Everything here goes by itself; the member watches, and may stop or try again."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._access = Label("", "secondary", wrap=True)
        lines = column(gap=14)
        self._lines = Rows(lines, self._make_line)
        self._card = Card(lambda: self.tr("投标文件开放与核验"), self._access, lines)
        holder = QWidget()
        holder.setLayout(column(self._card, STRETCH, margins=(0, 12)))
        self.body.addWidget(scrolled(centred(holder, 900)))
        room.packages.changed.connect(self._package_changed)

    def next_act(self, evaluation: Evaluation) -> Say:
        if not has_access(evaluation, self.live.person):
            return lambda: self.tr("无须操作：等待组织方向您的席位开放投标文件。")
        if all(self.room.packages.state(bid.bidder).phase == "ready" for bid in reviewed_bids(evaluation)):
            return lambda: self.tr("投标文件已全部核验，可以开始评审。")
        return lambda: self.tr("无须操作：投标文件正在下载并核验，完成后即可评审。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        bids = reviewed_bids(new)
        self._lines.show(bid.bidder for bid in bids)
        for bid in bids:
            self._lines[bid.bidder].follow()
        granted = has_access(new, self.live.person)
        self._card.mark(
            (lambda: self.tr("密钥已授予")) if granted else (lambda: self.tr("等待密钥")),
            "ok" if granted else "neutral",
            "key-round",
        )
        self._access.say(
            lambda: self.tr(
                "投标文件以密文下载，逐卷核对投标人签名与摘要；密钥只授予您当前席位的会话，解密内容只在内存中显示，不写入磁盘。"
            )
        )

    @Slot(str)
    def _package_changed(self, bidder: str) -> None:
        line = self._lines.get(bidder)
        if line is not None:
            line.follow()
        self.hint_changed.emit()

    def _make_line(self, bidder: str) -> PackageLine:
        return PackageLine(bidder, bidder_name(self.live.evaluation, bidder), self.room.packages)


def _mebibytes(size: int) -> str:
    return f"{size / (1 << 20):.1f}"
