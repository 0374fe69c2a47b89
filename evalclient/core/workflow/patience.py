"""How long somebody is given before others may act in his place: minutes of record 0, by the centre's time."""

from __future__ import annotations

from datetime import datetime, timedelta


def later(moment: str, minutes: int) -> str:
    """The moment (RFC 3339, UTC, milliseconds) so many minutes after another."""
    due = datetime.fromisoformat(moment) + timedelta(minutes=minutes)
    return due.strftime("%Y-%m-%dT%H:%M:%S.") + f"{due.microsecond // 1000:03d}Z"
