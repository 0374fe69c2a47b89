"""Checking the signatures of a PDF with pyHanko. Imported by ``crypto.pdf`` when first used."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from evalclient.crypto.errors import PdfRefused
from evalclient.crypto.pdf_signature import PdfSignature

# The library logs every doubt with a traceback and the names in the certificate; the answer says it, without names.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.ERROR)
_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_PARSER_ERRORS: Final = (
    PdfError,
    SignatureValidationError,
    UnacceptableSignerError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
)


def read_signatures(untrusted_pdf: bytes, roots: Sequence[bytes], at: datetime | None) -> tuple[PdfSignature, ...]:
    """See ``crypto.pdf.verify_pdf``."""
    try:
        reader = PdfFileReader(io.BytesIO(untrusted_pdf))
        embedded = list(reader.embedded_signatures)
        return tuple(_judged(signature, roots, at) for signature in embedded)
    except _PARSER_ERRORS as error:
        raise PdfRefused(
            f"该 PDF 已损坏或不合格式（{error}），请向签发方索取原件。",
            f"The PDF is damaged or malformed ({error}); ask its issuer for the original.",
        ) from error


def _judged(signature: Any, roots: Sequence[bytes], at: datetime | None) -> PdfSignature:
    claimed = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(der) for der in roots],
        moment=at or claimed,
        best_signature_time=at or claimed,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(signature, context, key_usage_settings=_USAGE)
    whole_file = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    covered = whole_file or status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    return PdfSignature(
        field=str(signature.field_name),
        certificate=signature.signer_cert.dump(),
        chain=tuple(other.dump() for other in signature.other_embedded_certs),
        claimed_at=claimed,
        reason=str(signature.sig_object.get("/Reason", "")),
        holds=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        bottom_line=bool(status.bottom_line) and covered,
        unchanged=bool(status.docmdp_ok),
        revision=_end(signature) if covered else 0,
        whole_file=whole_file,
    )


def _end(signature: Any) -> int:
    _, _, start, length = (int(number) for number in signature.byte_range)
    return start + length
