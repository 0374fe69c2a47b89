"""What records about bids change: submission, shares, opening, qualification, grants."""

from __future__ import annotations

from dataclasses import replace

from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.records.acts_bids import (
    AccessGranted,
    BidSubmitted,
    BidWithdrawn,
    OpeningRecorded,
    QualificationRecorded,
    ShareReleased,
)
from evalclient.core.records.verified import VerifiedRecord


def submit(evaluation: Evaluation, act: BidSubmitted, record: VerifiedRecord) -> Evaluation:
    """A bid is handed in; a later one replaces it."""
    received = record.received or record.payload.at
    bid = Bid(record.payload.author, act.package, act.seal, act.size, record.id, received)
    return _put(evaluation, bid)


def withdraw(evaluation: Evaluation, _act: BidWithdrawn, record: VerifiedRecord) -> Evaluation:
    """A bid is taken back."""
    return _put(evaluation, replace(evaluation.bids[record.payload.author], withdrawn=True))


def release_share(evaluation: Evaluation, act: ShareReleased, record: VerifiedRecord) -> Evaluation:
    """A holder's share of a package's keys is there."""
    bid = evaluation.bids[act.bidder]
    released = {str(name): share for name, share in act.shares.items()}
    shares = {**bid.shares, record.payload.author: released}
    return _put(evaluation, replace(bid, shares=shares))


def record_opening(evaluation: Evaluation, act: OpeningRecorded, _record: VerifiedRecord) -> Evaluation:
    """Names and prices have been read out; a qualification result over an earlier opening record falls away."""
    lines = {line.bidder: line for line in act.bids}
    bids = {
        bidder: replace(bid, opened=lines.get(bidder), qualified=None, qualification_reason="")
        for bidder, bid in evaluation.bids.items()
    }
    return replace(evaluation, bids=bids, opening=act, qualification="")


def record_qualification(evaluation: Evaluation, act: QualificationRecorded, record: VerifiedRecord) -> Evaluation:
    """The organiser's qualification result gates what the committee sees."""
    results = {result.bidder: result for result in act.results}
    bids = {
        bidder: replace(bid, qualified=results[bidder].qualified, qualification_reason=results[bidder].reason)
        if bidder in results
        else bid
        for bidder, bid in evaluation.bids.items()
    }
    return replace(evaluation, bids=bids, qualification=record.id)


def grant_access(evaluation: Evaluation, act: AccessGranted, _record: VerifiedRecord) -> Evaluation:
    """A member's session has the keys."""
    return replace(evaluation, grants={**evaluation.grants, (act.member, act.session): act.keys})


def _put(evaluation: Evaluation, bid: Bid) -> Evaluation:
    return replace(evaluation, bids={**evaluation.bids, bid.bidder: bid})
