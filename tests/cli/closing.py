"""A door to the centre that closes in the middle of a command: at a request, or once its answer is due."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit


class Closing:
    """Forwards connections until the ``count``-th request whose head holds ``marker``; then nobody is there any more.

    ``answered`` lets that request through and keeps its answer back: the centre has it, and nobody is told.
    """

    def __init__(self, url: str, marker: bytes, count: int = 1, *, answered: bool = False) -> None:
        target = urlsplit(url)
        self._target = (target.hostname or "", target.port or 0)
        self._marker, self._left, self._answered = marker, count, answered
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Closing:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._shut()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
                with self._lock:
                    self._open |= {near, far}
                threading.Thread(target=self._ask, args=(near, far), daemon=True).start()
                threading.Thread(target=self._answer, args=(far, near), daemon=True).start()

    def _ask(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(64 << 10):
                with self._lock:
                    self._left -= self._marker in data
                    due = self._left <= 0 and not self._answered
                if due:
                    self._shut()
                    return
                far.sendall(data)

    def _answer(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(64 << 10):
                if self._left <= 0:
                    self._shut()
                    return
                near.sendall(data)

    def _shut(self) -> None:
        """Shut down first: closing alone does not end an accept that waits in another thread."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            self._open.clear()
