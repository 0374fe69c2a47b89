"""The clock of this machine, in the one form that records use."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """``at`` (aware) as RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


class SystemClock:
    """``core.ports.Clock`` on the machine's own time; what it says in a record is a claim, the centre's time counts."""

    def now(self) -> str:
        """Now."""
        return moment(datetime.now(UTC))  # noqa: TID251 - the one place that reads the clock
