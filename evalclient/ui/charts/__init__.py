"""Charts; pyqtgraph is loaded in pieces before the first one is shown, for it costs a tenth of a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

#: names of Qt that are looked up in one piece
_NAMES: Final = 40


def names_for_plotting() -> Iterator[None]:
    """On the GUI thread, a small piece each time something is taken: the names of Qt that ``plotting`` copies.

    Qt for Python makes a class when it is first named; here no two threads do so at once.
    """
    from PySide6 import QtCore, QtGui, QtWidgets

    for module in (QtCore, QtGui, QtWidgets):
        for number, name in enumerate(dir(module)):
            getattr(module, name)
            if number % _NAMES == 0:
                yield


def plotting() -> None:
    """Load pyqtgraph, for this Qt; best on a lane: it makes classes, no object of Qt."""
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    import pyqtgraph  # noqa: F401 - loaded for later
