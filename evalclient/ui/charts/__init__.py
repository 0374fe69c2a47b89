"""Charts; pyqtgraph is imported when the first one is shown, or in pieces before, for it costs a tenth of a second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

#: names of Qt that are looked up in one piece
_NAMES: Final = 40


def plotting_pieces() -> Iterator[None]:
    """Load pyqtgraph by and by: one small piece each time something is taken.

    It copies every name of Qt, and Qt for Python makes a class when it is first named: that is done here first, some at a
    time. What is left comes in one piece.
    """
    from PySide6 import QtCore, QtGui, QtWidgets

    for module in (QtCore, QtGui, QtWidgets):
        for number, name in enumerate(dir(module)):
            getattr(module, name)
            if number % _NAMES == 0:
                yield
    plotting()
    yield


def plotting() -> None:
    """Load pyqtgraph, for this Qt."""
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    import pyqtgraph  # noqa: F401 - loaded for later
