"""Scores that no item allows: kept as drafts, never sealed; the desk says which item, and by which rule."""

from __future__ import annotations

from typing import Any

import pytest

from evalclient.core.errors import Refused
from evalclient.core.evaluation.results import bids_in_scoring
from evalclient.core.evaluation.views import seal_by
from evalclient.core.method.document.scored import items_of
from evalclient.core.records.acts_committee import Score
from evalclient.desk.drafts import DraftMalformed
from evalclient.desk.expert import Expert
from tests.builders.desks import desks_at


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("21", "20", "20"),
        ("-0.5", "0", "0"),
        ("7.3", "0.5", "0.5"),
    ],
    ids=["above", "below", "off step"],
)
def test_a_bad_score_is_not_sealed(value: str, zh: str, en: str) -> None:
    desk = desks_at("scoring").desk("m1")
    expert = Expert(desk)
    good = {
        item.id: Score("10" if item.kind == "range" else item.values[-1].value, "")
        for item in items_of(desk.evaluation.method)
    }
    bidders = [bid.bidder for bid in bids_in_scoring(desk.evaluation)]
    for bidder in bidders:
        expert.save_scores(bidder, good)
    expert.save_score(bidders[1], "plan", Score(value))
    kept = expert.sheet()
    with pytest.raises(Refused) as caught:
        expert.seal_sheet()
    assert "施工组织设计" in caught.value.zh
    assert "Technical plan" in caught.value.en
    assert zh in caught.value.zh
    assert en in caught.value.en
    assert caught.value.article
    assert seal_by(desk.evaluation, "m1", "sheet.sealed") is None
    assert expert.sheet() == kept, "what was typed is still there, to be corrected"
    expert.save_score(bidders[1], "plan", Score("10"))
    expert.seal_sheet()
    assert seal_by(desk.evaluation, "m1", "sheet.sealed") is not None


def test_what_is_no_number_is_not_saved_and_harms_no_other_score() -> None:
    expert = Expert(desks_at("scoring").desk("m1"))
    expert.save_scores("bid", {"plan": Score("12"), "quality": Score("9.5")})
    odd: list[Any] = ["", "1e1", "NaN", "-0x1", "９", "9" * 400, "12,5", "12.", None]
    for value in odd:
        with pytest.raises(DraftMalformed) as caught:
            expert.save_score("bid", "plan", Score(value))
        assert "没有保存，请重新填写" in caught.value.zh
        assert "was not saved; fill it in again" in caught.value.en
    assert expert.sheet()["bid"] == {"plan": Score("12"), "quality": Score("9.5")}
