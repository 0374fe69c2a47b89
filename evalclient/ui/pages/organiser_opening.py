"""Opening (开标): what was handed in, the shares, the packages brought here, names and prices read out and recorded."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import shares_suffice, standing_bids
from evalclient.core.records.acts_bids import OpenedBid, OpeningRecorded
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.key_release_card import KeyReleaseCard, bids_shut
from evalclient.ui.pages.names import with_article
from evalclient.ui.pages.objections import Objections
from evalclient.ui.pages.office import Office, Section, local
from evalclient.ui.pages.opened_line import OpenedLine
from evalclient.ui.pages.qualification_card import QualificationCard
from evalclient.ui.pages.rows import Rows
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import box, column, flowing, row
from evalclient.ui.widgets.progress_row import ProgressRow


class OpeningSection(Section):
    """``fetch-bids``, ``release-key``, ``read-bids``, ``record-opening``, ``correct-opening``; then qualification where it is his."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._received = ReceivedBids(office)
        self._received.read.connect(self._read)
        self._lines_layout = column(gap=8)
        self._lines = Rows(self._lines_layout, self._make_line)
        self._bids: dict[str, OpenedBid] = {}
        self._correcting = False
        self._sent: OpeningRecorded | None = None
        self._objections = Objections()
        self._objections.changed.connect(self._judge)
        self._act = ActLine("record-opening", lambda: self.tr("签名记录开标"), self._record, icon="pen-line")
        self._again = Button(lambda: self.tr("更正开标记录…"), icon="square-pen", kind="ghost", on=self._correct)
        self._again.setObjectName("correct-opening")
        self._record_card = Card(lambda: self.tr("开标记录"), self._lines_layout, self._objections, self._act)
        self._record_card.footer(self._again)
        self._qualification = QualificationCard(office.live)
        self._shares = KeyReleaseCard(office.live, office.clock, office.key_release, bids_shut)
        self.stack(self._received, self._shares, self._record_card, self._qualification)

    def follow(self, new: Evaluation) -> None:
        self._received.follow(new)
        self._shares.follow(new)
        recorded = new.opening
        if self._sent is not None and recorded == self._sent:
            self._sent, self._correcting = None, False
        if recorded is not None and not self._correcting:
            self._bids = {line.bidder: line for line in recorded.bids}
            self._show_lines()
            self._objections.show_objections(recorded.objections)
        editing = new.stage == "opening" and (recorded is None or self._correcting)
        for line in self._lines:
            line.set_read_only(not editing)
        self._objections.set_read_only(not editing)
        self._act.setVisible(editing)
        self._again.setVisible(new.stage == "opening" and recorded is not None and not self._correcting)
        self._record_card.setVisible(bool(self._bids))
        self._record_card.mark(
            (lambda: self.tr("已记录"))
            if recorded is not None and not self._correcting
            else (lambda: self.tr("请逐项核对")),
            "ok" if recorded is not None and not self._correcting else "primary",
        )
        self._qualification.follow(new)
        self._judge()

    def _read(self) -> None:
        self._received.reading(busy=True)
        bids = self.office.bids
        self.live.act(lambda desk: Organiser(desk).read_bids(bids.open), done=self._came, failed=self._not_read)

    def _came(self, lines: tuple[OpenedBid, ...]) -> None:
        self._received.was_read()
        self._bids = {line.bidder: line for line in lines}
        self._show_lines()
        self._correcting = self.live.evaluation.opening is not None
        self.follow(self.live.evaluation)

    def _not_read(self, refusal: Refusal) -> None:
        self._received.fetch_again()
        self.live.refused.emit(refusal)

    def _show_lines(self) -> None:
        self._lines.show(self._bids)
        for number, (bidder, line) in enumerate(self._bids.items(), start=1):
            self._lines[bidder].show_bid(line, number)

    def _make_line(self, bidder: str) -> OpenedLine:
        line = OpenedLine(self._bids[bidder], self.live.evaluation.method)
        line.changed.connect(self._judge)
        return line

    def _opened(self) -> tuple[OpenedBid, ...]:
        return tuple(line.bid() for line in self._lines)

    def _judge(self) -> None:
        if self._act.isHidden() or not self._bids:
            return
        unexplained = [line for line in self._lines if line.unexplained]
        verdict = self.live.may(OpeningRecorded(bids=self._opened(), objections=self._objections.objections()))
        if unexplained:
            self._act.refuse(
                lambda: self.tr("开标失败的投标文件须写明情况。"), self.live.evaluation.rules.article("opening_failure")
            )
        elif not verdict.allowed:
            self._act.judge(verdict, self.spoken(verdict))
        elif self._objections.incomplete:
            self._act.refuse(
                lambda: self.tr("异议须写明提出人、内容和当场答复。"), self.live.evaluation.rules.article("objections")
            )
        else:
            self._act.allow(lambda: self.tr("唱标无误后签名；开标记录向全体投标人公开。"))

    def _record(self) -> None:
        bids, objections = self._opened(), self._objections.objections()
        self._sent = OpeningRecorded(bids=bids, objections=objections)
        self._act.start(self.live, lambda desk: Organiser(desk).record_opening(bids, objections))

    def _correct(self) -> None:
        self._correcting = True
        self.follow(self.live.evaluation)


