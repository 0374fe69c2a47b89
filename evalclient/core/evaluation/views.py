"""Questions about an evaluation that several places ask: who is active, which seals count, which bids are valid."""

from __future__ import annotations

from evalclient.core.evaluation.state import Bid, Correction, Evaluation, Member, Seal
from evalclient.core.records.acts_committee import Review, ScoreSheet, Vote

SEAL_OF_STAGE = {"leader": "vote.sealed", "preliminary": "review.sealed", "scoring": "sheet.sealed"}


def active_members(evaluation: Evaluation) -> tuple[Member, ...]:
    """The members who hold a place now, in roster order."""
    return tuple(member for member in evaluation.members.values() if member.active)


def seal_by(evaluation: Evaluation, person: str, kind: str) -> Seal | None:
    """The person's seal of ``kind`` that counts now (votes: in the current ballot).

    A review or sheet that turned out to be garbage counts as not submitted; a garbage vote is an invalid ballot.
    """
    for seal in reversed(tuple(evaluation.seals.values())):
        if seal.author != person or seal.kind != kind or seal.void:
            continue
        counts = seal.ballot == evaluation.ballot if kind == "vote.sealed" else not spoiled(seal)
        if counts:
            return seal
    return None


def spoiled(seal: Seal) -> bool:
    """Whether a sealed body was opened and found to be garbage or incomplete."""
    return seal.opened and seal.content is None


def some_opened(evaluation: Evaluation, kind: str) -> bool:
    """Whether anybody's counting seal of ``kind`` is open, so that its content may be known."""
    return any(seal.opened for seal in standing_seals(evaluation, kind))


def standing_seals(evaluation: Evaluation, kind: str) -> tuple[Seal, ...]:
    """The counting seals of all active members, in roster order; members without one are left out."""
    found = (seal_by(evaluation, member.person, kind) for member in active_members(evaluation))
    return tuple(seal for seal in found if seal is not None)


def all_sealed(evaluation: Evaluation, kind: str) -> bool:
    """Whether every active member has sealed. One who must withdraw does not count until he is replaced."""
    members = active_members(evaluation)
    if not members or any(member.conflict for member in members):
        return False
    return len(standing_seals(evaluation, kind)) == len(members)


def all_opened(evaluation: Evaluation, kind: str) -> bool:
    """Whether every active member has sealed and published his key."""
    return all_sealed(evaluation, kind) and all(seal.opened for seal in standing_seals(evaluation, kind))


def votes(evaluation: Evaluation) -> dict[str, str]:
    """Member → candidate, of the valid opened votes of the current ballot; garbage and ineligible candidates are not."""
    seals = standing_seals(evaluation, "vote.sealed")
    allowed = electable(evaluation)
    return {
        seal.author: seal.content.candidate
        for seal in seals
        if isinstance(seal.content, Vote) and seal.content.candidate in allowed
    }


def electable(evaluation: Evaluation) -> tuple[str, ...]:
    """Who may be elected leader in the present ballot: after a tie the tied alone; no representative where barred."""
    rule = evaluation.rules.leader
    found = tuple(
        member.person
        for member in active_members(evaluation)
        if not member.conflict and (member.kind == "expert" or rule.representative_may_lead)
    )
    return tuple(person for person in found if person in evaluation.runoff) or found


def reviews(evaluation: Evaluation) -> dict[str, Review]:
    """Member → opened preliminary review."""
    seals = standing_seals(evaluation, "review.sealed")
    return {seal.author: seal.content for seal in seals if isinstance(seal.content, Review)}


def sheets_as_sealed(evaluation: Evaluation) -> dict[str, ScoreSheet]:
    """Member → opened score sheet, as it was sealed."""
    seals = standing_seals(evaluation, "sheet.sealed")
    return {seal.author: seal.content for seal in seals if isinstance(seal.content, ScoreSheet)}


def scores(evaluation: Evaluation) -> dict[str, dict[str, dict[str, str]]]:
    """Member → bidder → item → score text, with lawful corrections applied in log order."""
    table = {
        member: {bidder: {item: score.value for item, score in items.items()} for bidder, items in sheet.scores.items()}
        for member, sheet in sheets_as_sealed(evaluation).items()
    }
    for correction in evaluation.corrections:
        if correction.member in table:
            table[correction.member][correction.bidder][correction.item] = correction.new
    return table


def opened_bids(evaluation: Evaluation) -> tuple[Bid, ...]:
    """The bids that were opened without failure, in the order of the opening record."""
    if evaluation.opening is None:
        return ()
    lines = (evaluation.bids.get(line.bidder) for line in evaluation.opening.bids if not line.failure)
    return tuple(bid for bid in lines if bid is not None)


def reviewed_bids(evaluation: Evaluation) -> tuple[Bid, ...]:
    """The bids the committee gets to see: opened and not found unqualified by the organiser."""
    return tuple(bid for bid in opened_bids(evaluation) if bid.qualified is not False)


def standing_bids(evaluation: Evaluation) -> tuple[Bid, ...]:
    """The bids handed in and not withdrawn."""
    return tuple(bid for bid in evaluation.bids.values() if not bid.withdrawn)


def bidder_name(evaluation: Evaluation, bidder: str) -> str:
    """A bidder's name as read out at opening; before it, a short form of his id."""
    bid = evaluation.bids.get(bidder)
    return bid.opened.name if bid and bid.opened else bidder[-8:]


def majority(yes: int, members: int) -> bool:
    """Simple majority of all active members (少数服从多数)."""
    return yes * 2 > members


def replaced_scores(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """Member and bidder of the scores that more than half of the committee find abnormal (重庆市 第三十二条)."""
    members = len(active_members(evaluation))
    return tuple(
        about
        for about, views in evaluation.abnormal.items()
        if majority(sum(view.abnormal for view in views.values()), members)
    )


def correction_of(evaluation: Evaluation, member: str, bidder: str, item: str) -> Correction | None:
    """The last correction or maintenance of one score."""
    for correction in reversed(evaluation.corrections):
        if (correction.member, correction.bidder, correction.item) == (member, bidder, item):
            return correction
    return None


def has_access(evaluation: Evaluation, person: str) -> bool:
    """Whether the person's present session has been granted the keys."""
    return (person, evaluation.roster.current.get(person, "")) in evaluation.grants


def shares_suffice(evaluation: Evaluation, bid: Bid) -> bool:
    """Whether enough shares of a package's keys have been released to open it."""
    custodians = sum(holder != bid.bidder for holder in bid.shares)
    own = bid.bidder in bid.shares or not evaluation.founding.bidder_share
    return own and custodians >= evaluation.founding.threshold
