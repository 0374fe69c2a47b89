"""The usual evening runs from record 0 to its end, in both trades, and nothing in it is without effect."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.results import bids_in_scoring, rejections
from evalclient.core.evaluation.state import STAGES
from evalclient.core.records.act import Trade
from tests.builders.evening import Evening


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_the_usual_evening_ends_with_an_award(trade: Trade) -> None:
    evening = Evening(trade).until("ended")
    evaluation = evening.evaluation
    assert evaluation.ending is not None
    assert evaluation.ending.ending == "awarded"
    assert evaluation.without_effect == ()
    assert [end.stage for end in evaluation.closed] == list(STAGES[:-2])
    assert evaluation.size == len(evening.records)
    assert evaluation.candidates is not None
    assert len(evaluation.candidates) == 3


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_the_sixth_bid_is_rejected_by_the_committee(trade: Trade) -> None:
    evening = Evening(trade).until("scoring")
    out = rejections(evening.evaluation)
    assert list(out) == [evening.bidders[5]]
    assert [rejection.code for rejection in out[evening.bidders[5]]] == ["seal"]
    assert [bid.bidder for bid in bids_in_scoring(evening.evaluation)] == list(evening.bidders[:5])
