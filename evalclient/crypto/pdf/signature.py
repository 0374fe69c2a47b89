"""What is found of one signature in a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evalclient.crypto.signature_verdict import SignatureVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSignature:
    """One signature in a PDF, as found.

    ``certificate`` and ``chain`` are DER and come from the file. ``holds``: digest and signature are right. ``trusted``:
    a path leads to one of the roots given. ``unchanged``: nothing but further signatures and what checks them later was
    added to what it covers. ``verdict`` is all of it, with the reason where it does not hold. ``revision`` is the length
    in bytes of the file up to the end of this signature's revision, 0 where the signature does not cover that revision
    whole; ``whole_file`` says that nothing follows.
    """

    field: str
    certificate: bytes
    chain: tuple[bytes, ...]
    claimed_at: datetime | None
    reason: str
    holds: bool
    trusted: bool
    unchanged: bool
    revision: int
    whole_file: bool
    verdict: SignatureVerdict

    @property
    def bottom_line(self) -> bool:
        """Whether it is to be relied on."""
        return self.verdict.holds
