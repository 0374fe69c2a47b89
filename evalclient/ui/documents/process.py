"""The viewer's side of the renderer: starts it, answers its reads, gives it up when it hangs. Documents lane only."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from math import isfinite
from typing import Annotated, Any, BinaryIO, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from evalclient.assets import asset
from evalclient.core.errors import EvalclientError
from evalclient.ui.documents.frames import FrameBroken, read_frame, write_frame

#: how long one answer may take before the renderer is given up, seconds
PATIENCE: Final = 20.0
A = TypeVar("A", bound=Struct)


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


class _Done(Struct):
    """Answer without content."""


class _Opened(Struct):
    sizes: Annotated[tuple[tuple[float, float], ...], Meta(max_length=50_000)]
    outline: Annotated[tuple[tuple[Annotated[int, Meta(ge=0)], str, int | None], ...], Meta(max_length=20_000)]


class _Pixels(Struct):
    width: Annotated[int, Meta(ge=1, le=1 << 16)]
    height: Annotated[int, Meta(ge=1, le=1 << 16)]
    stride: Annotated[int, Meta(ge=4, le=1 << 19)]


class _Hits(Struct):
    hits: tuple[Hit, ...]


class _Wish(Struct):
    """The renderer asks for bytes of a document."""

    read: int
    offset: Annotated[int, Meta(ge=0)]
    size: Annotated[int, Meta(ge=0, le=16 << 20)]


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
            answer = self._open(number)
        except DocumentUnreadable:
            self._files.pop(number).close()
            raise
        pages = len(answer.sizes)
        return OpenedDocument(
            number,
            tuple(_page_size(width, height) for width, height in answer.sizes),
            tuple(
                OutlineItem(level, title, page if page is not None and 0 <= page < pages else None)
                for level, title, page in answer.outline
            ),
        )

    def close(self, number: int) -> None:
        """Forget a document."""
        file = self._files.pop(number, None)
        if file is not None:
            file.close()
        if number in self._known:
            self._known.discard(number)
            with contextlib.suppress(DocumentUnreadable):
                self._ask({"op": "close", "document": number}, _Done)

    def render(self, number: int, page: int, scale: float) -> RenderedPage:
        """A page at ``scale`` pixels per point."""
        answer, pixels = self._ask_about(number, {"op": "render", "page": page, "scale": scale}, _Pixels)
        if answer.stride < 4 * answer.width or answer.stride * answer.height != len(pixels):
            raise self._distrusted()  # a picture that claims more than it holds would be read beyond its end
        return RenderedPage(page, scale, answer.width, answer.height, answer.stride, pixels)

    def search(self, number: int, page: int, text: str) -> tuple[Hit, ...]:
        """Where ``text`` stands on a page."""
        answer, _ = self._ask_about(number, {"op": "search", "page": page, "text": text}, _Hits)
        return tuple(hit for hit in answer.hits if hit and all(isfinite(side) for area in hit for side in area))

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

    def _ask_about(self, number: int, command: dict[str, Any], answer: type[A]) -> tuple[A, bytes]:
        if number not in self._files:
            raise _unreadable("文档已关闭", "the document is closed")
        self._running()
        if number not in self._known:
            self._open(number)
        return self._ask({**command, "document": number}, answer)

    def _open(self, number: int) -> _Opened:
        file = self._files[number]
        size = file.seek(0, 2)
        answer, _ = self._ask({"op": "open", "document": number, "size": size}, _Opened)
        self._known.add(number)
        return answer

    def _ask(self, command: dict[str, Any], answer: type[A]) -> tuple[A, bytes]:
        """One command; the renderer's answer is believed only as far as its form goes."""
        process = self._running()
        request = next(self._requests)
        watch = threading.Timer(self._patience, process.kill)
        watch.daemon = True
        watch.start()
        try:
            untrusted_header, body = self._converse(process, request, command)
            return msgspec.convert(untrusted_header, answer), body
        except (FrameBroken, msgspec.ValidationError) as error:
            raise self._distrusted() from error
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

    def _distrusted(self) -> DocumentUnreadable:
        self._give_up()
        return _unreadable("渲染进程已中止并重新启动", "the renderer stopped and was started again")

    def _bytes(self, untrusted_header: dict[str, Any]) -> bytes:
        wish = msgspec.convert(untrusted_header, _Wish)
        if wish.read not in self._files:
            raise FrameBroken("bytes of a document that is not open")
        file = self._files[wish.read]
        file.seek(wish.offset)
        size = wish.size
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
                [*start, fonts],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                bufsize=-1,
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


A4 = (595.0, 842.0)
_LARGEST_PAGE: Final = 20_000.0


def _page_size(width: float, height: float) -> tuple[float, float]:
    """Points; a page whose size makes no sense is laid out as A4 and rendered as it is."""
    sound = all(isfinite(side) and 1.0 <= side <= _LARGEST_PAGE for side in (width, height))
    return (width, height) if sound else A4


def _environment() -> dict[str, str]:
    """What Python and the loader need; nothing else of the session reaches the renderer."""
    needed = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONPATH", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in needed if name in os.environ}


def _from_source() -> list[str]:
    return [sys.executable, "-m", "evalclient.ui.documents.renderer"]


def _unreadable(zh: str, en: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        f"该文档无法显示（{zh}），请重试或下载原件核对；其他文档不受影响。",
        f"This document cannot be shown ({en}); try again. The others are not affected.",
    )
