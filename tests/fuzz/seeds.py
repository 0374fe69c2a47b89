"""Writes the seeds of the corpus: one small file for each kind of input that real tools make (needs openssl)."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory  # noqa: TID251 - seeds hold nothing secret

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from evalclient.crypto.bid_package import asic_manifest
from evalclient.crypto.bid_package.suites import INTERNATIONAL
from evalclient.crypto.cms import envelop, seal_with_key, sign_attached, sign_detached
from evalclient.crypto.cms.cades_t import with_timestamp
from evalclient.crypto.demo.pki import Purpose
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import stamp
from evalclient.crypto.trust.certificates import TrustStore
from tests.builders.foreign_cms import Reader, encrypted
from tests.builders.packages import parts_of, small_package
from tests.builders.revocations import answer, issuer_of, revocation_list
from tests.builders.samples_pdf import small_pdf
from tests.builders.time_tokens import token
from tests.fuzz.run import CORPUS
from tests.fuzz.targets import CONTENT, KEY, authority, reader, sm_reader

DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PIN = "1"
_TIME: tuple[Purpose, ...] = ("timestamp",)


def main() -> None:
    """Write every seed anew; findings that were kept are left alone."""
    for name, seeds in {
        "foreign_cms": _foreign(),
        "signatures": {
            "detached": sign_detached(CONTENT, reader(), DAY),
            "attached": sign_attached(CONTENT, reader(), DAY),
            "sm2": sign_detached(CONTENT, sm_reader(), DAY),
        },
        "packages": _packages(),
        "zips": {"deflated": _zip(zipfile.ZIP_DEFLATED), "stored": _zip(zipfile.ZIP_STORED)},
        "key_files": _key_files(),
        "pdf_files": _pdf_files(),
        "evidence": _evidence(),
    }.items():
        folder = CORPUS / name
        folder.mkdir(parents=True, exist_ok=True)
        for seed, content in seeds.items():
            (folder / f"seed-{seed}").write_bytes(content)


def _foreign() -> dict[str, bytes]:
    made = {
        "envelope": envelop(b"content", [reader().certificate]),
        "sealed": seal_with_key(b"content", KEY, b"price"),
        "sm2": envelop(b"content", [sm_reader().certificate]),
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        pem = folder / "reader.pem"
        pem.write_bytes(x509.load_der_x509_certificate(reader().certificate).public_bytes(Encoding.PEM))
        (folder / "zip").write_bytes(_zip(zipfile.ZIP_DEFLATED))
        for cipher in ("aes-256-gcm", "aes-128-cbc"):
            for stream in ((), ("-stream",)):
                made["".join((cipher, *stream))] = encrypted(folder / "zip", cipher, Reader(reader(), pem), *stream)
    return made


def _packages() -> dict[str, bytes]:
    package = small_package(reader(), reader(), DAY).package
    parts = parts_of(package)
    digests = {"c/0001.000.p7m": bytes(32)}
    return {
        "package": package,
        "keys": parts["META-INF/keys.json"],
        "seal": asic_manifest.encode(digests, INTERNATIONAL),
    }


def _zip(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("商务/a.txt"), "投标函" * 20, method)
        archive.writestr(zipfile.ZipInfo("b.bin"), random.Random(1).randbytes(50), method)
    return out.getvalue()


def _evidence() -> dict[str, bytes]:
    issuer = issuer_of(authority())
    holder = authority().issue("holder", "fuzz", pin=PIN).certificate
    stamper = Pkcs12Key.open(authority().issue("stamper", "fuzz", _TIME, pin=PIN).p12, PIN)
    return {
        "certificate": holder,
        "list": revocation_list(issuer, DAY, revoked={holder: DAY}),
        "answer": answer(holder, issuer, DAY, revoked=DAY),
        "token": token(stamper, bytes(32), DAY),
        "stamped": with_timestamp(sign_detached(CONTENT, reader(), DAY), token(stamper, bytes(32), DAY)),
    }


def _key_files() -> dict[str, bytes]:
    key = reader()
    certificate = x509.load_der_x509_certificate(key.certificate)
    private = key._signing.private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    modern = pkcs12.serialize_key_and_certificates(
        b"fuzz", private, certificate, None, BestAvailableEncryption(PIN.encode())
    )
    return {"modern": modern}


def _pdf_files() -> dict[str, bytes]:
    key = Pkcs12Key.open(authority().issue("fuzz", "fuzz", pin="1").p12, "1")
    trust = TrustStore((authority().root_der,))
    signed = stamp(small_pdf("fuzz", 1), key, "a", (0, 20, 20, 120, 60), ("a",), DAY, trust=trust)
    return {"plain": small_pdf("fuzz", 1), "signed": signed}


if __name__ == "__main__":
    main()
