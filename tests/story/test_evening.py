"""The whole evening, told once per kind of tender: opened, reviewed, scored, summed up, signed, ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from evalclient.core.errors import CentreUnreachable
from evalclient.core.evaluation.results import bids_in_scoring, tally_result
from evalclient.core.evaluation.state import STAGES
from evalclient.core.evaluation.views import active_members, bidder_name, seal_by
from tests.builders.story import Story


@pytest.fixture(params=["construction", "procurement"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Story]:
    kind: Literal["construction", "procurement"] = request.param
    story = Story(tmp_path, kind)
    yield story
    story.close()


def score_and_seal_without_a_centre(story: Story) -> None:
    """The centre is killed in the middle of the scoring: all score and seal on, and it catches up by itself."""
    members = [member.person for member in active_members(story.seat("organiser").desk.logged)]
    drafted = story.pilot(members[0]).step()
    assert drafted
    story.kill_centre()
    sealed: dict[str, str] = {}
    for person in members:
        desk, pilot = story.seat(person).desk, story.pilot(person)
        while (seal := seal_by(desk.evaluation, person, "sheet.sealed")) is None:
            assert pilot.step()
        sealed[person] = seal.record
        with pytest.raises(CentreUnreachable):
            story.seat(person).turn()
        assert seal_by(desk.logged, person, "sheet.sealed") is None, "it waits in the outbox"
    story.restart_centre()
    for person in members:
        seat = story.seat(person)
        seat.turn()
        assert seat.log.refusals() == ()
        received = seal_by(seat.desk.logged, person, "sheet.sealed")
        assert received is not None
        assert received.record == sealed[person]


def test_from_publication_to_the_signed_report(story: Story) -> None:
    story.bid()
    story.run(until="scoring", hold=True)
    score_and_seal_without_a_centre(story)
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
