"""The look of the program: Fusion, a palette and one style sheet, both made from the tokens.

Qt's own dark-mode switch does nothing on plain X11, so palette and style sheet are always set here.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, isValid

from evalclient.assets import asset
from evalclient.ui.theme_icons import IconBook
from evalclient.ui.theme_tokens import DARK, LIGHT, Tokens, Tone, tone_colour, tone_soft

FUSION: Final = "Fusion"
_STYLE: Final = "style-begun-with"
BASE_PX = 15
SCALES = (0.9, 1.0, 1.125, 1.25, 1.5)
NORMAL_SCALE = 1
HIT_PX = 36
"""Height of everything that is clicked or typed into, before scaling."""

_PX = re.compile(r"\bpx\((\d+)\)")
_TOKEN = re.compile(r"@(\w+)")


class Theme(QObject):
    """Applies tokens and font scale to the application; ``changed`` tells widgets that hold pixmaps or fixed sizes."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._dark = False
        self._scale_at = NORMAL_SCALE
        self._icons = IconBook()
        self._windows: dict[int, QWidget] = {}
        self._family = _load_fonts()
        if app.property(_STYLE) != FUSION:
            app.setStyle(FUSION)
        self._apply()

    @property
    def tokens(self) -> Tokens:
        return DARK if self._dark else LIGHT

    @property
    def dark(self) -> bool:
        return self._dark

    @property
    def scale(self) -> float:
        return SCALES[self._scale_at]

    def set_dark(self, dark: bool) -> None:
        if dark != self._dark:
            self._dark = dark
            self._apply()

    def zoom(self, steps: int) -> None:
        """Make the text of the whole program larger (+1) or smaller (-1); 0 returns to normal."""
        at = NORMAL_SCALE if steps == 0 else max(0, min(len(SCALES) - 1, self._scale_at + steps))
        if at != self._scale_at:
            self._scale_at = at
            self._apply()

    def dress(self, window: QWidget) -> None:
        """Give the style sheet to this window instead of the application.

        Under a sheet of the application Qt tells every widget of its style again each time one of those around it gets
        a parent, which is four fifths of the time that a page takes to build; so a page is built bare and dressed once.
        Without any dressed window the application has the sheet.
        """
        self._windows[_address(window)] = window
        window.destroyed.connect(self._gone)
        self._app.setStyleSheet("")
        window.setStyleSheet(self._sheet())

    @property
    def dressed(self) -> tuple[QWidget, ...]:
        """The windows that have the style sheet; tests ask for it, whose windows outlive them."""
        return tuple(self._windows.values())

    def undress(self, window: QObject) -> None:
        """Take the sheet off a window that lives on, as a window made for a test does."""
        self._windows.pop(_address(window), None)
        self._dress_application()

    @Slot(QObject)
    def _gone(self, window: QObject) -> None:
        """A window dies just now: no style may be told to its widgets any more, so the application's sheet waits."""
        self._windows.pop(_address(window), None)
        QTimer.singleShot(0, self, self._dress_application)

    @Slot()
    def _dress_application(self) -> None:
        if not self._windows and not QApplication.closingDown():
            self._app.setStyleSheet(self._sheet())

    def px(self, pixels: float) -> int:
        """A length in device-independent pixels, following the font scale."""
        return round(pixels * self.scale)

    def colour(self, token: str) -> QColor:
        """The colour of a field of :class:`Tokens`."""
        return QColor(getattr(self.tokens, token))

    def tone(self, tone: Tone) -> QColor:
        return QColor(tone_colour(self.tokens, tone))

    def soft(self, tone: Tone) -> QColor:
        return QColor(tone_soft(self.tokens, tone))

    def font(self, pixels: float = BASE_PX, *, bold: bool = False) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(self.px(pixels))
        font.setBold(bold)
        return font

    def pixmap(self, name: str, colour: QColor | str, pixels: float = 18, dpr: float = 0) -> QPixmap:
        """A Lucide icon in a colour; ``dpr`` 0 takes the sharpest screen."""
        return self._icons.pixmap(name, QColor(colour), self.px(pixels), dpr or self._app.devicePixelRatio())

    def icon(self, name: str, colour: QColor | str = "", pixels: float = 18, pad: float = 0) -> QIcon:
        """A Lucide icon with a pale variant for disabled buttons; ``pad`` leaves room before the text on its right."""
        icon = QIcon()
        normal = QColor(colour) if colour else self.colour("text_2")
        for mode, shade in ((QIcon.Mode.Normal, normal), (QIcon.Mode.Disabled, self.colour("on_disabled"))):
            icon.addPixmap(_padded(self.pixmap(name, shade, pixels), self.px(pad)), mode)
        return icon

    def icon_size(self, pixels: float = 18, pad: float = 0) -> QSize:
        return QSize(self.px(pixels) + self.px(pad), self.px(pixels))

    def _apply(self) -> None:
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self.tokens))
        for wearer in self._windows.values() or (self._app,):
            wearer.setStyleSheet(self._sheet())
        self.changed.emit()

    def _sheet(self) -> str:
        return render_qss(_template(), self.tokens, self.scale)


