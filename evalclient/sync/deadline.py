"""A total deadline for a request. The timeouts of ``requests`` are per read: a dripping server holds them for ever."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Any, Final

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

#: bytes read from a file and sent at a time
BLOCK: Final = 256 << 10
_local: Final = threading.local()


class Deadline:
    """Everything sent and received on this thread through WatchedAdapter ends after ``seconds`` in all.

    When the time is over the socket is shut down, and the blocked read ends with a connection error.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._done = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = self._new_timer(seconds)

    def __enter__(self) -> Deadline:
        _local.deadline = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _local.deadline = None
        with self._lock:
            self._done = True
        self._timer.cancel()

    def restart(self, seconds: float) -> None:
        """Begin anew with another time, once it is known how much is to come."""
        self._timer.cancel()
        self._timer = self._new_timer(seconds)
        self._timer.start()

    def watch(self, connected: socket.socket) -> None:
        """From now on the deadline is that of ``connected``."""
        with self._lock:
            self._socket = connected
            if self.expired:
                _shut(connected)

    def _new_timer(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        return timer

    def _expire(self) -> None:
        with self._lock:
            if self._done:
                return
            self.expired = True
            if self._socket is not None:
                _shut(self._socket)


def _shut(connected: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _watch(connected: socket.socket | None) -> None:
    deadline: Deadline | None = getattr(_local, "deadline", None)
    if deadline is not None and connected is not None:
        deadline.watch(connected)


class _WatchedConnection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _watch(self.sock)

    def request(self, *args: Any, **options: Any) -> None:
        _watch(self.sock)
        super().request(*args, **options)


class _WatchedSecureConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _watch(self.sock)

    def request(self, *args: Any, **options: Any) -> None:
        _watch(self.sock)
        super().request(*args, **options)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _WatchedConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _WatchedSecureConnection


class WatchedAdapter(HTTPAdapter):
    """Connections that a Deadline can end."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Give the pools connections that tell the deadline of their sockets."""
        super().init_poolmanager(*args, blocksize=BLOCK, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
