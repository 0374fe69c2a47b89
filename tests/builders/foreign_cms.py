"""People whose keys other tools encrypt to, and what stock openssl makes for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from evalclient.crypto.keys.pkcs12 import KeyPair, Pkcs12Key
from tests.builders.openssl import openssl

CURVES: dict[str, type[ec.EllipticCurve]] = {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1, "P-521": ec.SECP521R1}
CIPHERS = tuple(f"aes-{bits}-{mode}" for bits in (128, 192, 256) for mode in ("gcm", "cbc"))


@dataclass(frozen=True)
class Reader:
    """Somebody other tools encrypt to: his key, and his certificate as openssl takes it."""

    key: Pkcs12Key
    certificate: Path

    @classmethod
    def create(cls, folder: Path, kind: str) -> Reader:
        """``kind`` is RSA or one of CURVES."""
        private = rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(CURVES[kind]())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"读者 {kind}")])
        certificate = (
            x509.CertificateBuilder(name, name, private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
            .sign(private, hashes.SHA256())
        )
        path = folder / f"{kind}.pem"
        path.write_bytes(certificate.public_bytes(Encoding.PEM))
        return cls(Pkcs12Key(KeyPair(private, certificate.public_bytes(Encoding.DER))), path)


def encrypted(content: Path, cipher: str, reader: Reader, *options: str) -> bytes:
    """``content`` as ``openssl cms -encrypt`` makes it; ``-keyopt`` of ``options`` belongs to the reader."""
    before = [one for one in options if one in {"-stream", "-keyid"}]
    after = [one for one in options if one not in before]
    command = ["cms", "-encrypt", "-binary", f"-{cipher}", "-outform", "DER", "-in", content, *before]
    return openssl(*command, "-recip", reader.certificate, *after)
