"""Bids: submission and withdrawal before the deadline, shares and opening after it, qualification, grants."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.evaluation.results import rejections
from evalclient.core.evaluation.views import opened_bids, reviewed_bids, standing_bids
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_bids import (
    AccessGranted,
    BidSubmitted,
    BidWithdrawn,
    Objection,
    OpeningRecorded,
    Qualification,
    QualificationRecorded,
    ShareReleased,
)
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import MOST_TEXT
from tests.builders.arrival import administrator_of
from tests.builders.documents import DEADLINE
from tests.builders.evening import CUSTODIANS, ORGANISER, RECOVERY, SUPERVISOR, Evening, evening_at

EARLY = "招标投标法实施条例 第四十一条"
OPENING = "招标投标法 第三十六条"
TOO_FEW = "招标投标法 第二十八条；实施条例 第四十四条"
JUST_BEFORE = "2026-11-24T01:29:58.999Z"


def share(evening: Evening, bidder: str, package: str = "") -> ShareReleased:
    package = package or evening.evaluation.bids[bidder].package
    return ShareReleased(bidder=bidder, package=package, shares={"price": b"share"})


def shares_out(evening: Evening) -> Evening:
    evening.pass_time(to=DEADLINE)
    for bid in standing_bids(evening.evaluation):
        for holder in (*CUSTODIANS[:2], bid.bidder):
            evening.do(holder, share(evening, bid.bidder))
    return evening


# -- before the deadline -----------------------------------------------------------------------------------------------


def test_a_later_package_replaces_the_earlier_one() -> None:
    evening = Evening().submit([1])
    bidder = evening.bidders[0]
    newer = BidSubmitted(package=digest(b"newer"), seal=digest(b"seal"), size=1)
    evening.do(bidder, newer)
    assert [bid.package for bid in standing_bids(evening.evaluation)] == [newer.package]


def test_nobody_who_has_a_part_in_the_evaluation_bids() -> None:
    evening = Evening()
    evening.appoint()
    for person in ("m1", ORGANISER, SUPERVISOR, CUSTODIANS[0], RECOVERY[0], administrator_of("main")):
        certificate = evening.evaluation.roster.certificate_digest(person)
        evening.assert_refused(
            f"bidder:{certificate}",
            BidSubmitted(package=digest(b"x"), seal=digest(b"seal"), size=1),
            article=evening.evaluation.rules.article("one_part"),
            saying="may not bid",
        )


def test_a_bid_counts_until_the_last_moment_before_the_deadline() -> None:
    evening = Evening()
    act = BidSubmitted(package=digest(b"p"), seal=digest(b"seal"), size=1)
    evening.sign_in(evening.bidders[0])
    evening.pass_time(to=JUST_BEFORE)
    assert evening.may(evening.bidders[0], act).allowed
    evening.pass_time(to="2026-11-24T01:29:59.000Z")
    evening.assert_refused(
        evening.bidders[0], act, article="招标投标法 第二十八条", saying="The deadline has passed; the bid is not"
    )


def test_a_bid_is_withdrawn_and_handed_in_again() -> None:
    evening = Evening().submit([1, 2])
    bidder = evening.bidders[0]
    package = evening.evaluation.bids[bidder].package
    evening.do(bidder, BidWithdrawn(package=package))
    assert [bid.bidder for bid in standing_bids(evening.evaluation)] == [evening.bidders[1]]
    evening.assert_refused(
        bidder, BidWithdrawn(package=package), article="招标投标法 第二十九条", saying="no such bid to withdraw"
    )
    evening.do(bidder, BidSubmitted(package=package, seal=digest(b"seal"), size=1))
    assert len(standing_bids(evening.evaluation)) == 2


@pytest.mark.parametrize("bidder", [0, 1])
def test_only_the_own_standing_package_is_withdrawn(bidder: int) -> None:
    evening = Evening().submit([1])
    evening.assert_refused(
        evening.bidders[bidder],
        BidWithdrawn(package=digest(b"another")),
        article="招标投标法 第二十九条",
        saying="no such bid to withdraw",
    )


def test_no_bid_is_withdrawn_after_the_deadline() -> None:
    evening = Evening().submit([1]).pass_time(to=DEADLINE)
    package = evening.evaluation.bids[evening.bidders[0]].package
    evening.assert_refused(
        evening.bidders[0],
        BidWithdrawn(package=package),
        article="招标投标法 第二十九条",
        saying="the bid cannot be withdrawn",
    )


# -- shares and opening ------------------------------------------------------------------------------------------------


def test_no_share_and_no_opening_before_the_deadline() -> None:
    evening = Evening().submit()
    evening.assert_refused(
        CUSTODIANS[0], share(evening, evening.bidders[0]), article=EARLY, saying="No share may be released before"
    )
    evening.assert_refused(ORGANISER, evening.opening_act(), article=EARLY, saying="not opened before the deadline")


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_with_fewer_than_three_bids_everything_stays_shut(trade: Trade) -> None:
    evening = Evening(trade).submit([1, 2]).pass_time(to=DEADLINE)
    article = evening.evaluation.rules.endings["too_few"].article
    evening.assert_refused(CUSTODIANS[0], share(evening, evening.bidders[0]), article=article, saying="they stay shut")
    evening.assert_refused(ORGANISER, evening.opening_act(), article=article, saying="they stay shut")


def test_shares_come_from_opening_custodians_and_the_bidder_himself() -> None:
    evening = Evening().submit().pass_time(to=DEADLINE)
    own, other = evening.bidders[:2]
    evening.do(own, share(evening, own))
    evening.do(CUSTODIANS[0], share(evening, own))
    assert set(evening.evaluation.bids[own].shares) == {own, CUSTODIANS[0]}
    for wrong in (other, RECOVERY[0]):
        evening.assert_refused(
            wrong, share(evening, own), article=OPENING, saying="Only an opening custodian or the bidder himself"
        )


def test_a_share_stays_once_the_bid_was_opened_with_it() -> None:
    evening = Evening().open(close=False)
    bidder = evening.bidders[0]
    holders = tuple(evening.evaluation.bids[bidder].shares)
    for holder in holders:
        evening.assert_refused(holder, share(evening, bidder), article=OPENING, saying="not replaced any more")
    late = next(custodian for custodian in CUSTODIANS if custodian not in holders)
    evening.do(late, share(evening, bidder))
    failed = Evening().open({bidder: "revoked"}, close=False)
    failed.do(CUSTODIANS[0], share(failed, bidder))


def test_no_share_is_released_for_a_bid_that_does_not_stand() -> None:
    evening = Evening().submit()
    gone = evening.bidders[0]
    package = evening.evaluation.bids[gone].package
    evening.do(gone, BidWithdrawn(package=package))
    evening.pass_time(to=DEADLINE)
    unknown = "bidder:" + "0" * 64
    for bidder, named in ((gone, package), (evening.bidders[1], package), (unknown, package)):
        evening.assert_refused(
            CUSTODIANS[0], share(evening, bidder, named), article=OPENING, saying="no such standing bid"
        )


def test_the_opening_lists_every_bid_once() -> None:
    evening = shares_out(Evening().submit())
    right = evening.opening_act()
    for bids in (right.bids[1:], (*right.bids, right.bids[0])):
        evening.assert_refused(
            ORGANISER, OpeningRecorded(bids=bids), article=OPENING, saying="must list every bid received"
        )
    other = msgspec.structs.replace(right.bids[0], package=digest(b"another"))
    evening.assert_refused(
        ORGANISER, OpeningRecorded(bids=(other, *right.bids[1:])), article=OPENING, saying="names another package"
    )


def test_a_bid_is_not_open_without_its_shares_or_without_a_price() -> None:
    evening = shares_out(Evening().submit([1, 2, 3]))
    right = evening.opening_act()
    for price in ("0", "-1"):
        without = msgspec.structs.replace(right.bids[0], price=price)
        evening.assert_refused(
            ORGANISER, OpeningRecorded(bids=(without, *right.bids[1:])), article=OPENING, saying="is not above zero"
        )
    failed = msgspec.structs.replace(right.bids[0], price="0", failure="revoked")
    evening.assert_refused(
        ORGANISER,
        OpeningRecorded(bids=(failed, *right.bids[1:])),
        article=evening.evaluation.rules.article("opening_failure"),
        saying="say what happened and why",
    )
    long = msgspec.structs.replace(failed, note="一" * (MOST_TEXT + 1))
    evening.assert_refused(
        ORGANISER, OpeningRecorded(bids=(long, *right.bids[1:])), article=OPENING, saying="make it shorter"
    )
    failed = msgspec.structs.replace(failed, note="解密失败")
    assert evening.may(ORGANISER, OpeningRecorded(bids=(failed, *right.bids[1:]))).allowed


@pytest.mark.parametrize("holders", [("own", 1), ("nobody", 2)])
def test_custodians_and_bidder_are_both_needed(holders: tuple[str, int]) -> None:
    evening = Evening().submit([1, 2, 3]).pass_time(to=DEADLINE)
    for bidder in evening.bidders[:3]:
        own = [bidder] if holders[0] == "own" or bidder != evening.bidders[0] else []
        keepers = CUSTODIANS[: holders[1]] if bidder == evening.bidders[0] else CUSTODIANS[:2]
        for holder in (*keepers, *own):
            evening.do(holder, share(evening, bidder))
    evening.assert_refused(ORGANISER, evening.opening_act(), article=OPENING, saying="Too few shares are released")


def test_names_prices_and_objections_are_kept_as_read_out() -> None:
    evening = shares_out(Evening().submit())
    objection = Objection("碧鸡建工", "开标一览表格式", "当场核对，符合要求")
    right = evening.opening_act()
    evening.do(ORGANISER, OpeningRecorded(bids=right.bids, objections=(objection,)))
    assert evening.evaluation.opening is not None
    assert evening.evaluation.opening.objections == (objection,)
    assert [bid.opened for bid in opened_bids(evening.evaluation)] == list(right.bids)


def test_a_bid_that_failed_to_open_is_out_with_its_reason() -> None:
    evening = Evening()
    failed = evening.bidders[2]
    evening.open({failed: "revoked"})
    assert failed not in {bid.bidder for bid in opened_bids(evening.evaluation)}
    (rejection,) = rejections(evening.evaluation)[failed]
    assert (rejection.at, rejection.code) == ("opening", "revoked")


def test_nothing_is_rejected_before_the_opening() -> None:
    assert rejections(Evening().submit().evaluation) == {}


# -- qualification -----------------------------------------------------------------------------------------------------


def test_construction_leaves_qualification_to_the_committee() -> None:
    evening = Evening().open(close=False)
    evening.assert_refused(
        ORGANISER,
        QualificationRecorded(results=()),
        article="招标投标法实施条例 第二十条",
        saying="the committee reviews qualification",
    )


def test_procurement_qualification_waits_for_the_opening() -> None:
    evening = Evening("procurement").submit()
    evening.assert_refused(
        ORGANISER, QualificationRecorded(results=()), article=OPENING, saying="no opening record yet"
    )


def test_procurement_qualification_covers_every_opened_bid_with_reasons() -> None:
    evening = Evening("procurement").open(close=False)
    article = "87号令 第四十四条"
    evening.assert_refused(
        ORGANISER, QualificationRecorded(results=()), article=article, saying="must cover every bid opened"
    )
    silent = tuple(Qualification(bidder, False, " ") for bidder in evening.bidders)
    evening.assert_refused(ORGANISER, QualificationRecorded(results=silent), article=article, saying="needs a reason")


def test_an_unqualified_bid_is_not_seen_by_the_committee() -> None:
    evening = Evening("procurement")
    out = evening.bidders[3]
    evening.open(unqualified={out: "营业执照过期"})
    assert out not in {bid.bidder for bid in reviewed_bids(evening.evaluation)}
    (rejection,) = rejections(evening.evaluation)[out]
    assert (rejection.at, rejection.reason) == ("qualification", "营业执照过期")


def test_a_new_opening_record_needs_a_new_qualification() -> None:
    evening = Evening("procurement").open(close=False)
    evening.do(ORGANISER, evening.opening_act({evening.bidders[5]: "withdrawn"}))
    assert evening.evaluation.qualification == ""
    assert all(bid.qualified is None for bid in evening.evaluation.bids.values())
    evening.assert_refused(
        ORGANISER, evening.closing_act(), article="87号令 第四十四条", saying="has not recorded the qualification"
    )


def test_qualification_is_corrected_until_the_opening_ends_over_it_and_never_after() -> None:
    evening = Evening("procurement").open(close=False)
    out = evening.bidders[3]
    corrected = QualificationRecorded(
        results=tuple(
            Qualification(bidder, bidder != out, "营业执照过期" if bidder == out else "") for bidder in evening.bidders
        )
    )
    evening.do(ORGANISER, corrected)
    assert evening.evaluation.bids[out].qualified is False
    evening.close()
    assert evening.evaluation.stage == "ready"
    evening.assert_refused(
        ORGANISER, corrected, article="87号令 第四十四条", saying="“Qualification recorded” belongs to “Opening”"
    )


# -- release to the committee ------------------------------------------------------------------------------------------


def grant(evening: Evening, person: str, session: str = "") -> AccessGranted:
    session = session or evening.evaluation.roster.current.get(person, "0" * 64)
    return AccessGranted(member=person, session=session, compartments=("technical",), keys=b"keys")


def test_access_goes_to_a_present_members_active_session_only() -> None:
    evening = evening_at("release")
    old = evening.evaluation.roster.current["m1"]
    evening.sign_in("m1", "main-5")
    evening.sign_in("m2")
    for act in (grant(evening, "m1", old), grant(evening, "nobody"), grant(evening, ORGANISER)):
        evening.assert_refused(
            ORGANISER, act, article="招标投标法 第三十八条", saying="to a present member's active session only"
        )
    evening.do(ORGANISER, grant(evening, "m1"))
    assert ("m1", evening.evaluation.roster.current["m1"]) in evening.evaluation.grants


def test_no_access_for_who_has_been_replaced_or_must_withdraw() -> None:
    evening = evening_at("scoring")
    evening.do("m3", evening.recusal("m3 的配偶任职于投标人"))
    evening.assert_refused(
        ORGANISER,
        grant(evening, "m3"),
        article="招标投标法 第三十七条",
        saying="has not pledged and declared no conflict",
    )
    evening.replace("m3", "m6").check_in().pledge().close()
    evening.assert_refused(
        ORGANISER, grant(evening, "m3"), article="招标投标法 第三十八条", saying="to a present member's"
    )
    assert evening.may(ORGANISER, grant(evening, "m6")).allowed
