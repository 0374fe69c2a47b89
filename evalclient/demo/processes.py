"""Starting people as processes and listening to the one line they say per event."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from evalclient.core.errors import EvalclientError

#: Windows come first. The centre and the wire, which they wait for, and everybody else would have machines of their own.
IN_FRONT: Final = ("evalclient.demo.window_person",)
WAITED_FOR: Final = ("evalclient.demo.wire", "server_stub")
NICENESS_WAITED_FOR: Final = 10
#: how long a process may take to go when asked to
_GRACE = 5.0


class DemoFailed(EvalclientError):
    """A demo process ended badly or nothing happened for too long."""


class DemoAbandoned(EvalclientError):
    """The person who started the demo does not want it any more."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a process: who, what, details."""

    person: str
    event: str
    details: dict[str, object] = field(default_factory=dict)


class Troupe:
    """All processes of a demo. ``next_event`` yields what they say; ``stop`` ends those still there."""

    def __init__(self, logs: Path, language: str) -> None:
        self._logs = logs
        self._language = language
        self._events: queue.Queue[Event] = queue.Queue()
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._lasting: set[str] = set()
        self._listeners: list[threading.Thread] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(
        self, person: str, *arguments: str, module: str = "evalclient.demo.person", lasting: bool = False
    ) -> None:
        """Start ``python -m module arguments`` as ``person``; a ``lasting`` process may not end before the demo does.

        It ends when this process does: see ``evalclient.demo.tether``.
        """
        if lasting:
            self._lasting.add(person)
        with (self._logs / f"{person}.log").open("a") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "evalclient.demo.tether", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=environment(self._language),
            )
        if module not in IN_FRONT:
            _leave_the_processors(process.pid, waited_for=module in WAITED_FOR)
        self._processes[person] = process
        listener = threading.Thread(target=self._listen, args=(person, process), daemon=True, name=f"hear-{person}")
        listener.start()
        self._listeners.append(listener)

    def post(self, event: Event) -> None:
        """Say something in the place of a process; from any thread."""
        self._events.put(event)

    def next_event(self, patience: float | None) -> Event:
        """What is said next; DemoFailed where nobody says anything for ``patience`` seconds or somebody fails."""
        try:
            event = self._events.get(timeout=patience)
        except queue.Empty:
            alive = ", ".join(person for person, process in self._processes.items() if process.poll() is None)
            raise DemoFailed(
                f"演示超过 {patience:.0f} 秒没有进展（运行中：{alive}），详情见 {self._logs}。",
                f"Nothing happened for {patience:.0f} s (still running: {alive}); see {self._logs}.",
            ) from None
        if event.event == "abandoned":
            raise DemoAbandoned("演示已取消。", "The demo was given up.")
        gone = event.event == "exit" and event.person in self._lasting
        if gone or (event.event in ("failed", "exit") and event.details.get("code", 1) != 0):
            raise DemoFailed(
                f"{event.person} 的进程失败：{event.details.get('zh', '')} 详情见 {self._logs / event.person}.log",
                f"The process of {event.person} failed: {event.details.get('en', '')} See {self._logs / event.person}.log",
            )
        return event

    def wait_for(
        self,
        wanted: set[tuple[str, str]],
        patience: float = 90.0,
        heard: Callable[[Event], object] = lambda _event: None,
    ) -> None:
        """Until each (person, event) of ``wanted`` has been said; ``heard`` is told everything that is."""
        while wanted:
            event = self.next_event(patience)
            heard(event)
            wanted.discard((event.person, event.event))

    def wait_for_url(self, person: str, patience: float = 30.0) -> str:
        """The address that a server says it listens at."""
        while True:
            event = self.next_event(patience)
            if (event.person, event.event) == (person, "url"):
                return str(event.details["url"])

    def alive(self) -> tuple[str, ...]:
        """Who is still there."""
        return tuple(person for person, process in self._processes.items() if process.poll() is None)

    def process_id(self, person: str) -> int:
        """The operating system's id of a person's process."""
        return self._processes[person].pid

    def stop(self) -> None:
        """End everybody who is still there."""
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + _GRACE
        for process in self._processes.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for listener in self._listeners:
            listener.join(_GRACE)

    def _listen(self, person: str, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            try:
                details = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(details, dict) and "event" in details:
                self._events.put(Event(person, str(details.pop("event")), details))
            elif isinstance(details, dict) and "url" in details:
                self._events.put(Event(person, "url", details))
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        self._events.put(Event(person, "exit", {"code": code}))


def _leave_the_processors(pid: int, *, waited_for: bool) -> None:
    """Let a process, its threads and children have what windows leave over, as far as the system knows how."""
    if sys.platform == "win32":
        return
    if sys.platform == "linux" and not waited_for:
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS_WAITED_FOR)


def environment(language: str) -> dict[str, str]:
    """The environment of a demo process that speaks ``language``."""
    return os.environ | {
        "LANG": "en_US.UTF-8" if language == "en" else "zh_CN.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
