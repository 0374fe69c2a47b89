"""Gates of opening a sealed body without its author: asked for in time, released by custodians, opened by the organiser."""

from __future__ import annotations

from evalclient.core.evaluation.drawing import KIND as DRAW_SHARE
from evalclient.core.evaluation.drawing import stands
from evalclient.core.evaluation.state import Author, Evaluation, Seal
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import all_sealed, seal_by, standing_seals
from evalclient.core.records.acts_recovery import RecoveryReleased, RecoveryRequested
from evalclient.core.workflow.patience import later


def request(evaluation: Evaluation, act: RecoveryRequested, author: Author) -> Verdict:
    """Once all have sealed and the author has let the time pass that record 0 gives him; with a ground."""
    due = _due(evaluation, act.seal)
    if not due.allowed:
        return due
    founding = evaluation.founding
    if not founding.recovery_custodians:
        return no(
            "本项目未设恢复密钥保管方，请更换评委或申请回退。",
            "This evaluation has no recovery custodians; replace the member or ask for a roll-back.",
            evaluation.rules.article("confidentiality"),
        )
    if act.seal in evaluation.recovery:
        return no(
            "已经申请恢复，请等候保管方提交份额。",
            "It has been asked for already; wait for the shares.",
            evaluation.rules.article("confidentiality"),
        )
    if not act.ground.strip():
        return no("申请恢复须写明原因。", "The request needs its ground.", evaluation.rules.article("confidentiality"))
    if author.at < _author_has_until(evaluation, evaluation.seals[act.seal]):
        return no(
            f"全体封存后 {founding.recovery_minutes} 分钟内由评委本人公开，届时仍未公开再申请恢复。",
            f"For {founding.recovery_minutes} min after all have sealed, the member himself opens it; ask again then.",
            evaluation.rules.article("confidentiality"),
        )
    return YES


def release(evaluation: Evaluation, act: RecoveryReleased, author: Author) -> Verdict:
    """A recovery custodian, for a seal that is asked for, once."""
    if author.person not in {party.person for party in evaluation.founding.recovery_custodians}:
        return no(
            "只有恢复密钥保管方可以提交该份额。",
            "Only a recovery custodian releases such a share.",
            evaluation.rules.article("confidentiality"),
        )
    asked = evaluation.recovery.get(act.seal)
    if asked is None:
        return no(
            "组织方未申请恢复该封存内容，不得提交份额。",
            "The organiser has not asked for this sealed body; no share of it is released.",
            evaluation.rules.article("confidentiality"),
        )
    due = _due(evaluation, act.seal)
    if not due.allowed:
        return due
    if author.person in asked.shares:
        return no(
            "您已提交该份额。", "You have released this share already.", evaluation.rules.article("confidentiality")
        )
    return YES


def open_recovered(evaluation: Evaluation, seal: str) -> Verdict:
    """The organiser, with enough shares released by record."""
    due = _due(evaluation, seal)
    if not due.allowed:
        return due
    asked = evaluation.recovery.get(seal)
    if asked is None or len(asked.shares) < evaluation.founding.recovery_threshold:
        return no(
            "保管方提交的份额不足，不得公开他人封存内容。",
            "Too few custodians have released their shares; nobody else's sealed body is opened.",
            evaluation.rules.article("confidentiality"),
        )
    return YES


def _due(evaluation: Evaluation, record: str) -> Verdict:
    """Whether the seal counts, all have sealed, and it is still shut."""
    seal = evaluation.seals.get(record)
    if seal is None or seal.opened or not _counts(evaluation, seal):
        return no(
            "没有等待公开的该封存内容。",
            "There is no such sealed body waiting to be opened.",
            evaluation.rules.article("confidentiality"),
        )
    if not _all_sealed(evaluation, seal):
        return no(
            "尚有评委未封存，封存内容不得公开。",
            "Some members have not sealed yet; no sealed body is opened before.",
            evaluation.rules.article("confidentiality"),
        )
    return YES


def _counts(evaluation: Evaluation, seal: Seal) -> bool:
    if seal.kind == DRAW_SHARE:
        return not seal.void
    counting = seal_by(evaluation, seal.author, seal.kind)
    return counting is not None and counting.record == seal.record


def _all_sealed(evaluation: Evaluation, seal: Seal) -> bool:
    """Whether all who take part have sealed; the shares of a draw stand from then on, whoever leaves."""
    return stands(evaluation, seal) if seal.kind == DRAW_SHARE else all_sealed(evaluation, seal.kind)


def _author_has_until(evaluation: Evaluation, seal: Seal) -> str:
    """The moment (RFC 3339, UTC) from which others may ask: the last seal and the minutes that record 0 gives."""
    others = standing_seals(evaluation, seal.kind)
    if seal.when is not None:
        others = tuple(evaluation.seals[record] for record in evaluation.draw_shares[seal.when].seals.values())
    last = max(other.at for other in others)
    return later(last, evaluation.founding.recovery_minutes)
