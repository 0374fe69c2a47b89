"""The demo tenders as values: complete, lawful in shape, consistent."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.assets import asset
from evalclient.core.report import basics
from evalclient.core.report.content import Basis
from evalclient.core.report.sources import Sources
from evalclient.core.tender import load_tender
from evalclient.demo.documents.bidders import MOST_BIDDERS, objective_score
from evalclient.demo.documents.credit_code import check_character, organisation_check
from evalclient.demo.documents.model import Kind, Language, Text
from evalclient.demo.documents.prices import price_sheet
from evalclient.demo.documents.tender_files import tender_files
from evalclient.demo.documents.tender_texts import cost_line, demo_tender
from evalclient.demo.documents.wording import in_words
from evalclient.demo.preparation import announce, prepare
from evalclient.demo.scenario import Scenario
from tests.builders.evening import evening_at
from tests.builders.reporting import ROOT

KINDS: tuple[Kind, ...] = ("construction", "procurement")
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
MOST_FRACTION = 2


@pytest.mark.parametrize("kind", KINDS)
def test_equal_arguments_give_equal_tenders_and_another_seed_does_not(kind: Kind) -> None:
    assert demo_tender(kind, seed=7) == demo_tender(kind, seed=7)
    assert demo_tender(kind, seed=7).bidders != demo_tender(kind, seed=8).bidders


@pytest.mark.parametrize("kind", KINDS)
def test_marks_add_up_to_a_hundred_and_parts_hold_what_they_say(kind: Kind) -> None:
    tender = demo_tender(kind)
    marks = dict(tender.full_marks)
    assert sum(map(Decimal, marks.values())) == 100
    for part in ("technical", "commercial", "other"):
        assert sum(Decimal(item.max_score) for item in tender.scored if item.part == part) == Decimal(marks[part])
    assert len(tender.preliminary) >= 12
    assert len(tender.scored) >= 20


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_report_tells_where_the_notice_was_published(kind: Kind, language: Language, tmp_path: Path) -> None:
    scenario = Scenario(out=str(tmp_path), kind=kind, language=language)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    everybody, pki = prepare(scenario, now)
    announce(scenario, everybody, pki, now, 60)
    tender = load_tender((scenario.tender / "tender.json").read_bytes())
    assert len(tender.notice_media) == 2
    with pypdfium2.PdfDocument(tender_files(demo_tender(kind, language))[0].content) as document:
        notice = _bare("".join(page.get_textpage().get_text_range() for page in document))
    evaluation = replace(evening_at("opening", kind).evaluation, tender=tender)
    told = str(basics.notice(Sources(evaluation, (), {}, Basis(evaluation.size, ROOT))))
    for medium in tender.notice_media:
        assert medium.zh in told
        assert medium.en in told
        assert _bare(medium.text(language)) in notice


def _bare(text: str) -> str:
    """Without what a line break in a document may add."""
    return "".join(text.split())


def test_groups_follow_the_kind_of_tender() -> None:
    construction, procurement = demo_tender("construction"), demo_tender("procurement")
    assert {item.group for item in construction.preliminary} == {"form", "qualification", "responsiveness"}
    assert {item.group for item in procurement.preliminary} == {"compliance"}
    assert not construction.organiser_qualification
    assert {item.group for item in procurement.organiser_qualification} == {"qualification"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_earns_exactly_one_value(kind: Kind) -> None:
    objective = [item for item in demo_tender(kind).scored if item.objective]
    assert objective
    for item in objective:
        assert item.fact is not None
        assert max(Decimal(one.value) for one in item.fixed) == Decimal(item.max_score)
        for fact in range(61):
            assert objective_score(item, {item.fact: fact}) in {one.value for one in item.fixed}


@pytest.mark.parametrize("kind", KINDS)
def test_subjective_ranges_are_whole_steps(kind: Kind) -> None:
    for item in demo_tender(kind).scored:
        if not item.objective:
            assert item.step is not None
            assert Decimal(item.max_score) % Decimal(item.step) == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [3, 6, MOST_BIDDERS])
def test_bidders_are_distinct_and_under_the_ceiling(kind: Kind, count: int) -> None:
    tender = demo_tender(kind, bidders=count)
    for field in ("id", "name", "credit_code", "price", "legal_representative", "agent"):
        assert len({getattr(bidder, field) for bidder in tender.bidders}) == count
    for bidder in tender.bidders:
        assert 0 < Decimal(bidder.price) <= Decimal(tender.ceiling_price)
        assert re.fullmatch(r"\d+\.\d{2}", bidder.price)
        assert bidder.duration_days <= tender.duration_days


@pytest.mark.parametrize("count", [2, MOST_BIDDERS + 1])
def test_too_few_or_too_many_bidders_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="bidders"):
        demo_tender(bidders=count)


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 10**6))
def test_prices_tell_the_story_whatever_the_seed(kind: Kind, seed: int) -> None:
    tender = demo_tender(kind, seed=seed)
    prices = sorted(Decimal(bidder.price) for bidder in tender.bidders)
    lowest, others = prices[0], prices[1:]
    assert Decimal("0.74") < lowest * len(others) / sum(others, Decimal(0)) < Decimal("0.77")
    line = cost_line(tender)
    assert line is None or lowest > line
    near = min(b - a for a, b in pairwise(others))
    assert near / others[0] < Decimal("0.003")


@pytest.mark.parametrize("kind", KINDS)
def test_one_bidder_of_six_fails_one_item(kind: Kind) -> None:
    tender = demo_tender(kind)
    failures = [failure for bidder in tender.bidders for failure in bidder.failures]
    assert len(failures) == 1
    assert failures[0].item in {item.id for item in tender.preliminary}


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(0, 10**6), count=st.integers(3, MOST_BIDDERS))
def test_price_sheets_add_up_to_the_cent(kind: Kind, seed: int, count: int) -> None:
    tender = demo_tender(kind, bidders=count, seed=seed)
    bidder = tender.bidders[seed % count]
    sheet = price_sheet(tender, bidder)
    assert all(line.amount == line.quantity * line.unit_price for line in sheet.lines)
    assert all(line.unit_price == round(line.unit_price, MOST_FRACTION) for line in sheet.lines)
    assert all(line.amount > 0 for line in sheet.lines)
    parts = [line.amount for line in sheet.lines] + [amount for _, amount in sheet.further]
    assert sum(parts) == sheet.total == Decimal(bidder.price)


def test_credit_codes_carry_right_check_characters_and_no_real_region() -> None:
    assert check_character("91350100M000100Y4") == "3"
    for kind in KINDS:
        for bidder in demo_tender(kind, bidders=MOST_BIDDERS).bidders:
            code = bidder.credit_code
            assert len(code) == 18
            assert code[2:4] == "99"
            assert code[17] == check_character(code[:17])
            assert code[16] == organisation_check(code[8:16])


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("0.07", "零元柒分", "CNY zero and 07/100"),
        ("1000.00", "壹仟元整", "CNY one thousand and 00/100"),
        ("10010.50", "壹万零壹拾元伍角整", "CNY ten thousand ten and 50/100"),
        ("20000305.04", "贰仟万零叁佰零伍元零肆分", "CNY twenty million three hundred five and 04/100"),
        ("100100000.00", "壹亿零壹拾万元整", "CNY one hundred million one hundred thousand and 00/100"),
    ],
)
def test_amounts_in_words(amount: str, zh: str, en: str) -> None:
    assert in_words(amount, "zh") == zh
    assert in_words(amount, "en") == en


def _texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in _texts(getattr(value, name))]
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_there_in_both_languages(kind: Kind) -> None:
    texts = _texts(demo_tender(kind, bidders=MOST_BIDDERS))
    assert len(texts) > 200
    for text in texts:
        assert bool(text.zh) == bool(text.en), text
        assert not HAN.search(text.en), text.en


def test_data_files_hold_no_chinese_in_the_english_half() -> None:
    def walk(node: object) -> None:
        if isinstance(node, dict):
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            plain = [one for one in node if isinstance(one, str)]
            if len(node) == len(plain) == 2 and HAN.search(plain[0]):
                assert not HAN.search(plain[1]), node
            for value in node:
                walk(value)

    files = sorted(asset("demo").glob("*.json"))
    assert files
    for file in files:
        walk(json.loads(file.read_text(encoding="utf-8")))
