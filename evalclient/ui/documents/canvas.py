"""The pages of a document, one below the other, with watermark and search hits; no text can be taken out of it."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from evalclient.ui.documents.process import Hit, OpenedDocument
from evalclient.ui.documents.reader import Reader
from evalclient.ui.theme import theme

GAP: Final = 14
SMALLEST, LARGEST = 0.25, 5.0
_STEP: Final = 1.2
_AHEAD: Final = 2


class PageCanvas(QAbstractScrollArea):
    """Scrolls through a ``Reader``'s document. ``fit`` keeps the width fitted until somebody zooms."""

    page_changed = Signal(int)
    """The page (from 0) that fills most of the view."""

    def __init__(self, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document-canvas")
        self.setAccessibleName(self.tr("文档页面"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reader = reader
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._tops: list[int] = []
        self._zoom = 1.0
        self.fit = True
        self._page = -1
        self._hits: dict[int, tuple[Hit, ...]] = {}
        self._mark = ""
        reader.opened.connect(self._show)
        reader.ready.connect(self._refresh)
        self.verticalScrollBar().setSingleStep(60)
        # A bar that comes and goes changes the width that is fitted, which may take it away again, without end.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    @property
    def page(self) -> int:
        """The page in view, from 0; -1 without a document."""
        return self._page

    @property
    def zoom(self) -> float:
        """Pixels per point, as shown."""
        return self._zoom

    @property
    def painted(self) -> bool:
        """Whether every page in view is there to be seen."""
        return all(self._reader.picture(page) is not None or self._reader.broken(page) for page in self._visible())

    def set_watermark(self, text: str) -> None:
        """Written across every page: who is looking, where, when."""
        self._mark = text
        self.viewport().update()

    def set_hits(self, hits: dict[int, tuple[Hit, ...]]) -> None:
        """Where a search found something, by page."""
        self._hits = hits
        self.viewport().update()

    def go_to(self, page: int, top: float = 0.0) -> None:
        """Bring a page (from 0) into view, at ``top`` points from its upper edge."""
        if 0 <= page < len(self._tops):
            self.verticalScrollBar().setValue(int(self._tops[page] + top * self._zoom - GAP // 2))

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by steps."""
        self.fit = False
        self._set_zoom(self._zoom * _STEP**steps)

    def fit_width(self) -> None:
        """As wide as the view."""
        self.fit = True
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width fitted."""
        super().resizeEvent(event)
        if self.fit:
            self._fit()
        else:
            self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys go through the pages."""
        bar = self.verticalScrollBar()
        jumps = {
            Qt.Key.Key_PageDown: bar.value() + self.viewport().height() - 40,
            Qt.Key.Key_Space: bar.value() + self.viewport().height() - 40,
            Qt.Key.Key_PageUp: bar.value() - self.viewport().height() + 40,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: bar.maximum(),
        }
        if event.key() in jumps:
            bar.setValue(jumps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Ask for the pages that come into view."""
        super().scrollContentsBy(dx, dy)
        self._look_around()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pages, hits, watermark."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().colour("canvas"))
        for page in self._visible():
            self._paint_page(painter, page)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        area = self._rectangle(page)
        picture = self._reader.picture(page)
        if picture is None:
            painter.fillRect(area, QColor("white"))
            painter.setPen(QColor("#5b6472"))
            text = (
                self.tr("本页无法显示") if self._reader.broken(page) else self.tr("正在载入第 {0} 页…").format(page + 1)
            )
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        else:
            painter.drawImage(area, picture)
        self._paint_hits(painter, page, area)
        self._paint_mark(painter, area)

    def _paint_hits(self, painter: QPainter, page: int, area: QRect) -> None:
        height = self._sizes[page][1]
        for hit in self._hits.get(page, ()):
            for left, bottom, right, top in hit:
                origin = QPointF(area.left() + left * self._zoom, area.top() + (height - top) * self._zoom)
                size = QPointF((right - left) * self._zoom, (top - bottom) * self._zoom)
                painter.fillRect(QRectF(origin, origin + size).adjusted(-1, -1, 1, 1), QColor(255, 205, 40, 120))

    def _paint_mark(self, painter: QPainter, area: QRect) -> None:
        if not self._mark:
            return
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QColor(90, 100, 115, 34))
        painter.setFont(theme().font(14))
        painter.translate(area.center())
        painter.rotate(-24)
        step = QSize(max(260, painter.fontMetrics().horizontalAdvance(self._mark) + 90), 150)
        reach = max(area.width(), area.height())
        for y in range(-reach, reach, step.height()):
            for x in range(-reach, reach, step.width()):
                painter.drawText(QPoint(x, y), self._mark)
        painter.restore()

    def _show(self, document: OpenedDocument) -> None:
        self._sizes, self._tops = document.sizes, []  # scrolling to the top asks where pages stand: nowhere yet
        self._hits = {}
        self._page = -1
        self.verticalScrollBar().setValue(0)
        self._fit() if self.fit else self._lay_out()
        self._look_around()

    def _fit(self) -> None:
        widest = max((width for width, _ in self._sizes), default=0.0)
        if widest:
            self._set_zoom((self.viewport().width() - 2 * GAP) / widest)

    def _set_zoom(self, zoom: float) -> None:
        place = self._place()
        self._zoom = max(SMALLEST, min(LARGEST, zoom))
        self._lay_out()
        if place is not None:
            page, share = place
            self.go_to(page, share * self._sizes[page][1])
        self._look_around()

    def _place(self) -> tuple[int, float] | None:
        """Page and share of it at the upper edge of the view, to come back to after zooming."""
        if not self._tops:
            return None
        value = self.verticalScrollBar().value() + GAP // 2
        page = max((number for number, top in enumerate(self._tops) if top <= value), default=0)
        height = max(1.0, self._sizes[page][1] * self._zoom)
        return page, max(0.0, (value - self._tops[page]) / height)

    def _lay_out(self) -> None:
        heights = [int(height * self._zoom) for _, height in self._sizes]
        self._tops = [GAP, *(GAP + end for end in accumulate(height + GAP for height in heights))][: len(heights)]
        total = (self._tops[-1] + heights[-1] + GAP) if heights else 0
        view = self.viewport().size()
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(0, total - view.height()))
        widest = int(max((width for width, _ in self._sizes), default=0.0) * self._zoom) + 2 * GAP
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, widest - view.width()))
        self.viewport().update()

    def _rectangle(self, page: int) -> QRect:
        width, height = self._sizes[page]
        size = QSize(int(width * self._zoom), int(height * self._zoom))
        left = max(GAP, (self.viewport().width() - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[page] - self.verticalScrollBar().value()), size)

    def _visible(self) -> list[int]:
        view = self.viewport().rect()
        return [page for page in range(len(self._tops)) if self._rectangle(page).intersects(view)]

    def _look_around(self) -> None:
        visible = self._visible()
        if not visible:
            return
        middle = self.viewport().height() // 3
        present = max(visible, key=lambda page: self._rectangle(page).top() <= middle and page)
        ahead = [page for page in range(visible[-1] + 1, visible[-1] + 1 + _AHEAD) if page < len(self._tops)]
        wanted = sorted(visible, key=lambda page: abs(page - present)) + ahead
        self._reader.want(tuple(wanted), self._zoom * self.devicePixelRatioF())
        if present != self._page:
            self._page = present
            self.page_changed.emit(present)

    def _refresh(self, _page: int) -> None:
        self.viewport().update()
