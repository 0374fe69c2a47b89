"""The whole evening, told once per kind of tender: opened, reviewed, scored, summed up, signed, ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from evalclient.core.evaluation.results import bids_in_scoring, tally_result
from evalclient.core.evaluation.state import STAGES
from evalclient.core.evaluation.views import active_members, bidder_name
from tests.builders.story import Story


@pytest.fixture(params=["construction", "procurement"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Story]:
    kind: Literal["construction", "procurement"] = request.param
    story = Story(tmp_path, kind)
    yield story
    story.close()


def test_from_publication_to_the_signed_report(story: Story) -> None:
    story.bid()
    evaluation = story.run()
    assert [end.stage for end in evaluation.closed] == list(STAGES[: STAGES.index("archive")])
    assert evaluation.ending is not None
    assert evaluation.ending.ending == "awarded"
    assert not evaluation.without_effect
    assert evaluation.leader == "m1"
    assert len(bids_in_scoring(evaluation)) == 5
    failing = next(bidder for bidder in story.tender.bidders if bidder.failures)
    result = tally_result(evaluation)
    out = [bidder_name(evaluation, line.bidder) for line in result.bidders if line.rejected]
    assert out == [failing.name.zh]
    assert evaluation.candidates == result.candidates
    assert len(result.candidates) == 3
    report = evaluation.report
    assert report is not None
    assert set(report.signed) == {member.person for member in active_members(evaluation)}
    assert [person for person, _ in report.stamps] == [member.person for member in active_members(evaluation)]
    for person in ("m2", "m5", "supervisor"):
        other = story.seat(person).desk.logged
        assert other.ending == evaluation.ending
        assert tally_result(other) == result
