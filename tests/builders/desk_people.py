"""What people at desks in tests bring along: a key of their own, and a clock."""

from __future__ import annotations

import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from evalclient.crypto.keys import Pkcs12Key


class StepClock:
    """A clock that goes on by 100 ms each time somebody looks."""

    def __init__(self, at: str) -> None:
        self.moment = datetime.datetime.fromisoformat(at)

    def now(self) -> str:
        self.moment += datetime.timedelta(milliseconds=100)
        return self.moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.moment.microsecond // 1000:03}Z"


@lru_cache(maxsize=64)
def key_of(name: str, place: str) -> Pkcs12Key:
    """A person's key: P-256, self-signed."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.TITLE, place)])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=3650))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    return Pkcs12Key(private, certificate.public_bytes(serialization.Encoding.DER), ())
