"""Acts by which the recovery custodians open a sealed body whose author does not publish its key (封存内容的恢复)."""

from __future__ import annotations

from evalclient.core.records.act import Act
from evalclient.core.records.fields import RecordId, Text


class RecoveryRequested(Act, frozen=True):
    """The organiser asks the recovery custodians for a sealed body, its author having let the time pass."""

    seal: RecordId
    ground: Text


class RecoveryReleased(Act, frozen=True):
    """A recovery custodian hands out his share of a sealed body's key, enveloped to the organiser's session."""

    seal: RecordId
    share: bytes
