"""A process of the demo on a tether: it runs a module and ends with the process that started it, however that ends.

Run as ``python -m evalclient.demo.tether MODULE ARGUMENT…`` with a pipe as standard input. Nothing is ever written
into the pipe; the operating system closes it when its other end is gone, by a kill that nobody can catch too.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

#: how long a module may take to end after SIGTERM, seconds
_GRACE: Final = 5.0


def main(argv: Sequence[str]) -> None:
    """Run the module as ``python -m`` would."""
    module, *arguments = argv
    threading.Thread(target=_watch, daemon=True, name="tether").start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _watch() -> None:
    with suppress(OSError):
        while os.read(0, 1):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
