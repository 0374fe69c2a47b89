"""Preliminary review: each member by himself, item by item; sealed, then the group's result by majority."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.results import rejections
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import all_opened, bidder_name, opened_bids, reviewed_bids, seal_by
from evalclient.core.records.acts_committee import Opinion
from evalclient.desk.expert import Expert
from evalclient.ui.pages.bid_page import BidPage
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.group_result import GroupResult
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.review_form import ReviewForm
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.sealed_panel import SealedPanel
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.bidder_list import BidderItem, BidderState
from evalclient.ui.widgets.layout import column, scrolled

KIND = "review.sealed"


class ReviewPage(BidPage):
    """``pass-<item>``, ``fail-<item>``, ``reason-<item>``; ``pass-others`` asks before it passes what is left."""

    form: ReviewForm

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        self._drafts = DraftTable(
            room.live,
            "review|",
            lambda desk: Expert(desk).review(),
            lambda desk, bidder, item, opinion: Expert(desk).save_opinion(bidder, item, opinion),
        )
        items = room.live.evaluation.method.preliminary
        self.form = ReviewForm(items, self._drafts, room.packages.links)
        super().__init__(room, self.form, self._drafts, parent)
        self._sealed = SealedPanel(room.live, KIND, "review")
        self._group = GroupResult(room.live)
        self.form.above.addWidget(self._sealed)
        self._result = scrolled(column(self._group))
        self.form.top.addWidget(self._result, 1)
        self._missing: list[tuple[str, str]] = []
        self.form.pass_others_wanted.connect(self._ask_pass_others)
        self.form.seal_wanted.connect(self._ask_seal)

    def next_act(self, evaluation: Evaluation) -> Say:
        if all_opened(evaluation, KIND):
            return lambda: self.tr("全体评审意见已公开：请核对小组结论。")
        if seal_by(evaluation, self.live.person, KIND) is not None:
            return lambda: self.tr("您的评审意见已封存：请等候其他评委。")
        count = len(self._missing)
        if count:
            return lambda: self.tr("请逐项评审投标文件：还缺 {count} 项。").format(count=count)
        return lambda: self.tr("全部评完：请封存评审意见。")

    def follow(self, new: Evaluation, old: Evaluation | None) -> None:
        if old is None or new.seals is not old.seals or new.competition is not old.competition:
            self._sealed.follow(new)
            self._group.follow(new)
            opened = all_opened(new, KIND)
            self._result.setVisible(opened)
            self.form.show_result(opened)
            self._sealed.setVisible(self._sealed.isVisibleTo(self.form) and not opened)
            self.form.set_read_only(seal_by(new, self.live.person, KIND) is not None)
            self._count_all()
        if old is None:
            self.choose_among([bid.bidder for bid in reviewed_bids(new)])

    def show_bidder(self, bidder: str) -> None:
        evaluation = self.live.evaluation
        self.form.show_bidder(bidder, self._number(evaluation, bidder), bidder_name(evaluation, bidder))

    @Slot()
    def go_to_missing(self) -> None:
        """The next item without a complete opinion, the bidder shown first."""
        self.form.commit()
        self._count()
        if not self._missing:
            self.form.seal.button.setFocus()
            return
        here = [entry for entry in self._missing if entry[0] == self.bidder]
        bidder, item = (here or self._missing)[0]
        if bidder != self.bidder:
            self.choose(bidder)
        self.form.focus_item(item)

    def _count_all(self) -> None:
        self._count()
        evaluation = self.live.evaluation
        items = [self._entry(evaluation, bid.bidder) for bid in reviewed_bids(evaluation)]
        done, count = sum(entry.state in ("done", "out") for entry in items), len(items)
        self.bidders.set_items(items, lambda: self.tr("已评完 {done}/{count}").format(done=done, count=count))

    def _count(self) -> None:
        evaluation = self.live.evaluation
        self._missing = [
            (bid.bidder, item)
            for bid in reviewed_bids(evaluation)
            for item in self.form.items
            if not _complete(self._drafts.get(bid.bidder, item))
        ]
        self.form.say_missing(len(self._missing))
        if self._missing:
            (bidder, item), count = self._missing[0], len(self._missing)
            name, title = bidder_name(evaluation, bidder), self.form.items[item].title
            self.form.seal.refuse(
                lambda: self.tr("还缺 {count} 项，如 {name}：“{title}”尚未评审").format(
                    count=count, name=name, title=said(title)
                ),
                evaluation.rules.article("review.sealed"),
            )
        else:
            self.form.seal.allow(lambda: self.tr("封存时用您的证书签名。"))
        self.hint_changed.emit()

    def _entry(self, evaluation: Evaluation, bidder: str) -> BidderItem:
        if all_opened(evaluation, KIND):
            return self._group_entry(evaluation, bidder)
        row = self._drafts.row(bidder)
        done, everything = sum(map(_complete, row.values())), len(self.form.items)
        fails = sum(not opinion.passed for opinion in row.values())
        state: BidderState = "todo" if not done else "doing"
        if done == everything:
            state = "out" if fails else "done"
        return BidderItem(
            key=bidder,
            number=self._number(evaluation, bidder),
            name=bidder_name(evaluation, bidder),
            state=state,
            state_text=self._state_words(state, done, everything, fails),
            progress=100 * done // everything if state == "doing" else None,
        )

    def _group_entry(self, evaluation: Evaluation, bidder: str) -> BidderItem:
        """Once all is open the list shows the group's result."""
        out = bidder in rejections(evaluation)
        return BidderItem(
            key=bidder,
            number=self._number(evaluation, bidder),
            name=bidder_name(evaluation, bidder),
            state="out" if out else "done",
            state_text=(lambda: self.tr("小组：否决")) if out else (lambda: self.tr("小组：通过")),
        )

    def _state_words(self, state: BidderState, done: int, everything: int, fails: int) -> Say:
        if state == "todo":
            return lambda: self.tr("未开始")
        if state == "done":
            return lambda: self.tr("全部通过")
        if state == "out":
            return lambda: self.tr("{fails} 项不通过").format(fails=fails)
        return lambda: self.tr("评审中 {done}/{everything}").format(done=done, everything=everything)

    def _number(self, evaluation: Evaluation, bidder: str) -> int:
        return [bid.bidder for bid in opened_bids(evaluation)].index(bidder) + 1

    @Slot()
    def _ask_pass_others(self) -> None:
        self.form.commit()
        self._count()
        mine = [item for item in self.form.items if self._drafts.get(self.bidder, item) is None]
        if not mine:
            self.go_to_missing()
            return
        name, count = bidder_name(self.live.evaluation, self.bidder), len(mine)
        titles = listed(said(self.form.items[item].title) for item in mine)
        self.form.confirm.ask(
            lambda: self.tr("{name}：其余 %n 项均判定通过？", None, count).format(name=name),
            lambda: self.tr("您确认已逐项审查：{titles}。").format(titles=titles),
            lambda: self.tr("确认通过"),
            self._pass_others,
        )

    def _pass_others(self) -> None:
        for bidder, item in list(self._missing):
            if bidder == self.bidder and self._drafts.get(bidder, item) is None:
                self._drafts.put(bidder, item, Opinion(True))
        self.form.reload()

    @Slot()
    def _ask_seal(self) -> None:
        self.form.commit()
        self._count()
        if self._missing:
            self.go_to_missing()
            return
        lines = [
            f"{entry.name}　{said(entry.state_text)}"
            for bid in reviewed_bids(self.live.evaluation)
            for entry in [self._entry(self.live.evaluation, bid.bidder)]
        ]
        self.form.confirm.ask(
            lambda: self.tr("封存评审意见并签名？"),
            lambda: "\n".join([*lines, "", self.tr("封存后本人不能再改；全体评委封存前可以撤回。")]),
            lambda: self.tr("确认封存"),
            self._seal,
        )

    def _seal(self) -> None:
        self.form.seal.start(self.live, lambda desk: Expert(desk).seal_review())


def _complete(opinion: Opinion | None) -> bool:
    """A fail counts only with its reason."""
    return opinion is not None and (opinion.passed or bool(opinion.reason.strip()))
