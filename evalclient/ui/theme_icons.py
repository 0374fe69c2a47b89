"""Lucide icons in any colour: the SVG's ``currentColor`` is replaced and drawn once per colour, size and screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from evalclient.assets import asset


class IconBook:
    """Keeps drawn icons; an unknown name raises FileNotFoundError."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._drawn: dict[tuple[str, int, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: QColor, pixels: int, dpr: float) -> QPixmap:
        """The icon ``pixels`` wide (device independent), sharp on a screen of ``dpr``."""
        key = (name, colour.rgba(), pixels, dpr)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._draw(name, colour, pixels, dpr)
        return found

    def _draw(self, name: str, colour: QColor, pixels: int, dpr: float) -> QPixmap:
        source = self._source(name).replace("currentColor", colour.name())
        side = max(1, round(pixels * dpr))
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(dpr)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = asset(f"icons/{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]
