"""What records about people change: appointment, arrival, pledge, recusal, replacement, sites, sessions."""

from __future__ import annotations

from dataclasses import replace

from evalclient.core.evaluation.drawing import stands
from evalclient.core.evaluation.resets import reset_from
from evalclient.core.evaluation.state import Evaluation, Member, OneDay, Seal, SiteReady, stage_index
from evalclient.core.records.acts_founding import (
    ArrivalRecorded,
    CertificateIssued,
    IdentityWitnessed,
    MemberAppointed,
    PledgeSigned,
    RecusalDeclared,
    ReplacementRequested,
    SiteConfirmed,
)
from evalclient.core.records.verified import VerifiedRecord


def confirm_site(evaluation: Evaluation, act: SiteConfirmed, record: VerifiedRecord) -> Evaluation:
    """A site is ready."""
    ready = SiteReady(record.id, act.seats, act.checks)
    return replace(evaluation, sites={**evaluation.sites, act.site: ready})


def appoint(evaluation: Evaluation, act: MemberAppointed, _record: VerifiedRecord) -> Evaluation:
    """A place on the committee is filled; if it was somebody's, his conclusions become void (条例 第四十八条)."""
    member = Member(act.person, act.member_kind, act.site)
    if not act.replaces:
        return replace(evaluation, members={**evaluation.members, act.person: member})
    left = replace(evaluation.members[act.replaces], replaced_by=act.person)
    seated = {**evaluation.members, act.replaces: left, act.person: member}
    return _void_conclusions(replace(evaluation, members=seated), act.replaces)


def record_arrival(evaluation: Evaluation, act: ArrivalRecorded, record: VerifiedRecord) -> Evaluation:
    """A member is here and has been identified."""
    return _change(evaluation, act.member, seat=act.seat, factors=act.factors, locker=act.locker, arrival=record.id)


def witness_identity(evaluation: Evaluation, act: IdentityWitnessed, record: VerifiedRecord) -> Evaluation:
    """The administrator has identified a member whose own certificate is of no use today."""
    seen = OneDay(act.ground, record.payload.author, act.factors, witnessed=record.id)
    return _change(evaluation, act.member, one_day=seen)


def issue_certificate(evaluation: Evaluation, act: CertificateIssued, record: VerifiedRecord) -> Evaluation:
    """The member has a certificate for the day."""
    seen = replace(evaluation.members[act.member].one_day, organiser_factors=act.factors, issued=record.id)
    return _change(evaluation, act.member, one_day=seen)


def request_replacement(evaluation: Evaluation, act: ReplacementRequested, _record: VerifiedRecord) -> Evaluation:
    """The organiser sees that a site asks for somebody else."""
    return _change(evaluation, act.member, replacement_wanted=act.ground)


def sign_pledge(evaluation: Evaluation, _act: PledgeSigned, record: VerifiedRecord) -> Evaluation:
    """The pledge is signed."""
    return _change(evaluation, record.payload.author, pledge=record.id)


def declare_recusal(evaluation: Evaluation, act: RecusalDeclared, record: VerifiedRecord) -> Evaluation:
    """A conflict, once declared, stays until the member is replaced."""
    conflict = (act.ground or "conflict") if act.conflict else ""
    return _change(evaluation, record.payload.author, recusal=record.id, conflict=conflict)


def _change(evaluation: Evaluation, person: str, **changes: object) -> Evaluation:
    member = replace(evaluation.members[person], **changes)  # type: ignore[arg-type]
    return replace(evaluation, members={**evaluation.members, person: member})


def _void_conclusions(evaluation: Evaluation, person: str) -> Evaluation:
    """Void what ``person`` concluded, and every group result that rests on it; the others' own work stands.

    So does his share of a draw for which all have sealed: or else leaving would be a way to have it drawn anew.
    """

    def falls(seal: Seal) -> bool:
        own = seal.author == person and not stands(evaluation, seal)
        return own or (new_vote and seal.kind == "vote.sealed")

    new_vote = evaluation.leader == person
    votes_read = any(seal.opened for seal in evaluation.seals.values() if seal.kind == "vote.sealed" and not seal.void)
    seals = {key: replace(seal, void=True) if falls(seal) else seal for key, seal in evaluation.seals.items()}
    changed = replace(
        evaluation,
        seals=seals,
        leader="" if new_vote else evaluation.leader,
        ballot=evaluation.ballot + 1 if votes_read and (new_vote or not evaluation.leader) else evaluation.ballot,
        runoff=(),
        rollback={},
        corrections=tuple(entry for entry in evaluation.corrections if entry.member != person),
        competition={key: value for key, value in evaluation.competition.items() if key != person},
        defects={key: value for key, value in evaluation.defects.items() if key != person},
    )
    if stage_index(evaluation.stage) <= stage_index("checkin"):
        return changed
    return replace(reset_from(changed, "price"), stage="checkin")
