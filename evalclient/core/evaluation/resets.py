"""What falls away when an evaluation goes back to an earlier stage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from evalclient.core.evaluation.drawing import DRAWN_IN
from evalclient.core.evaluation.state import Evaluation, stage_index
from evalclient.core.records.act import Stage

_RESULTS: Final[tuple[tuple[Stage, str, Any], ...]] = (
    ("leader", "leader", ""),
    ("preliminary", "competition", {}),
    ("settlement", "corrections", ()),
    ("price", "price_corrected", {}),
    ("price", "price_confirmed", {}),
    ("summary", "summary", ""),
    ("recheck", "rechecks", {}),
    ("recheck", "abnormal", {}),
    ("candidates", "candidates", None),
    ("report", "report", None),
)
_SEALS: Final[tuple[tuple[Stage, str], ...]] = (
    ("leader", "vote.sealed"),
    ("preliminary", "review.sealed"),
    ("scoring", "sheet.sealed"),
)


def reset_from(evaluation: Evaluation, stage: Stage) -> Evaluation:
    """Drop the results of ``stage`` and all later ones; the records behind them stay in the log."""
    first = stage_index(stage)
    cleared = {name: empty for owner, name, empty in _RESULTS if stage_index(owner) >= first}
    return replace(evaluation, **cleared)


def void_seals_from(evaluation: Evaluation, stage: Stage) -> Evaluation:
    """Void the sealed bodies of ``stage`` and later stages."""
    first = stage_index(stage)
    kinds = {kind for owner, kind in _SEALS if stage_index(owner) >= first}
    seals = {key: replace(seal, void=True) if seal.kind in kinds else seal for key, seal in evaluation.seals.items()}
    ballot = evaluation.ballot + 1 if "vote.sealed" in kinds else evaluation.ballot
    return replace(evaluation, seals=seals, ballot=ballot, runoff=())


def void_shares_from(evaluation: Evaluation, stage: Stage) -> Evaluation:
    """Void the shares of draws in ``stage`` and later ones for which some have not sealed yet.

    Where all have, the draw stands: somebody may know what it will give, and going back would be a second draw.
    """
    begun = {
        when
        for when, owner in DRAWN_IN.items()
        if stage_index(owner) >= stage_index(stage) and when not in evaluation.draw_shares
    }
    seals = {key: replace(seal, void=True) if seal.when in begun else seal for key, seal in evaluation.seals.items()}
    return replace(evaluation, seals=seals)


def void_sheets_not_covering(evaluation: Evaluation, bidders: set[str]) -> Evaluation:
    """Void the score sheets, and the corrections on them, that do not score one of ``bidders``.

    After a replacement the group's preliminary review may let in a bid that the others have not scored yet.
    """
    void = {
        key: replace(seal, void=True)
        for key, seal in evaluation.seals.items()
        if seal.kind == "sheet.sealed" and not seal.void and not bidders <= set(seal.bids)
    }
    authors = {seal.author for seal in void.values()}
    corrections = tuple(entry for entry in evaluation.corrections if entry.member not in authors)
    return replace(evaluation, seals={**evaluation.seals, **void}, corrections=corrections)
