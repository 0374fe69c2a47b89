"""Arithmetic corrections: recorded by the leader with the bidder's confirmation, agreed by confirming what they give."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.results import price_digest, price_result, tally_result
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_committee import PriceConfirmed, PriceCorrected, PriceCorrection
from tests.builders.evening import Evening, bidder_id, evening_at
from tests.builders.reporting import content_of, text_of

BIDDER = bidder_id(1)
both_trades = pytest.mark.parametrize(
    ("trade", "article"), [("construction", "12号令 第十九条"), ("procurement", "87号令 第五十九条")]
)


def correcting(amount: str = "-500000.5", **changes: str) -> PriceCorrected:
    plain = {"bidder": BIDDER, "reason": "分项合计与总价不一致", "statement": "投标人当日书面确认", **changes}
    one = PriceCorrection(amount=amount, reason=plain["reason"])
    return PriceCorrected(bidder=plain["bidder"], corrections=(one,), statement=plain["statement"])


@both_trades
def test_the_corrected_price_is_evaluated_and_confirmed_anew(trade: Trade, article: str) -> None:
    evening = evening_at("price", trade)
    before = price_result(evening.evaluation)
    evening.confirm_price(close=False)
    assert evening.evaluation.price_confirmed
    evening.do(evening.evaluation.leader, correcting())
    assert evening.evaluation.price_confirmed == {}
    after = price_result(evening.evaluation)
    assert after is not None
    assert before is not None
    assert after.scores != before.scores
    evening.until("report")
    line = tally_result(evening.evaluation).line(BIDDER)
    assert (line.price, line.corrected) == ("9000000", "8499999.5")
    said = text_of(content_of(evening))
    assert "算术性修正" in said
    assert article in said
    assert "投标人当日书面确认" in said


def test_a_correction_is_replaced_and_taken_back_by_a_later_one() -> None:
    evening = evening_at("price")
    leader = evening.evaluation.leader
    evening.do(leader, correcting())
    evening.do(leader, correcting("1"))
    assert tally_result(evening.evaluation).line(BIDDER).corrected == "9000001"
    evening.do(leader, PriceCorrected(bidder=BIDDER, corrections=(), statement="复核后无须修正"))
    assert tally_result(evening.evaluation).line(BIDDER).corrected is None


@both_trades
def test_what_a_correction_needs(trade: Trade, article: str) -> None:
    evening = evening_at("price", trade)
    leader = evening.evaluation.leader
    for act, saying in (
        (correcting(bidder=bidder_id(6)), "not being evaluated"),
        (correcting("0"), "needs an amount and a reason"),
        (correcting(reason=" "), "needs an amount and a reason"),
        (correcting(statement=" "), "how the bidder confirmed it"),
        (correcting("-9000000"), "must be above zero"),
    ):
        evening.assert_refused(leader, act, article=article, saying=saying)


def test_only_the_leader_records_it() -> None:
    evening = evening_at("price")
    other = next(person for person in evening.members if person != evening.evaluation.leader)
    assert not evening.may(other, correcting()).allowed


def test_it_falls_away_when_the_committee_goes_back() -> None:
    evening: Evening = evening_at("price")
    evening.do(evening.evaluation.leader, correcting())
    assert evening.roll_back("scoring").evaluation.price_corrected == {}


def test_a_calculation_without_the_correction_is_not_confirmed() -> None:
    evening = evening_at("price")
    old = PriceConfirmed(calculation=price_digest(evening.evaluation))
    assert evening.may("m1", old).allowed
    evening.do(evening.evaluation.leader, correcting())
    assert not evening.may("m1", old).allowed
