"""What a look at a window finds: clipped texts, widgets on top of each other, the wrong language, nameless controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from evalclient.ui.widgets.chip import Chip

CJK = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]{3,}")
HEX = re.compile(r"\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b|\b[0-9a-f]{12}\b")
RAW_ID = re.compile(r"(?<![\w-])(?:m\d|bidder:\w+|[a-z]+-(?:main|sub-\d))(?![\w-])")
#: what is Latin in the Chinese interface too: switches, units, standards, keys
LATIN_TOO = {"English", "Ctrl", "Enter", "Tab", "Esc", "MiB", "GB", "PIN", "PDF", "MAIN", "sha", "PRACTICE", "https"}
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


def clipped(window: QWidget) -> list[str]:
    """Labels, buttons and chips that are smaller than their texts."""
    found = []
    for widget in _shown(window):
        if isinstance(widget, QLabel) and widget.text() and not _lets_go(widget):
            if widget.wordWrap():
                need = widget.heightForWidth(widget.width())
                short = need > widget.height() + 1
            else:
                need = widget.sizeHint().width()
                short = need > widget.width() + 1
        elif isinstance(widget, QAbstractButton | Chip):
            need = widget.sizeHint().width()
            short = need > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
        else:
            continue
        if short:
            found.append(f"{_where(widget)} {_text(widget)!r} needs {need}, has {widget.width()}×{widget.height()}")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Pairs of siblings in one layout that lie on each other, and widgets that reach out of their parent."""
    found = []
    for parent in [window, *_shown(window)]:
        if isinstance(parent, QAbstractScrollArea | QStackedWidget) or parent.layout() is None:
            continue
        children = [
            child
            for child in parent.findChildren(QWidget)
            if child.parentWidget() is parent and child.isVisible() and not child.isWindow() and _laid_out(child)
        ]
        for at, one in enumerate(children):
            for other in children[at + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 1 and both.height() > 1:
                    found.append(f"{_where(one)} {_text(one)!r} lies on {_where(other)} {_text(other)!r}")
            if not parent.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
                found.append(f"{_where(one)} {_text(one)!r} reaches out of {_where(parent)}")
    return found


def cut_off(window: QWidget) -> list[str]:
    """What scrolls up and down alone but is wider than its view: its right end cannot be reached."""
    found = []
    for area in window.findChildren(QScrollArea):
        inner, view = area.widget(), area.viewport()
        held = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisible() and held and inner is not None and inner.width() > view.width() + 1:
            found.append(f"{_where(area)} shows {view.width()} of {inner.width()}")
    return found


def scrolled_whole(window: QWidget) -> list[str]:
    """Pages that are scrolled as a whole, or to the side: in a window of a usual size each has the room it needs."""
    found = []
    for area in window.findChildren(QScrollArea):
        if not area.isVisible():
            continue
        across, down = area.horizontalScrollBar(), area.verticalScrollBar()
        if across.isVisible():
            found.append(f"{_where(area)} is {across.maximum()} too narrow")
        if area.objectName() == "stage-page" and down.isVisible():
            found.append(f"{_where(area)} is {down.maximum()} too low")
    return found


def foreign(window: QWidget, language: str, data: frozenset[str] = frozenset()) -> list[str]:
    """Texts, tool tips, prompts and names in the other language; ``data`` is what people and documents are called."""
    found = []
    for widget in _shown(window):
        for text in _said(widget):
            bare = HEX.sub("", text)
            for own in sorted(data, key=len, reverse=True):
                bare = bare.replace(own, "")
            if language == "en" and CJK.search(bare.replace("中文", "")):
                found.append(f"{_where(widget)} {text!r}")
            if language == "zh" and not CJK.search(text) and set(LATIN.findall(bare)) - LATIN_TOO:
                found.append(f"{_where(widget)} {text!r}")
            if RAW_ID.search(bare):
                found.append(f"raw id: {_where(widget)} {text!r}")
    return found


def nameless(window: QWidget) -> list[str]:
    """Controls a screen reader has no name for."""
    found = []
    for widget in _shown(window):
        if not isinstance(widget, CONTROLS) or _inside_another(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(_where(widget))
    return found


def unreachable(window: QWidget) -> list[str]:
    """Fields that no Tab reaches."""
    chain, widget = set(), window.nextInFocusChain()
    while widget is not None and widget is not window and widget not in chain:
        chain.add(widget)
        widget = widget.nextInFocusChain()
    return [
        _where(field)
        for field in _shown(window)
        if isinstance(field, QLineEdit | QPlainTextEdit | QComboBox)
        and not _inside_another(field)
        and (field not in chain or not field.focusPolicy().value & 1)
    ]


def _shown(window: QWidget) -> Iterator[QWidget]:
    """Every visible widget, in the order they were made."""
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def _lets_go(label: QLabel) -> bool:
    """Whether a label gives its width away on purpose."""
    return label.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored


def _laid_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    layout = parent.layout() if parent is not None else None
    return layout is not None and _holds(layout, widget)


def _holds(layout: object, widget: QWidget) -> bool:
    from PySide6.QtWidgets import QLayout

    if not isinstance(layout, QLayout):
        return False
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None and (item.widget() is widget or _holds(item.layout(), widget)):
            return True
    return False


def _inside_another(widget: QWidget) -> bool:
    """Editors inside a combo box and the like speak through their owner."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QLineEdit | QAbstractItemView) or (
        parent is not None and isinstance(parent.parentWidget(), QComboBox | QAbstractItemView)
    )


def _said(widget: QWidget) -> set[str]:
    said = {_text(widget), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        said.add(widget.placeholderText())
    return {text for text in said if text.strip()}


def _text(widget: QWidget) -> str:
    if isinstance(widget, Chip | QLabel | QAbstractButton):
        return widget.text()
    return ""


def _where(widget: QWidget) -> str:
    names = [type(widget).__name__]
    parent: QWidget | None = widget
    while parent is not None:
        if parent.objectName() not in ("", "scrolled", "page", "qt_scrollarea_viewport"):
            names.append(parent.objectName())
            break
        parent = parent.parentWidget()
    place = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
    return f"{'@'.join(names)}[{place.x()},{place.y()} {place.width()}×{place.height()}]"
