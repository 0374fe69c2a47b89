"""What a page needs besides the living desk: the bids' packages and the tender's papers. The program puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol

from PySide6.QtCore import QObject, Signal

from evalclient.core.errors import EvalclientError
from evalclient.core.records.fields import Bilingual
from evalclient.desk.desk import Desk
from evalclient.ui.documents.process import RendererProcess
from evalclient.ui.documents.view import DocumentView
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.names import seat_of

Phase = Literal["locked", "waiting", "fetching", "checking", "ready", "failed", "cancelled"]
"""``locked``: no key granted yet; ``checking``: seal and digests; ``ready``: documents can be opened."""


@dataclass(frozen=True, slots=True)
class PackageState:
    """How far one bid's package is; ``received`` of ``size`` bytes, ``problem`` where it failed.

    ``alarm``: the opening record says something else than this package quotes.
    """

    phase: Phase
    received: int = 0
    size: int = 0
    problem: Refusal | None = None
    alarm: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class BidDocument:
    """One document of a bid; ``id`` is unique within the bid."""

    id: str
    title: str
    media_type: str
    size: int
    compartment: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """Where a bidder answers a criterion: a page (from 1) of one of his documents."""

    document: str
    page: int


class Packages(QObject):
    """The packages of the bids at this seat. The program subclasses it; every method but ``open`` runs on the GUI thread
    and does not wait.
    """

    changed = Signal(str)
    """The package of this bidder is further, or its documents are known now."""

    def state(self, bidder: str) -> PackageState:
        """How far the bidder's package is."""
        raise NotImplementedError

    def documents(self, bidder: str) -> tuple[BidDocument, ...]:
        """The documents of a ready package; empty before."""
        raise NotImplementedError

    def links(self, bidder: str, item: str) -> tuple[PageLink, ...]:
        """The pages the bidder names for a preliminary or scored item."""
        raise NotImplementedError

    def open(self, bidder: str, document: str) -> BinaryIO:
        """A document as a seekable file that decrypts on demand; called on the documents lane."""
        raise NotImplementedError

    def fetch(self, bidder: str) -> None:
        """Start or resume."""
        raise NotImplementedError

    def cancel(self, bidder: str) -> None:
        """Stop; what has come stays."""
        raise NotImplementedError


class BlobAbsent(EvalclientError):
    """A paper is not here yet."""


class Papers(QObject):
    """The tender's papers and the report, from the seat's store; the program may subclass it to ask the centre too."""

    def __init__(self, live: Live, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live

    def read(self, digest: str, done: Callable[[bytes], object], failed: Callable[[Refusal], object]) -> None:
        """``done(bytes)`` or ``failed(refusal)`` on the GUI thread, later."""
        self._live.act(lambda desk: _kept(desk, digest), done=done, failed=failed)


class Reports(Protocol):
    """The report at this seat; ``desk.reporting.Reporting`` as it stands. Called on the desk lane only."""

    def render(self) -> str:
        """Render the report and lay it before the members; the record's id."""
        ...

    def document(self) -> bytes:
        """The newest revision of the PDF."""
        ...

    def agrees(self, document: str) -> bool:
        """Whether this client renders exactly the report with this digest from its own log."""
        ...

    def sign(self, document: str, dissent: str = "") -> str:
        """Sign the report that was read, by digest, where it is the one this client's own log gives; the record's id."""
        ...

    def stamp(self) -> str:
        """Put this person's visible signature on the newest revision; the record's id."""
        ...


@dataclass(frozen=True, slots=True)
class Room:
    """Everything a member's page works with."""

    live: Live
    packages: Packages
    papers: Papers
    documents: Lane
    renderer: RendererProcess
    reports: Reports

    def view(self) -> DocumentView:
        """A new view on documents, with the mark of who is looking."""
        view = DocumentView(self.documents, self.renderer)
        seat = seat_of(self.live.evaluation, self.live.person)
        view.set_watermark(f"{self.live.name(self.live.person)} {seat}".strip())
        return view


def _kept(desk: Desk, digest: str) -> bytes:
    data = desk.log.blob(digest)
    if data is None:
        text = Bilingual(
            "该文件尚未下载到本席位，联网后自动获取，请稍候再打开。",
            "The paper has not come to this seat yet; it is fetched when the centre is in reach. Open it again later.",
        )
        raise BlobAbsent(text.zh, text.en)
    return data
