"""What a demo does in a person's place is a practice evaluation's alone, and is recorded."""

import pytest

from evalclient.core.errors import Refused
from evalclient.core.evaluation.results import bids_in_scoring
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.method.document.scored import items_of
from evalclient.core.records.acts_committee import Opinion, Score
from evalclient.demo.earlier import left_over, write_drafts
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.desk.desk import Desk
from evalclient.desk.expert import Expert
from evalclient.desk.practice import fill_sheet
from tests.builders.desks import Desks, desks_at


def plan_for(desk: Desk) -> MemberPlan:
    """Everything passes but the last bidder's first item, everything gets its maximum."""
    evaluation = desk.evaluation
    names = [bidder_name(evaluation, bid.bidder) for bid in bids_in_scoring(evaluation)]
    review = [item.id for item in evaluation.method.preliminary]
    scores = {
        item.id: Score(item.values[0].value if item.values else item.maximum) for item in items_of(evaluation.method)
    }
    return MemberPlan(
        person=desk.person,
        vote="m1",
        opinions={
            name: {item: Opinion(not (name == names[-1] and item == review[0]), "缺章") for item in review}
            for name in names
        },
        scores=dict.fromkeys(names, scores),
    )


def test_earlier_drafts_leave_one_sound_bid_and_are_recorded_as_filled_in() -> None:
    desk = desks_at("scoring").desk("m1")
    expert, plan = Expert(desk), plan_for(desk)
    done = write_drafts(expert, plan)
    left = left_over(desk.evaluation, plan)
    everybody = [bid.bidder for bid in bids_in_scoring(desk.evaluation)]
    assert left == everybody[-2], "the last one will be rejected: no work for a newcomer"
    assert set(done) == set(everybody) - {left}
    assert set(expert.sheet()) == set(expert.review()) == set(done)
    assert desk.evaluation.practice_fills == (("m1", "earlier"),)


def test_nothing_is_filled_in_outside_practice() -> None:
    desk = Desks("construction", practice=False).until("scoring").desk("m1")
    size = desk.evaluation.size
    for fill in (fill_sheet, lambda desk: write_drafts(Expert(desk), plan_for(desk))):
        with pytest.raises(Refused) as refused:
            fill(desk)
        assert refused.value.zh == "代填仅限练习项目。"
        assert refused.value.article == "招标投标法 第四十四条"
    assert desk.evaluation.size == size
    assert Expert(desk).sheet() == {}
