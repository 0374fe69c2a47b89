"""What the demo adds around a seat's window: the bar, the panel, and what the four buttons do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from evalclient.app.link import LinkState
from evalclient.app.window import MainWindow
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members
from evalclient.demo.casting import Backstage, Conclusion, Progress
from evalclient.demo.people import load_person
from evalclient.demo.pictures import Photographer
from evalclient.demo.play.bar import DemoBar
from evalclient.demo.play.cards import CutCard, DigitCard, EndCard, LiarCard, PeekCard
from evalclient.demo.play.errands import DigitOutcome, LiarOutcome, change_a_digit, meet_a_liar
from evalclient.demo.play.guide import GuideCard
from evalclient.demo.play.panel import DemoPanel
from evalclient.desk.desk import Desk
from evalclient.desk.expert import Expert
from evalclient.ui.jobs import Lane
from evalclient.ui.texts import fault, language

LOOK_MS: Final = 100


class Accompaniment(QObject):
    """Stands beside a ``MainWindow`` as its tool bar and dock; what it does to the seat goes through the desk."""

    def __init__(self, window: MainWindow, backstage: Backstage, lane: Lane) -> None:
        super().__init__(window)
        self._window, self._backstage, self._lane = window, backstage, lane
        person = load_person(backstage.folder)
        pin = (backstage.folder / "pin").read_text("utf-8")
        self.guide = GuideCard(backstage.role, person, pin)
        self.cut, self.digit, self.liar = CutCard(), DigitCard(), LiarCard()
        self.peek, self.end = PeekCard(backstage.role), EndCard()
        cards = {
            "guide": self.guide,
            "cut": self.cut,
            "digit": self.digit,
            "liar": self.liar,
            "peek": self.peek,
            "end": self.end,
        }
        self.bar = DemoBar(window)
        self.panel = DemoPanel(cards, window, window.pages)
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.bar)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.panel)
        window.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.bar.chosen.connect(self._choose)
        self.panel.closed.connect(self._closed)
        self.cut.wanted.connect(self._cut)
        self.digit.wanted.connect(self._digit)
        self.liar.wanted.connect(self._liar)
        self.peek.wanted.connect(self._peek)
        self._photographer = Photographer(window, person.person, backstage.scenario.pictures)
        self._signed_in = QTimer(self)
        self._signed_in.timeout.connect(self._follow_once_signed_in)
        self._signed_in.start(LOOK_MS)
        self._choose("guide")

    def show_progress(self, progress: Progress) -> None:
        """How far everybody is."""
        self.bar.show_progress(progress)

    def show_conclusion(self, conclusion: Conclusion) -> None:
        """The evaluation has come to its end."""
        self.end.show_conclusion(conclusion)
        self._choose("end")

    # -- following the seat ----------------------------------------------------------------------------------------

    @Slot()
    def _follow_once_signed_in(self) -> None:
        sitting = self._window.sitting
        if sitting is None:
            return
        self._signed_in.stop()
        sitting.link.changed.connect(self._linked)
        sitting.live.changed.connect(self._changed)
        self._photographer.follow(sitting.live)
        self.guide.follow(sitting.live.evaluation.stage)

    @Slot(object)
    def _linked(self, _state: object) -> None:
        self._tell_cut()

    @Slot(object, object)
    def _changed(self, new: Evaluation, _old: object) -> None:
        self.guide.follow(new.stage)
        self._tell_cut()

    def _tell_cut(self) -> None:
        sitting = self._window.sitting
        if sitting is not None:
            state: LinkState = sitting.link.state
            received = sitting.live.logged.size
            self.cut.follow(state, received, sitting.live.evaluation.size - received)

    # -- the buttons -----------------------------------------------------------------------------------------------

    @Slot(str)
    def _choose(self, card: str) -> None:
        if self.panel.shown_card == card:
            self.panel.close_card()
            return
        self.panel.open_card(card)
        self.bar.press(card)

    @Slot()
    def _closed(self) -> None:
        self.bar.press("")

    @Slot()
    def _cut(self) -> None:
        sitting = self._window.sitting
        if sitting is None:
            return
        cut = not self.cut.is_cut
        if cut:
            self._backstage.cut.touch()
        else:
            self._backstage.cut.unlink(missing_ok=True)
        self.cut.set_cut(cut, sitting.live.logged.size)
        self.bar.set_cut(cut)

    @Slot()
    def _digit(self) -> None:
        self.digit.button.setEnabled(False)
        self.digit.clear()
        self.digit.say("neutral", lambda: self.tr("正在导出、改动、核验…"))
        self._lane.submit(
            change_a_digit, self._backstage, language(), done=self._digit_changed, failed=self._digit_failed
        )

    @Slot(object)
    def _digit_changed(self, outcome: object) -> None:
        if isinstance(outcome, DigitOutcome):
            self.digit.show_outcome(outcome)

    @Slot(object)
    def _digit_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            self.digit.fail(fault(error))

    @Slot()
    def _liar(self) -> None:
        self.liar.button.setEnabled(False)
        self.liar.clear()
        self.liar.say("neutral", lambda: self.tr("另一台客户端正在连接…"))
        self._lane.submit(meet_a_liar, self._backstage, language(), done=self._lied, failed=self._liar_failed)

    @Slot(object)
    def _lied(self, outcome: object) -> None:
        if isinstance(outcome, LiarOutcome):
            self.liar.show_outcome(outcome)

    @Slot(object)
    def _liar_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            self.liar.fail(fault(error))

    @Slot()
    def _peek(self) -> None:
        sitting = self._window.sitting
        if sitting is None:
            return
        colleague = _colleague(sitting.live.evaluation, sitting.person)
        if colleague:
            sitting.live.act(lambda desk: _read(desk, colleague), done=self.peek.allow, failed=self.peek.refuse)


def _read(desk: Desk, member: str) -> int:
    """How many bids a colleague has scored; Refused, with the article, until the rules let one look."""
    return len(Expert(desk).read_sheet(member))


def _colleague(evaluation: Evaluation, own: str) -> str:
    """The first other member, "" while nobody is appointed."""
    return next((member.person for member in active_members(evaluation) if member.person != own), "")
