"""Keys of the bids reach members' sessions, each his own, and a successor later; who was replaced reads nothing any more."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest

from evalclient.core.errors import Refused
from evalclient.core.evaluation.state import stage_index
from evalclient.core.evaluation.views import has_access
from evalclient.crypto.bid_package import PackageReader, SourceDocument
from evalclient.crypto.errors import NotARecipient
from evalclient.desk.administrator import Administrator
from evalclient.desk.archived_keys import NothingArchived, archived_keys
from evalclient.desk.bid_keys import Keys, compartment_keys, granted_keys
from evalclient.desk.expert import Expert
from evalclient.desk.opened_files import OpenedPackage
from evalclient.desk.organiser import Organiser
from evalclient.desk.package_opening import TooFewShares
from tests.builders.archives import certified_key
from tests.builders.opening import OpeningEvening, released


@lru_cache
def _at_release() -> OpeningEvening:
    evening = released()
    organiser = Organiser(evening.desk("organiser"))
    organiser.record_opening(organiser.read_bids(evening.file))
    evening.close()
    evening.until("preliminary")
    return evening


def opens(evening: OpeningEvening, keys: Keys) -> set[str]:
    """The bids that ``keys`` open, in every compartment they are for."""
    for bidder, row in keys.items():
        reader = PackageReader(io.BytesIO(evening.packages[evening.evaluation.bids[bidder].package]))
        assert set(row) == set(reader.compartments)
        for name, key in row.items():
            assert reader.manifest(name, key).compartment == name
    return set(keys)


def test_each_member_has_the_keys_of_every_opened_bid_and_nobody_elses_envelope() -> None:
    evening = _at_release().fork()
    opened = set(evening.bidders[:5])
    for person in evening.members:
        assert opens(evening, granted_keys(evening.desk(person))) == opened, "the sixth bidder kept his share back"
    grants = evening.evaluation.grants
    own = evening.evaluation.roster.current["m1"]
    with pytest.raises(NotARecipient):
        evening.desk("m2").open_for_me(grants["m1", own])
    for person in ("admin-main", "supervisor", "organiser"):
        with pytest.raises(NotARecipient):
            evening.desk(person).open_for_me(grants["m1", own])
        with pytest.raises(Refused):
            granted_keys(evening.desk(person))


def test_a_member_at_another_seat_is_granted_anew() -> None:
    evening = _at_release().fork()
    before = evening.evaluation.roster.current["m3"]
    evening.desk("m3").sign_in(evening.keys["m3"], "main-9")
    evening._send(evening.desk("m3"))
    evening.share()
    after = evening.evaluation.roster.current["m3"]
    assert after != before
    assert ("m3", after) in evening.evaluation.grants
    assert opens(evening, granted_keys(evening.desk("m3"))) == set(evening.bidders[:5])


def test_a_successor_gets_a_grant_of_his_own_and_the_replaced_member_reads_nothing() -> None:
    evening = _at_release().fork()
    evening.keys["m6"] = certified_key("孙立", "m6")
    organiser = Organiser(evening.desk("organiser"))
    certificate = evening.keys["m6"].certificate
    organiser.appoint("m6", "expert", "main", certificate, replaces="m2", ground="突发疾病")
    evening.share()
    assert not has_access(evening.evaluation, "m6")
    evening.desk("m6")
    evening.share()
    with pytest.raises(Refused):
        granted_keys(evening.desk("m6"))
    Administrator(evening.desk("admin-main")).record_arrival("m6", "main-2", ("id_card", "face"), "L2")
    while stage_index(evening.evaluation.stage) < stage_index("preliminary"):
        if evening.evaluation.stage == "pledge":
            expert = Expert(evening.desk("m6"))
            expert.sign_pledge()
            expert.declare(conflict=False)
        evening.close()
    evening.share()
    assert opens(evening, granted_keys(evening.desk("m6"))) == set(evening.bidders[:5])
    with pytest.raises(Refused, match="not a present member"):
        granted_keys(evening.desk("m2"))


def test_years_later_the_log_opens_a_bid_for_whom_it_did_then() -> None:
    """The organiser by the shares he was sent, a member by his grant, at whatever seat; nobody else."""
    evening = _at_release().fork()
    evaluation = evening.evaluation
    bid = evaluation.bids[evening.bidders[0]]
    reader = PackageReader(io.BytesIO(evening.packages[bid.package]))
    for person in ("organiser", "m1"):
        keys = archived_keys(evaluation, reader, evening.keys[person])
        opened = OpenedPackage(reader, keys)
        (plan,) = opened.documents
        assert b"".join(map(bytes, opened.blocks(plan))) == evening.bidders[0].encode() * 100
        assert opened.quotes["price"]["price"] == evening.prices[0]
    for person in ("supervisor", "admin-main", "custodian-1", evening.bidders[1]):
        with pytest.raises(NothingArchived, match="no key of this bid"):
            archived_keys(evaluation, reader, evening.keys[person])
    kept_back = evaluation.bids[evening.bidders[5]]
    shut = PackageReader(io.BytesIO(evening.packages[kept_back.package]))
    with pytest.raises(TooFewShares, match="and the bidder's own"):
        archived_keys(evaluation, shut, evening.keys["organiser"])
    with pytest.raises(NothingArchived):
        archived_keys(evaluation, shut, evening.keys["m1"])


class WithQualification(OpeningEvening):
    """Bids with a part that the organiser reviews himself."""

    def bid_documents(self, bidder: str) -> list[SourceDocument]:
        licence = SourceDocument("qualification", "licence.txt", "营业执照", "text/plain", io.BytesIO(bidder.encode()))
        return [*super().bid_documents(bidder), licence]


def test_the_organiser_keeps_the_qualification_part_where_he_reviews_it() -> None:
    evening = WithQualification("procurement")
    evening.appoint()
    evening.hand_in()
    evening.release_shares()
    organiser = Organiser(evening.desk("organiser"))
    organiser.record_opening(organiser.read_bids(evening.file))
    organiser.record_qualification({evening.bidders[1]: "未提供财务报表"})
    evening.close()
    evening.until("preliminary")
    keys = granted_keys(evening.desk("m1"))
    assert set(keys) == {evening.bidders[at] for at in (0, 2, 3, 4, 5)}, "who is not qualified is not read"
    assert {name for row in keys.values() for name in row} == {"identity", "technical", "price"}
    bid = evening.desk("organiser").evaluation.bids[evening.bidders[0]]
    assert "qualification" in compartment_keys(evening.desk("organiser"), bid)
