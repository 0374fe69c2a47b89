"""The robot at a committee member's window, leader included: one thing at a time, as a person would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from evalclient.core.evaluation.results import bids_in_scoring, differences, flags
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, correction_of, reviewed_bids, seal_by
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.tally.checks import reason_needed
from evalclient.core.records.acts_committee import Score
from evalclient.core.records.fields import Bilingual
from evalclient.demo.cues import Cues
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.demo.robot.hands import Hands
from evalclient.ui.live import Live
from evalclient.ui.pages.bid_page import BidPage
from evalclient.ui.pages.paper_list import READ_ICON
from evalclient.ui.widgets.buttons import Button

_CORRECTED = Bilingual("核对原件后更正。", "Corrected after looking at the original.")
_CHECKED = Bilingual("已复核，评分依据充分。", "Re-checked; the scores are well grounded.")
_DISSENT = Bilingual("对第二名的技术评分有不同意见。", "I differ on the technical score of the second.")
_REASON = Bilingual("见评审记录。", "See the notes.")

#: how many items of a bid are done when the robot looks a page up
_HALF = 7


class MemberRobot:
    """``step()`` uses the window once, or returns False while there is nothing to do.

    ``moment`` names what the last step left on the screen where that is worth a picture, "" elsewhere.
    """

    def __init__(self, window: QWidget, live: Live, plan: MemberPlan, language: str, cues: Cues | None = None) -> None:
        self._window = window
        self._hands = Hands(window)
        self._live = live
        self._plan = plan
        self._language = language
        self._cues = cues or Cues()
        self._opening = ""
        self._seen: set[tuple[str, str]] = set()
        self.moment = ""
        self._stages: dict[str, Callable[[Evaluation], bool]] = {
            "pledge": self._pledge,
            "leader": self._vote,
            "preliminary": self._review,
            "scoring": self._score,
            "settlement": self._settle,
            "price": lambda _evaluation: self._hands.click("confirm-price"),
            "summary": lambda _evaluation: self._hands.click("sum-up"),
            "recheck": self._recheck,
            "candidates": lambda _evaluation: self._hands.click("recommend"),
            "report": self._report,
        }

    def step(self) -> bool:
        """Do the next thing; whether there was one."""
        self.moment = ""
        evaluation = self._live.evaluation
        act = self._stages.get(evaluation.stage)
        if act is not None and act(evaluation):
            return True
        if self._hands.find("group-result") is not None and self._pause_at("group"):
            return True
        return (
            self._hands.find("close-stage") is not None
            and self._cues.given(evaluation.stage)
            and self._hands.click("close-stage")
        )

    def _pause_at(self, moment: str) -> bool:
        """Leave everything as it is for one step, the first time in a stage that ``moment`` is reached."""
        key = (self._live.evaluation.stage, moment)
        if key in self._seen:
            return False
        self._seen.add(key)
        self.moment = moment
        return True

    def _read_evidence(self, item: str) -> bool:
        """Once in a stage, half-way through a bid: look a page up that the bidder names."""
        pages = self._hands.buttons(f"evidence-{item}-")
        if not pages or not self._pause_at("half"):
            return False
        self._hands.click_on(pages[0])
        return True

    def _pledge(self, evaluation: Evaluation) -> bool:
        member = evaluation.members.get(self._live.person)
        if member is None or not member.arrival:
            return False
        if not (member.pledge and member.recusal):
            unread = [paper for paper in self._papers() if paper.icon_name != READ_ICON]
            if unread:
                return self._open_paper(unread[0])
        if not member.recusal and (self._hands.choose("recusal-no") or self._hands.click("declare-recusal")):
            return True
        if member.pledge:
            return False
        return self._hands.choose("pledge-agree") or self._pause_at("filled") or self._hands.click("sign-pledge")

    def _open_paper(self, paper: Button) -> bool:
        """One after the other: a paper that is asked for before the last one has come puts that one aside."""
        if paper.objectName() != self._opening:
            self._opening = paper.objectName()
            self._hands.click_on(paper)
        return True

    def _papers(self) -> list[Button]:
        return [button for button in self._hands.buttons("paper-") if isinstance(button, Button)]

    def _vote(self, evaluation: Evaluation) -> bool:
        if evaluation.leader or seal_by(evaluation, self._live.person, "vote.sealed") is not None:
            return False
        return (
            self._hands.choose(f"vote-{self._plan.vote}") or self._pause_at("filled") or self._hands.click("seal-vote")
        )

    def _review(self, evaluation: Evaluation) -> bool:
        page = self._page()
        if page is None or seal_by(evaluation, self._live.person, "review.sealed") is not None:
            return False
        if self._confirm():
            return True
        opinions = self._plan.opinions.get(bidder_name(evaluation, page.bidder), {})
        first = reviewed_bids(evaluation)[0].bidder == page.bidder
        for place, (item, opinion) in enumerate(opinions.items()):
            if first and place == _HALF and self._read_evidence(item):
                return True
            if not opinion.passed:
                field = self._hands.find(f"reason-{item}")
                if self._hands.choose(f"fail-{item}"):
                    return True
                if field is not None and not self._text(f"reason-{item}"):
                    self._hands.type(f"reason-{item}", opinion.reason or _REASON.text(self._language))
                    return self._hands.press(f"reason-{item}", Qt.Key.Key_Tab)
            elif first and self._hands.choose(f"pass-{item}"):
                return True
        return self._finish_bidder(page, "pass-others", "seal-review")

    def _score(self, evaluation: Evaluation) -> bool:
        page = self._page()
        if page is None:
            return False
        if seal_by(evaluation, self._live.person, "sheet.sealed") is not None:
            return self._pause_at("sealed")
        if self._confirm():
            return True
        scores = self._plan.scores.get(bidder_name(evaluation, page.bidder), {})
        second = [bid.bidder for bid in bids_in_scoring(evaluation)].index(page.bidder) == 1
        for place, item in enumerate(items_of(evaluation.method)):
            if second and place == _HALF and self._read_evidence(item.id):
                return True
            if item.id in scores and self._score_item(item, scores[item.id]):
                return True
        return self._finish_bidder(page, "", "seal-sheet")

    def _confirm(self) -> bool:
        if self._hands.find("confirm-seal-yes") is None:
            return False
        return self._pause_at("confirm") or self._hands.click("confirm-seal-yes")

    def _score_item(self, item: ScoredItem, score: Score) -> bool:
        if item.kind == "fixed":
            chosen = next((fixed.value for fixed in item.values if _same(fixed.value, score.value)), "")
            return self._hands.choose(f"score-{item.id}-{chosen}")
        entry = self._hands.find_as(f"score-{item.id}", QLineEdit)
        if entry is None:
            return False
        if not _same(entry.text(), score.value):
            self._hands.type(f"score-{item.id}", score.value)
            return self._hands.press(f"score-{item.id}", Qt.Key.Key_Return)
        if reason_needed(item, score.value) and not self._text(f"reason-{item.id}"):
            self._hands.type(f"reason-{item.id}", score.reason or _REASON.text(self._language))
            return self._hands.press(f"reason-{item.id}", Qt.Key.Key_Tab)
        return False

    def _finish_bidder(self, page: BidPage, batch: str, seal: str) -> bool:
        """The bidder shown is done: what is left in one go where there is a way, then the next, then the seal."""
        if self._hands.click(seal):
            return True
        before = page.bidder
        if batch and self._hands.click(batch):
            return True
        self._hands.click("next-missing")
        if page.bidder != before:
            return True
        return self._hands.click("next-bidder")

    def _settle(self, evaluation: Evaluation) -> bool:
        for number, entry in enumerate(differences(evaluation), 1):
            if correction_of(evaluation, self._live.person, entry.bidder, entry.item) is not None:
                continue
            usual = Counter(entry.values.values()).most_common(1)[0][0]
            if _same(entry.values[self._live.person], usual):
                continue
            key = f"difference-{number}"
            if self._hands.choose(f"new-{key}-{usual}"):
                return True
            if not self._text(f"reason-{key}"):
                return self._hands.type(f"reason-{key}", _CORRECTED.text(self._language))
            return self._pause_at("filled") or self._hands.click(f"correct-{key}")
        return False

    def _recheck(self, evaluation: Evaluation) -> bool:
        if not evaluation.summary:
            return self._hands.click("sum-up-again")
        mine = evaluation.rechecks.get(self._live.person)
        if mine is not None and mine.result == evaluation.summary:
            return False
        for number in range(1, len(flags(evaluation)) + 1):
            if self._hands.find(f"answer-{number}") is not None and not self._text(f"answer-{number}"):
                return self._hands.type(f"answer-{number}", _CHECKED.text(self._language))
        return self._pause_at("filled") or self._hands.click("submit-recheck")

    def _report(self, evaluation: Evaluation) -> bool:
        if evaluation.report is None:
            return self._hands.click("render-report")
        if self._live.person not in evaluation.report.signed:
            return self._sign(evaluation)
        if self._live.person in [person for person, _ in evaluation.report.stamps]:
            return self._pause_at("signed")
        return self._hands.click("stamp-report")

    def _sign(self, evaluation: Evaluation) -> bool:
        """A member thinks of dissenting, writes why, and thinks better of it; the leader just signs."""
        if self._hands.find("sign-report") is None and self._hands.find("dissent-reason") is None:
            return False
        if evaluation.leader == self._live.person:
            return self._pause_at("rendered") or self._hands.click("sign-report")
        if ("report", "dissent") not in self._seen:
            if self._hands.choose("dissent"):
                return True
            if not self._text("dissent-reason"):
                return self._hands.type("dissent-reason", _DISSENT.text(self._language))
            return self._pause_at("dissent")
        box = self._hands.find_as("dissent", QCheckBox)
        if box is not None and box.isChecked():
            self._hands.click_on(box)
            return True
        return self._hands.click("sign-report")

    def _page(self) -> BidPage | None:
        """The page of a bid, once everything stands on it."""
        pages = (page for page in self._window.findChildren(BidPage) if page.isVisible())
        return next((page for page in pages if not page.form.building), None)

    def _text(self, name: str) -> str:
        widget = self._hands.find(name)
        if isinstance(widget, QLineEdit):
            return widget.text()
        text = getattr(widget, "toPlainText", None)
        return str(text()) if text is not None else ""


def _same(left: str, right: str) -> bool:
    """Whether two texts are the same number."""
    try:
        return Decimal(left) == Decimal(right)
    except InvalidOperation:
        return False
