"""The viewer's side of the renderer: starts it, answers its reads, gives it up when it hangs. Documents lane only."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from evalclient.assets import asset
from evalclient.core.errors import EvalclientError
from evalclient.ui.documents.frames import FrameBroken, read_frame, write_frame

#: how long one answer may take before the renderer is given up, seconds
PATIENCE: Final = 20.0


class DocumentUnreadable(EvalclientError):
    """A document cannot be shown; the program goes on."""


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A bookmark: depth from 0, title, page from 0 or None."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """What is known of a document at once: its number here, page sizes in points, outline."""

    number: int
    sizes: tuple[tuple[float, float], ...]
    outline: tuple[OutlineItem, ...]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as 32-bit BGRx pixels."""

    page: int
    scale: float
    width: int
    height: int
    stride: int
    pixels: bytes


#: a hit: rectangles (left, bottom, right, top) in points from the page's lower left corner
Hit = tuple[tuple[float, float, float, float], ...]


class RendererProcess:
    """One renderer for all documents of a window. Every call blocks, so it belongs into the documents lane."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._files: dict[int, BinaryIO] = {}
        self._known: set[int] = set()
        self._numbers = itertools.count(1)
        self._requests = itertools.count(1)

    def open(self, file: BinaryIO) -> OpenedDocument:
        """Open a file-like document (read/seek); DocumentUnreadable with one sentence where it cannot be shown."""
        number = next(self._numbers)
        self._files[number] = file
        try:
            answer, _ = self._open(number)
        except DocumentUnreadable:
            self._files.pop(number).close()
            raise
        return OpenedDocument(
            number,
            tuple((float(width), float(height)) for width, height in answer["sizes"]),
            tuple(OutlineItem(int(level), str(title), page) for level, title, page in answer["outline"]),
        )

    def close(self, number: int) -> None:
        """Forget a document."""
        file = self._files.pop(number, None)
        if file is not None:
            file.close()
        if number in self._known:
            self._known.discard(number)
            with contextlib.suppress(DocumentUnreadable):
                self._ask({"op": "close", "document": number})

    def render(self, number: int, page: int, scale: float) -> RenderedPage:
        """A page at ``scale`` pixels per point."""
        answer, pixels = self._ask_about(number, {"op": "render", "page": page, "scale": scale})
        return RenderedPage(page, scale, answer["width"], answer["height"], answer["stride"], pixels)

    def search(self, number: int, page: int, text: str) -> tuple[Hit, ...]:
        """Where ``text`` stands on a page."""
        answer, _ = self._ask_about(number, {"op": "search", "page": page, "text": text})
        return tuple(tuple(tuple(rectangle) for rectangle in hit) for hit in answer["hits"])

    @property
    def process_id(self) -> int | None:
        """The operating system's id of the renderer, while it runs."""
        return self._process.pid if self._process is not None else None

    def kill(self) -> None:
        """End a renderer that is stuck, from any thread; the next request starts another."""
        process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def stop(self) -> None:
        """End the process and close every document."""
        self._give_up()
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _ask_about(self, number: int, command: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if number not in self._files:
            raise _unreadable("文档已关闭", "the document is closed")
        self._running()
        if number not in self._known:
            self._open(number)
        return self._ask({**command, "document": number})

    def _open(self, number: int) -> tuple[dict[str, Any], bytes]:
        file = self._files[number]
        size = file.seek(0, 2)
        answer = self._ask({"op": "open", "document": number, "size": size})
        self._known.add(number)
        return answer

    def _ask(self, command: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        request = next(self._requests)
        watch = threading.Timer(self._patience, process.kill)
        watch.daemon = True
        watch.start()
        try:
            return self._converse(process, request, command)
        except FrameBroken as error:
            self._give_up()
            raise _unreadable("渲染进程已中止并重新启动", "the renderer stopped and was started again") from error
        finally:
            watch.cancel()

    def _converse(
        self, process: subprocess.Popen[bytes], request: int, command: dict[str, Any]
    ) -> tuple[dict[str, Any], bytes]:
        incoming, outgoing = process.stdin, process.stdout
        if incoming is None or outgoing is None:
            raise FrameBroken("no pipes")
        write_frame(incoming, {**command, "request": request})
        while True:
            header, body = read_frame(outgoing)
            if "read" in header:
                write_frame(incoming, {"op": "data"}, self._bytes(header))
            elif header.get("request") == request:
                if "error" in header:
                    raise _unreadable("文件已损坏或不是 PDF", str(header["error"]))
                return header, body

    def _bytes(self, header: dict[str, Any]) -> bytes:
        file = self._files[int(header["read"])]
        file.seek(int(header["offset"]))
        size = int(header["size"])
        parts = []
        while size > 0 and (part := file.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._give_up()
            fonts = str(asset("fonts/NotoSansSC-Regular.ttf").parent)
            start = [sys.executable, "--renderer"] if getattr(sys, "frozen", False) else _from_source()
            self._process = subprocess.Popen(
                [*start, fonts], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=-1
            )
        return self._process

    def _give_up(self) -> None:
        self._known.clear()
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()


def _from_source() -> list[str]:
    return [sys.executable, "-m", "evalclient.ui.documents.renderer"]


def _unreadable(zh: str, en: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        f"该文档无法显示（{zh}），请重试或下载原件核对；其他文档不受影响。",
        f"This document cannot be shown ({en}); try again. The others are not affected.",
    )
