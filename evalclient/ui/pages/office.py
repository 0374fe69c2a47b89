"""What the pages of the offices (organiser, administrator, supervisor) share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.law_words import cited
from evalclient.core.ports import Clock
from evalclient.core.records.acts_ending import Ending
from evalclient.core.records.acts_founding import Continuation
from evalclient.core.records.fields import Bilingual
from evalclient.desk.key_release import Release
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.names import by_name
from evalclient.ui.widgets.key_field import TokenOffer
from evalclient.ui.widgets.layout import column
from evalclient.ui.widgets.notices import Banners
from evalclient.ui.widgets.roomy import Roomy

REFUSAL: Final = "refusal"
READABLE_PX: Final = 1080


class Bids(QObject):
    """The bid packages at the organiser's seat; the program subclasses it."""

    def fetch(
        self,
        digests: Sequence[str],
        progress: Callable[[int, int], object],
        done: Callable[[tuple[str, ...]], object],
        failed: Callable[[Refusal], object],
    ) -> None:
        """Bring packages to this seat: ``progress(package, of)``, then ``done(absent)`` or ``failed(refusal)``, GUI thread.

        ``absent`` are those that the centre does not hold: the others are here all the same.
        """
        raise NotImplementedError

    def cancel(self) -> None:
        """Stop bringing packages; what has come stays and is not fetched again. Neither receiver is called."""
        raise NotImplementedError

    def open(self, digest: str) -> BinaryIO:
        """A package that is here, as a file; called on the desk lane."""
        raise NotImplementedError


class KeyRelease(QObject):
    """Key shares released at this window by another person's key; the program subclasses it. Answers on the GUI thread."""

    def release(
        self, key: str, pin: str, done: Callable[[Release], object], failed: Callable[[Refusal], object]
    ) -> None:
        """Open the key at an address with the PIN and release every share its holder owes."""
        raise NotImplementedError

    def tokens(self, done: Callable[[tuple[TokenOffer, ...]], object]) -> None:
        """Which tokens are plugged in."""
        raise NotImplementedError


class EndingReports(Protocol):
    """Reports that end an evaluation; ``desk.reporting.Reporting`` as it stands. Called on the desk lane only."""

    def render_ending(self, ending: Ending, ground: str) -> bytes:
        """The shorter report of an ending other than an award."""
        ...

    def final_document(self) -> bytes:
        """The committee's report with every signature."""
        ...


class Files(Protocol):
    """What leaves the seat as a file; ``desk.handover.Handover`` as it stands. Called on the desk lane only."""

    def save_announcement(self, path: Path) -> Path:
        """The genesis file."""
        ...

    def save_tender_folder(self, path: Path) -> Path:
        """What it was published from, as a folder."""
        ...

    def save_archive(self, path: Path) -> Path:
        """The archive that anybody can verify."""
        ...

    def save_report(self, path: Path) -> Path:
        """The report with every signature."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """Everything a page of an office works with. ``found_anew`` leads to publishing in an evaluation's place,
    perhaps from a folder. ``analysis`` computes what takes long and needs neither store nor centre.
    """

    live: Live
    clock: Clock
    bids: Bids
    reports: EndingReports
    files: Files
    found_anew: Callable[[Continuation, Path | None], object]
    analysis: Lane
    key_release: KeyRelease


class OfficePage(QWidget):
    """One page, or one section of a page. ``follow`` is called after every change and every language switch."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.live = office.live

    def follow(self, new: Evaluation) -> None:
        """Show ``new``."""
        raise NotImplementedError

    def tick(self) -> None:
        """A second has passed; only what counts time cares."""

    def spoken(self, verdict: Verdict) -> Bilingual:
        """The reason of a refusal with people by name."""
        return by_name(self.live.evaluation, verdict.reason or Bilingual("", ""))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "live"):
            self.follow(self.live.evaluation)
        super().changeEvent(event)


class Section(OfficePage):
    """A part of an office's work: cards one below the other, scrolled as a whole."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.cards: QVBoxLayout = column(gap=12, margins=(16, 14, 16, 16))
        self._area = Roomy(self.cards)
        outer = column(self._area, gap=0)
        self.setLayout(outer)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a widget of this section."""
        self._area.ensureWidgetVisible(widget, 0, 12)

    def stack(self, *widgets: QWidget) -> None:
        """Cards from the top; what room is left stays below them."""
        for widget in widgets:
            self.cards.addWidget(widget)
        self.cards.addStretch(1)


class Desktop(OfficePage):
    """The whole page of an office: refusals as banners above ``body``; follows ``live`` by itself."""

    def __init__(self, office: Office, name: str, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setObjectName(name)
        self.banners = Banners()
        self.body: QVBoxLayout = column(gap=0)
        layout = column(self.banners, self.body, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.live.refused.connect(self._refused)
        self.live.changed.connect(self._changed)
        self.live.signing.connect(self._signing)

    @Slot(bool)
    def _signing(self, busy: bool) -> None:
        if busy:
            self.banners.clear(REFUSAL)

    @Slot(object)
    def _refused(self, refusal: object) -> None:
        if isinstance(refusal, Refusal):
            text = by_name(self.live.evaluation, refusal.sentence)
            message = self.banners.show_message(REFUSAL, "bad", text, cited(refusal.article))
            message.setObjectName("refusal")
            message.sentence.setObjectName("refusal-sentence")
            message.detail.setObjectName("refusal-article")
            message.cross.setObjectName("refusal-close")

    @Slot(object, object)
    def _changed(self, new: object, _old: object) -> None:
        if isinstance(new, Evaluation):
            self.follow(new)


def local(at: str, form: str = "%m-%d %H:%M:%S") -> str:
    """A record's moment (RFC 3339) in the machine's own time, "" for none."""
    return datetime.fromisoformat(at).astimezone().strftime(form) if at else ""


def seconds_between(start: str, end: str) -> int:
    """Whole seconds from one moment to another; negative where ``end`` is over."""
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())


def countdown(seconds: int) -> str:
    """``1 d 02:03:04`` or ``02:03:04``."""
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days} d {clock}" if days else clock


def grouped(fingerprint: str, group: int = 4, line: int = 8) -> str:
    """A whole fingerprint in groups, ``line`` groups to a line, to be compared by eye and ear."""
    groups = [fingerprint[at : at + group] for at in range(0, len(fingerprint), group)]
    return "\n".join(" ".join(groups[at : at + line]) for at in range(0, len(groups), line))
