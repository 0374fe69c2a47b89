"""One document on the screen: asks the documents lane for pages, the wanted ones first, and keeps those it has."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import BinaryIO, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from evalclient.core.errors import EvalclientError
from evalclient.core.records.fields import Bilingual
from evalclient.ui.documents.process import Hit, OpenedDocument, RenderedPage, RendererProcess
from evalclient.ui.jobs import Lane

#: pictures kept, in bytes of pixels
CACHE_BYTES: Final = 96 << 20
OpenFile = Callable[[], BinaryIO]


class Reader(QObject):
    """The document being read. At most one page is being rendered, so what scrolls by is never rendered late."""

    opened = Signal(object)
    """``OpenedDocument``"""
    ready = Signal(int)
    """A page's picture is there."""
    found = Signal(int, object)
    """(page, hits) of a search, page by page."""
    searched = Signal(int)
    """The search is through; how many hits."""
    failed = Signal(object)
    """``Bilingual``: why the document cannot be shown."""

    def __init__(self, lane: Lane, process: RendererProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane, self._process = lane, process
        self.document: OpenedDocument | None = None
        self._ticket = 0
        self._scale = 1.0
        self._wanted: tuple[int, ...] = ()
        self._busy = False
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._broken: set[int] = set()
        self._query = ""
        self._search_page = 0
        self._hits = 0

    def read(self, open_file: OpenFile) -> None:
        """Read another document; ``open_file`` runs in the documents lane and may take its time."""
        self.forget()
        ticket = self._ticket
        self._lane.submit(self._open, ticket, open_file, done=self._opened, failed=self._failed)

    def forget(self) -> None:
        """Close the document and drop its pictures."""
        if self.document is not None:
            self._lane.submit(self._process.close, self.document.number)
        self.document = None
        self._ticket += 1
        self._pictures.clear()
        self._broken.clear()
        self._wanted, self._query, self._busy = (), "", False

    def want(self, pages: tuple[int, ...], scale: float) -> None:
        """The pages to show now, most wanted first, at ``scale`` pixels per point."""
        if scale != self._scale:
            self._scale = scale
            self._pictures.clear()
        self._wanted = pages
        self._next()

    def picture(self, page: int) -> QImage | None:
        """The picture of a page at the present scale, if it is there."""
        return self._pictures.get(page)

    def broken(self, page: int) -> bool:
        """Whether a page could not be rendered."""
        return page in self._broken

    def search(self, text: str) -> None:
        """Look for ``text`` from the first page on; an empty text ends a search."""
        self._query, self._search_page, self._hits = text, 0, 0
        self._search_next()

    def _open(self, ticket: int, open_file: OpenFile) -> tuple[int, OpenedDocument]:
        return ticket, self._process.open(open_file())

    def _opened(self, result: tuple[int, OpenedDocument]) -> None:
        ticket, document = result
        if ticket != self._ticket:
            self._lane.submit(self._process.close, document.number)
            return
        self.document = document
        self.opened.emit(document)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, EvalclientError):
            self.failed.emit(error.sentence)
        else:
            self.failed.emit(Bilingual("文档无法打开，请稍后重试。", "The document cannot be opened; try again later."))

    def _next(self) -> None:
        if self._busy or self.document is None:
            return
        missing = [page for page in self._wanted if page not in self._pictures and page not in self._broken]
        if not missing:
            return
        self._busy = True
        self._lane.submit(self._render, self._ticket, missing[0], self._scale, done=self._rendered, failed=self._lost)

    def _render(self, ticket: int, page: int, scale: float) -> tuple[int, int, RenderedPage | None]:
        document = self.document
        if document is None or ticket != self._ticket:
            return ticket, page, None
        try:
            return ticket, page, self._process.render(document.number, page, scale)
        except EvalclientError:
            return ticket, page, None

    def _rendered(self, result: tuple[int, int, RenderedPage | None]) -> None:
        ticket, page, rendered = result
        if ticket != self._ticket:
            return
        self._busy = False
        if rendered is None:
            self._broken.add(page)
        elif rendered.scale == self._scale:
            self._keep(rendered)
        self.ready.emit(page)
        self._next()

    def _lost(self, error: BaseException) -> None:
        self._busy = False
        self._failed(error)

    def _keep(self, page: RenderedPage) -> None:
        image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()
        self._pictures[page.page] = image
        while len(self._pictures) > 1 and sum(kept.sizeInBytes() for kept in self._pictures.values()) > CACHE_BYTES:
            self._pictures.popitem(last=False)

    def _search_next(self) -> None:
        document = self.document
        if document is None or not self._query:
            return
        if self._search_page >= len(document.sizes):
            self.searched.emit(self._hits)
            return
        self._lane.submit(
            self._look, self._ticket, self._search_page, self._query, done=self._looked, failed=self._failed
        )

    def _look(self, ticket: int, page: int, text: str) -> tuple[int, int, str, tuple[Hit, ...]]:
        document = self.document
        if document is None or ticket != self._ticket or text != self._query:
            return ticket, page, text, ()
        return ticket, page, text, self._process.search(document.number, page, text)

    def _looked(self, result: tuple[int, int, str, tuple[Hit, ...]]) -> None:
        ticket, page, text, hits = result
        if ticket != self._ticket or text != self._query:
            return
        if hits:
            self._hits += len(hits)
            self.found.emit(page, hits)
        self._search_page = page + 1
        self._search_next()