class ReceivedBids(Card):
    """A line per bid with its receipt and shares; packages are fetched, then read. ``read`` asks for the reading."""

    read = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("收到的投标文件"), parent=parent)
        self._office = office
        self._live: Live = office.live
        self._here: tuple[str, ...] = ()
        self._fetching = False
        self._reading = False
        lines = column(gap=4)
        self._lines = Rows(lines, BidLine)
        self._nothing = Label(lambda: self.tr("尚未收到投标文件。"), "hint")
        self._why = Label("", "caption", wrap=True)
        self._why.setObjectName("opening-waits")
        self._progress = ProgressRow(lambda: self.tr("取回投标文件"), "download")
        self._progress.cancel.setObjectName("cancel-fetch")
        self._progress.retry.setObjectName("retry-fetch")
        self._progress.cancelled.connect(self._cancel)
        self._progress.retried.connect(self._fetch)
        self._progress.hide()
        self._fetch_button = Button(lambda: self.tr("取回投标文件"), icon="download", kind="primary", on=self._fetch)
        self._fetch_button.setObjectName("fetch-bids")
        self.read_button = Button(
            lambda: self.tr("读出名称和报价"), icon="lock-open", kind="primary", on=self.read.emit
        )
        self.read_button.setObjectName("read-bids")
        self.add(lines, self._nothing, self._progress)
        foot = row(self._why, self._fetch_button, self.read_button, gap=8)
        foot.setStretch(0, 1)
        self.add(foot)

    def reading(self, *, busy: bool) -> None:
        """Whether the bids are being read now."""
        self._reading = busy
        self._judge(self._live.evaluation)

    def was_read(self) -> None:
        """The names and prices are on the page: reading again is no longer the next thing."""
        self.read_button.set_kind("plain")
        self.reading(busy=False)

    def fetch_again(self) -> None:
        """What is here does not read: a copy that has decayed comes anew with the next fetching."""
        self._here = ()
        self._progress.hide()
        self.reading(busy=False)

    def follow(self, evaluation: Evaluation) -> None:
        """Follow what has come and which shares are there."""
        bids = standing_bids(evaluation)
        self._lines.show(bid.bidder for bid in bids)
        for number, bid in enumerate(bids, start=1):
            self._lines[bid.bidder].follow(evaluation, bid, number)
        self._nothing.setVisible(not bids)
        count = len(bids)
        self.mark(lambda: self.tr("{count} 份").format(count=count), "neutral", "files")
        if evaluation.stage != "opening" and not self._fetching:
            self._progress.hide()
        self._judge(evaluation)

    def _judge(self, evaluation: Evaluation) -> None:
        bids = standing_bids(evaluation)
        opening = evaluation.stage == "opening"
        here = set(self._here) >= {bid.package for bid in bids}
        self._fetch_button.setVisible(opening and not here and not self._fetching)
        self.read_button.setVisible(opening and here and bool(bids))
        verdict = self._live.may(OpeningRecorded(bids=tuple(_failed(bid) for bid in bids)))
        short = sum(not shares_suffice(evaluation, bid) for bid in bids)
        self._why.setVisible(opening)
        reason = with_article(verdict.reason, verdict.article) if verdict.reason is not None else None
        self._fetch_button.refuse(reason)
        self.read_button.refuse((lambda: self.tr("正在读取…")) if self._reading else reason)
        if reason is not None:
            self._why.say(reason)
        elif short:
            self._why.say(
                lambda: self.tr("还有 {count} 份投标文件的解密份额不足；现在读取将记为开标失败。").format(count=short)
            )
        else:
            self._why.say(lambda: self.tr("解密份额已齐。"))
        self._why.set_tone("warn" if reason is not None or short else "ok")

    # -- bringing the packages -------------------------------------------------------------------------------------

    def _fetch(self) -> None:
        packages = tuple(bid.package for bid in standing_bids(self._live.evaluation))
        self._fetching = True
        self._progress.show()
        self._progress.set_progress(0, len(packages), lambda: self.tr("正在连接评标中心…"))
        self._judge(self._live.evaluation)
        self._office.bids.fetch(packages, self._further, partial(self._came, packages), self._failed)

    def _further(self, package: int, of: int) -> None:
        self._progress.set_progress(
            package - 1, of, lambda: self.tr("正在取回第 {package}/{of} 份").format(package=package, of=of)
        )

    def _came(self, packages: tuple[str, ...], absent: tuple[str, ...]) -> None:
        self._fetching = False
        self._here = packages
        count, lost = len(packages) - len(absent), len(absent)
        self._progress.set_done(
            (lambda: self.tr("{count} 份投标文件已取回，摘要与日志一致。").format(count=count))
            if not lost
            else lambda: self.tr("{count} 份投标文件已取回；评标中心没有其余 {lost} 份，读取后将记为开标失败。").format(
                count=count, lost=lost
            )
        )
        self._judge(self._live.evaluation)

    def _failed(self, refusal: Refusal) -> None:
        self._fetching = False
        self._progress.set_failed(refusal.sentence)
        self._judge(self._live.evaluation)

    def _cancel(self) -> None:
        self._office.bids.cancel()
        self._fetching = False
        self._progress.set_failed(lambda: self.tr("已取消；已取回的部分保留，可继续。"))
        self._judge(self._live.evaluation)


