"""What people at desks in tests bring along: names, a key of their own under an authority that they share, a clock."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from evalclient.crypto.keys import KeyPair, Pkcs12Key

BIDDER_NAMES: Final = (
    "云南建投第三建设有限公司",
    "昆明春城建筑工程有限公司",
    "滇中城建集团股份有限公司",
    "大理苍洱市政工程有限公司",
    "玉溪红塔建设工程有限公司",
    "曲靖珠江源建筑有限责任公司",
)


class StepClock:
    """A clock that goes on by 100 ms each time somebody looks."""

    def __init__(self, at: str) -> None:
        self.moment = datetime.datetime.fromisoformat(at)

    def now(self) -> str:
        self.moment += datetime.timedelta(milliseconds=100)
        return self.moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.moment.microsecond // 1000:03}Z"


_START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@lru_cache
def _authority() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "测试认证机构")])
    builder = _certificate(subject, subject, private.public_key())
    return private, builder.add_extension(x509.BasicConstraints(True, None), critical=True).sign(
        private, hashes.SHA256()
    )


def root_of_keys() -> bytes:
    """The certificate (DER) of the authority behind every ``key_of``."""
    return _authority()[1].public_bytes(serialization.Encoding.DER)


@lru_cache(maxsize=64)
def key_of(name: str, place: str) -> Pkcs12Key:
    """A person's key: P-256."""
    private = ec.generate_private_key(ec.SECP256R1())
    issuing, issuer = _authority()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.TITLE, place)])
    certificate = _certificate(subject, issuer.subject, private.public_key()).sign(issuing, hashes.SHA256())
    return Pkcs12Key(KeyPair(private, certificate.public_bytes(serialization.Encoding.DER)))


def _certificate(subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_START)
        .not_valid_after(_START + datetime.timedelta(days=3650))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
