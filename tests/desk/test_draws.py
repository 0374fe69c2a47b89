"""A draw at real desks: real shares, published by the clients themselves; a silent party and a dishonest one."""

from __future__ import annotations

import datetime
from functools import lru_cache

import pytest

from evalclient.core.errors import Refused
from evalclient.core.evaluation.drawing import drawings, drawn, is_drawn, share_by, waiting_for
from evalclient.core.evaluation.results import price_digest
from evalclient.core.merkle import leaf_bytes, leaf_hash
from evalclient.core.records.act import DrawTime
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_draw import DrawShare
from evalclient.core.workflow.duties import OpenSeal, duties
from evalclient.crypto.records import RecordRefused
from evalclient.desk.drawing import take_part
from evalclient.desk.expert import Expert
from evalclient.desk.organiser import Organiser
from evalclient.desk.outsiders import ShareHolder
from evalclient.desk.supervisor import Supervisor
from tests.builders.desks import Desks
from tests.builders.drawing import draw, drawing_documents
from tests.builders.shared_log import MEMBERS

PARTIES = (*MEMBERS, "supervisor")
WHEN: DrawTime = "after_review"


@lru_cache
def _at_the_price() -> Desks:
    return Desks(documents=drawing_documents()).until("price")


@pytest.fixture
def desks() -> Desks:
    """The method draws a discount before the price, and nobody has taken part yet."""
    return _at_the_price().fork()


def shut(desks: Desks, person: str) -> str:
    share = share_by(desks.evaluation, person, WHEN)
    assert share is not None
    return share.record


def test_each_clicks_once_and_every_client_works_out_the_same(desks: Desks) -> None:
    for person in MEMBERS:
        Expert(desks.desk(person)).take_part()
    desks.share()
    assert waiting_for(desks.evaluation, WHEN) == ("supervisor",)
    assert not any(desks.evaluation.seals[shut(desks, person)].opened for person in MEMBERS)
    Supervisor(desks.desk("supervisor")).take_part()
    desks.share()
    found = drawn(desks.evaluation)
    assert found.keys() == {"lot", "room", "reduction"}
    everybody = [desks.desk(person).evaluation for person in (*PARTIES, "organiser", "admin-main")]
    assert all(drawn(evaluation) == found for evaluation in everybody)
    assert len({price_digest(evaluation) for evaluation in everybody}) == 1
    for person in MEMBERS:
        Expert(desks.desk(person)).confirm_price()
    desks.close()
    assert desks.evaluation.stage == "summary"
    with pytest.raises(Refused, match="no draw to take part in"):
        take_part(desks.desk("m1"))


def test_the_centres_part_is_the_leaf_of_the_last_seal_in_the_log(desks: Desks) -> None:
    draw(desks)
    fixed = desks.evaluation.draw_shares[WHEN]
    (entry,) = [entry for name, entry in desks.tape if name == fixed.seals["supervisor"]]
    assert fixed.centre == leaf_hash(leaf_bytes(entry.received, entry.record)).hex()
    (text,) = [one.text for one in drawings(desks.evaluation) if one.draw.id == "reduction"]
    assert text is not None
    assert text.splitlines()[-1] == f"centre {fixed.centre}"


def test_a_share_in_the_outbox_fixes_nothing_and_publishes_nothing(desks: Desks) -> None:
    draw(desks, *MEMBERS)
    supervisor = desks.desk("supervisor")
    take_part(supervisor)
    assert WHEN not in supervisor.evaluation.draw_shares
    supervisor.do_chores()
    assert duties(supervisor.evaluation, "supervisor") == ()
    desks.share()
    assert is_drawn(supervisor.evaluation, WHEN)


def test_custodians_bring_back_a_silent_members_share(desks: Desks) -> None:
    draw(desks, "m4")
    desks._desks.pop("m4")  # his machine is gone, and with it the key
    draw(desks, *(person for person in PARTIES if person != "m4"))
    record = shut(desks, "m4")
    assert not is_drawn(desks.evaluation, WHEN)
    desks.clock.moment += datetime.timedelta(minutes=11)
    Organiser(desks.desk("organiser")).request_recovery(record, "评委终端损坏")
    desks.share()
    for keeper in ("recovery-1", "recovery-2"):
        assert not is_drawn(desks.evaluation, WHEN)
        ShareHolder(desks.desk(keeper)).release_recovery(record)
        desks.share()
    assert is_drawn(desks.evaluation, WHEN)
    assert isinstance(desks.evaluation.seals[record].content, DrawShare)


def test_a_share_that_was_not_committed_to_is_no_record(desks: Desks) -> None:
    """Not for its author either: having seen the others' shares, he would choose whether his own counts."""
    draw(desks, "m5")
    m5 = desks.desk("m5")
    m5.do_chores = lambda: None  # type: ignore[method-assign]  # a client that does not publish by itself
    draw(desks)
    record = shut(desks, "m5")
    false = SealOpened(seal=record, key=b"0" * 32)
    with pytest.raises(RecordRefused, match="not the one that was sealed"):
        m5.do(false)
    assert duties(m5.evaluation, "m5") == (OpenSeal(record),)
    desks.write(m5._signed(m5._payload(false, ())))  # a centre that takes it all the same
    for person in ("m1", "organiser"):
        with pytest.raises(RecordRefused, match="not the one that was sealed"):
            desks.desk(person)
        assert not is_drawn(desks._desks[person].evaluation, WHEN)
