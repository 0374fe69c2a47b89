"""The event authority vouches for the members that were named, itself, by signature, for a day: nothing beyond."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import TimestampRefused
from evalclient.crypto.keys import KeyPair, Pkcs12Key
from evalclient.crypto.trust.certificates import TrustStore, fingerprint
from evalclient.crypto.trust.timestamps import verify_token
from tests.builders.time_tokens import token

HOUR = timedelta(hours=1)
IMPRINT = hashlib.sha256(b"document").digest()


class Maker:
    """An authority that certifies whatever it is asked for, beneath another or by itself."""

    def __init__(self, name: str, day: datetime, above: Maker | None = None) -> None:
        self.day = day
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        maker = above or self
        self.der = maker.certify(self.name, self.key, 20 * HOUR, ca=True)

    def certify(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        lasts: timedelta,
        *,
        ca: bool = False,
        stamps: bool = False,
    ) -> bytes:
        use = dict.fromkeys(
            ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
             "decipher_only"), False,
        )  # fmt: skip
        usage = x509.KeyUsage(digital_signature=not ca, key_cert_sign=ca, crl_sign=ca, **use)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.day - HOUR)
            .not_valid_after(self.day - HOUR + lasts)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
        )
        if stamps:
            only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(only, critical=True)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def person(self, lasts: timedelta) -> bytes:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "周明")])
        return self.certify(name, ec.generate_private_key(ec.SECP256R1()), lasts)


@pytest.fixture
def event(day: datetime) -> Maker:
    return Maker("event authority", day)


def reason(store: TrustStore, named: bytes, *chain: bytes, at: datetime, purpose: str = "sign") -> str:
    """The verdict where the roster names the certificate as a member's for the day."""
    seated = store.seating((fingerprint(named),), "sha256")
    return seated.validate(named, chain, at, purpose).reason  # type: ignore[arg-type]


@pytest.mark.parametrize("unknown", ["warn", "refuse"])
def test_only_what_it_signs_itself_for_a_named_member_for_a_day_counts(
    unknown: str, pki: DemoPki, day: datetime, event: Maker
) -> None:
    rule = RevocationRule(unknown=unknown)  # type: ignore[arg-type]
    store = TrustStore(pki.roots, rule=rule, event_authority=event.der)
    member, stranger = event.person(24 * HOUR), event.person(24 * HOUR)
    assert reason(store, member, at=day) == "accepted"
    assert store.seating((fingerprint(member),), "sha256").validate(stranger, (), day).reason == "unknown_authority"
    assert reason(store, member, at=day, purpose="stamp") == "unknown_authority"
    assert reason(store, member, at=day, purpose="any") == "unknown_authority"
    assert reason(store, event.person(24 * HOUR + timedelta(seconds=1)), at=day) == "unknown_authority"
    below = Maker("sub", day, event)
    assert reason(store, below.person(20 * HOUR), below.der, at=day) == "unknown_authority"
    assert reason(store, below.person(9000 * HOUR), below.der, at=day) == "unknown_authority"
    assert reason(store, event.der, at=day, purpose="any") == "unknown_authority"


def test_a_root_above_it_opens_no_way_around(day: datetime) -> None:
    root = Maker("root", day)
    event, other = Maker("event authority", day, root), Maker("other", day, root)
    below = Maker("sub", day, event)
    store = TrustStore([root.der], event_authority=event.der)
    assert reason(store, other.person(9000 * HOUR), other.der, at=day) == "accepted"
    assert reason(store, event.person(9000 * HOUR), event.der, at=day) == "unknown_authority"
    assert reason(store, below.person(HOUR * 20), below.der, event.der, at=day) == "unknown_authority"
    again = root.certify(event.name, event.key, 30 * HOUR, ca=True)  # the same authority under another certificate
    assert reason(store, event.person(9000 * HOUR), again, at=day) == "unknown_authority"
    assert reason(store, event.person(20 * HOUR), at=day) == "accepted"


def test_a_time_stamp_by_its_word_does_not_count(pki: DemoPki, day: datetime, event: Maker) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stamps")])
    stamper = Pkcs12Key(KeyPair(key, event.certify(name, key, 20 * HOUR, stamps=True)))
    made = token(stamper, IMPRINT, day)
    store = TrustStore(pki.roots, event_authority=event.der).seating((fingerprint(stamper.certificate),), "sha256")
    with pytest.raises(TimestampRefused, match="not issued by an authority"):
        verify_token(made, IMPRINT, "sha256", store)
    assert verify_token(made, IMPRINT, "sha256", TrustStore([event.der])).at == day