class BidLine(QWidget):
    """``bid-<tail>``: when it was received, its size, and the shares released for it."""

    def __init__(self, bidder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"bid-{bidder[-8:]}")
        self._name = Label("", wrap=True)
        self._when = Label("", "caption")
        self._shares = Chip()
        self._shares.setObjectName(f"shares-{bidder[-8:]}")
        self._own = Chip()
        facts = flowing(self._when, self._own, self._shares, gap=10)
        layout = row(Icon("package", size=18), column(self._name, facts, gap=2), gap=10, margins=(0, 3))
        layout.setStretch(1, 1)
        self.setLayout(column(box(layout), gap=0))

    def follow(self, evaluation: Evaluation, bid: Bid, number: int) -> None:
        """Show how far it is."""
        name = bid.opened.name if bid.opened else ""
        self._name.say(name or (lambda: self.tr("第 {number} 份（开标前不显示名称）").format(number=number)))
        size = f"{bid.size / (1 << 20):.1f}"
        self._when.say(lambda: self.tr("{at} 收到　{size} MiB").format(at=local(bid.received), size=size))
        founding = evaluation.founding
        released, least = sum(holder != bid.bidder for holder in bid.shares), founding.threshold
        self._shares.set(
            "ok" if released >= least else "neutral",
            lambda: self.tr("保管方份额 {released}/{all}（需 {least}）").format(
                released=released, all=len(founding.custodians), least=least
            ),
            "key-round",
        )
        self._own.setVisible(founding.bidder_share)
        own = bid.bidder in bid.shares
        self._own.set(
            "ok" if own else "neutral",
            (lambda: self.tr("投标人份额已提交")) if own else (lambda: self.tr("投标人份额未提交")),
            "key-round" if own else "clock",
        )


def _failed(bid: Bid) -> OpenedBid:
    """A line that says nothing of the bid, to ask whether there may be an opening at all."""
    return OpenedBid(bidder=bid.bidder, package=bid.package, name="—", price="0", failure="withdrawn", note="—")
