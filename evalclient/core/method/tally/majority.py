"""The group's finding on a preliminary item (少数服从多数)."""

from __future__ import annotations

from evalclient.core.method.document.parts import Majority


def group_passes(majority: Majority, fails: int, members: int) -> bool:
    """Whether an item is passed when ``fails`` of ``members`` found a fail; without a fail it always is."""
    failed = {
        "any": fails > 0,
        "half_or_more": 2 * fails >= members,
        "more_than_half": 2 * fails > members,
        "two_thirds": 3 * fails >= 2 * members,
    }[majority.fails_when]
    return fails == 0 or not failed
