"""The renderer process (渲染进程): PDFs come from bidders, so they are parsed where there is nothing to steal.

Commands come as frames on standard input, answers go to standard output. Document bytes are asked from the viewer as
they are needed, so nothing decrypted is written anywhere. Run as ``evalclient --renderer``.
"""

from __future__ import annotations

import ctypes
import io
import sys
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import IO, Any, Final

from evalclient.ui.documents.finding import folded, spans
from evalclient.ui.documents.frames import FrameBroken, read_frame, write_frame

BLOCK: Final = 256 << 10
#: blocks of one document held at a time
BLOCKS_HELD: Final = 16
_ADDRESS_SPACE: Final = 3 << 30
#: pixels of one picture; larger ones are rendered smaller
MOST_PIXELS: Final = 40_000_000
MOST_HITS: Final = 500


def main(argv: Sequence[str] = ()) -> int:
    """Serve until the viewer goes away. ``argv`` names font folders for text that is not embedded."""
    _confine()
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    renderer = Renderer(incoming, outgoing, _load_pdfium(tuple(argv)))
    try:
        renderer.serve()
    except FrameBroken:
        return 0
    return 0


class Renderer:
    """One command at a time; while one waits for bytes, others that arrive are kept for later."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes], pdfium: Any) -> None:
        self._in, self._out = incoming, outgoing
        self._pdfium = pdfium
        self._later: deque[dict[str, Any]] = deque()
        self._open: dict[int, Any] = {}
        self._commands: dict[str, Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]] = {
            "open": self._open_document,
            "close": self._close_document,
            "render": self._render,
            "search": self._search,
        }

    def serve(self) -> None:
        """Until the stream ends."""
        while True:
            header = self._later.popleft() if self._later else read_frame(self._in)[0]
            try:
                answer, body = self._commands[header["op"]](header)
            except FrameBroken:
                raise
            except Exception as error:
                answer, body = {"error": f"{type(error).__name__}: {error}"[:500]}, b""
            write_frame(self._out, {"request": header.get("request"), **answer}, body)

    def fetch(self, document: int, offset: int, size: int) -> bytes:
        """Bytes of a document from the viewer."""
        write_frame(self._out, {"read": document, "offset": offset, "size": size})
        while True:
            header, body = read_frame(self._in)
            if header.get("op") == "data":
                return body
            self._later.append(header)

    def _open_document(self, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        number = int(header["document"])
        file = RemoteFile(self, number, int(header["size"]))
        document = self._pdfium.PdfDocument(file, autoclose=False)
        self._open[number] = document
        sizes = [list(document.get_page_size(page)) for page in range(len(document))]
        return {"sizes": sizes, "outline": _outline(document)}, b""

    def _close_document(self, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        document = self._open.pop(int(header["document"]), None)
        if document is not None:
            document.close()
        return {}, b""

    def _render(self, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        page = self._open[int(header["document"])][int(header["page"])]
        width, height = page.get_size()
        scale = min(float(header["scale"]), (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        try:
            bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=False)
            try:
                pixels = bytes(bitmap.buffer)
                return {"width": bitmap.width, "height": bitmap.height, "stride": bitmap.stride}, pixels
            finally:
                bitmap.close()
        finally:
            page.close()

    def _search(self, header: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Hits on one page: the cheap look first, characters only where the words are there at all."""
        page = self._open[int(header["document"])][int(header["page"])]
        wanted = str(header["text"])
        text = page.get_textpage()
        try:
            if folded(wanted) not in folded(text.get_text_range()):
                return {"hits": []}, b""
            code_of = self._pdfium.raw.FPDFText_GetUnicode
            characters = [chr(min(code_of(text, at), sys.maxunicode)) for at in range(text.count_chars())]
            hits: list[list[list[float]]] = []
            for start, count in spans(characters, wanted, MOST_HITS):
                hits.append([list(text.get_rect(i)) for i in range(text.count_rects(start, count))])
            return {"hits": hits}, b""
        finally:
            text.close()
            page.close()


class RemoteFile(io.RawIOBase):
    """A document that lies with the viewer, read in blocks."""

    def __init__(self, renderer: Renderer, document: int, size: int) -> None:
        self._renderer, self._document, self._size = renderer, document, size
        self._at = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to ``offset``."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, min(self._size, base + offset))
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as the document goes."""
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._at < self._size:
            block = self._block(self._at // BLOCK)
            begin = self._at % BLOCK
            part = block[begin : begin + len(view) - done]
            if not part:
                break
            view[done : done + len(part)] = part
            done += len(part)
            self._at += len(part)
        return done

    def _block(self, number: int) -> bytes:
        block = self._blocks.pop(number, None)
        if block is None:
            size = min(BLOCK, self._size - number * BLOCK)
            block = self._renderer.fetch(self._document, number * BLOCK, size)
            if len(self._blocks) >= BLOCKS_HELD:
                self._blocks.popitem(last=False)
        self._blocks[number] = block
        return block


def _outline(document: Any) -> list[list[Any]]:
    """[level, title, page] of each bookmark; a broken outline is no outline."""
    rows = []
    try:
        for item in document.get_toc(max_depth=6):
            destination = item.get_dest()
            page = destination.get_index() if destination is not None else None
            rows.append([item.level, item.get_title(), page])
            if len(rows) >= 5000:
                break
    except Exception:
        return rows
    return rows


def _load_pdfium(font_folders: tuple[str, ...]) -> Any:
    """pypdfium2 with our fonts: without them Chinese text that is not embedded shows as nothing."""
    import pypdfium2
    from pypdfium2 import _library_scope, raw
    from pypdfium2.internal import bases

    if font_folders:
        _library_scope.destroy_lib()
        paths = (ctypes.c_char_p * (len(font_folders) + 1))(*[folder.encode() for folder in font_folders], None)
        raw.FPDF_InitLibraryWithConfig(
            raw.FPDF_LIBRARY_CONFIG(
                version=2,
                m_pUserFontPaths=ctypes.cast(paths, ctypes.POINTER(ctypes.POINTER(ctypes.c_char))),
                m_pIsolate=None,
                m_v8EmbedderSlot=0,
            )
        )
        bases.LIBRARY_AVAILABLE = True
        pypdfium2._font_paths = paths  # kept: pdfium reads them later
    return pypdfium2


def _confine() -> None:
    """Limits that keep a hostile file from filling memory or disk, or leaving a core dump behind."""
    try:
        import resource
    except ImportError:  # Windows has job objects instead; the parent sets none yet
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
