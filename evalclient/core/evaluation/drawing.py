"""The draws of an evaluation (现场抽取): who takes part, whose share is there, what was drawn. All of it is computed.

Once the last party has sealed, the shares of a draw stand for good (``DrawShares``): neither a replacement nor a
roll-back after that gives anybody a second draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from evalclient.core.draw import draw_number, draw_order, draw_text
from evalclient.core.evaluation.state import DrawShares, Evaluation, Seal
from evalclient.core.evaluation.views import active_members, opened_bids
from evalclient.core.method.document.parts import Draw
from evalclient.core.method.entry.entries import Drawn
from evalclient.core.records.act import DrawTime, Stage
from evalclient.core.records.acts_draw import DrawShare

KIND: Final = "draw.sealed"
#: the stage in which the shares of a draw are sealed, and which does not end before it is drawn
DRAWN_IN: Final[Mapping[DrawTime, Stage]] = {
    "opening": "leader",
    "before_review": "release",
    "after_review": "price",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One draw: ``text`` is what was hashed and ``result`` what came of it, None while a share is missing."""

    draw: Draw
    text: str | None = None
    result: Drawn | None = None


def draws_at(evaluation: Evaluation, when: DrawTime) -> tuple[Draw, ...]:
    """What the method draws at that point of the meeting."""
    return tuple(draw for draw in evaluation.method.draws if draw.when == when)


def draw_times(evaluation: Evaluation) -> tuple[DrawTime, ...]:
    """The points of the meeting at which something is drawn, in their order."""
    return tuple(when for when in DRAWN_IN if draws_at(evaluation, when))


def draw_due(evaluation: Evaluation) -> DrawTime | None:
    """The point of the meeting whose draws the present stage waits for."""
    for when in draw_times(evaluation):
        if DRAWN_IN[when] == evaluation.stage and not is_drawn(evaluation, when):
            return when
    return None


def parties(evaluation: Evaluation, when: DrawTime) -> tuple[str, ...]:
    """Who takes part, in the order in which their shares are hashed: members in roster order, then the supervisor."""
    fixed = evaluation.draw_shares.get(when)
    if fixed is not None:
        return tuple(fixed.seals)
    return (*(member.person for member in active_members(evaluation)), evaluation.founding.supervisor.person)


def share_by(evaluation: Evaluation, person: str, when: DrawTime) -> Seal | None:
    """The sealed share of ``person`` that counts."""
    fixed = evaluation.draw_shares.get(when)
    if fixed is not None:
        record = fixed.seals.get(person)
        return evaluation.seals[record] if record else None
    for seal in evaluation.seals.values():
        if (seal.kind, seal.author, seal.when) == (KIND, person, when) and not seal.void:
            return seal
    return None


def waiting_for(evaluation: Evaluation, when: DrawTime) -> tuple[str, ...]:
    """The parties that have not sealed a share yet."""
    return tuple(person for person in parties(evaluation, when) if share_by(evaluation, person, when) is None)


def stands(evaluation: Evaluation, seal: Seal) -> bool:
    """Whether a share belongs to a draw for which all have sealed."""
    fixed = evaluation.draw_shares.get(seal.when) if seal.when else None
    return fixed is not None and fixed.seals.get(seal.author) == seal.record


def shut_shares(evaluation: Evaluation) -> tuple[Seal, ...]:
    """The shares that all parties' seals wait for to be published."""
    records = (record for fixed in evaluation.draw_shares.values() for record in fixed.seals.values())
    return tuple(seal for seal in (evaluation.seals[record] for record in records) if not seal.opened)


def is_drawn(evaluation: Evaluation, when: DrawTime) -> bool:
    """Whether all parties have sealed and every share is published."""
    fixed = evaluation.draw_shares.get(when)
    return fixed is not None and all(evaluation.seals[record].opened for record in fixed.seals.values())


def all_drawn(evaluation: Evaluation) -> bool:
    """Whether nothing is left to draw, so that the result can be worked out."""
    return all(is_drawn(evaluation, when) for when in draw_times(evaluation))


def drawings(evaluation: Evaluation) -> tuple[Drawing, ...]:
    """Every draw of the method, with its result where it is known."""
    return tuple(_drawing(evaluation, draw) for draw in evaluation.method.draws)


def drawn(evaluation: Evaluation) -> dict[str, Drawn]:
    """Draw → what was drawn, of those that are known: the input of the tally."""
    return {one.draw.id: one.result for one in drawings(evaluation) if one.result is not None}


def by_place(order: Mapping[str, str]) -> tuple[str, ...]:
    """The bidders or members in the order that was drawn."""
    return tuple(sorted(order, key=lambda one: int(order[one])))


def _drawing(evaluation: Evaluation, draw: Draw) -> Drawing:
    if not is_drawn(evaluation, draw.when):
        return Drawing(draw)
    text = _text(evaluation, draw, evaluation.draw_shares[draw.when])
    if draw.kind == "number":
        return Drawing(draw, text, draw_number(text, draw.values, evaluation.founding.hash))
    if draw.kind == "members":
        supervisor = evaluation.founding.supervisor.person
        drawn_among = [person for person in parties(evaluation, draw.when) if person != supervisor]
    else:
        drawn_among = [bid.bidder for bid in opened_bids(evaluation)]
    return Drawing(draw, text, draw_order(text, drawn_among, evaluation.founding.hash))


def _text(evaluation: Evaluation, draw: Draw, fixed: DrawShares) -> str:
    opened = ((party, evaluation.seals[record].content) for party, record in fixed.seals.items())
    shares = {party: content.value for party, content in opened if isinstance(content, DrawShare)}
    return draw_text(evaluation.fingerprint, draw.id, fixed.round, shares, fixed.centre)
