"""What the records around a recovered sealed body change."""

from __future__ import annotations

from dataclasses import replace

from evalclient.core.evaluation.state import Evaluation, Recovery
from evalclient.core.records.acts_recovery import RecoveryReleased, RecoveryRequested
from evalclient.core.records.verified import VerifiedRecord


def request(evaluation: Evaluation, act: RecoveryRequested, record: VerifiedRecord) -> Evaluation:
    """The organiser has asked for a sealed body."""
    return replace(evaluation, recovery={**evaluation.recovery, act.seal: Recovery(record.id, act.ground)})


def release(evaluation: Evaluation, act: RecoveryReleased, record: VerifiedRecord) -> Evaluation:
    """A custodian has handed out his share."""
    asked = evaluation.recovery[act.seal]
    shares = {**asked.shares, record.payload.author: act.share}
    return replace(evaluation, recovery={**evaluation.recovery, act.seal: replace(asked, shares=shares)})
