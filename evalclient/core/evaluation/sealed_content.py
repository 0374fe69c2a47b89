"""Whether the content of an opened seal is whole: an incomplete review or sheet counts as not submitted."""

from __future__ import annotations

import msgspec

from evalclient.core.evaluation.state import Evaluation, Seal
from evalclient.core.evaluation.views import reviewed_bids
from evalclient.core.method.document.scored import items_of
from evalclient.core.records.acts_committee import Review, ScoreSheet, Vote
from evalclient.core.records.acts_draw import DrawShare


def whole_content(evaluation: Evaluation, seal: Seal, content: msgspec.Struct | None) -> msgspec.Struct | None:
    """``content`` if it covers all that ``seal`` had to cover, else None.

    A review gives an opinion on each item of each bid and a reason for each fail (12号令 第二十二条); a sheet scores
    each item of each bid. Scores out of range stay: the re-check flags them (87号令 第六十四条).
    """
    match seal.kind, content:
        case ("vote.sealed", Vote()) | ("draw.sealed", DrawShare()):
            whole = True
        case "review.sealed", Review() as review:
            whole = _is_whole_review(evaluation, review)
        case "sheet.sealed", ScoreSheet() as sheet:
            whole = _is_whole_sheet(evaluation, seal, sheet)
        case _:
            whole = False
    return content if whole else None


def _is_whole_review(evaluation: Evaluation, review: Review) -> bool:
    items = {item.id for item in evaluation.method.preliminary}
    rows = review.opinions
    return set(rows) == {bid.bidder for bid in reviewed_bids(evaluation)} and all(
        set(row) == items and all(opinion.passed or opinion.reason.strip() for opinion in row.values())
        for row in rows.values()
    )


def _is_whole_sheet(evaluation: Evaluation, seal: Seal, sheet: ScoreSheet) -> bool:
    items = {item.id for item in items_of(evaluation.method)}
    return set(sheet.scores) == set(seal.bids) and all(set(row) == items for row in sheet.scores.values())
