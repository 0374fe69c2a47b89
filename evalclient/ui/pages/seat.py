"""The seat: individual scoring. Bidders left, the bid in the middle, the score form right; sealed when complete."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.results import bids_in_scoring
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, opened_bids, seal_by
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.tally.checks import SheetProblem, sheet_problems
from evalclient.core.method.tally.tally import member_total
from evalclient.desk.expert import Expert
from evalclient.desk.practice import fill_sheet
from evalclient.ui.pages.bid_page import BidPage
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.score_form import ScoreForm
from evalclient.ui.pages.sealed_panel import SealedPanel
from evalclient.ui.texts import Say, language, said
from evalclient.ui.widgets.bidder_list import BidderItem, BidderState

KIND = "sheet.sealed"


class SeatPage(BidPage):
    """Everything by keyboard: Tab, digits, Enter; Ctrl+↓ next bidder; Ctrl+M next missing."""

    form: ScoreForm

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        self._drafts = DraftTable(
            room.live,
            "score|",
            lambda desk: Expert(desk).sheet(),
            lambda desk, bidder, item, score: Expert(desk).save_score(bidder, item, score),
        )
        self.form = ScoreForm(room.live.evaluation.method, self._drafts, room.packages.links)
        super().__init__(room, self.form, self._drafts, parent)
        self.reader.prefer("technical")
        self._sealed = SealedPanel(room.live, KIND, "sheet")
        self.form.above.addWidget(self._sealed)
        self._missing: tuple[SheetProblem, ...] = ()
        self.form.seal_wanted.connect(self._ask)
        self.form.fill_wanted.connect(self._fill)

    def next_act(self, evaluation: Evaluation) -> Say:
        if seal_by(evaluation, self.live.person, KIND) is not None:
            return lambda: self.tr("您的评分表已封存：请等候其他评委。")
        count = len(self._missing)
        if count:
            return lambda: self.tr("请独立评分：还缺 {count} 项。").format(count=count)
        return lambda: self.tr("全部评完：请核对合计后封存评分表。")

    def follow(self, new: Evaluation, old: Evaluation | None) -> None:
        if old is None or new.seals is not old.seals or new.closed is not old.closed:
            sealed = seal_by(new, self.live.person, KIND) is not None
            self._sealed.follow(new)
            self.form.set_read_only(sealed)
            self.form.fill.setVisible(new.founding.practice and not sealed)
        if old is None:
            self._count()
            self._list(new)
            self.choose_among([bid.bidder for bid in bids_in_scoring(new)])

    def show_bidder(self, bidder: str) -> None:
        evaluation = self.live.evaluation
        self.form.show_bidder(bidder, self._number(evaluation, bidder), bidder_name(evaluation, bidder))

    @Slot()
    def go_to_missing(self) -> None:
        """The next problem after the bidder and item shown, round and round; none left: the seal."""
        self.form.commit()
        self._count()
        if not self._missing:
            self.form.seal.button.setFocus()
            return
        bidders = [bid.bidder for bid in bids_in_scoring(self.live.evaluation)]
        items = [item.id for item in items_of(self.live.evaluation.method)]
        focused = next((item for item, card in self.form.cards.items() if card.isAncestorOf(self.focusWidget())), "")

        def after(problem: SheetProblem) -> tuple[int, int]:
            distance = (bidders.index(problem.bidder) - bidders.index(self.bidder)) % len(bidders)
            return distance, items.index(problem.item)

        here = items.index(focused) if focused else -1
        later = [problem for problem in self._missing if after(problem) > (0, here)]
        target = min(later or self._missing, key=after)
        if target.bidder != self.bidder:
            self.choose(target.bidder)
        self.form.focus_item(target.item)

    def _count_all(self) -> None:
        self._count()
        self._list(self.live.evaluation)

    def _count(self) -> None:
        """What is missing in the whole sheet, and whether it can be sealed."""
        evaluation = self.live.evaluation
        bidders = [bid.bidder for bid in bids_in_scoring(evaluation)]
        sheet = {bidder: self._drafts.row(bidder) for bidder in bidders}
        self._missing = sheet_problems(evaluation.method, sheet, bidders)
        self.form.say_missing(len(self._missing))
        if self._missing:
            first, count = self._missing[0], len(self._missing)
            name = bidder_name(evaluation, first.bidder)
            self.form.seal.refuse(
                lambda: self.tr("还缺 {count} 项，如 {name}：{sentence}").format(
                    count=count, name=name, sentence=said(first.sentence)
                ),
                evaluation.rules.article("sheet.sealed"),
            )
        else:
            self.form.seal.allow(lambda: self.tr("封存时用您的证书签名。"))
        self.hint_changed.emit()

    def _list(self, evaluation: Evaluation) -> None:
        bids = bids_in_scoring(evaluation)
        items = [self._entry(evaluation, bid.bidder) for bid in bids]
        done = sum(entry.state == "done" for entry in items)
        count = len(bids)
        self.bidders.set_items(items, lambda: self.tr("已评完 {done}/{count}").format(done=done, count=count))

    def _entry(self, evaluation: Evaluation, bidder: str) -> BidderItem:
        scores = {item: score.value for item, score in self._drafts.row(bidder).items() if item in self.form.items}
        everything = len(self.form.items)
        open_items = {problem.item for problem in self._missing if problem.bidder == bidder}
        done = everything - len(open_items)
        state: BidderState = "done" if done == everything else ("doing" if scores else "todo")
        total = member_total(evaluation.method, scores).total
        return BidderItem(
            key=bidder,
            number=self._number(evaluation, bidder),
            name=bidder_name(evaluation, bidder),
            state=state,
            state_text=self._state_words(state, done, everything),
            score=(lambda: self.tr("{total} 分").format(total=total)) if scores else "",
            progress=100 * done // everything if state == "doing" else None,
        )

    def _state_words(self, state: BidderState, done: int, everything: int) -> Say:
        if state == "done":
            return lambda: self.tr("已评完")
        if state == "todo":
            return lambda: self.tr("未开始")
        return lambda: self.tr("评分中 {done}/{everything}").format(done=done, everything=everything)

    def _number(self, evaluation: Evaluation, bidder: str) -> int:
        return [bid.bidder for bid in opened_bids(evaluation)].index(bidder) + 1

    @Slot()
    def _ask(self) -> None:
        self.form.commit()
        self._count()
        refused = next((item for item, card in self.form.cards.items() if card.refused), "")
        if refused:
            self.form.focus_item(refused)
            return
        if self._missing:
            self.go_to_missing()
            return
        evaluation = self.live.evaluation
        totals = []
        for bid in bids_in_scoring(evaluation):
            scores = {item: score.value for item, score in self._drafts.row(bid.bidder).items()}
            totals.append((bidder_name(evaluation, bid.bidder), member_total(evaluation.method, scores).total))
        self.form.confirm.ask(
            lambda: self.tr("封存评分表并签名？"),
            lambda: self.tr("封存后本人不能再改；全体评委封存前可以撤回。"),
            lambda: self.tr("确认封存"),
            self._seal,
            figures=totals,
        )

    def _seal(self) -> None:
        self.form.seal.start(self.live, lambda desk: Expert(desk).seal_sheet())

    @Slot()
    def _fill(self) -> None:
        self.form.commit()
        spoken = language()
        self.live.act(lambda desk: fill_sheet(desk, spoken))
