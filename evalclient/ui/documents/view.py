"""A document with its tools: page, zoom, search, outline."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from evalclient.core.records.fields import Bilingual
from evalclient.ui.documents.canvas import PageCanvas
from evalclient.ui.documents.process import Hit, OpenedDocument, RendererProcess
from evalclient.ui.documents.reader import OpenFile, Reader
from evalclient.ui.jobs import Lane
from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import box, flowing, row

_QUERY_PX: Final = 160
_PAGE_PX: Final = 56
_SLACK_PX: Final = 40


class DocumentView(QWidget):
    """Shows one document at a time. ``page_shown`` counts from 1, like people do."""

    page_shown = Signal(int)

    def __init__(self, lane: Lane, process: RendererProcess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document-view")
        self.reader = Reader(lane, process, self)
        self.canvas = PageCanvas(self.reader, self)
        self._hits: dict[int, tuple[Hit, ...]] = {}
        self._wanted_page = 0
        self._title = Label("", "heading")
        self._message = Label("", "secondary", wrap=True)
        self._message.setContentsMargins(12, 6, 12, 10)
        self._page = QLineEdit()
        self._count = Label("", "secondary")
        self._query = QLineEdit()
        self._found = Label("", "secondary")
        self._outline = QTreeWidget()
        self._lead: QWidget = self._title
        self._beside = False
        self._build()
        self._say_found("")
        theme().changed.connect(self._restyle)
        self._restyle()
        self.reader.opened.connect(self._opened)
        self.reader.failed.connect(self._failed)
        self.reader.found.connect(self._hit)
        self.reader.searched.connect(self._searched)
        self.canvas.page_changed.connect(self._show_page)

    def show_document(self, title: Say, open_file: OpenFile, page: int = 1) -> None:
        """Read a document; ``open_file`` gives its bytes as a file, in the documents lane."""
        self._title.say(title)
        self._message.say(lambda: self.tr("正在打开文档…"))
        self._message.show()
        self._wanted_page = page - 1
        self._hits = {}
        self._say_found("")
        self._outline.clear()
        self.reader.read(open_file)

    def clear(self) -> None:
        """Show no document."""
        self.reader.forget()
        self._title.say("")
        self._count.say("")
        self._message.hide()

    def go_to(self, page: int) -> None:
        """Bring a page (from 1) into view; remembered while the document is still being opened."""
        self._wanted_page = page - 1
        self.canvas.go_to(page - 1)

    def set_watermark(self, text: str) -> None:
        """Who is looking, where, when."""
        self.canvas.set_watermark(text)

    def search(self, text: str) -> None:
        """Look for a text in the whole document."""
        self._query.setText(text)
        self._search()

    def lead_with(self, widget: QWidget) -> None:
        """Show ``widget`` in the place of the title: beside the tools, or above them where there is no room."""
        self._title.hide()
        (self._bar if self._beside else self._head).removeWidget(self._title)
        self._lead = widget
        self._lead_above()

    def _lead_above(self) -> None:
        self._beside = False
        self._head.addWidget(self._lead)
        self._bar.setStretchFactor(self._tool_box, 1)

    @Slot()
    def _restyle(self) -> None:
        self._page.setFixedWidth(theme().px(_PAGE_PX))
        self._query.setFixedWidth(theme().px(_QUERY_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Other tabs or another text size ask for room anew."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.setContentsMargins(10, 4, 10, 0)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(10, 4, 10, 4)
        self._bar.setSpacing(4)
        self._tool_box = flowing(*(box(row(*tools, gap=4)) for tools in self._tools()), gap=4)
        self._bar.addWidget(self._tool_box, 1)
        self._lead_above()
        self._outline.setHeaderHidden(True)
        self._outline.setObjectName("document-outline")
        self._outline.setAccessibleName(self.tr("目录"))
        self._outline.itemActivated.connect(self._follow)
        self._outline.itemClicked.connect(self._follow)
        self._outline.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._outline)
        split.addWidget(self.canvas)
        split.setStretchFactor(1, 1)
        split.setSizes([220, 800])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addLayout(self._bar)
        layout.addWidget(self._message)
        layout.addWidget(split, 1)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._query.setFocus)

    def _arrange(self) -> None:
        """What leads stands before the tools where both fit, else above them."""
        lead = self._lead
        tools = self._tool_box.sizeHint().width()
        beside = lead.sizeHint().width() + tools + theme().px(_SLACK_PX) <= self.width()
        if beside == self._beside:
            return
        self._beside = beside
        (self._head if beside else self._bar).removeWidget(lead)
        if beside:
            self._bar.insertWidget(0, lead, 1)
        else:
            self._head.addWidget(lead)
        self._bar.setStretchFactor(self._tool_box, 0 if beside else 1)

    def _tools(self) -> tuple[tuple[QWidget, ...], ...]:
        """Paging, size and search, which stay together."""
        self._page.setObjectName("document-page")
        self._page.setAccessibleName(self.tr("页码"))
        self._page.setValidator(QIntValidator(1, 99999, self))
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page.returnPressed.connect(self._page_typed)
        self._query.setObjectName("document-search")
        self._query.setPlaceholderText(self.tr("搜索"))
        self._query.setAccessibleName(self.tr("在文档中搜索"))
        self._query.returnPressed.connect(self._search)
        buttons: dict[str, Button] = {}
        for name, icon, tip, on in (
            ("outline-toggle", "list-tree", lambda: self.tr("目录"), self._toggle_outline),
            ("previous", "chevron-left", lambda: self.tr("上一页"), self._previous),
            ("next", "chevron-right", lambda: self.tr("下一页"), self._next),
            ("smaller", "zoom-out", lambda: self.tr("缩小"), self._smaller),
            ("larger", "zoom-in", lambda: self.tr("放大"), self._larger),
            ("fit", "move-horizontal", lambda: self.tr("适合宽度"), self.canvas.fit_width),
        ):
            buttons[name] = Button(icon=icon, kind="icon", tip=tip, on=on)
            buttons[name].setObjectName(f"document-{name}")
        return (
            (buttons["outline-toggle"], buttons["previous"], self._page, self._count, buttons["next"]),
            (buttons["smaller"], buttons["larger"], buttons["fit"]),
            (self._query, self._found),
        )

    def _opened(self, document: OpenedDocument) -> None:
        self._message.hide()
        self._count.say(f"/ {len(document.sizes)}")
        branches: list[QTreeWidgetItem] = []
        for entry in document.outline:
            item = QTreeWidgetItem([entry.title])
            item.setData(0, Qt.ItemDataRole.UserRole, entry.page)
            item.setSizeHint(0, QSize(0, 28))
            del branches[entry.level :]
            if branches:
                branches[-1].addChild(item)
            else:
                self._outline.addTopLevelItem(item)
            branches.append(item)
        if self._wanted_page > 0:
            self.canvas.go_to(self._wanted_page)

    def _failed(self, sentence: Bilingual) -> None:
        self._message.say(sentence)
        self._message.show()

    def _hit(self, page: int, hits: tuple[Hit, ...]) -> None:
        first = not self._hits
        self._hits = {**self._hits, page: hits}
        self.canvas.set_hits(self._hits)
        total = sum(len(found) for found in self._hits.values())
        self._say_found(lambda: self.tr("{0} 处").format(total))
        if first and self.reader.document is not None:
            height = self.reader.document.sizes[page][1]
            self.canvas.go_to(page, max(0.0, height - hits[0][0][3] - 80))

    def _searched(self, total: int) -> None:
        self._say_found(lambda: self.tr("{0} 处").format(total))

    def _say_found(self, text: Say) -> None:
        self._found.say(text)
        self._found.setVisible(bool(text))

    def _search(self) -> None:
        self._hits = {}
        self.canvas.set_hits({})
        self._say_found("")
        self.reader.search(self._query.text().strip())

    def _show_page(self, page: int) -> None:
        self._page.setText(str(page + 1))
        self.page_shown.emit(page + 1)

    def _page_typed(self) -> None:
        self.go_to(int(self._page.text() or "1"))

    def _previous(self) -> None:
        self.canvas.go_to(max(0, self.canvas.page - 1))

    def _next(self) -> None:
        self.canvas.go_to(self.canvas.page + 1)

    def _smaller(self) -> None:
        self.canvas.zoom_by(-1)

    def _larger(self) -> None:
        self.canvas.zoom_by(1)

    def _toggle_outline(self) -> None:
        self._outline.setVisible(not self._outline.isVisible())

    def _follow(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        page = item.data(0, Qt.ItemDataRole.UserRole)
        if page is not None:
            self.canvas.go_to(int(page))
