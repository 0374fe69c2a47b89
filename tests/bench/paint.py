"""From process start to the sign-in page's first paint, against a bare PySide6 window, in turns."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.bench.figures import Figure, Measured, turn_about

PAIRS = 12
#: Both programs say one word when their window is painted, and end. The eye looks at the window alone: where it looks at
#: the whole program, Qt's own animation timer passes it, and to show that to Python Qt for Python makes every class it
#: has (20 ms), which no program does that nobody watches.
_PAINTED = """
from PySide6.QtCore import QEvent, QObject

class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            window.removeEventFilter(self)
            application.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def event(self, event):
        if event.type() != QEvent.Type.User:
            return super().event(event)
        import os
        os.write(1, b"painted\\n")
        os._exit(0)

eye = Eye()
window.installEventFilter(eye)
application.exec()
"""
BARE = f"""
import sys
from PySide6.QtWidgets import QApplication, QWidget

application = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1366, 768)
window.show()
{_PAINTED}
"""
SIGN_IN = f"""
from evalclient.__main__ import main
from evalclient.app import window as product

def shown(start):
    global application, window
    application, window = product.open_window(start)
    exec({_PAINTED!r}, globals())
    return 0

product.run_window = shown
main(["app"])
"""
#: what must not be loaded before the page is painted
HEAVY = (
    "requests",
    "sqlcipher3",
    "sqlite_utils",
    "cryptography",
    "asn1crypto",
    "pyhanko",
    "pypdfium2",
    "pyqtgraph",
    "numpy",
)


def measure() -> Measured:
    _painted(BARE), _painted(SIGN_IN)  # both once, so that files are cached and compiled
    sign_in, bare, ratio = turn_about(PAIRS, lambda: _painted(SIGN_IN), lambda: _painted(BARE))
    early = _loaded_before_paint()
    return Measured(
        (
            Figure("sign-in page painted", sign_in, "ms"),
            Figure("bare window painted", bare, "ms"),
            Figure("ratio", ratio, "times", 2.0),
            Figure("heavy libraries loaded before the paint", len(early), "", 0),
        ),
        tuple(f"loaded too early: {name}" for name in early),
    )


def _painted(program: str) -> float:
    """Milliseconds until the program says that it has painted."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        taken = (time.perf_counter() - began) * 1000
    if said != b"painted\n":
        raise RuntimeError(f"the window was never painted: {said!r}")
    return taken


def _loaded_before_paint() -> list[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", SIGN_IN], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}
    return sorted(loaded & set(HEAVY))
