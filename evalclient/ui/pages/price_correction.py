"""Arithmetic corrections of prices (算术性修正): what is recorded, and for the leader the form that records it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.results import bids_in_scoring
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.records.acts_committee import PriceCorrected, PriceCorrection
from evalclient.core.records.fields import is_decimal
from evalclient.desk.chair import Chair
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.money import grouped
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column
from evalclient.ui.widgets.line_field import LineField
from evalclient.ui.widgets.number_text import normalise


class PriceCorrectionCard(Card):
    """``correct-bidder``, ``correct-amount``, ``correct-reason``, ``correct-statement`` and ``correct-price``."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("算术性修正"), parent=parent)
        self._live = live
        self._sent: PriceCorrected | None = None
        self._made = Label("", wrap=True)
        self._whom = Choice("correct-bidder", lambda: self.tr("投标人"))
        self._amount = LineField("correct-amount", lambda: self.tr("修正金额（元），减少的填负数"), most=24)
        self._reason = LineField("correct-reason", lambda: self.tr("原因，如总价与单价合计不一致"))
        self._statement = LineField("correct-statement", lambda: self.tr("投标人书面确认情况"))
        self._act = ActLine("correct-price", lambda: self.tr("签名记录修正"), self._do, icon="pen-line", stacked=True)
        self._form = QFrame()
        self._form.setLayout(column(self._whom, self._amount, self._reason, self._statement, self._act, gap=8))
        self.add(self._made, self._form)
        for field in (self._amount, self._reason, self._statement):
            field.textChanged.connect(self._judge)
        self._whom.currentIndexChanged.connect(self._judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown to the leader, and to everybody once something was corrected."""
        leads = evaluation.leader == self._live.person and evaluation.stage == "price"
        made = [(bidder, act) for bidder, act in evaluation.price_corrected.items() if act.corrections]
        self.setVisible(leads or bool(made))
        self._form.setVisible(leads)
        self._made.say(lambda: "\n".join(self._sentence(evaluation, bidder, act) for bidder, act in made))
        self._made.setVisible(bool(made))
        self._whom.offer([(bid.bidder, bidder_name(evaluation, bid.bidder)) for bid in bids_in_scoring(evaluation)])
        if self._sent is not None and evaluation.price_corrected.get(self._sent.bidder) == self._sent:
            self._sent = None
            for field in (self._amount, self._reason, self._statement):
                field.clear()
        self._judge()

    def _sentence(self, evaluation: Evaluation, bidder: str, act: PriceCorrected) -> str:
        return "\n".join(
            self.tr("{name}：{amount} 元（{reason}）").format(
                name=bidder_name(evaluation, bidder), amount=_signed(one.amount), reason=one.reason
            )
            for one in act.corrections
        )

    def _correction(self) -> PriceCorrected:
        amount = normalise(self._amount.text()).removeprefix("+")
        one = PriceCorrection(amount=amount, reason=self._reason.value)
        return PriceCorrected(bidder=self._whom.value, corrections=(one,), statement=self._statement.value)

    def _judge(self) -> None:
        if self._form.isHidden():
            return
        article = self._live.evaluation.rules.article("price.corrected")
        if not is_decimal(normalise(self._amount.text()).removeprefix("+")):
            self._act.refuse(lambda: self.tr("请填写修正金额，如 -1200.50。"), article)
        else:
            self._act.judge(
                self._live.may(self._correction()), note=lambda: self.tr("修正后各评委须重新确认报价计算。")
            )

    def _do(self) -> None:
        self._sent = act = self._correction()
        self._act.start(self._live, lambda desk: Chair(desk).correct_price(act))


def _signed(amount: str) -> str:
    return grouped(amount) if amount.startswith("-") else f"+{grouped(amount)}"