def render_qss(template: str, tokens: Tokens, scale: float) -> str:
    """The style sheet: ``@name`` becomes a token, ``px(n)`` a scaled length. KeyError for an unknown token."""
    colours = dict(tokens.items())
    sheet = _TOKEN.sub(lambda match: colours[match.group(1)], template)
    return _PX.sub(lambda match: f"{round(int(match.group(1)) * scale)}px", sheet)


def application() -> QApplication:
    """The running application, else a new one that begins with the style of the theme.

    Naming the style at the beginning is cheap; a change of style loads Qt's style class with all its enumerations (5 ms).
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    made = QApplication([*sys.argv[:1], "-style", FUSION])
    made.setProperty(_STYLE, FUSION)
    return made


#: the theme of the running application; every widget asks for it, and looking through Qt's children takes long
_in_use: Final[list[Theme]] = []


def theme() -> Theme:
    """The theme of the running application; made, and applied, on first use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme needs a QApplication")
    if not (_in_use and isValid(_in_use[0])):
        _in_use[:] = [Theme(app)]
    return _in_use[0]


def set_variant(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a dynamic property the style sheet selects on, and let the widget take its new look."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _address(widget: QObject) -> int:
    """What tells a window that is just dying from the others."""
    return int(getCppPointer(widget)[0])


def _padded(pixmap: QPixmap, room: int) -> QPixmap:
    if not room:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wider = QPixmap(pixmap.width() + round(room * ratio), pixmap.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wider


@cache
def _template() -> str:
    return asset("qss/evalclient.qss").read_text(encoding="utf-8")


@cache
def _load_fonts() -> str:
    """Register the bundled fonts; the family's name. The same fonts everywhere give the same pictures everywhere."""
    families: list[str] = []
    for weight in ("Regular", "Bold"):
        number = QFontDatabase.addApplicationFont(str(asset(f"fonts/NotoSansSC-{weight}.ttf")))
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return families[0]


def _palette(tokens: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (roles.Window, "window"),
        (roles.WindowText, "text"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "inset"),
        (roles.Text, "text"),
        (roles.Button, "surface"),
        (roles.ButtonText, "text"),
        (roles.BrightText, "bad"),
        (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "text"),
        (roles.PlaceholderText, "text_3"),
        (roles.Highlight, "primary"),
        (roles.HighlightedText, "on_primary"),
        (roles.Accent, "primary"),
        (roles.Link, "primary_text"),
        (roles.LinkVisited, "primary_text"),
        (roles.Light, "surface"),
        (roles.Midlight, "border"),
        (roles.Mid, "border"),
        (roles.Dark, "input_border"),
        (roles.Shadow, "input_border"),
    ):
        palette.setColor(role, QColor(getattr(tokens, name)))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.on_disabled))
    return palette
