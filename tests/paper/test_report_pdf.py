"""Pages of the report: the same bytes everywhere, embedded fonts, nothing clipped, one box per member."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from evalclient.core.report.content import Facts, Paragraph, ReportContent, Section, SignaturePlace, Table, column, same
from evalclient.paper.fonts import BOLD, REGULAR, register_fonts, text_width
from evalclient.paper.report_pdf import chinese_number, claimed_basis, render_report
from evalclient.paper.signature_page import PER_PAGE, signature_boxes
from evalclient.paper.styles import BODY_WIDTH, PAGE_HEIGHT, PAGE_WIDTH
from evalclient.paper.tables import grid, widths
from evalclient.paper.wrapping import wrapped
from tests.builders.evening import Evening, evening_at
from tests.builders.reporting import busy_evening, content_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content() -> ReportContent:
    return content_of(busy_evening())


def _page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _flat(text: str) -> str:
    return "".join(text.split())


def test_the_same_content_gives_the_same_bytes_in_another_process_zone_and_hash_seed(
    content: ReportContent, tmp_path: Path
) -> None:
    script = (
        "import sys; from tests.builders.reporting import busy_evening, content_of;"
        "from evalclient.paper.report_pdf import render_report;"
        "sys.stdout.buffer.write(render_report(content_of(busy_evening())))"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    other = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, cwd=tmp_path
    )
    assert render_report(content) == render_report(content) == other.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_the_content_says_can_be_read_on_the_pages(content: ReportContent, language: str) -> None:
    pdf = render_report(content, "en" if language == "en" else "zh")
    pages = _flat("".join(_page_texts(pdf)))
    straight = str.maketrans("“”‘’", "\"\"''")
    missing = []
    for section in content.sections:
        for block in section.blocks:
            cells = (
                [block.text]
                if isinstance(block, Paragraph)
                else [cell for pair in block.pairs for cell in pair]
                if isinstance(block, Facts)
                else [cell for row in block.rows for cell in row]
            )
            said = [
                _flat(cell.text(language).translate(straight) if language == "en" else cell.text(language))
                for cell in cells
            ]
            missing += [text for text in said if len(text) < 12 and text not in pages]
    assert missing == []


def test_every_page_carries_code_fingerprint_and_its_number(content: ReportContent) -> None:
    pages = _page_texts(render_report(content))
    for number, text in enumerate(pages, start=1):
        assert content.code in text
        assert _flat(content.fingerprint) in _flat(text)
        assert f"第{number}页/共{len(pages)}页" in _flat(text)


def test_all_fonts_are_embedded_subsets(content: ReportContent) -> None:
    reader = PdfFileReader(io.BytesIO(render_report(content)))
    fonts = {}
    for page in reader.root["/Pages"]["/Kids"]:
        for name, font in page.get_object()["/Resources"]["/Font"].items():
            fonts[name] = font.get_object()
    assert fonts
    for font in fonts.values():
        assert "+NotoSansSC" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]


def test_a_practice_report_says_so_on_every_page() -> None:
    evening = Evening(practice=True).until("report")
    assert all("PRACTICE" in text for text in _page_texts(render_report(content_of(evening))))
    assert not any("PRACTICE" in text for text in _page_texts(render_report(content_of(evening_at("report")))))


def test_the_file_says_what_it_is_drawn_from(content: ReportContent) -> None:
    assert claimed_basis(render_report(content, "en")) == content.basis.size
    assert claimed_basis(b"%PDF-1.4 something else") is None


def test_the_claim_cannot_come_from_text_on_a_page(content: ReportContent) -> None:
    forged = "/Keywords (evalclient-report/1 size=1)"
    section = Section(same(forged), (Paragraph(same(forged)),))
    pdf = render_report(replace(content, sections=(section, *content.sections)))
    assert claimed_basis(pdf) == content.basis.size


def test_long_names_and_reasons_wrap_and_split_instead_of_being_cut() -> None:
    long = "某某省建设工程集团股份有限公司与另一家名称同样很长的设计研究院有限责任公司联合体" * 60
    word = "x" * 400
    table = Table(
        (column("投标人", "Bidder"), column("说明", "Note"), column("分", "S", 0.1, "right")),
        ((same(long), same(word), same("100.00")),),
    )
    base = content_of(evening_at("report"))
    pdf = render_report(replace(base, sections=(Section(same("长"), (table,)),)))
    text = _flat("".join(_page_texts(pdf)))
    assert text.count("联合体") == 60
    assert text.count("x") >= 400
    assert "100.00" in text


def test_a_table_repeats_its_headings_on_every_page(content: ReportContent) -> None:
    rows = tuple((same(str(number)), same("内容")) for number in range(120))
    table = Table((column("编号栏", "No."), column("内容栏", "What")), rows)
    pages = _page_texts(render_report(replace(content, sections=(Section(same("表"), (table,)),), signatures=())))
    with_rows = [text for text in pages if "内容" in text]
    assert len(with_rows) > 2
    assert all("编号栏" in text for text in with_rows)


def test_columns_fill_the_width_and_no_number_is_broken() -> None:
    table = Table(
        (column("投标人", "Bidder", 9.0), column("报价", "Price", 0.1, "right"), column("名次", "Place", 0.1)),
        ((same("甲"), same("1,234,567,890.00"), same("1")),),
    )
    made = widths(table, "zh")
    assert sum(made) == pytest.approx(BODY_WIDTH)
    assert made[1] > 60
    narrow = Table(tuple(column(f"栏目{n}", "c") for n in range(30)), (tuple(same("12345.67") for _ in range(30)),))
    assert sum(widths(narrow, "zh")) == pytest.approx(BODY_WIDTH)
    assert grid(narrow, "zh").wrap(BODY_WIDTH, 1000)[0] == pytest.approx(BODY_WIDTH)


@given(st.text(alphabet="评标（）“”，。abc 12.5\n", max_size=60), st.floats(9, 200))
def test_wrapped_lines_fit_lose_nothing_and_never_begin_with_a_closing_mark(text: str, width: float) -> None:
    register_fonts()
    lines = wrapped(text, width, REGULAR, 8.5).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert len(line) <= 1 or text_width(line, REGULAR, 8.5) <= width
    if width > 60 and text.strip() and "\n" not in text:
        closing = [line for line in lines[1:] if line[:1] in "），。”"]
        assert not closing or re.search(r"[）”，。]{3}|[（“\s][）”，。]", text)


def test_a_name_with_brackets_stays_inside_a_narrow_right_aligned_cell() -> None:
    register_fonts()
    assert wrapped("周正衡（演示）", 42, BOLD, 8) == "周正衡\n（演示）"
    assert wrapped("合格，不合格。", 30, REGULAR, 8.5).split("\n") == ["合格，", "不合", "格。"]


def test_boxes_lie_on_the_page_apart_from_each_other_and_in_roster_order(content: ReportContent) -> None:
    places = tuple(SignaturePlace(f"m{number}", same(f"成员{number}" * 20)) for number in range(1, 12))
    boxes = signature_boxes(replace(content, signatures=places))
    assert list(boxes) == [place.person for place in places]
    assert [box.page for box in boxes.values()] == [-2] * PER_PAGE + [-1] * 3
    for person, box in boxes.items():
        assert 0 < box.x1 < box.x2 < PAGE_WIDTH
        assert 0 < box.y1 < box.y2 < PAGE_HEIGHT
        for other, beside in boxes.items():
            apart = box.x2 <= beside.x1 or beside.x2 <= box.x1 or box.y2 <= beside.y1 or beside.y2 <= box.y1
            assert person == other or box.page != beside.page or apart
    pages = _page_texts(render_report(replace(content, signatures=places)))
    assert "m8" in pages[-2]
    assert "m11" in pages[-1]
    assert "m11" not in pages[-2]


def test_a_report_without_signatures_ends_with_its_note(content: ReportContent) -> None:
    pages = _page_texts(render_report(replace(content, signatures=(), signature_note=same("由组织方签署"))))
    assert "由组织方签署" in pages[-1]
    assert "评标委员会成员签署" not in "".join(pages)


def test_control_characters_and_markup_in_names_do_no_harm(content: ReportContent) -> None:
    section = Section(same("节"), (Paragraph(same("甲<b>乙&丙\x00\x1b丁</para>")),))
    assert "甲<b>乙&丙丁</para>" in _flat("".join(_page_texts(render_report(replace(content, sections=(section,))))))


def test_chinese_numbers() -> None:
    assert [chinese_number(number) for number in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
