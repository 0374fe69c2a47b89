"""Signing a record, and verifying one with path and revocation lists: the first time, and with everything warm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.cms import sign_detached, verify_detached
from evalclient.crypto.demo.pki import DemoAuthority, DemoPki
from evalclient.crypto.keys import KeyPair, Pkcs12Key
from evalclient.crypto.trust.certificates import TrustStore
from tests.bench.figures import Figure, Measured, milliseconds, processor_milliseconds, spread

_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_ROUNDS = 200
#: as long as the list of a large authority
_LISTED = 100_000
_RECORD = b"evalclient-record/1\n" + b"x" * 4000


def measure() -> Measured:
    pki = DemoPki.create("bench", _AT, ("rsa", "ec", "sm2"))
    keys = {
        "EC P-256": _key(pki.authorities[1], "ec"),
        "RSA-3072": _rsa_3072(pki.authorities[1]),
        "SM2": _key(pki.authorities[2], "sm2"),
    }
    lists = pki.crls(_AT - timedelta(hours=1))
    store = TrustStore(pki.roots, lists, rule=RevocationRule(unknown="refuse"))
    figures: list[Figure] = []
    for name, key in keys.items():
        signed = sign_detached(_RECORD, key, _AT)
        signing = [processor_milliseconds(partial(sign_detached, _RECORD, key, _AT)) for _ in range(_ROUNDS)]
        first = milliseconds(partial(_verified, store, signed))
        warm = [processor_milliseconds(partial(_verified, store, signed)) for _ in range(_ROUNDS)]
        figures += spread(f"sign a record, {name}", signing, {0.5: 15})[:1]
        figures.append(Figure(f"verify it with path and lists, {name}, first time", first, "ms"))
        figures += spread(f"the same warm, {name}", warm, {0.5: 3})[:1]
    figures.append(_large_list(pki.authorities[1], pki.roots, keys["EC P-256"]))
    return Measured(
        tuple(figures),
        (
            "a record of 4 kB; the list of the person's issuer and that of its root, under “refuse”; signing and warm verifying by the processor’s clock",
        ),
    )


def _verified(store: TrustStore, signature: bytes) -> None:
    signer = verify_detached(_RECORD, signature)
    verdict = store.validate(signer.certificate, signer.chain, _AT)
    if verdict.clearance != "current":
        raise AssertionError(verdict.en)


def _large_list(authority: DemoAuthority, roots: tuple[bytes, ...], key: Pkcs12Key) -> Figure:
    """A path of which nothing is known yet, against a list of many, read and checked."""
    for number in range(_LISTED):
        authority._revoked[(1 << 100) + number] = _AT
    large = authority.crls(_AT - timedelta(hours=1))

    def judged() -> None:
        store = TrustStore(roots, large, rule=RevocationRule(unknown="refuse"))
        if not store.validate(key.certificate, key.chain, _AT).accepted:
            raise AssertionError

    times = [milliseconds(judged) for _ in range(5)]
    return spread(f"read a list of {_LISTED:,} and judge a path by it, first time", times)[0]


def _key(authority: DemoAuthority, kind: str) -> Pkcs12Key:
    return Pkcs12Key.open(authority.issue("张伟", "某某大学", pin="1", kind=kind).p12, "1")  # type: ignore[arg-type]


def _rsa_3072(authority: DemoAuthority) -> Pkcs12Key:
    private = rsa.generate_private_key(65537, 3072)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "王强（演示）")]))
        .issuer_name(authority.issuing.subject)
        .public_key(private.public_key())
        .serial_number(4711)
        .not_valid_before(_AT - timedelta(days=1))
        .not_valid_after(_AT + timedelta(days=1))
    )
    certificate = builder.sign(authority.issuing_key, hashes.SHA256())  # type: ignore[arg-type]
    der = certificate.public_bytes(Encoding.DER)
    return Pkcs12Key(KeyPair(private, der), chain=(authority.intermediate_der,))
