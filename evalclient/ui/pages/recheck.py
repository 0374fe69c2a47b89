"""Re-check (复核): each flag with its article and numbers, one answer each; a score may be corrected in a lawful case."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from evalclient.core.evaluation.results import flags, result_digest
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.flag import Flag
from evalclient.core.records.acts_committee import RecheckAnswer, RecheckAnswered, SummaryRecorded
from evalclient.desk.chair import Chair
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.abnormal_vote import AbnormalVote
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.correction import Case, Correction
from evalclient.ui.pages.money import grouped
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row, scrolled

_CASES: Final[dict[str, Case]] = {"range": "range", "objective": "objective", "deviation": "abnormal"}


class FlagCard(Card):
    """``answer-<n>`` takes the answer, ``checked-<n>`` writes the usual one."""

    def __init__(self, live: Live, flag: Flag, number: int, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._live = live
        self.flag = flag
        self.title.say(by_name(live.evaluation, flag.sentence))
        self.title.show()
        self.answer = QLineEdit()
        self.answer.setObjectName(f"answer-{number}")
        self._usual = Button(lambda: self.tr("已复核，维持"), kind="ghost", on=self._write_usual)
        self._usual.setObjectName(f"checked-{number}")
        self._numbers = Label("", "caption", wrap=True)
        self._numbers.say(self._facts)
        line = row(self.answer, self._usual, gap=8)
        line.setStretch(0, 1)
        self.add(self._numbers, line)
        self.correction: Correction | None = None
        self._number = number
        self._case, self._bidder, items = self._questioned()
        self._item = Choice(f"item-{number}", lambda: self.tr("更正的评分项"))
        self._item.offer([(item.id, said(item.title)) for item in items])
        self._choice = QFrame()
        chosen = row(Label(lambda: self.tr("更正的评分项")), self._item, gap=8)
        chosen.setStretch(1, 1)
        self._choice.setLayout(chosen)
        self.add(self._choice)
        self._choice.setVisible(len(items) > 1)
        self._item.currentIndexChanged.connect(self._correct_item)
        self._correct_item()
        self._vote = self._make_vote()

    def follow(self, *, answered: bool) -> None:
        """Follow the evaluation."""
        mine = self._live.person in self.flag.asked
        prompt = self.tr("复核意见（必填）") if mine else self.tr("复核意见（必填，本条不涉及您本人评分）")
        self.answer.setPlaceholderText(prompt)
        self.answer.setAccessibleName(f"{self.title.text()} {prompt}")
        self.answer.setEnabled(not answered)
        self._usual.setVisible(not answered and self.flag.kind != "range")
        if self.correction is not None:
            self.correction.follow()
            self.correction.setVisible(not answered)
            self._choice.setVisible(not answered and self._item.count() > 1)
        if self._vote is not None:
            self._vote.follow(self._live.evaluation)

    def _make_vote(self) -> AbnormalVote | None:
        """Where the method replaces scores that the committee finds abnormal."""
        if self.flag.kind != "deviation" or not self._live.evaluation.method.aggregation.replace_abnormal:
            return None
        _, member, bidder, *_ = self.flag.id.split("/")
        vote = AbnormalVote(self._live, member, bidder, self._number)
        self.add(vote)
        return vote

    def _questioned(self) -> tuple[Case, str, tuple[ScoredItem, ...]]:
        """The case, bidder and own scores that the flag questions, where they may be corrected; else no scores.

        A flag on a total or a section leaves open which of its scores is wrong: the member chooses.
        """
        kind, *about = self.flag.id.split("/")
        case, evaluation = _CASES.get(kind), self._live.evaluation
        if case is None or case not in evaluation.rules.recheck.cases or self._live.person not in self.flag.asked:
            return "abnormal", "", ()
        bidder = next(part for part in about if part in evaluation.bids)
        label = about[about.index(bidder) + 1 :]
        sections = evaluation.method.sections
        return (
            case,
            bidder,
            tuple(
                item
                for section in sections
                for item in section.items
                if item.kind != "computed" and (not label or label[0] in (section.id, item.id))
            ),
        )

    def _correct_item(self) -> None:
        """The form for the score that is chosen."""
        if self.correction is not None:
            self.correction.hide()
            self.correction.deleteLater()
            self.correction = None
        if self._item.value:
            self.correction = Correction(self._live, f"flag-{self._number}", self._bidder, self._item.value, self._case)
            self.add(self.correction)

    def _write_usual(self) -> None:
        self.answer.setText(self.tr("已复核，评审依据充分，维持原意见。"))

    def _facts(self) -> str:
        """The numbers behind the flag and the article that asks for it."""
        numbers = [
            f"{self._word(name)} {grouped(value)}{'%' if name.endswith('%') else ''}"
            for name, value in self.flag.numbers.items()
        ]
        return with_article("　".join(numbers), self.flag.article)()

    def _word(self, name: str) -> str:
        words = {
            "score": self.tr("评分"),
            "others' mean": self.tr("其他投标人平均报价")
            if self.flag.kind == "low_price"
            else self.tr("其他评委平均分"),
            "deviation %": self.tr("偏差"),
            "price": self.tr("报价"),
            "below %": self.tr("低于"),
            "line": self.tr("警戒线"),
            "valid": self.tr("有效投标"),
            "needed": self.tr("应有"),
            "candidates": self.tr("候选名额"),
            "minimum": self.tr("最低"),
            "maximum": self.tr("最高"),
        }
        return words.get(name) or self._live.name(name)


class RecheckPage(MemberPage):
    """``submit-recheck`` signs all answers at once; ``sum-up-again`` is the leader's after a correction."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._flags: dict[str, Flag] = {}
        cards = column(gap=12)
        self._cards = Rows(cards, self._make_card)
        self._none = Label(
            lambda: self.tr("系统核对未发现需要提示的事项；请确认已复核汇总结果。"), "secondary", wrap=True
        )
        self._again = ActLine("sum-up-again", lambda: self.tr("重新汇总"), self._sum_up, icon="calculator")
        self._act = ActLine("submit-recheck", lambda: self.tr("签名提交复核意见"), self._submit, icon="clipboard-check")
        self._foot = Card("", self._none, self._again, self._act)
        holder = QWidget()
        holder.setLayout(column(cards, self._foot, STRETCH, gap=12, margins=(0, 12)))
        self.body.addWidget(scrolled(centred(holder, 940)))

    def next_act(self, evaluation: Evaluation) -> Say:
        if not evaluation.summary:
            if self.leads(evaluation):
                return lambda: self.tr("有评分已更正：请重新汇总。")
            return lambda: self.tr("有评分已更正：等待组长重新汇总。")
        if self._answered(evaluation):
            return lambda: self.tr("您已提交复核意见：请等候其他评委。")
        out_of_range = [flag for flag in self._flags.values() if flag.kind == "range"]
        if any(self.live.person in flag.asked for flag in out_of_range):
            return lambda: self.tr("请先更正您超出评分标准范围的评分。")
        if out_of_range:
            return lambda: self.tr("无须操作：等待其他评委更正超出评分标准范围的评分。")
        count = len(self._flags)
        if count:
            return lambda: self.tr("请逐条答复 %n 条复核提示，签名提交。", None, count)
        return lambda: self.tr("请核对汇总结果，签名提交复核意见。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        self._flags = {flag.id: flag for flag in flags(new)}
        self._cards.show(self._flags)
        answered = self._answered(new)
        for card in self._cards:
            card.follow(answered=answered)
        self._none.setVisible(not self._flags)
        self._again.setVisible(self.leads(new) and not new.summary)
        again = self.live.may(SummaryRecorded(result=result_digest(new)))
        self._again.judge(again, self.spoken(again))
        self._foot.mark((lambda: self.tr("您已提交")) if answered else None, "ok")
        self._act.setVisible(not answered)
        self._judge()

    def _judge(self) -> None:
        answers = tuple(RecheckAnswer(card.flag.id, card.answer.text().strip()) for card in self._cards)
        act = RecheckAnswered(result=result_digest(self.live.evaluation), answers=answers)
        verdict = self.live.may(act)
        self._act.judge(verdict, self.spoken(verdict))

    def _answered(self, evaluation: Evaluation) -> bool:
        mine = evaluation.rechecks.get(self.live.person)
        return mine is not None and mine.result == evaluation.summary

    def _make_card(self, key: str) -> FlagCard:
        number = list(self._flags).index(key) + 1
        card = FlagCard(self.live, self._flags[key], number)
        card.answer.textChanged.connect(self._judge)
        return card

    def _submit(self) -> None:
        answers = {card.flag.id: card.answer.text().strip() for card in self._cards}
        self._act.start(self.live, lambda desk: Expert(desk).answer_recheck(answers))

    def _sum_up(self) -> None:
        self._again.start(self.live, lambda desk: Chair(desk).sum_up())
