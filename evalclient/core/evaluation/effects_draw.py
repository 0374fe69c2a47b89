"""What a sealed share of a draw changes: the last one fixes the shares of all."""

from __future__ import annotations

from dataclasses import replace

from evalclient.core.evaluation.drawing import parties, share_by
from evalclient.core.evaluation.state import DrawShares, Evaluation, Seal
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_draw import DrawSealed
from evalclient.core.records.verified import VerifiedRecord


def seal_share(evaluation: Evaluation, act: DrawSealed, record: VerifiedRecord) -> Evaluation:
    """A party takes part. The last seal fixes the shares once the log has it: its leaf is the centre's part.

    While a member must withdraw nothing is fixed: his successor seals, and then that is the last seal.
    """
    seal = Seal(
        record=record.id,
        kind=record.payload.kind,
        author=record.payload.author,
        round=evaluation.round,
        when=act.when,
        at=record.received or record.payload.at,
    )
    sealed = replace(evaluation, seals={**evaluation.seals, record.id: seal})
    if not record.leaf or any(member.conflict for member in active_members(sealed)):
        return sealed
    found = {person: share_by(sealed, person, act.when) for person in parties(sealed, act.when)}
    seals = {person: share.record for person, share in found.items() if share is not None}
    if len(seals) < len(found):
        return sealed
    fixed = DrawShares(evaluation.round, seals, record.leaf)
    return replace(sealed, draw_shares={**sealed.draw_shares, act.when: fixed})
