"""English counts: one record, two records. Chinese has no plural."""

from __future__ import annotations


def counted(count: int | str, one: str, many: str = "") -> str:
    """The number with its noun: ``counted(1, "record")`` is "1 record"; ``many`` where the plural is no plain -s."""
    return f"{count} {one if str(count) == '1' else many or one + 's'}"
