"""The process that talks to a token: started per key, asked with a deadline, killed when it does not answer.

Vendors' libraries crash, hang, print, and may keep what they are told; none of that may happen where the program's own
keys and windows are.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import weakref
from typing import Final

import msgspec

from evalclient.crypto.errors import KeySilent
from evalclient.crypto.keys.messages import FrameBroken, Reply, Request, read_reply, write

#: the command under which a bundle starts itself for tokens
COMMAND: Final = "--token"
#: how long the end of a killed process is waited for, seconds: one that hangs in a driver cannot even be killed
_BURIAL: Final = 1.0


class TokenProcess:
    """One helper. ``ask`` blocks its caller at most as long as it is told to; ``end`` may be called from any thread.

    ``program`` starts another build of this program in the helper's place: a vendor's library of 32 bits needs one.
    """

    def __init__(self, program: str = "") -> None:
        self._process = subprocess.Popen(
            _command(program),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=-1,
        )
        _running.add(self)
        self._asking = threading.Lock()
        self._replies: queue.SimpleQueue[Reply | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="token", daemon=True).start()

    def ask(self, request: Request, patience: float) -> Reply:
        """One question; KeySilent where no answer has come within ``patience`` seconds, or the helper has died."""
        with self._asking:
            if self._process.poll() is not None:
                raise fell_over()
            # a helper that has stopped reading leaves a large request in a full pipe: whoever writes it must not be awaited
            threading.Thread(target=self._send, args=(request,), name="token-request", daemon=True).start()
            try:
                reply = self._replies.get(timeout=patience)
            except queue.Empty:
                self.end()
                raise _silent(patience) from None
            if reply is None:
                self.end()
                raise fell_over()
            return reply

    @property
    def process_id(self) -> int:
        """The operating system's number of the helper."""
        return self._process.pid

    def end(self) -> None:
        """Give the token up: whoever is waiting gets KeySilent."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_BURIAL)

    def _send(self, request: Request) -> None:
        """On a thread of its own; it ends with the helper at the latest."""
        try:
            if self._process.stdin is not None:
                write(self._process.stdin, request)
        except FrameBroken:
            self._replies.put(None)

    def _listen(self) -> None:
        """On a thread of its own: a pipe cannot be waited for with a deadline on every platform."""
        try:
            while self._process.stdout is not None:
                self._replies.put(read_reply(self._process.stdout))
        except (FrameBroken, msgspec.DecodeError):
            self._replies.put(None)
        finally:
            for stream in (self._process.stdout, self._process.stdin):
                if stream is not None:
                    with contextlib.suppress(OSError, ValueError):
                        stream.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_BURIAL)


_running: weakref.WeakSet[TokenProcess] = weakref.WeakSet()


def end_all() -> None:
    """Give up on every token: the program is being closed."""
    for process in tuple(_running):
        process.end()


def _command(program: str) -> list[str]:
    if program:
        return [program, COMMAND]
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND]
    return [sys.executable, "-m", "evalclient.crypto.keys.serving"]


def _silent(patience: float) -> KeySilent:
    return KeySilent(
        f"证书介质在 {patience:g} 秒内没有应答，已停止等待；请重新插入介质，锁定屏幕后输入 PIN 码再试。",
        f"The token did not answer within {patience:g} seconds and was given up on; plug it in again, then lock the screen "
        "and enter the PIN.",
    )


def fell_over() -> KeySilent:
    """The helper has gone, by a crash of the vendor's library or because the token was given up on."""
    return KeySilent(
        "证书介质的驱动已中止，其他工作不受影响；请重新插入介质，锁定屏幕后输入 PIN 码再试。",
        "The token's driver has stopped; nothing else is affected. Plug the token in again, then lock the screen and enter "
        "the PIN.",
    )
