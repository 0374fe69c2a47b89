"""A custodian or bidder releases his key shares at the organiser's or the administrator's window (提交解密份额)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import standing_bids
from evalclient.core.ports import Clock
from evalclient.desk.key_release import Release
from evalclient.desk.outsiders import shares_wanted
from evalclient.desk.people import certificate_name
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import with_article
from evalclient.ui.pages.office import KeyRelease
from evalclient.ui.pages.recovery_card import shut_seals
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.key_field import KeyField
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.pin_field import PinField

SECOND_MS: Final = 1_000
# four lines
RECORDS_PX: Final = 96


class KeyReleaseCard(Card):
    """``release-holders release-records release-key-… release-key-pin release-key``; ``release-told`` says what came of it.

    Shown as long as ``wanted`` says so; ``narrow`` stacks the fields.
    """

    def __init__(
        self,
        live: Live,
        clock: Clock,
        release: KeyRelease,
        wanted: Callable[[Evaluation], bool],
        *,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            lambda: self.tr("提交解密份额"),
            caption=lambda: self.tr(
                "密钥保管方或投标人可在本机用自己的证书提交份额：以其本人名义签名，与本窗口登录的人无关。"
            ),
            parent=parent,
        )
        self._live, self._clock, self._release, self._wanted = live, clock, release, wanted
        self._busy = False
        self._holders = Label("", "caption", wrap=True)
        self._holders.setObjectName("release-holders")
        self._signs = Label(
            lambda: self.tr("逐条签名：保管方对以下每份各签一条记录，投标人只签自己的一份："), "caption", wrap=True
        )
        self._records = QPlainTextEdit()
        self._records.setObjectName("release-records")
        self._records.setReadOnly(True)
        self._records.setFixedHeight(theme().px(RECORDS_PX))
        self._key = KeyField("release-key")
        self._pin = PinField()
        self._pin.setObjectName("release-key-pin")
        self._told = Label("", "caption", wrap=True)
        self._told.setObjectName("release-told")
        self._told.hide()
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._act = ActLine(
            "release-key", lambda: self.tr("提交份额"), self._start, icon="key-round", kind="plain", stacked=narrow
        )
        self.add(self._holders, self._signs, self._records, self._key, self._pin, self._progress, self._told, self._act)
        self._clock_tick = QTimer(self)
        self._clock_tick.setInterval(SECOND_MS)
        self._clock_tick.timeout.connect(self._tick)
        self._key.changed.connect(self._judge)
        self._key.entered.connect(self._enter)
        self._key.tokens_wanted.connect(self._ask_for_tokens)
        self._pin.textChanged.connect(self._judge)
        self._pin.returnPressed.connect(self._enter)

    def follow(self, evaluation: Evaluation) -> None:
        """Follow whose shares are there."""
        self.setVisible(evaluation.ending is None and self._wanted(evaluation))
        if self.isHidden() or self._due(evaluation):
            self._clock_tick.stop()
        else:
            self._clock_tick.start()
        self._pin.setPlaceholderText(self.tr("证书 PIN 码"))
        self._pin.setAccessibleName(self.tr("证书 PIN 码"))
        self._holders.say(lambda: _who_has(evaluation, self.tr("，")))
        self._holders.setVisible(evaluation.stage == "opening" and self._due(evaluation))
        self._show_records(evaluation)
        self._judge()

    def _show_records(self, evaluation: Evaluation) -> None:
        """What a holder's key will sign here, before he gives it: it signs several records at one click."""
        due = self._due(evaluation)
        lines = "\n".join(said(line) for line in shares_wanted(evaluation)) if due else ""
        if lines != self._records.toPlainText():  # where nothing is new, whoever reads it stays where he is
            self._records.setPlainText(lines)
        self._records.setAccessibleName(self.tr("将签名的记录"))
        for shown in (self._signs, self._records):
            shown.setVisible(bool(lines))

    @Slot()
    def _tick(self) -> None:
        """Time passes without a record, and the deadline may have come."""
        if self._due(self._live.evaluation):
            self.follow(self._live.evaluation)

    def _due(self, evaluation: Evaluation) -> bool:
        return self._clock.now() >= evaluation.founding.deadline

    def _judge(self) -> None:
        evaluation = self._live.evaluation
        if self._busy:
            self._act.refuse(lambda: self.tr("正在核对证书并提交…"))
        elif not self._due(evaluation):
            self._act.refuse(lambda: self.tr("未到投标截止时间，不得提交解密份额。"), evaluation.rules.article("early"))
        elif (missing := self._key.missing()) is not None:
            self._act.refuse(missing)
        elif not self._pin.text():
            self._act.refuse(lambda: self.tr("请由份额持有人本人输入 PIN 码。"))
        else:
            self._act.allow(lambda: self.tr("份额只有组织方的席位能打开；提交记入日志。"))

    @Slot()
    def _ask_for_tokens(self) -> None:
        self._release.tokens(self._key.show_tokens)

    @Slot()
    def _enter(self) -> None:
        if self._act.button.isEnabled():
            self._start()

    def _start(self) -> None:
        self._show_busy(busy=True)
        self._told.hide()
        self._release.release(self._key.address, self._pin.take(), self._released, self._refused)

    def _released(self, release: Release) -> None:
        self._key.file.clear()
        self._show_busy(busy=False)
        self._say(lambda: self._outcome(release), good=not release.failures and bool(release.released))

    def _outcome(self, release: Release) -> str:
        lines = [
            self.tr("{name}：已提交 {count} 份，评标中心回执 {receipts} 份。").format(
                name=release.name, count=release.released, receipts=release.receipts
            )
            if release.released
            else self.tr("{name}：没有新的份额需要提交。").format(name=release.name)
        ]
        return "\n".join((*lines, *map(said, release.failures)))

    def _refused(self, refusal: Refusal) -> None:
        self._show_busy(busy=False)
        self._say(with_article(refusal.sentence, refusal.article), good=False)

    def _say(self, text: Say, *, good: bool) -> None:
        self._told.say(text)
        self._told.set_tone("ok" if good else "bad")
        self._told.show()

    def _show_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._progress.setVisible(busy)
        for field in (self._key, self._pin):
            field.setEnabled(not busy)
        self._judge()


def bids_shut(evaluation: Evaluation) -> bool:
    """Whether bids are still being opened."""
    return evaluation.stage == "opening"


def bodies_shut(evaluation: Evaluation) -> bool:
    """Whether a sealed body waits for its custodians."""
    return any(seal.record in evaluation.recovery for seal in shut_seals(evaluation))


def _who_has(evaluation: Evaluation, comma: str) -> str:
    """Each custodian with how many bids he has released his share of."""
    bids = standing_bids(evaluation)
    return comma.join(
        f"{certificate_name(party.certificate)} {sum(party.person in bid.shares for bid in bids)}/{len(bids)}"
        for party in evaluation.founding.custodians
    )
