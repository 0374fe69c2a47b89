"""How firmly the result stands (稳健性分析), for the supervisor after the signatures: computed here, when he asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.robustness.analysis import Robustness, robustness
from evalclient.core.workflow.reading import may_read_robustness
from evalclient.desk.supervisor import Supervisor
from evalclient.ui.jobs import CancelToken
from evalclient.ui.live import Refusal, refusal_of
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.grid import Grid
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.office import Office, Section
from evalclient.ui.pages.robustness_rows import MOST_SHOWN, RobustnessRows
from evalclient.ui.texts import fault
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.data_table import TableColumn
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.progress_row import ProgressRow


class RobustnessSection(Section):
    """``compute-robustness``, ``robustness-progress``; then ``robustness-members -ways -scores``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._found: Robustness | None = None
        self._token: CancelToken | None = None
        self._act = ActLine("compute-robustness", lambda: self.tr("计算"), self._start, icon="calculator")
        self._progress = ProgressRow(lambda: self.tr("正在逐项试算"), "calculator")
        self._progress.setObjectName("robustness-progress")
        self._progress.cancel.setObjectName("cancel-robustness")
        self._progress.retry.setObjectName("retry-robustness")
        self._progress.cancelled.connect(self._cancel)
        self._progress.retried.connect(self._start)
        self._progress.hide()
        self._told = [Label("", wrap=True) for _ in range(3)]
        for at, label in enumerate(self._told):
            label.setObjectName(f"robustness-finding-{at}")
            label.hide()
        head = Card(
            lambda: self.tr("稳健性分析"),
            *self._told,
            self._progress,
            self._act,
            caption=lambda: self.tr(
                "去掉任一评委、改用其他取舍、去极值或者汇总方式、改动任一评分时，第一名和中标候选人是否改变。"
                "只供复核参考，不改变评标结果。"
            ),
        )
        self._members = Card(lambda: self.tr("去掉一名评委"), self._variants("robustness-members", self._member_title))
        self._ways = Card(
            lambda: self.tr("其他计算方式"), self._variants("robustness-ways", lambda: self.tr("计算方式"))
        )
        self._scores = Card(lambda: self.tr("决定性评分"), self._score_table())
        self._cards = (self._members, self._ways, self._scores)
        for card in self._cards:
            card.hide()
        self.stack(head, *self._cards)

    def follow(self, new: Evaluation) -> None:
        verdict = may_read_robustness(self.live.logged, self.live.person)
        self._act.setVisible(self._token is None and self._found is None)
        self._act.judge(verdict, note=lambda: self.tr("在本席位由已核验的日志计算，可随时取消。"))
        if self._found is not None:
            self._show(new, self._found)

    def _member_title(self) -> str:
        return self.tr("去掉的评委")

    def _variants(self, name: str, title: Callable[[], str]) -> Grid:
        return Grid(
            name,
            (
                TableColumn(title, 220),
                TableColumn(lambda: self.tr("中标候选人（依次）"), 0),
                TableColumn(lambda: self.tr("与评标结果相比"), 130),
            ),
        )

    def _score_table(self) -> Grid:
        return Grid(
            "robustness-scores",
            (
                TableColumn(lambda: self.tr("一档之差"), 76),
                TableColumn(lambda: self.tr("评委"), 84),
                TableColumn(lambda: self.tr("投标人"), 228),
                TableColumn(lambda: self.tr("评分项"), 0),
                TableColumn(lambda: self.tr("评分"), 60, number=True),
                TableColumn(lambda: self.tr("改变第一名"), 112, number=True),
                TableColumn(lambda: self.tr("改变候选人"), 132, number=True),
                TableColumn(lambda: self.tr("评委所写理由"), 0),
            ),
        )

    # -- computing -------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._token = CancelToken()
        self._progress.show()
        self._progress.set_progress(0, 0)
        self.follow(self.live.evaluation)
        self.live.act(lambda desk: Supervisor(desk).robustness_basis(), done=self._compute, failed=self._stopped)

    def _compute(self, basis: tuple[Method, TallyInput]) -> None:
        token = self._token
        if token is None:
            return
        lane = self.office.analysis
        lane.submit(_work, *basis, token, lane.relay(self._further), done=self._came, failed=self._broke, token=token)

    def _cancel(self) -> None:
        if self._token is not None:
            self._token.cancel()
        self._token = None
        self._progress.hide()
        self.follow(self.live.evaluation)

    @Slot(object)
    def _further(self, told: object) -> None:
        if self._token is not None and not self._token.cancelled and isinstance(told, tuple):
            done, whole = told
            self._progress.set_progress(done, whole, lambda: self.tr("{done} / {whole}").format(done=done, whole=whole))

    @Slot(object)
    def _came(self, found: object) -> None:
        self._token = None
        self._found = cast("Robustness", found)
        self._progress.hide()
        self.follow(self.live.evaluation)

    @Slot(object)
    def _broke(self, error: object) -> None:
        if isinstance(error, Exception):
            self._stopped(refusal_of(error) or Refusal(fault(error)))

    def _stopped(self, refusal: Refusal) -> None:
        self._token = None
        self._progress.set_failed(refusal.sentence)

    # -- what came out ---------------------------------------------------------------------------------------------

    def _show(self, evaluation: Evaluation, found: Robustness) -> None:
        rows = RobustnessRows(evaluation, found, self.live.name)
        for card, lines in zip(self._cards, (rows.members(), rows.ways(), rows.scores()), strict=True):
            grid = card.findChild(Grid)
            assert isinstance(grid, Grid)  # noqa: S101 - each of these cards was made with one
            grid.set_rows(lines)
            card.setVisible(bool(lines))
        self._scores.caption.say(
            lambda: self.tr("由近及远，最多列出 {most} 个；全部见评标档案的 robustness.json。").format(most=MOST_SHOWN)
        )
        self._scores.caption.show()
        self._tell_members(found)
        self._tell_ways(found)
        self._tell_scores(found)
        for label in self._told:
            label.show()

    def _tell_members(self, found: Robustness) -> None:
        first = [self.live.name(line.member) for line in found.members if line.changes_first]
        others = sum(line.changes_candidates for line in found.members)
        if first:
            self._tell(0, "bad", lambda: self.tr("去掉以下评委，第一名改变：{names}").format(names=listed(first)))
        elif others:
            self._tell(0, "warn", lambda: self.tr("去掉任一评委，第一名不变，候选人可能改变。"))
        else:
            self._tell(0, "ok", lambda: self.tr("去掉任一评委，第一名和候选人都不变。"))

    def _tell_ways(self, found: Robustness) -> None:
        ways = [*found.trimmings, *found.levels, *found.roundings]
        first, others = sum(way.changes_first for way in ways), sum(way.changes_candidates for way in ways)
        tried = found.roundings_tried + len(found.trimmings) + len(found.levels)
        if others:
            self._tell(
                1,
                "bad" if first else "warn",
                lambda: self.tr("其他计算方式：试算 {tried}，改变第一名 {first}，改变候选人 {others}。").format(
                    tried=tried, first=first, others=others
                ),
            )
        else:
            self._tell(
                1, "ok", lambda: self.tr("其他计算方式：试算 {tried}，第一名和候选人都不变。").format(tried=tried)
            )

    def _tell_scores(self, found: Robustness) -> None:
        tone: Tone = "ok"
        if found.scores:
            tone = "bad" if found.pivotal else "warn"
        self._tell(
            2,
            tone,
            lambda: self.tr(
                "单个评分：共 {every}，单独改动可改变候选人 {some}（其中可改变第一名 {first}），只差一档 {pivotal}。"
            ).format(
                every=found.scores_examined,
                some=len(found.scores),
                first=sum(score.first is not None for score in found.scores),
                pivotal=found.pivotal,
            ),
        )

    def _tell(self, at: int, tone: Tone, text: Callable[[], str]) -> None:
        self._told[at].say(text)
        self._told[at].set_tone(tone)


def _work(method: Method, entries: TallyInput, token: CancelToken, tell: Callable[[object], None]) -> Robustness:
    """On the lane; raises Cancelled once nobody wants it."""

    def progress(done: int, whole: int) -> None:
        token.check()
        tell((done, whole))

    return robustness(method, entries, progress)
