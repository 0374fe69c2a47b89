"""The demo documents as files: reproducible, readable, linked, of the wanted size."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest

from evalclient.demo.documents.__main__ import main
from evalclient.demo.documents.bid_documents import MEGABYTE, bid_documents, share_of
from evalclient.demo.documents.chinese_lines import NO_END, NO_START, break_lines
from evalclient.demo.documents.commercial import commercial_plan
from evalclient.demo.documents.model import Bidder, BidDocument, DemoTender, Kind, Language
from evalclient.demo.documents.parts import Bid
from evalclient.demo.documents.qualification import qualification_plan
from evalclient.demo.documents.tender_files import tender_files
from evalclient.demo.documents.tender_texts import demo_tender
from evalclient.demo.documents.typeface import REGULAR, widths
from evalclient.demo.documents.wording import money

KINDS: tuple[Kind, ...] = ("construction", "procurement")
BOTH = pytest.mark.parametrize(("kind", "language"), [(kind, language) for kind in KINDS for language in ("zh", "en")])
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SIZE = 20 * MEGABYTE
THIN = 5


def _bidder(tender: DemoTender, number: int) -> Bidder:
    return tender.bidders[number - 1]


@cache
def _documents(kind: Kind, language: Language, number: int = THIN) -> tuple[BidDocument, ...]:
    tender = demo_tender(kind, language)
    return tuple(bid_documents(tender, _bidder(tender, number), share_of(SIZE, tender)))


@cache
def _pages(content: bytes) -> tuple[str, ...]:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return tuple(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _named(documents: tuple[BidDocument, ...], name: str) -> BidDocument:
    return next(document for document in documents if document.name == name)


def test_same_seed_same_bytes_and_another_seed_other_bytes() -> None:
    def made(seed: int) -> list[bytes]:
        tender = demo_tender("procurement", "zh", seed=seed)
        return [document.content for document in bid_documents(tender, _bidder(tender, THIN), 2 * MEGABYTE)]

    first = made(7)
    assert first == made(7)
    assert all(a != b for a, b in zip(first, made(8), strict=True))


@BOTH
def test_a_bid_has_its_documents_in_four_compartments(kind: Kind, language: Language) -> None:
    documents = _documents(kind, language)
    assert [document.compartment for document in documents] == [
        "identity",
        "qualification",
        "technical",
        "technical",
        "price",
    ]
    assert len({document.name for document in documents}) == len(documents)
    for document in documents:
        assert document.media_type == "application/pdf"
        assert len(_pages(document.content)) == document.pages


@BOTH
def test_the_thinnest_technical_proposal_has_sixty_pages_that_differ(kind: Kind, language: Language) -> None:
    pages = _pages(_named(_documents(kind, language), "technical-proposal.pdf").content)
    assert len(pages) >= 60
    assert len({_flat(page) for page in pages}) == len(pages)


@BOTH
def test_the_outline_names_each_technical_item(kind: Kind, language: Language) -> None:
    tender = demo_tender(kind, language)
    pdf = pypdfium2.PdfDocument(_named(_documents(kind, language), "technical-proposal.pdf").content)
    entries = [(entry.level, entry.get_title(), entry.get_dest().get_index()) for entry in pdf.get_toc()]
    pdf.close()
    titles = [title for level, title, _ in entries if level == 0]
    items = [item for item in tender.scored if item.part == "technical"]
    assert len(titles) == len(items)
    assert all(item.title.text(language) in title for item, title in zip(items, titles, strict=True))
    assert len(entries) > 40
    places = [page for _, _, page in entries]
    assert places == sorted(places)


@BOTH
def test_links_lead_to_pages_that_name_the_item(kind: Kind, language: Language) -> None:
    tender = demo_tender(kind, language)
    linked = set()
    titles = {item.id: item.title.text(language) for item in tender.items}
    for document in _documents(kind, language):
        pages = _pages(document.content)
        for link in document.links:
            linked.add(link.criterion)
            assert _flat(titles[link.criterion]) in _flat(pages[link.page - 1]), (document.name, link)
    assert linked == set(titles)


@BOTH
def test_the_price_document_states_the_price_and_its_parts(kind: Kind, language: Language) -> None:
    bidder = _bidder(demo_tender(kind, language), THIN)
    text = "".join(_pages(_named(_documents(kind, language), "price-list.pdf").content))
    assert text.count(money(bidder.price)) >= 3


@pytest.mark.parametrize(
    ("kind", "number", "name", "seen"),
    [
        ("construction", 4, "bid-letter.pdf", "60日历天"),
        ("procurement", 6, "technical-proposal.pdf", "0.38m/s"),
    ],
)
def test_the_failure_can_be_seen_in_the_documents(kind: Kind, number: int, name: str, seen: str) -> None:
    shown = _flat("".join(_pages(_named(_documents(kind, "zh", number), name).content)))
    assert seen in shown
    assert seen not in _flat("".join(_pages(_named(_documents(kind, "zh"), name).content)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_english_edition_holds_no_chinese(kind: Kind) -> None:
    tender = demo_tender(kind, "en")
    contents = [document.content for document in _documents(kind, "en")] + [f.content for f in tender_files(tender)]
    for content in contents:
        for page in _pages(content):
            assert not HAN.search(page), page
    bid = Bid(tender, _bidder(tender, 1))
    sheets = [sheet for chapter in qualification_plan(bid, 9) for sheet in chapter.sheets]
    plan = commercial_plan(bid, 9)
    sheets += [*plan.annex, *(sheet for _, shown in plan.items if shown for sheet in shown.sheets)]
    assert not [sheet for sheet in sheets if HAN.search(repr(sheet))]


@pytest.mark.parametrize("number", [1, THIN])
@pytest.mark.parametrize("kind", KINDS)
def test_size_is_within_a_tenth_of_what_was_asked(kind: Kind, number: int) -> None:
    asked = share_of(SIZE, demo_tender(kind))
    assert 0.9 < sum(len(document.content) for document in _documents(kind, "zh", number)) / asked < 1.1


def test_the_large_edition_has_the_same_documents_and_finer_scans() -> None:
    tender = demo_tender("procurement", "zh")
    asked = share_of(10 * SIZE, tender)
    large = bid_documents(tender, _bidder(tender, THIN), asked)
    small = _documents("procurement", "zh")
    assert [document.name for document in large] == [document.name for document in small]
    assert 0.9 < sum(len(document.content) for document in large) / asked < 1.1
    assert sum(document.pages for document in large) > sum(document.pages for document in small)


def test_fonts_are_embedded_and_metadata_is_neutral() -> None:
    bidder = _bidder(demo_tender("construction"), THIN)
    for document in _documents("construction", "zh"):
        assert b"Helvetica" not in document.content
        pdf = pypdfium2.PdfDocument(document.content)
        metadata = pdf.get_metadata_dict(skip_empty=True)
        pdf.close()
        assert set(metadata) <= {"Title", "Producer", "CreationDate", "ModDate", "Trapped"}
        assert bidder.name.zh not in metadata["Title"]
        assert "2000" in metadata["CreationDate"]


@BOTH
def test_the_organisers_files(kind: Kind, language: Language) -> None:
    tender = demo_tender(kind, language)
    files = tender_files(tender)
    expected = ["tender", "amendment"] + (["background"] if kind == "procurement" else [])
    assert [file.role for file in files] == expected
    document, amendment = files[0], files[1]
    assert 10 <= document.pages <= 16
    assert amendment.pages == 1
    text = _flat("".join(_pages(document.content)))
    for item in tender.items:
        assert _flat(item.title.text(language)) in text, item.id
    assert tender.trade_id in text
    assert all(
        _flat(change.change.text(language)) in _flat("".join(_pages(amendment.content))) for change in tender.amendments
    )


def test_chinese_lines_keep_punctuation_and_numbers_together() -> None:
    advance = widths(REGULAR)
    text = (
        "本工程合同价为176,812,660.34元（含税），工期540日历天；质量“合格”，保修2年。按GB/T 50300-2013验收，误差≤5%。"
        * 6
    )
    for room in (90.0, 141.0, 222.0, 305.0):
        lines = break_lines(text, room - 24, room, 12.0, advance)
        assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
        for number, line in enumerate(lines):
            assert line.width <= (room if number else room - 24) + 0.02
            assert line.text[0] not in NO_START
            assert line.text[-1] not in NO_END
        assert sum("176,812,660.34" in line.text for line in lines) == 6


def test_the_command_writes_a_tree(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kind", "procurement", "--bidders", "3", "--size", "4", "--out", str(tmp_path)]) == 0
    written = capsys.readouterr().out
    for name in (
        "tender-document.pdf",
        "pledge.txt",
        "B03/price/price-list.pdf",
        "B01/technical/technical-proposal.pdf",
    ):
        assert name in written.replace("\\", "/")
