"""The link to an evaluation that ended for a new committee: its verified log, the record that ended it, and why."""

from __future__ import annotations

import pytest

from evalclient.core.errors import Refused
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.desk.continuing import continuation_of
from evalclient.desk.organiser import Organiser
from tests.builders.desks import desks_at


def test_it_names_the_whole_verified_log_and_the_record_that_ended_it() -> None:
    desks = desks_at("scoring")
    organiser, supervisor = desks.desk("organiser"), desks.desk("supervisor")
    desks.share()
    with pytest.raises(Refused) as refused:
        continuation_of(organiser)
    assert refused.value.article == "招标投标法实施条例 第四十八条、第七十条"
    Organiser(organiser).dissolve("组成违法")
    desks.share()
    Organiser(organiser).end("new_committee", "另行组建", b"%PDF a report")
    desks.share()
    link = continuation_of(organiser)
    assert (link.evaluation, link.ground) == (organiser.logged.fingerprint, "另行组建")
    assert link.size == organiser.logged.size
    entries = list(organiser.log.entries())
    (ended,) = [
        record_id(entry.record.payload)
        for entry in entries
        if decode_payload(entry.record.payload).kind == "evaluation.ended"
    ]
    assert link.ended == ended
    assert continuation_of(supervisor) == link, "everybody who read the log says the same"


def test_another_ending_is_continued_by_nobody() -> None:
    desks = desks_at("opening")
    desks.hand_in(2)
    Organiser(desks.desk("organiser")).end("too_few", "仅收到 2 份", b"%PDF a report")
    desks.share()
    with pytest.raises(Refused):
        continuation_of(desks.desk("organiser"))
