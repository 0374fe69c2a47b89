"""A record whose signature, author and chain have been checked. Only ``crypto`` makes one; the fold takes nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from evalclient.core.records.act import Act
from evalclient.core.records.envelope import Payload
from evalclient.core.records.fields import Bilingual


@dataclass(frozen=True, slots=True)
class VerifiedRecord:
    """``act`` is None for a kind of a later version; ``certificate`` (DER) is set where a certificate signed.

    ``opened`` is the decoded content of the sealed body that a ``seal.opened`` record opens; None there means that the
    key or the content is garbage, which counts as not submitted. ``index`` and ``received`` come from the centre's log
    and are None and "" while the record is still pending here. ``doubt`` is what speaks against the certificate at that
    time (expired, revoked, of no recognised authority), or against the revocation list or time stamp that the record brings,
    None where nothing does: the fold's business, not the centre's. ``leaf`` is the hash (hex) of the
    log's leaf of a share of a draw, "" while pending and for all other records. ``caution`` is what a reader is to be told of
    the certificate though it counts: that nothing current clears it of revocation, under a rule that accepts this.
    """

    id: str
    payload: Payload
    act: Act | None
    certificate: bytes | None = None
    opened: msgspec.Struct | None = None
    index: int | None = None
    received: str = ""
    doubt: Bilingual | None = None
    leaf: str = ""
    caution: Bilingual | None = None
