"""The renderer process: shows pages from bytes on demand, survives hostile files, is restarted when it dies."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from evalclient.ui.documents.frames import FrameBroken, read_frame, write_frame
from evalclient.ui.documents.process import DocumentUnreadable, RendererProcess

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "pdf"


@pytest.fixture
def renderer() -> Iterator[RendererProcess]:
    process = RendererProcess(patience=15.0)
    yield process
    process.stop()


def pages(*texts: str) -> io.BytesIO:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 200), invariant=1)
    for number, text in enumerate(texts):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(f"Chapter {number + 1}", str(number))
        canvas.drawString(20, 100, text)
        canvas.showPage()
    canvas.save()
    return file


def test_sizes_outline_pixels_and_hits(renderer: RendererProcess) -> None:
    opened = renderer.open(pages("concrete pouring plan", "safety net"))
    assert opened.sizes == ((300.0, 200.0), (300.0, 200.0))
    assert [(item.title, item.page) for item in opened.outline] == [("Chapter 1", 0), ("Chapter 2", 1)]
    page = renderer.render(opened.number, 0, 2.0)
    assert (page.width, page.height) == (600, 400)
    assert len(page.pixels) == page.stride * page.height
    assert len(set(page.pixels)) > 2
    (hit,) = renderer.search(opened.number, 1, "SAFETY")
    left, bottom, right, top = hit[0]
    assert 15 < left < right < 100
    assert 90 < bottom < top < 120
    assert renderer.search(opened.number, 0, "safety") == ()


@pytest.mark.parametrize("untrusted", [b"", b"no pdf at all", b"%PDF-1.7\n" + b"\xff" * 5000])
def test_what_is_no_document_gets_a_sentence_and_the_next_one_is_shown(
    renderer: RendererProcess, untrusted: bytes
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        renderer.open(io.BytesIO(untrusted))
    assert "无法显示" in caught.value.zh
    assert renderer.open(pages("fine")).sizes == ((300.0, 200.0),)


def test_a_killed_renderer_is_started_again_and_goes_on_with_open_documents(renderer: RendererProcess) -> None:
    opened = renderer.open(pages("one"))
    before = renderer.render(opened.number, 0, 1.0)
    assert renderer.process_id is not None
    renderer.kill()
    after = renderer.render(opened.number, 0, 1.0)
    assert after.pixels == before.pixels


def test_a_truncated_frame_is_an_error_and_no_hang() -> None:
    stream = io.BytesIO()
    write_frame(stream, {"op": "data"}, b"12345678")
    for cut in range(len(stream.getvalue())):
        with pytest.raises(FrameBroken):
            read_frame(io.BytesIO(stream.getvalue()[:cut]))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared PDF files are not here")
def test_text_without_embedded_fonts_is_not_blank(renderer: RendererProcess) -> None:
    opened = renderer.open((SHARED / "noembed-identity.pdf").open("rb"))
    assert len(set(renderer.render(opened.number, 0, 1.0).pixels)) > 10
