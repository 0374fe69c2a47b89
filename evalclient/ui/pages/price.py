"""Price evaluation (报价评审): every step with its numbers, then each member's confirmation."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.drawing import draw_due
from evalclient.core.evaluation.results import price_digest, price_result, tally_numbers, tally_result
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.method.entry.entries import PriceResult
from evalclient.core.method.wording.sheet import StepResult, calculation_sheet, computed_sheet
from evalclient.core.records.acts_committee import PriceConfirmed
from evalclient.core.records.fields import Bilingual
from evalclient.desk.expert import Expert
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.grid import Grid
from evalclient.ui.pages.money import grouped, grouped_in, yuan
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.price_correction import PriceCorrectionCard
from evalclient.ui.pages.room import Room
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.data_table import TableCell, TableColumn
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row, scrolled
from evalclient.ui.widgets.pane import Pane

RIGHT_PX: Final = 470


class StepCard(Card):
    """One step: its rule with the numbers put in; one line per bidder where there is one number each."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._number = number
        self._rule = Label("", "secondary", wrap=True)
        self._figure = Label("", "heading", tone="primary")
        self._who = Label("", wrap=True)
        self._grid = Grid(
            f"step-{number}",
            [
                TableColumn(lambda: self.tr("投标人"), 200),
                TableColumn(lambda: self.tr("计算过程"), 0),
                TableColumn(lambda: self.tr("结果"), 96, number=True),
            ],
        )
        self.add(self._rule, self._figure, self._who, self._grid)
        self.title.show()

    def show_step(self, evaluation: Evaluation, step: StepResult) -> None:
        """Follow the calculation."""
        self.title.say(lambda: f"{self._number}　{said(step.name)}")
        self._rule.say(Bilingual(grouped_in(step.formula.zh), grouped_in(step.formula.en)))
        self._figure.setVisible(step.value is not None)
        self._figure.say(grouped(step.value or ""))
        self._who.setVisible(step.kept is not None)
        self._who.say(self._population(evaluation, step))
        self._grid.setVisible(bool(step.values))
        self._grid.set_rows(
            [
                (
                    _named(evaluation, line.bidder),
                    grouped_in(line.working),
                    TableCell(grouped(line.value), bold=True),
                )
                for line in step.values
            ]
        )

    def _population(self, evaluation: Evaluation, step: StepResult) -> Say:
        kept = listed(bidder_name(evaluation, bidder) for bidder in step.kept or ())
        out = listed(bidder_name(evaluation, bidder) for bidder in step.left_out)
        if out:
            return lambda: self.tr("参与：{kept}；不参与：{out}").format(kept=kept, out=out)
        return lambda: self.tr("参与：{kept}").format(kept=kept)


def _named(evaluation: Evaluation, bidder: str) -> TableCell:
    """A bidder's name, whole in its tool tip where the column is too narrow."""
    name = bidder_name(evaluation, bidder)
    return TableCell(name, tip=name)


class PricePage(MemberPage):
    """``confirm-price`` signs the calculation that this client did by itself."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._shown: PriceResult | None = None
        self._steps = column(gap=10)
        self._cards: list[StepCard] = []
        self._none = Label("", "secondary", wrap=True)
        self._none.hide()
        left = QWidget()
        left.setLayout(column(self._none, self._steps, STRETCH))
        self._scores = Grid(
            "price-scores",
            [
                TableColumn(lambda: self.tr("投标人"), 0),
                TableColumn(lambda: self.tr("报价（元）"), 142, number=True),
                TableColumn(lambda: self.tr("得分"), 68, number=True),
            ],
        )
        self._act = ActLine("confirm-price", lambda: self.tr("签名确认"), self._confirm, icon="pen-line")
        self._card = Card(lambda: self.tr("报价得分"), self._scores, self._act)
        self._corrections = PriceCorrectionCard(self.live)
        right = Pane(column(scrolled(column(self._card, self._corrections, STRETCH))), RIGHT_PX)
        layout = row(scrolled(left), right, gap=12)
        layout.setStretch(0, 1)
        self.body.addLayout(layout)

    def next_act(self, evaluation: Evaluation) -> Say:
        if draw_due(evaluation) is not None:
            return lambda: self.tr("您已参与抽取：请等候其他各方，抽取完成后计算报价得分。")
        if self._confirmed(evaluation):
            return lambda: self.tr("您已确认报价评审：请等候其他评委。")
        return lambda: self.tr("请逐步核对报价计算，无误后签名确认。")

    def follow(self, new: Evaluation, old: Evaluation | None) -> None:
        if draw_due(new) is not None:
            self._wait_for_draw(new)
            return
        result = price_result(new)
        if result is not self._shown or old is None:
            self._show_result(new, result)
        self._corrections.follow(new)
        confirmed = self._confirmed(new)
        self._card.mark((lambda: self.tr("您已确认")) if confirmed else None, "ok")
        self._act.setVisible(not confirmed)
        verdict = self.live.may(PriceConfirmed(calculation=price_digest(new)))
        self._act.judge(
            verdict,
            self.spoken(verdict),
            note=lambda: self.tr("签名的是您本机独立算出的结果；各评委结果一致方可汇总。"),
        )

    def _wait_for_draw(self, evaluation: Evaluation) -> None:
        self._show_result(evaluation, None)
        self._none.say(lambda: self.tr("本项目的报价计算含抽取的数值，抽取完成后显示。"))
        self._card.mark(None)
        self._corrections.hide()
        verdict = self.live.may(PriceConfirmed(calculation="0" * 64))
        self._act.judge(verdict, self.spoken(verdict))

    def _show_result(self, evaluation: Evaluation, result: PriceResult | None) -> None:
        self._shown = result
        self._none.say(lambda: self.tr("本项目的评标办法不对报价打分。"))
        self._none.setVisible(result is None)
        self._scores.setVisible(result is not None)
        steps: tuple[StepResult, ...] = ()
        if result is not None:
            numbers = tally_numbers(evaluation)
            computed = computed_sheet(evaluation.method, tally_result(evaluation), numbers.computed)
            steps = (*computed, *calculation_sheet(evaluation.method, result, numbers.price).steps)
        while len(self._cards) < len(steps):
            self._cards.append(StepCard(len(self._cards) + 1))
            self._steps.addWidget(self._cards[-1])
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(steps))
            if place < len(steps):
                card.show_step(evaluation, steps[place])
        scores = result.scores if result is not None else {}
        lines = tally_result(evaluation).bidders if result is not None else ()
        prices = {line.bidder: line.corrected or line.price for line in lines}
        order = sorted(scores, key=lambda bidder: list(prices).index(bidder))
        self._scores.set_rows(
            [
                (
                    _named(evaluation, bidder),
                    yuan(prices.get(bidder)),
                    TableCell(scores[bidder], bold=True),
                )
                for bidder in order
            ]
        )

    def _confirmed(self, evaluation: Evaluation) -> bool:
        return evaluation.price_confirmed.get(self.live.person) == price_digest(evaluation)

    def _confirm(self) -> None:
        self._act.start(self.live, lambda desk: Expert(desk).confirm_price())
