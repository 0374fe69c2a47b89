"""What bidders and custodians do not read: who bids while bids still come in, and whatever follows the opening."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.core.errors import CentreRefused, FeedWithheld, LogWithheld
from evalclient.core.records.acts_bids import BidSubmitted, Objection, OpeningRecorded, ShareReleased
from evalclient.core.records.acts_committee import StageClosed
from evalclient.core.records.envelope import decode_payload, digest
from evalclient.crypto.primitives.notes import verify_note
from evalclient.crypto.records import found
from evalclient.store.record_log import StoredRecordLog
from evalclient.sync.round import Round
from tests.builders.centre import Author, Beginning, CentreProcess, key_of

PAST = {"deadline": "2026-11-01T01:00:00.000Z"}
PACKAGE = b"a sealed package"


def bidder(begun: Beginning, name: str) -> Author:
    key = key_of(name)
    return Author(f"bidder:{digest(key.certificate)}", begun.fingerprint, key=key)


def bid_of(process: CentreProcess, begun: Beginning, name: str) -> Author:
    """A bidder who has signed in and handed in."""
    author = bidder(begun, name)
    centre = process.connect(begun, author)
    assert centre.submit([author.open_session()])[0].receipt
    centre = process.connect(begun, author)
    package = PACKAGE + name.encode()
    centre.put_blob(digest(package), package)
    handed_in = author.sign(
        BidSubmitted(package=digest(package), seal=digest(b"seal"), size=len(package)), (digest(package),)
    )
    assert centre.submit([handed_in])[0].receipt
    centre.close()
    return author


def custodian_of(process: CentreProcess, begun: Beginning) -> Author:
    author = Author("custodian-agency", begun.fingerprint)
    centre = process.connect(begun)
    assert centre.submit([author.open_session()])[0].receipt
    centre.close()
    return author


def test_until_the_deadline_neither_bidder_nor_custodian_learns_who_bids(centre_process: CentreProcess) -> None:
    begun = centre_process.publish()
    first = bid_of(centre_process, begun, "甲建设")
    bid_of(centre_process, begun, "乙建设")
    for author in (first, custodian_of(centre_process, begun)):
        centre = centre_process.connect(begun, author)
        for start in (0, 1, 6):
            with pytest.raises(FeedWithheld, match="Until the deadline"):
                centre.feed(start, 20.0)
        centre.close()
    organiser = centre_process.connect(begun, begun.organiser)
    assert len(organiser.feed(0, 0.0).entries) == 9
    organiser.close()


def test_a_round_of_such_a_person_sends_and_keeps_the_receipt(centre_process: CentreProcess, tmp_path: Path) -> None:
    begun = centre_process.publish()
    author = bid_of(centre_process, begun, "丙建设")
    log = StoredRecordLog(tmp_path / "seat.db", bytes(32), begun.fingerprint)
    centre = centre_process.connect(begun, author)
    name = digest(PACKAGE + "丙建设".encode())
    again = author.sign(BidSubmitted(package=name, seal=digest(b"seal"), size=1), (name,))
    log.append_pending(digest(again.payload), again)
    absorbed: list[object] = []

    def round_of(*, reads_all: bool) -> Round:
        return Round(
            log,
            centre,
            begun.fingerprint,
            begun.log_key,
            verify_note,
            lambda entries, _: absorbed.extend(entries),
            reads_all=reads_all,
        )

    round_ = round_of(reads_all=False)
    result = round_.run()
    assert (result.sent, result.absorbed, result.withheld) == (1, 0, True)
    assert [receipt.record_id for receipt in log.receipts()] == [digest(again.payload)]
    assert absorbed == []
    assert not round_.run().sent
    with pytest.raises(LogWithheld, match="signed for a log of"):
        round_of(reads_all=True).run()
    centre.close()
    log.close()


def test_after_the_deadline_a_bidder_reads_as_far_as_the_opening_and_no_further(
    centre_process: CentreProcess,
) -> None:
    begun = centre_process.publish(changes=PAST)
    author = bid_of(centre_process, begun, "丁建设")
    custodian = custodian_of(centre_process, begun)
    centre = centre_process.connect(begun, author)
    before = centre.feed(0, 0.0)
    kinds = [decode_payload(entry.record.payload).kind for entry in before.entries]
    assert kinds[-2:] == ["bid.submitted", "session.opened"]
    assert centre.feed(len(kinds), 0.0).entries == ()

    organiser = centre_process.connect(begun, begun.organiser)
    opening = begun.organiser.sign(OpeningRecorded(bids=()))
    corrected = begun.organiser.sign(OpeningRecorded(bids=(), objections=(Objection("甲建设", "唱标", "已更正"),)))
    assert organiser.submit([opening, corrected])[1].receipt
    member = centre_process.connect(begun, begun.member)
    assert member.submit([begun.member.draft()])[0].receipt

    page = centre.feed(len(kinds), 0.0)
    assert [entry.record for entry in page.entries] == [opening, corrected], "a correction is public too"
    assert f"\n{len(kinds) + 2}\n" in page.checkpoint
    with pytest.raises(FeedWithheld, match="beyond the opening"):
        centre.feed(len(kinds) + 2, 20.0)
    late = [begun.organiser.sign(act) for act in (StageClosed(stage="opening", closes=()), OpeningRecorded(bids=()))]
    assert organiser.submit(late)[1].receipt
    with pytest.raises(FeedWithheld, match="beyond the opening"):
        centre.feed(len(kinds) + 2, 20.0)
    roster = found(begun.genesis).roster
    assert roster.role(custodian.person) == "custodian"
    other = centre_process.connect(begun, custodian)
    assert len(other.feed(0, 0.0).entries) == len(kinds) + 5
    for one in (centre, organiser, member, other):
        one.close()


@pytest.mark.parametrize("person", ["custodian-agency", "m1", "organiser"])
def test_until_the_deadline_nobody_but_its_bidder_is_handed_a_bid(centre_process: CentreProcess, person: str) -> None:
    for changes, given in (({}, False), (PAST, True)):
        begun = centre_process.publish(changes=changes)
        author = bid_of(centre_process, begun, "戊建设")
        others = {"m1": begun.member, "organiser": begun.organiser}
        reader = others.get(person) or custodian_of(centre_process, begun)
        package = PACKAGE + "戊建设".encode()
        for who, may_read in ((author, True), (reader, given)):
            centre = centre_process.connect(begun, who)
            if may_read:
                assert b"".join(centre.download(digest(package))) == package
            else:
                with pytest.raises(CentreRefused, match="nobody is handed a bid"):
                    list(centre.download(digest(package)))
            centre.close()


def test_the_centre_takes_no_share_before_the_deadline(centre_process: CentreProcess) -> None:
    """A client whose clock runs ahead, or that is not ours, sends one: it is not in the log, and may come again."""
    for changes, taken in (({}, False), (PAST, True)):
        begun = centre_process.publish(changes=changes)
        author = bid_of(centre_process, begun, "己建设")
        package = digest(PACKAGE + "己建设".encode())
        act = ShareReleased(bidder=author.person, package=package, shares={"price": b"a share for the organiser"})
        centre = centre_process.connect(begun, author)
        (answer,) = centre.submit([author.sign(act)])
        assert (answer.receipt is not None) is taken
        assert answer.retry is not taken
        assert taken or "before the deadline" in answer.refusal_en
        centre.close()
        organiser = centre_process.connect(begun, begun.organiser)
        kinds = [decode_payload(entry.record.payload).kind for entry in organiser.feed(0, 0.0).entries]
        assert ("share.released" in kinds) is taken
        organiser.close()
