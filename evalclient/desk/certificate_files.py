"""Certificate files, as somebody hands them in to be appointed: DER or PEM, never a key."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from evalclient.core.errors import EvalclientError
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives.public_keys import MALFORMED, load_certificate
from evalclient.desk.chosen_files import read_chosen

MAX_FILE = 256 << 10
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


class CertificateFileRefused(EvalclientError):
    """The file is not a certificate."""


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A certificate (DER) with what a person compares: name, organisation, last day of validity (YYYY-MM-DD)."""

    der: bytes
    name: str
    organisation: str
    valid_to: str


def read_certificate(untrusted: bytes) -> CertificateFile:
    """The certificate in a ``.cer``, ``.crt``, ``.der`` or ``.pem`` file; CertificateFileRefused for anything else."""
    try:
        if len(untrusted) > MAX_FILE:
            raise ValueError("larger than any certificate")
        block = _PEM.search(untrusted)
        der = base64.b64decode(block[1], validate=False) if block else untrusted
        return _described(der, load_certificate(der))
    except (*MALFORMED, binascii.Error, CertificateRefused) as error:
        raise CertificateFileRefused(
            "所选文件不是证书文件（.cer/.crt/.der/.pem），请向本人索取其签名证书。",
            "The file is not a certificate (.cer, .crt, .der, .pem); ask the person for his signing certificate.",
        ) from error


def _described(der: bytes, certificate: x509.Certificate) -> CertificateFile:
    """What it says of itself; its fields are parsed only now, so malformed ones are found here."""
    return CertificateFile(
        der,
        _subject(certificate, NameOID.COMMON_NAME),
        _subject(certificate, NameOID.ORGANIZATION_NAME),
        certificate.not_valid_after_utc.date().isoformat(),
    )


def open_certificate(path: Path) -> CertificateFile:
    """``read_certificate`` of a file; FileNotRead, CertificateFileRefused."""
    return read_certificate(read_chosen(path, MAX_FILE + 1))


def _subject(certificate: x509.Certificate, name: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(name)
    return str(found[0].value) if found else ""
