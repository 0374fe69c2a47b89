"""What a person's client owes the log without being asked: keys of own seals, keys of bids to members."""

from __future__ import annotations

from dataclasses import dataclass

from evalclient.core.evaluation.drawing import shut_shares
from evalclient.core.evaluation.state import Evaluation, stage_index
from evalclient.core.evaluation.views import active_members, all_sealed, has_access, seal_by
from evalclient.core.workflow.gates_recovery import open_recovered

_KINDS = ("vote.sealed", "review.sealed", "sheet.sealed")


@dataclass(frozen=True, slots=True)
class OpenSeal:
    """All have sealed: publish the key of one's own sealed body, or one's share of a draw."""

    seal: str


@dataclass(frozen=True, slots=True)
class GrantAccess:
    """A member may read the bids and his session has no keys yet."""

    member: str
    session: str


@dataclass(frozen=True, slots=True)
class OpenRecovered:
    """Custodians have released enough shares of a sealed body: join them and publish its key."""

    seal: str


Duty = OpenSeal | GrantAccess | OpenRecovered


def duties(evaluation: Evaluation, person: str) -> tuple[Duty, ...]:
    """The duties of ``person`` now, in the order they fall due; each is an act that ``may`` allows."""
    if evaluation.ending is not None or evaluation.dissolved:
        return ()
    if person in evaluation.members and evaluation.members[person].active:
        return (*_seals_to_open(evaluation, person), *_shares_to_open(evaluation, person))
    if person == evaluation.founding.supervisor.person:
        return _shares_to_open(evaluation, person)
    if person == evaluation.founding.organiser.person:
        return (*_grants(evaluation), *_recovered(evaluation))
    return ()


def _seals_to_open(evaluation: Evaluation, person: str) -> tuple[Duty, ...]:
    due = []
    for kind in _KINDS:
        seal = seal_by(evaluation, person, kind)
        if seal is not None and not seal.opened and all_sealed(evaluation, kind):
            due.append(OpenSeal(seal.record))
    return tuple(due)


def _shares_to_open(evaluation: Evaluation, person: str) -> tuple[Duty, ...]:
    member = evaluation.members.get(person)
    if member is not None and member.conflict:
        return ()
    return tuple(OpenSeal(seal.record) for seal in shut_shares(evaluation) if seal.author == person)


def _recovered(evaluation: Evaluation) -> tuple[Duty, ...]:
    return tuple(OpenRecovered(seal) for seal in evaluation.recovery if open_recovered(evaluation, seal).allowed)


def _grants(evaluation: Evaluation) -> tuple[Duty, ...]:
    if not stage_index("release") <= stage_index(evaluation.stage) < stage_index("archive"):
        return ()
    return tuple(
        GrantAccess(member.person, evaluation.roster.current[member.person])
        for member in active_members(evaluation)
        if member.pledge
        and member.recusal
        and not member.conflict
        and member.person in evaluation.roster.current
        and not has_access(evaluation, member.person)
    )
