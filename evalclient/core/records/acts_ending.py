"""Acts of the report, of endings, and of housekeeping."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from evalclient.core.records.act import Act, Stage
from evalclient.core.records.fields import Digest, Name, OptionalDigest, PersonId, RecordId, Text

#: an RFC 3161 token (DER), of a size that a record has room for
TimeToken = Annotated[bytes, Meta(min_length=1, max_length=64 << 10)]
Ending = Literal["awarded", "too_few", "all_rejected", "defective_document", "new_committee", "unsigned"]


class ReportRendered(Act, frozen=True):
    """The leader's client rendered the report (评标报告); its bytes are a blob."""

    document: Digest
    result: Digest

    @property
    def files(self) -> tuple[str, ...]:
        return (self.document,)


class ReportSigned(Act, frozen=True):
    """A member signs the report's digest; ``dissent`` is a different opinion with its reason, or "" (签字)."""

    document: Digest
    dissent: Text = ""


class ReportRefused(Act, frozen=True):
    """The organiser records that a member neither signs nor dissents in writing: deemed consent (条例 第五十三条)."""

    member: PersonId
    ground: Text


class ReportStamped(Act, frozen=True):
    """A member's visible signature in the PDF: the revision it makes and the one before it."""

    document: Digest
    previous: Digest

    @property
    def files(self) -> tuple[str, ...]:
        return (self.document,)


class EvaluationEnded(Act, frozen=True):
    """The organiser records how the evaluation ended, with its ground; every ending has a report."""

    ending: Ending
    ground: Text
    document: OptionalDigest = ""

    @property
    def files(self) -> tuple[str, ...]:
        return (self.document,) if self.document else ()


class RollbackRequested(Act, frozen=True):
    """Leader or organiser asks to go back to a stage (回退)."""

    to_stage: Stage
    ground: Text


class RollbackApproved(Act, frozen=True):
    """The supervisor approves a roll-back: a new round begins at that stage, former results are kept."""

    request: RecordId


class CommitteeDissolved(Act, frozen=True):
    """The organiser dissolves the committee; a new one must be formed and evaluate again (条例 第四十八条)."""

    ground: Text


class DraftSaved(Act, frozen=True):
    """A draft, committed at each field: AES-256-GCM (SM4-GCM in the SM suite) under the author's draft key (自动保存)."""

    topic: Name
    cipher: bytes


class PracticeFilled(Act, frozen=True):
    """Practice only: the client filled in the rest for the person."""

    topic: Name


class CheckpointCosigned(Act, frozen=True):
    """A room co-signs the checkpoint it has verified at a stage end."""

    stage: Stage
    size: Annotated[int, Meta(ge=1)]
    root: Digest


class ReportTimestamped(Act, frozen=True):
    """A time-stamping authority's token (RFC 3161) over the report that the evaluation ended with (时间戳)."""

    document: Digest
    token: TimeToken


class LogTimestamped(Act, frozen=True):
    """A time-stamping authority's token (RFC 3161) over a checkpoint of the log after its end, by size and root (时间戳)."""

    size: Annotated[int, Meta(ge=1)]
    root: Digest
    token: TimeToken
