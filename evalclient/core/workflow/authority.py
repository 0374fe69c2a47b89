"""The part of every gate that follows from the catalogue: role, stage, round, and still being on the committee."""

from __future__ import annotations

from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.records.act import Act
from evalclient.core.records.catalogue import Kind, kind_of
from evalclient.core.workflow.stages import ROLE_TITLES, STAGE_TITLES

#: kinds that belong to no round: they hold whenever they arrive
_ROUNDLESS = frozenset(
    {
        "session.opened",
        "revocation.listed",
        "draft.saved",
        "seal.opened",
        "checkpoint.cosigned",
        "report.timestamped",
        "log.timestamped",
        "practice.filled",
        "bid.submitted",
        "bid.withdrawn",
        "share.released",
        "access.granted",
    }
)
_STAMPS = frozenset({"report.timestamped", "log.timestamped"})
_AFTER_END = frozenset({"session.opened", "checkpoint.cosigned", "draft.saved"}) | _STAMPS
_AFTER_DISSOLUTION = (_AFTER_END - _STAMPS) | {"evaluation.ended"}
_WHILE_CONFLICTED = frozenset({"session.opened", "recusal.declared"})


def has_authority(evaluation: Evaluation, act: Act, author: Author) -> Verdict:
    """Whether ``author`` may do this kind of act at this stage at all."""
    kind = kind_of(act)
    for check in (_role, _certificate, _ended, _dissolved, _stage, _round, _membership, _conflict, _session):
        verdict = check(evaluation, kind, author)
        if not verdict.allowed:
            return verdict
    return YES


def _role(evaluation: Evaluation, kind: Kind, author: Author) -> Verdict:
    role = evaluation.roster.role(author.person)
    if role in kind.roles:
        return YES
    wanted_zh = "、".join(ROLE_TITLES[name].zh for name in kind.roles)
    wanted_en = ", ".join(ROLE_TITLES[name].en for name in kind.roles)
    return no(
        f"“{kind.title.zh}”只能由{wanted_zh}办理，请由其本人登录办理。",
        f"“{kind.title.en}” is for {wanted_en}; that person must sign in and do it.",
        evaluation.rules.article(kind.name),
    )


def _certificate(evaluation: Evaluation, kind: Kind, author: Author) -> Verdict:
    """What a certificate signs needs a certificate that holds at that time; what a session signs, one at sign-in."""
    if author.doubt is None or kind.signer == "session":
        return YES
    return Verdict(author.doubt, evaluation.rules.article("signature"))


def _ended(evaluation: Evaluation, kind: Kind, _author: Author) -> Verdict:
    if evaluation.stage != "ended" or kind.name in _AFTER_END:
        return YES
    return no(
        "本项目评标已经结束，不能再办理。",
        "This evaluation has ended; nothing more can be done in it.",
        evaluation.rules.article(kind.name),
    )


def _dissolved(evaluation: Evaluation, kind: Kind, _author: Author) -> Verdict:
    if not evaluation.dissolved or evaluation.stage == "ended" or kind.name in _AFTER_DISSOLUTION:
        return YES
    return no(
        "评标委员会已停止工作，资料封存，由重新组建的评标委员会评标。",
        "This committee has been dissolved and its material sealed; a new committee evaluates.",
        evaluation.rules.ending_article("new_committee"),
    )


def _stage(evaluation: Evaluation, kind: Kind, _author: Author) -> Verdict:
    if not kind.stages or evaluation.stage in kind.stages:
        return YES
    here = STAGE_TITLES[evaluation.stage]
    there = STAGE_TITLES[kind.stages[0]]
    return no(
        f"当前为“{here.zh}”环节，“{kind.title.zh}”应在“{there.zh}”环节办理。",
        f"The stage is “{here.en}”; “{kind.title.en}” belongs to “{there.en}”.",
        evaluation.rules.article(kind.name),
    )


def _round(evaluation: Evaluation, kind: Kind, author: Author) -> Verdict:
    if kind.name in _ROUNDLESS or author.round == evaluation.round:
        return YES
    return no(
        f"该记录属于第 {author.round} 轮，当前为第 {evaluation.round} 轮，请在本轮重新办理。",
        f"The record belongs to round {author.round}, now is round {evaluation.round}; do it again in this round.",
        evaluation.rules.rollback.article,
    )


def _membership(evaluation: Evaluation, _kind: Kind, author: Author) -> Verdict:
    if evaluation.roster.role(author.person) != "member":
        return YES
    member = evaluation.members.get(author.person)
    if member is not None and member.active:
        return YES
    return no(
        "您已不是本项目评标委员会成员，此前的评审结论由接替者重新作出。",
        "You are no longer a member of this committee; your successor works anew.",
        evaluation.rules.article("replacement.requested"),
    )


def _conflict(evaluation: Evaluation, kind: Kind, author: Author) -> Verdict:
    member = evaluation.members.get(author.person)
    if member is None or not member.conflict or kind.name in _WHILE_CONFLICTED:
        return YES
    return no(
        "您已声明需要回避，不得继续参加评审，请等候组织方更换评委。",
        "You have declared a conflict and may not go on; the organiser will replace you.",
        evaluation.rules.article("recusal.declared"),
    )


def _session(evaluation: Evaluation, kind: Kind, author: Author) -> Verdict:
    current = evaluation.roster.current.get(author.person, "")
    if kind.name == "session.opened" or author.session == current:
        return YES
    session = evaluation.roster.sessions.get(author.session)
    if session is not None and session.doubt is not None:
        return no(
            f"该记录来自不成立的席位会话（登录所用{session.doubt.zh}）",
            f"The record comes from a session that does not hold. {session.doubt.en}",
            evaluation.rules.article("signature"),
        )
    return no(
        "该记录来自已被接替的席位会话，请在当前席位确认后重新提交。",
        "The record comes from a session that has been taken over; confirm it again at the present seat.",
        evaluation.rules.article("session.opened"),
    )
