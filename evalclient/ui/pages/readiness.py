"""Who has done his part of the present stage: shown on the committee's strip. Pure; it says nothing of contents."""

from __future__ import annotations

from typing import Literal

from evalclient.core.evaluation.drawing import draw_due, share_by
from evalclient.core.evaluation.results import differences, price_digest
from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.views import SEAL_OF_STAGE, correction_of, has_access, seal_by
from evalclient.core.method.tally.checks import ObjectiveDifference

Standing = Literal["done", "due", "nothing"]
"""Done, still to do, or nothing to do for this member at this stage."""


def standing(evaluation: Evaluation, member: Member) -> Standing:
    """How far ``member`` is in the present stage."""
    when = draw_due(evaluation)
    if when is not None and share_by(evaluation, member.person, when) is None:
        return "due"
    asked = _asked(evaluation, member)
    if asked is None:
        return "nothing"
    return "done" if asked else "due"


def _asked(evaluation: Evaluation, member: Member) -> bool | None:
    """Whether the member has done what the stage asks of him; None where it asks nothing."""
    person = member.person
    match evaluation.stage:
        case "checkin":
            return bool(member.arrival)
        case "pledge":
            return bool(member.pledge and member.recusal)
        case "leader":
            return _voted(evaluation, person)
        case "release":
            return has_access(evaluation, person)
        case "preliminary" | "scoring":
            return seal_by(evaluation, person, SEAL_OF_STAGE[evaluation.stage]) is not None
        case "settlement":
            return _settled(evaluation, person)
        case "price":
            return _confirmed(evaluation, person)
        case "recheck":
            answer = evaluation.rechecks.get(person)
            return answer is not None and answer.result == evaluation.summary
        case "report":
            return _signed(evaluation, person)
        case _:
            return None


def _voted(evaluation: Evaluation, person: str) -> bool | None:
    if "vote" not in evaluation.rules.leader.by:
        return None
    return bool(evaluation.leader) or seal_by(evaluation, person, "vote.sealed") is not None


def _confirmed(evaluation: Evaluation, person: str) -> bool:
    """Before the draw there is no price to confirm: who has taken part has done what he can."""
    return draw_due(evaluation) is not None or evaluation.price_confirmed.get(person) == price_digest(evaluation)


def _settled(evaluation: Evaluation, person: str) -> bool | None:
    asked = differences(evaluation)
    if not asked:
        return None
    return not any(owes_answer(evaluation, person, entry) for entry in asked)


def owes_answer(evaluation: Evaluation, person: str, entry: ObjectiveDifference) -> bool:
    """Whether a member has to act on a difference: he differs from most, or somebody keeps a score that differs."""
    if correction_of(evaluation, person, entry.bidder, entry.item) is not None:
        return False
    values = list(entry.values.values())
    common = max(values, key=values.count)
    kept = any(
        (made := correction_of(evaluation, other, entry.bidder, entry.item)) is not None and made.new == made.old
        for other in entry.values
    )
    return kept or entry.values.get(person) != common


def _signed(evaluation: Evaluation, person: str) -> bool:
    report = evaluation.report
    if report is None:
        return False
    return person in report.refused or (person in report.signed and person in {who for who, _ in report.stamps})
