"""Gates of a draw (现场抽取): each party seals one share at its point of the meeting, and publishes it once all have."""

from __future__ import annotations

from evalclient.core.evaluation.drawing import (
    DRAWN_IN,
    KIND,
    draw_due,
    draws_at,
    parties,
    share_by,
    stands,
    waiting_for,
)
from evalclient.core.evaluation.state import Author, Evaluation, Seal
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.records.acts_draw import DrawSealed
from evalclient.core.workflow.stages import ROLE_TITLES, STAGE_TITLES


def seal_share(evaluation: Evaluation, act: DrawSealed, author: Author) -> Verdict:
    """Once per party, in the stage in which the method draws, and not for what has been drawn."""
    article = evaluation.rules.article(KIND)
    if not draws_at(evaluation, act.when):
        return no("评标办法在此时没有抽取事项。", "The method draws nothing at that point.", article)
    stage = STAGE_TITLES[DRAWN_IN[act.when]]
    if DRAWN_IN[act.when] != evaluation.stage:
        return no(f"该项抽取在“{stage.zh}”环节进行。", f"That is drawn in the stage “{stage.en}”.", article)
    if act.when in evaluation.draw_shares:
        return no(
            "各方均已参与，抽取结果不能更改，也不再重新抽取。",
            "All parties have taken part: what is drawn stands and is not drawn again.",
            article,
        )
    if share_by(evaluation, author.person, act.when) is not None:
        return no("您已参与本次抽取。", "You take part in this draw already.", article)
    return YES


def open_share(evaluation: Evaluation, seal: Seal) -> Verdict:
    """A share that is still shut, once all parties have sealed; whose it is has been asked."""
    if stands(evaluation, seal):
        return YES
    return no(
        "尚有参与方未封存随机份额，份额不得公开。",
        "Some parties have not sealed their shares yet; no share is published before.",
        evaluation.rules.article(KIND),
    )


def draw_first(evaluation: Evaluation) -> Verdict:
    """Whether all that the present stage must draw is drawn; else who is waited for."""
    when = draw_due(evaluation)
    if when is None:
        return YES
    article = evaluation.rules.article(KIND)
    waiting = waiting_for(evaluation, when)
    if waiting:
        zh, en = _named(evaluation, waiting)
        return no(f"等待参与抽取：{zh}。", f"Waiting for a share of the draw: {en}.", article)
    shares = ((person, share_by(evaluation, person, when)) for person in parties(evaluation, when))
    shut = tuple(person for person, share in shares if share is not None and not share.opened)
    zh, en = _named(evaluation, shut)
    return no(f"等待公开随机份额：{zh}。", f"Waiting for the share to be published: {en}.", article)


def _named(evaluation: Evaluation, people: tuple[str, ...]) -> tuple[str, str]:
    """Parties in a row, the supervisor by his office: a screen puts names for members alone."""
    office = {evaluation.founding.supervisor.person: ROLE_TITLES["supervisor"]}
    zh = "、".join(office[person].zh if person in office else person for person in people)
    return zh, ", ".join(office[person].en if person in office else person for person in people)
