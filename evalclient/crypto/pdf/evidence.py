"""The document security store of a PDF (DSS; ISO 32000-2, 12.8.4.3): what checks its signatures in later years.

Each signature brings, within its own revision and so covered by it, the certificates of its path and what was then known
of revocation. Loaded with the library, by ``pdf_checking`` and ``pdf_signing`` alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.validation.dss import DocumentSecurityStore

from evalclient.crypto.primitives.public_keys import MALFORMED, load_certificate
from evalclient.crypto.trust.certificates import MAX_CHAIN

MAX_ITEMS: Final = 64
MAX_ITEM: Final = 4 << 20
#: what the library raises over malformed files, by and by
READER_ERRORS: Final = (
    *MALFORMED,
    PdfError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file brings along, untrusted: certificates, and lists and OCSP answers (all DER)."""

    certificates: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()

    def chain(self, chain: Sequence[bytes]) -> tuple[bytes, ...]:
        """``chain`` and what else of it the file has, no more than a path can have."""
        return tuple(dict.fromkeys((*chain, *self.certificates)))[: max(len(chain), MAX_CHAIN)]


def read_evidence(reader: Any) -> Evidence:
    """The store of a PDF; what of it is garbage is left out, for no signature rests on its being there."""
    revocations = (
        *_streams(reader, "/CRLs", DecodePurpose.CRL),
        *_streams(reader, "/OCSPs", DecodePurpose.OCSP_RESPONSE),
    )
    return Evidence(tuple(_streams(reader, "/Certs", DecodePurpose.CERTIFICATE)), revocations)


def _streams(reader: Any, name: str, purpose: DecodePurpose) -> Iterator[bytes]:
    try:
        items = list(reader.root["/DSS"][name])
    except READER_ERRORS:
        return
    for item in items[:MAX_ITEMS]:
        try:
            stream = item.get_object()
            data = stream.read_data(purpose) if isinstance(stream, StreamObject) else b""
        except READER_ERRORS:
            continue
        if 0 < len(data) <= MAX_ITEM:
            yield data


def spoken_of(path: Sequence[bytes], revocations: Sequence[bytes]) -> tuple[bytes, ...]:
    """Those of ``revocations`` (lists and OCSP answers, DER) that may speak of a certificate of ``path``, issuer last."""
    issuers = {load_certificate(der).subject.public_bytes() for der in path[1:]}
    issuers |= {load_certificate(der).issuer.public_bytes() for der in path}
    return tuple(der for der in revocations if not is_list(der) or _list(der).issuer.public_bytes() in issuers)


def is_list(der: bytes) -> bool:
    """Whether this is a revocation list; else it is an OCSP answer, or nothing."""
    try:
        _list(der)
    except MALFORMED:
        return False
    return True


def add_evidence(writer: Any, certificates: Sequence[bytes], revocations: Sequence[bytes]) -> None:
    """Put certificates, and lists and OCSP answers (DER), into the revision being written; what is there already stays."""
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[asn1_x509.Certificate.load(der) for der in certificates],
        crls=[asn1_crl.CertificateList.load(der) for der in revocations if is_list(der)],
        ocsps=[asn1_ocsp.OCSPResponse.load(der) for der in revocations if not is_list(der)],
    )


def _list(der: bytes) -> x509.CertificateRevocationList:
    return x509.load_der_x509_crl(der)
