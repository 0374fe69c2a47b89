"""Group results: opinions, rejections, tally, ties at the edge, and results that cannot be worked out."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from evalclient.core.evaluation.results import (
    bids_in_scoring,
    flags,
    group_digest,
    group_opinions,
    price_result,
    recommended,
    rejections,
    tally_input,
    tally_result,
)
from evalclient.core.evaluation.state import Author, Correction
from evalclient.core.evaluation.views import bidder_name, scores, standing_bids
from evalclient.core.method.document.parts import Method, Quantity
from evalclient.core.method.formula.arithmetic import Round
from evalclient.core.records.acts_committee import Opinion, PriceConfirmed, Review, ReviewSealed
from evalclient.core.workflow.gates import may
from evalclient.core.workflow.stage_ends import can_end
from tests.builders.documents import method_of
from tests.builders.evening import BIDDER_NAMES, Evening, bidder_id, evening_at


def test_before_the_opening_there_is_nothing() -> None:
    evaluation = Evening().evaluation
    assert rejections(evaluation) == {}
    assert bids_in_scoring(evaluation) == ()
    assert tally_input(evaluation).bidders == ()
    assert group_opinions(evaluation) == ()


def test_a_bidder_is_called_by_his_name_once_it_was_read_out() -> None:
    evening = Evening().submit()
    bidder = evening.bidders[0]
    assert bidder_name(evening.evaluation, bidder) == bidder[-8:]
    assert bidder_name(evening.evaluation, "stranger-00000000") == "00000000"
    assert bidder_name(evening_at("ready").evaluation, bidder) == BIDDER_NAMES[0]


def test_the_group_result_is_bound_by_the_stages_end() -> None:
    before, after = evening_at("preliminary"), evening_at("scoring")
    (end,) = [entry for entry in after.evaluation.closed if entry.stage == "preliminary"]
    assert end.conclusion == group_digest(after.evaluation) != group_digest(before.evaluation)


def test_reasons_of_a_rejection_are_gathered_once_each() -> None:
    evening = evening_at("scoring")
    (rejection,) = rejections(evening.evaluation)[bidder_id(6)]
    assert rejection.reason == "投标函未加盖单位公章"
    assert rejection.article == "招标投标法实施条例 第五十一条"


def test_a_bid_may_fail_several_items_and_the_ceiling() -> None:
    method = method_of("construction")
    limits = msgspec.structs.replace(method.thresholds, ceiling_price="9000000")
    evening = Evening(method=msgspec.structs.replace(method, thresholds=limits)).until("preliminary")
    for person in evening.members:
        review = evening.review_of({})
        row = {**review.opinions[bidder_id(2)], "seal": Opinion(False, "未盖章"), "bond": Opinion(False, "未缴纳")}
        content = Review({**review.opinions, bidder_id(2): row})
        evening.do(person, ReviewSealed(sealed=evening.sealed(content)))
    evening.open_seals()
    assert [rejection.code for rejection in rejections(evening.evaluation)[bidder_id(2)]] == [
        "seal",
        "bond",
        "above_ceiling",
    ]
    assert [entry.rejected for entry in tally_input(evening.evaluation).bidders if entry.bidder == bidder_id(2)] == [
        rejections(evening.evaluation)[bidder_id(2)]
    ]


def test_the_tally_reads_every_active_members_sheet() -> None:
    evening = evening_at("summary")
    entries = tally_input(evening.evaluation)
    assert entries.members == ("m1", "m2", "m3", "m4", "m5")
    assert entries.sheets == scores(evening.evaluation)
    assert len(standing_bids(evening.evaluation)) == len(entries.bidders) == 6


def test_a_correction_without_its_sheet_is_passed_over() -> None:
    evening = evening_at("settlement")
    entry = Correction("m9", bidder_id(1), "plan", "1", "2", "objective", "x", "0" * 64)
    with_it = replace(evening.evaluation, corrections=(entry,))
    assert scores(with_it) == scores(evening.evaluation)


def test_a_tie_at_the_edge_is_not_cut_by_the_laws_limit() -> None:
    """Four candidates are stated, the law allows three, third and fourth are equal: only two are recommended."""
    method = method_of("procurement")
    keys = tuple(key for key in method.ranking.keys if key.of == "total")
    ranking = msgspec.structs.replace(method.ranking, keys=keys, candidates=4)
    without_price = msgspec.structs.replace(
        method,
        price=None,
        ranking=ranking,
        sections=tuple(
            msgspec.structs.replace(section, weight=weight, scaling="to_weight")
            for section, weight in zip(method.sections, ("70", "30"), strict=True)
        ),
    )
    evening = Evening("procurement", method=without_price).until("scoring")
    same = {
        (person, bidder_id(number), item): value
        for person in evening.members
        for number in (3, 4)
        for item, value in (("plan", "15"), ("quality", "10"), ("service", "10"), ("record", "10"), ("standing", "10"))
    }
    evening.score(same).until("candidates")
    places = tally_result(evening.evaluation).ranking
    shared = next(place for place in places if len(place.bidders) == 2)
    before = tuple(bidder for place in places if place.place < shared.place for bidder in place.bidders)
    expected = before + (shared.bidders if len(before) + 2 <= 3 else ())
    assert recommended(evening.evaluation)[: len(expected)] == expected
    assert len(recommended(evening.evaluation)) <= 3


def with_quantity() -> Method:
    method = method_of("construction")
    assert method.price is not None
    base = Round(id="base", title=method.title, of="k")
    priced = msgspec.structs.replace(method.price, steps=(*method.price.steps, base))
    return msgspec.structs.replace(method, price=priced, quantities=(Quantity(id="k", title=method.title),))


def test_a_result_that_cannot_be_worked_out_refuses_what_rests_on_it() -> None:
    founded = evening_at("price").evaluation
    evaluation = replace(founded, method=with_quantity())
    author = Author("m1", founded.roster.current["m1"], "", founded.round, "2026-11-24T09:00:00.000Z")
    for verdict in (may(evaluation, PriceConfirmed(calculation="0" * 64), author), can_end(evaluation)):
        assert verdict.reason is not None
        assert "needs this quantity" in verdict.reason.en
        assert verdict.article


def test_flags_and_prices_are_those_of_the_log() -> None:
    evening = evening_at("recheck")
    assert flags(evening.evaluation) == flags(evening_at("recheck").evaluation)
    price = price_result(evening.evaluation)
    assert price is not None
    assert set(price.scores) == set(evening.bidders[:5])
