"""Background work: one plain thread per lane, results delivered on the GUI thread.

A worker never touches a QObject except to ring the bridge's bell; a result reaches the screen only through a bound
method of a QObject, because signals connected to lambdas or plain functions would run in the worker.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import MethodType
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

LANE_NAMES = ("desk", "key", "documents", "net")
#: niceness of work that nobody sees at once: where processors are short, painting and saving come first
BEHIND = 10


class Cancelled(Exception):
    """Raised inside a job by :meth:`CancelToken.check` once the job is no longer wanted."""


class CancelToken:
    """Tells a running job, from any thread, that nobody waits for it any more."""

    __slots__ = ("_event",)

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def cancel(self) -> None:
        self._event.set()

    def check(self) -> None:
        """Raise :class:`Cancelled` when the job is no longer wanted."""
        if self._event.is_set():
            raise Cancelled


class _Receiver:
    """A weakly held bound method of a QObject; silent once the object is gone."""

    __slots__ = ("_method",)

    def __init__(self, method: Callable[..., object]) -> None:
        if not isinstance(method, MethodType) or not isinstance(method.__self__, QObject):
            raise TypeError(f"a lane reports only to bound methods of QObjects, not to {method!r}")
        self._method: weakref.WeakMethod[Callable[..., object]] = weakref.WeakMethod(method)

    def __call__(self, value: object) -> None:
        method = self._method()
        if method is None or not shiboken6.isValid(getattr(method, "__self__", None)):
            return
        method(value)


class _Bridge(QObject):
    """Lives on the GUI thread; worker threads put deliveries in its tray and ring the bell."""

    bell = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tray: deque[Callable[[], None]] = deque()
        self.bell.connect(self._deliver_one, Qt.ConnectionType.QueuedConnection)

    def post(self, delivery: Callable[[], None]) -> None:
        self._tray.append(delivery)
        self.bell.emit()

    @Slot()
    def _deliver_one(self) -> None:
        if self._tray:
            self._tray.popleft()()


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work handed to a lane; ``cancel()`` before or while it runs."""

    token: CancelToken

    def cancel(self) -> None:
        self.token.cancel()

    @property
    def cancelled(self) -> bool:
        return self.token.cancelled


@dataclass(frozen=True, slots=True)
class _Work:
    run: Callable[[], object]
    token: CancelToken
    done: _Receiver | None
    failed: _Receiver | None


class Lane:
    """One thread with a queue; jobs run in the order in which they were submitted.

    Make lanes on the GUI thread. Everything a lane owns (store, key, renderer, session) is made and used by jobs of
    that lane alone, so it needs no locks. A lane ``behind`` and the threads its jobs start leave the processors to the
    others where the system knows priorities of threads (Linux): packages are hashed and decrypted there.
    """

    def __init__(self, name: str, *, behind: bool = False) -> None:
        self.name = name
        self._behind = behind
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._bridge = _Bridge()
        self._lock = threading.Lock()
        self._stopping = False
        self._dropping = False
        # A daemon: a token that never answers must not keep the program alive after stop() has given up on it.
        # Started by the first job: the window is painted before there is one.
        self._thread = threading.Thread(target=self._work, name=f"lane-{name}", daemon=True)

    def submit(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[..., object] | None = None,
        failed: Callable[..., object] | None = None,
        token: CancelToken | None = None,
    ) -> Job:
        """Run ``fn(*args)`` in the lane; then ``done(result)`` or ``failed(exception)`` on the GUI thread.

        ``done`` and ``failed`` must be bound methods of QObjects (held weakly; a deleted receiver is skipped). Without
        ``failed`` an exception is raised on the GUI thread, where the program's exception hook sees it. A cancelled
        job delivers nothing; pass the same ``token`` in ``args`` to a long job that can stop half-way.

        Raises RuntimeError once the lane has been stopped, TypeError for any other kind of receiver.
        """
        work = _Work(
            run=lambda: fn(*args),
            token=token or CancelToken(),
            done=_Receiver(done) if done is not None else None,
            failed=_Receiver(failed) if failed is not None else None,
        )
        with self._lock:
            if self._stopping:
                raise RuntimeError(f"lane {self.name} has been stopped")
            if self._thread.ident is None:
                self._thread.start()
            self._queue.put(work)
        return Job(work.token)

    def relay(self, receiver: Callable[..., object]) -> Callable[[object], None]:
        """A function a worker may call at any time (progress): ``receiver(value)`` then runs on the GUI thread."""
        target = _Receiver(receiver)
        bridge = self._bridge
        return lambda value: bridge.post(lambda: target(value))

    def stop(self, timeout: float = 5.0, *, drop: bool = False) -> bool:
        """Finish the queued jobs (or ``drop`` them), then end the thread; False if it runs on after ``timeout`` s."""
        with self._lock:
            if not self._stopping:
                self._stopping = True
                self._dropping = drop
                self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def here(self) -> bool:
        """Whether the caller is a job of this lane."""
        return self._thread.ident == threading.get_ident()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def _work(self) -> None:
        if self._behind:
            step_behind()
        while (work := self._queue.get()) is not None:
            if not (self._dropping or work.token.cancelled):
                self._run(work)

    def _run(self, work: _Work) -> None:
        try:
            result = work.run()
        except Cancelled:
            return
        except BaseException as error:
            self._bridge.post(_failure(work, error))
        else:
            if work.done is not None:
                self._bridge.post(_success(work, result))


def step_behind() -> None:
    """Let this thread, and what it starts, take what others leave of the processors; other systems know it per process."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)


def _success(work: _Work, result: object) -> Callable[[], None]:
    def deliver() -> None:
        if work.done is not None and not work.token.cancelled:
            work.done(result)

    return deliver


def _failure(work: _Work, error: BaseException) -> Callable[[], None]:
    def deliver() -> None:
        if work.token.cancelled:
            return
        if work.failed is None:
            raise error
        work.failed(error)

    return deliver


@dataclass(frozen=True, slots=True)
class Lanes:
    """The four lanes of the client: desk (store, fold), key (signatures), documents (volumes, renderer), net."""

    desk: Lane
    key: Lane
    documents: Lane
    net: Lane

    @classmethod
    def start(cls) -> Lanes:
        return cls(*(Lane(name, behind=name in ("documents", "net")) for name in LANE_NAMES))

    def stop(self, timeout: float = 5.0) -> tuple[str, ...]:
        """Stop all lanes, letting saves and signatures finish; returns the names of lanes that did not end in time."""
        order = ((self.documents, True), (self.net, True), (self.key, False), (self.desk, False))
        return tuple(lane.name for lane, drop in order if not lane.stop(timeout, drop=drop))
