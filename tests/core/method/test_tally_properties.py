from __future__ import annotations

from fractions import Fraction
from random import Random

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalclient.core.method.document.document import dump_method, load_method
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput, TallyResult, result_bytes
from evalclient.core.method.exact import rounded
from evalclient.core.method.tally.tally import tally
from tests.core.method.strategies import cases

Case = tuple[Method, TallyInput]
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def number(text: str | None) -> Fraction:
    assert text is not None
    return Fraction(text.rstrip("…"))


@settings(slow, max_examples=60)
@given(cases, st.randoms(use_true_random=False))
def test_permuting_bidders_and_members_changes_nothing_but_order(case: Case, random: Random) -> None:
    document, entries = case
    bidders, members = list(entries.bidders), list(entries.members)
    random.shuffle(bidders)
    random.shuffle(members)
    other = tally(document, TallyInput(bidders=tuple(bidders), members=tuple(members), sheets=entries.sheets))
    result = tally(document, entries)
    assert {line.bidder: line for line in other.bidders} == {line.bidder: line for line in result.bidders}
    assert [(p.place, set(p.bidders)) for p in other.ranking] == [(p.place, set(p.bidders)) for p in result.ranking]


@settings(slow, max_examples=60)
@given(cases)
def test_scores_stay_in_range_and_totals_are_the_sum_of_the_parts(case: Case) -> None:
    document, entries = case
    assert document.price is not None
    for line in tally(document, entries).bidders:
        if line.total is None or any(text.endswith("…") for text in (line.total, str(line.technical))):
            continue
        price_score = number(line.price_score)
        assert 0 <= price_score <= Fraction(document.price.maximum)
        assert number(line.total) == rounded(number(line.technical) + price_score, document.total.rounding)


@settings(slow, max_examples=60)
@given(cases, st.data())
def test_a_better_mark_never_lowers_the_place(case: Case, data: st.DataObject) -> None:
    document, entries = case
    before = tally(document, entries)
    bidder = data.draw(st.sampled_from([line.bidder for line in before.bidders]))
    member = data.draw(st.sampled_from(list(entries.members)))
    item = data.draw(st.sampled_from([entry for section in document.sections for entry in section.items]))
    sheets = msgspec.json.decode(msgspec.json.encode(entries.sheets))
    sheets[member][bidder][item.id] = item.maximum
    after = tally(document, msgspec.structs.replace(entries, sheets=sheets))
    if document.thresholds.minimum_technical is not None:
        return  # passing the threshold changes who counts for the benchmark
    old, new = before.line(bidder).place, after.line(bidder).place
    assert (old is None) == (new is None)
    assert new is None or old is None or new <= old


@settings(slow, max_examples=60)
@given(cases)
def test_printing_and_parsing_a_method_is_the_identity(case: Case) -> None:
    document, _ = case
    printed = dump_method(document)
    assert load_method(printed) == document
    assert dump_method(load_method(printed)) == printed


@settings(slow, max_examples=30)
@given(cases)
def test_a_result_reads_back_from_its_canonical_bytes(case: Case) -> None:
    result = tally(*case)
    assert msgspec.json.decode(result_bytes(result), type=TallyResult) == result
    assert result_bytes(tally(*case)) == result_bytes(result)
