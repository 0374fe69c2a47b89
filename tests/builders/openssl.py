"""The stock openssl command as an oracle, and PEM files for it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12


def openssl(*arguments: object) -> bytes:
    """Standard output; CalledProcessError when the command refuses."""
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True).stdout


def pem_pair(folder: Path, p12: bytes, pin: str) -> tuple[Path, Path]:
    """Certificate and unencrypted key of a PKCS#12 file, as PEM files in ``folder``."""
    key, certificate, _ = pkcs12.load_key_and_certificates(p12, pin.encode())
    assert key is not None
    assert certificate is not None
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "certificate.pem", folder / "key.pem"


def pem_file(path: Path, certificates: Iterable[bytes]) -> Path:
    """DER certificates as one PEM file."""
    loaded = [x509.load_der_x509_certificate(one).public_bytes(Encoding.PEM) for one in certificates]
    path.write_bytes(b"".join(loaded))
    return path
