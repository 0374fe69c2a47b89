"""The viewer believes nothing of what the renderer process says; search finds words broken at line ends."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from evalclient.ui.documents import process as process_module
from evalclient.ui.documents.finding import folded, spans
from evalclient.ui.documents.process import A4, DocumentUnreadable, RendererProcess

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "pdf"

LIAR = """
import sys
from evalclient.ui.documents.frames import read_frame, write_frame
answers = {answers}
while True:
    header, body = read_frame(sys.stdin.buffer)
    answer, pixels = answers[header["op"]]
    write_frame(sys.stdout.buffer, {{"request": header.get("request"), **answer}}, pixels)
"""
OPENED = {"sizes": [[300, 200]], "outline": []}


@pytest.fixture
def lying(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Start a renderer that gives these answers, whatever it is asked."""
    started: list[RendererProcess] = []

    def start(patience: float = 15.0, **answers: tuple[dict[str, object], bytes]) -> RendererProcess:
        told = {"open": (OPENED, b""), "close": ({}, b""), **answers}
        code = LIAR.format(answers=repr(told).replace("nan", "float('nan')"))
        monkeypatch.setattr(process_module, "_from_source", lambda: [sys.executable, "-c", code])
        started.append(RendererProcess(patience=patience))
        return started[-1]

    yield start
    for process in started:
        process.stop()


@pytest.mark.parametrize(
    ("answer", "pixels"),
    [
        ({"width": 5000, "height": 5000, "stride": 20000}, b"few"),
        ({"width": 1, "height": 1, "stride": 2}, b"12"),
        ({"width": -1, "height": 1, "stride": 4}, b"1234"),
        ({"width": "1", "height": 1, "stride": 4}, b"1234"),
        ({"width": 1 << 40, "height": 1, "stride": 1 << 42}, b"1234"),
        ({}, b""),
    ],
)
def test_a_picture_is_never_larger_than_its_bytes(lying, answer: dict[str, object], pixels: bytes) -> None:  # type: ignore[no-untyped-def]
    renderer = lying(render=(answer, pixels))
    opened = renderer.open(io.BytesIO(b"x"))
    with pytest.raises(DocumentUnreadable):
        renderer.render(opened.number, 0, 1.0)


@pytest.mark.parametrize(
    "answer",
    [{}, {"sizes": 3, "outline": []}, {"sizes": [[1]], "outline": []}, {"sizes": [], "outline": [[-1, "a", 0]]}],
)
def test_a_malformed_opening_is_refused(lying, answer: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DocumentUnreadable):
        lying(open=(answer, b"")).open(io.BytesIO(b"x"))


def test_absurd_sizes_and_places_are_put_right(lying) -> None:  # type: ignore[no-untyped-def]
    opened = {"sizes": [[float("nan"), 200], [-5, 1e12]], "outline": [[0, "nowhere", 7], [900, "deep", 1]]}
    hits = {"hits": [[[float("nan"), 0, 1, 1]], [], [[0, 0, 1, 1]]]}
    renderer = lying(open=(opened, b""), search=(hits, b""))
    document = renderer.open(io.BytesIO(b"x"))
    assert document.sizes == (A4, A4)
    assert [entry.page for entry in document.outline] == [None, 1]
    assert renderer.search(document.number, 0, "a") == (((0.0, 0.0, 1.0, 1.0),),)


@pytest.mark.parametrize(
    "wish",
    [
        {"read": 99, "offset": 0, "size": 1},
        {"read": 1, "offset": -1, "size": 1},
        {"read": 1, "offset": 0, "size": 1 << 60},
        {"read": "x"},
    ],
)
def test_bytes_are_given_only_within_reason(lying, wish: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    renderer = lying(open=({"request": -1, **wish}, b""))
    with pytest.raises(DocumentUnreadable):
        renderer.open(io.BytesIO(b"x"))


def test_a_renderer_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        process_module, "_from_source", lambda: [sys.executable, "-c", "import sys; sys.stdin.buffer.read()"]
    )
    renderer = RendererProcess(patience=0.2)
    with pytest.raises(DocumentUnreadable) as caught:
        renderer.open(io.BytesIO(b"x"))
    assert "其他文档不受影响" in caught.value.zh
    renderer.stop()
    assert renderer.process_id is None


@pytest.mark.parametrize(
    ("page", "wanted", "found"),
    [
        ("采用北斗卫星授\r\n时装置", "卫星授时", [(4, 6)]),
        ("ＧＢ／Ｔ 50430", "gb/t50430", [(0, 10)]),
        ("aa aa", "aa", [(0, 2), (3, 2)]),
        ("abc", "", []),
        ("abc", " ", []),
        ("abc", "d", []),
    ],
)
def test_words_are_found_across_line_ends_and_widths(page: str, wanted: str, found: list[tuple[int, int]]) -> None:
    assert spans(tuple(page), wanted, 10) == found


@given(st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_every_span_holds_the_words(page: str, wanted: str) -> None:
    for start, count in spans(tuple(page), wanted, 5):
        assert folded(wanted) in "".join(folded(character) for character in page[start : start + count])


def test_chinese_words_broken_at_a_line_end_are_found_on_the_page() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 200), invariant=1)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(20, 120, "基坑监测采用北斗卫星授")
    canvas.drawString(20, 100, "时装置。")
    canvas.showPage()
    canvas.save()
    renderer = RendererProcess()
    try:
        opened = renderer.open(file)
        (hit,) = renderer.search(opened.number, 0, "卫星授时")
        assert len(hit) == 2
        assert len(set(renderer.render(opened.number, 0, 1.0).pixels)) > 10, "text that is not embedded shows"
    finally:
        renderer.stop()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared PDF files are not here")
def test_real_oddities_are_shown_or_refused_and_the_renderer_lives() -> None:
    renderer = RendererProcess()
    try:
        shown = 0
        for path in sorted(SHARED.glob("*.pdf")):
            try:
                with path.open("rb") as file:
                    opened = renderer.open(io.BytesIO(file.read()))
                shown += bool(renderer.render(opened.number, 0, 0.3).pixels)
                renderer.search(opened.number, 0, "the")
            except DocumentUnreadable:
                continue
        assert shown >= 20
    finally:
        renderer.stop()
