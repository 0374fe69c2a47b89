"""Visible signatures in a PDF (PAdES, ETSI EN 319 142-1; 电子签章): one incremental revision per member, and their check.

``stamp`` signs with any ``KeyHandle``; ``verify_pdf`` reads the signatures of a file from outside. pyHanko takes 300 ms
to import, so it is imported when first used: ``pdf_signing`` and ``pdf_checking`` are for this module alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evalclient.core.ports import KeyHandle
from evalclient.crypto.errors import PdfRefused
from evalclient.crypto.pdf.signature import PdfSignature
from evalclient.crypto.trust.certificates import TrustStore

#: page (0 is the first, -1 the last), then the corners of the box in points from below: x1, y1, x2, y2
Box = tuple[int, float, float, float, float]
MAX_PDF = 64 << 20


def stamp(
    pdf: bytes,
    handle: KeyHandle,
    field_name: str,
    box: Box,
    lines: tuple[str, ...],
    at: datetime,
    *,
    reason: str = "",
    trust: TrustStore | None = None,
    revocations: Sequence[bytes] = (),
) -> bytes:
    """``pdf`` with one more revision: a visible signature in ``box``, the earlier bytes untouched.

    ``lines`` are printed (the first one large); ``at`` is aware and stands as the signing time; ``reason`` goes into the
    signature dictionary, where a dissent has room for its whole text. With ``trust`` the revision carries, covered by the
    signature, the certificates of the signer's path and those of ``revocations`` (lists and OCSP answers, DER) that speak
    of them. PdfRefused when the file cannot be signed, or when the field exists already.
    """
    from evalclient.crypto.pdf.signing import add_signature

    if at.tzinfo is None:
        raise ValueError("signing time needs a time zone")
    return add_signature(pdf, handle, field_name, box, lines, at, reason, trust, revocations)


def verify_pdf(
    untrusted_pdf: bytes, trust: TrustStore, at: datetime | None = None, now: datetime | None = None
) -> tuple[PdfSignature, ...]:
    """The signatures of a PDF in the order of their revisions.

    Paths are judged at ``at``, by when the signatures are known to have been there (a time stamp, a log); without it as
    of each claimed signing time, a certificate that is revoked by ``now`` then counting as revoked. What the file itself
    brings of certificates and revocation is taken into account. A signature that does not hold is reported, not raised;
    PdfRefused when the file cannot be read as a PDF.
    """
    from evalclient.crypto.pdf.checking import read_signatures

    if len(untrusted_pdf) > MAX_PDF:
        raise PdfRefused(
            "该 PDF 文件过大，无法检查，请核对来源。", "The PDF is too large to be checked; see where it comes from."
        )
    return read_signatures(untrusted_pdf, trust, at, now)
