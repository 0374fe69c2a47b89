"""The wire between the demo's window and the centre: it can be cut, and it can lie. For demonstration and tests.

Run as ``python -m evalclient.demo.wire --to URL --flags FOLDER``; it prints its own URL as one JSON line. While the
file ``cut`` lies in the folder nothing passes; while ``lie`` lies there, the time of receipt of the next log entry
that passes is changed by one digit, as a centre would do that rewrites its history.
"""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

_RECEIVED = re.compile(rb'("received":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d)(\d)')
_CHUNK = 64 << 10


class Wire:
    """Forwards connections on a loopback port of its own."""

    def __init__(self, target: tuple[str, int], flags: Path) -> None:
        self._target = target
        self._flags = flags
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """Where to connect instead of the centre."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        """Until the listener is closed."""
        threading.Thread(target=self._watch, daemon=True).start()
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def close(self) -> None:
        """Stop listening and drop what is open."""
        self._listener.close()
        self._drop()

    def _flag(self, name: str) -> bool:
        return (self._flags / name).exists()

    def _watch(self) -> None:
        ticker = threading.Event()
        while not ticker.wait(0.1):
            if self._flag("cut"):
                self._drop()

    def _drop(self) -> None:
        with self._lock:
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _carry(self, near: socket.socket) -> None:
        if self._flag("cut"):
            near.close()
            return
        try:
            far = socket.create_connection(self._target, timeout=10)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._lock:
            self._open |= {near, far}
        back = threading.Thread(target=self._pump, args=(far, near, True), daemon=True)
        back.start()
        self._pump(near, far, False)
        back.join()
        with self._lock:
            self._open -= {near, far}
        near.close()
        far.close()

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                sink.sendall(self._lied(data) if answers and self._flag("lie") else data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def _lied(self, data: bytes) -> bytes:
        return _RECEIVED.sub(lambda found: found[1] + (b"7" if found[2] != b"7" else b"3"), data, count=1)


def main(argv: Sequence[str] | None = None) -> int:
    """Forward until told to stop."""
    parser = ArgumentParser(prog="evalclient.demo.wire")
    parser.add_argument("--to", required=True, metavar="URL")
    parser.add_argument("--flags", type=Path, required=True)
    arguments = parser.parse_args(argv)
    target = urlsplit(arguments.to)
    wire = Wire((target.hostname or "127.0.0.1", target.port or 80), arguments.flags)
    signal.signal(signal.SIGTERM, lambda *_: wire.close())
    sys.stdout.write(json.dumps({"url": wire.url}) + "\n")
    sys.stdout.flush()
    wire.serve()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
