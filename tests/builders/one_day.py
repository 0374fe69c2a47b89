"""An evening whose record 0 names an authority for certificates of one day, and the member who needs one."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from evalclient.crypto.cms.key_agreement import PrivateKey
from evalclient.crypto.event_authority import KeyRequest, issue, key_file, new_request, read_request
from evalclient.crypto.keys import KeyPair, Pkcs12Key
from evalclient.desk.administrator import Administrator
from tests.builders.desks import Desks

TWO = ("id_card", "face")
PIN = "一日 4711"
START = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def authority_of(name: str, private: PrivateKey) -> Pkcs12Key:
    """An authority that signed itself."""
    assert isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"), False)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(START + datetime.timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                **usage,
                key_agreement=False,
                key_cert_sign=True,
                crl_sign=True,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(private, hashes.SHA256())
    )
    return Pkcs12Key(KeyPair(private, made.public_bytes(Encoding.DER)))


@lru_cache
def authority() -> Pkcs12Key:
    return authority_of("当日证书机构", ec.generate_private_key(ec.SECP256R1()))


class Evening(Desks):
    """Record 0 names an event authority."""

    def event_authority(self) -> bytes:
        return authority().certificate

    def witness(self, admin: str = "admin-a", factors: tuple[str, ...] = TWO, member: str = "m4") -> KeyRequest:
        """The member makes a key, the administrator of his site witnesses."""
        self.locked, request = new_request("陈志远", "某某大学", PIN)
        read = read_request(request)
        Administrator(self.desk(admin)).witness_identity(member, read, factors, "lost")
        self.share()
        return read

    def issue(self, request: KeyRequest, **changes: Any) -> bytes:
        at = changes.get("at") or datetime.datetime.fromisoformat(self.clock.now())
        return issue(
            request, changes.get("by") or authority(), at, changes.get("lasts") or datetime.timedelta(hours=12)
        )

    def take(self, certificate: bytes) -> Pkcs12Key:
        """From now on the member works with this one."""
        p12 = key_file(self.locked, certificate, authority().certificate, PIN)
        self.keys = {**self.keys, "m4": Pkcs12Key.open(p12, PIN)}
        return self.keys["m4"]


@lru_cache
def _ready() -> Evening:
    return Evening().until("checkin")


def evening_at_checkin() -> Evening:
    """A fork of a cached one."""
    return _ready().fork()
