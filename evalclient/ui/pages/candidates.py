"""The recommended candidates in the order of the result (推荐中标候选人): recorded by the leader, seen by all."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.results import result_digest, tally_result
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.records.acts_committee import CandidatesRecommended
from evalclient.desk.chair import Chair
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.money import yuan
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row, scrolled


class CandidateLine(QFrame):
    """Place, name, price, total."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._place = Label("", "figure", tone="primary")
        self._name = Label("", "heading", wrap=True)
        self._price = Label("", "caption")
        self._total = Label("", "figure")
        layout = row(self._place, column(self._name, self._price, gap=2), self._total, gap=18, margins=(18, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def set(self, place: int, name: str, price: Say, total: Say) -> None:
        """What stands in the line."""
        self._place.say(str(place))
        self._name.say(name)
        self._price.say(price)
        self._total.say(total)


class CandidatesPage(MemberPage):
    """``recommend`` is the leader's button."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        lines = column(gap=8)
        self._lines = Rows(lines, lambda _bidder: CandidateLine())
        self._act = ActLine("recommend", lambda: self.tr("签名推荐以上候选人"), self._recommend, icon="pen-line")
        self._undecided = Label("", tone="warn", wrap=True)
        self._card = Card(lambda: self.tr("推荐的中标候选人"), lines, self._undecided, self._act)
        holder = QWidget()
        holder.setLayout(column(self._card, STRETCH, margins=(0, 12)))
        self.body.addWidget(scrolled(centred(holder, 820)))

    def next_act(self, evaluation: Evaluation) -> Say:
        if evaluation.candidates is not None:
            return lambda: self.tr("候选人已记录。")
        if self.leads(evaluation):
            return lambda: self.tr("请核对候选人及排序，签名推荐。")
        return lambda: self.tr("无须操作：等待组长推荐中标候选人。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        result = tally_result(new)
        chosen = new.candidates if new.candidates is not None else result.candidates
        self._lines.show(chosen)
        for place, bidder in enumerate(chosen, start=1):
            line = result.line(bidder)
            price, total = yuan(line.price), line.total or "—"
            self._lines[bidder].set(
                place,
                bidder_name(new, bidder),
                lambda price=price: self.tr("投标报价 {price} 元").format(price=price),  # type: ignore[misc]
                lambda total=total: self.tr("{total} 分").format(total=total),  # type: ignore[misc]
            )
        names = listed(bidder_name(new, bidder) for bidder in result.undecided)
        self._undecided.setVisible(bool(names))
        self._undecided.say(
            lambda: self.tr("{names} 并列，名额不足，由招标人（采购人）依规定确定。").format(names=names)
        )
        rule = new.rules.candidates
        self._card.caption.say(rule.text)
        self._card.caption.show()
        recorded = new.candidates is not None
        self._card.mark(
            (lambda: self.tr("已推荐")) if recorded else (lambda: self.tr("待组长推荐")),
            "ok" if recorded else "primary",
        )
        self._act.setVisible(self.leads(new) and not recorded)
        verdict = self.live.may(CandidatesRecommended(candidates=tuple(result.candidates), result=result_digest(new)))
        self._act.judge(verdict, self.spoken(verdict))

    def _recommend(self) -> None:
        self._act.start(self.live, lambda desk: Chair(desk).recommend())
