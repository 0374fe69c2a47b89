"""Three demonstration authorities that recognise each other (CA 互认): reproducible from a seed, marked in every name.

Never for anything but practice: whoever knows the seed knows every key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv4Address
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evalclient.crypto.cms.key_agreement import PrivateKey
from evalclient.crypto.demo.issuing import begun, identifier, key_file, signed, signed_list
from evalclient.crypto.demo.keys import ChanceOfSeed, KeyKind, derive, private_key
from evalclient.crypto.primitives.public_keys import PublicKey

Purpose = Literal["sign", "encrypt", "timestamp", "ocsp", "server"]
MARK = "演示 DEMO"
SIGN_AND_ENCRYPT: tuple[Purpose, ...] = ("sign", "encrypt")
_AUTHORITIES = (("南岭", "Nanling"), ("东湖", "Donghu"), ("北原", "Beiyuan"))
_KINDS: tuple[KeyKind, ...] = ("rsa", "ec", "ec")
_CA_YEARS = 10
_PERSON_YEARS = 3
_CRL_DAYS = 30


@dataclass(frozen=True, slots=True)
class Credential:
    """A person's key file (PKCS#12) and certificates (DER): one for both purposes, or one for each."""

    p12: bytes
    certificate: bytes
    encryption_certificate: bytes


@dataclass(slots=True)
class DemoAuthority:
    """One authority (CA): a root that signs an intermediate that signs persons."""

    name: str
    seed: bytes
    at: datetime
    root_key: PrivateKey
    root: x509.Certificate
    issuing_key: PrivateKey
    issuing: x509.Certificate
    _revoked: dict[int, datetime] = field(default_factory=dict)
    _issued: dict[int, x509.Certificate] = field(default_factory=dict)

    @property
    def root_der(self) -> bytes:
        """Root certificate (DER)."""
        return _der(self.root)

    @property
    def intermediate_der(self) -> bytes:
        """Intermediate certificate (DER)."""
        return _der(self.issuing)

    def issue(
        self,
        common_name: str,
        organisation: str,
        purposes: Collection[Purpose] = SIGN_AND_ENCRYPT,
        *,
        pin: str,
        kind: KeyKind = "ec",
        valid: tuple[datetime, datetime] | None = None,
    ) -> Credential:
        """Issue a person's key and certificate. Same authority, name and organisation: same key and certificate."""
        label = self._label(common_name, organisation, purposes, kind)
        key, certificate = self._certified(label, _name(common_name, organisation), purposes, kind, valid)
        p12 = self._key_file(label, common_name, [(key, certificate)], pin)
        return Credential(p12, certificate, certificate)

    def issue_pair(
        self,
        common_name: str,
        organisation: str,
        *,
        pin: str,
        kind: KeyKind = "ec",
        valid: tuple[datetime, datetime] | None = None,
    ) -> Credential:
        """The same for a person with a signing and an encryption certificate (双证书), both keys in one file."""
        labels = [self._label(common_name, organisation, (one,), kind) for one in SIGN_AND_ENCRYPT]
        subject = _name(common_name, organisation)
        pairs = [
            self._certified(label, subject, (one,), kind, valid)
            for label, one in zip(labels, SIGN_AND_ENCRYPT, strict=True)
        ]
        return Credential(self._key_file(labels[0], common_name, pairs, pin), pairs[0][1], pairs[1][1])

    def _label(self, common_name: str, organisation: str, purposes: Collection[Purpose], kind: KeyKind) -> str:
        return f"{self.name}/{organisation}/{common_name}/{kind}/{'+'.join(sorted(purposes))}"

    def _key_file(self, label: str, name: str, pairs: Sequence[tuple[PrivateKey, bytes]], pin: str) -> bytes:
        chance = ChanceOfSeed(derive(self.seed, f"file/{label}/{pin}", 32))
        return key_file(name, pairs, [self.intermediate_der], pin, chance)

    def _certified(
        self,
        label: str,
        subject: x509.Name,
        purposes: Collection[Purpose],
        kind: KeyKind,
        valid: tuple[datetime, datetime] | None,
    ) -> tuple[PrivateKey, bytes]:
        key = private_key(self.seed, label, kind)
        start, end = valid or (self.at - timedelta(days=1), self.at + timedelta(days=365 * _PERSON_YEARS))
        builder = _builder(subject, self.issuing.subject, key.public_key(), self._serial(label), start, end)
        builder = builder.add_extension(_authority_key(self.issuing_key), critical=False)
        builder = builder.add_extension(_usage(purposes, kind), critical=True)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        if "timestamp" in purposes:
            only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(only, critical=True)
        if "server" in purposes:
            names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))])
            builder = builder.add_extension(names, critical=False)
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        if "ocsp" in purposes:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False)
            builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
        certificate = signed(builder, key.public_key(), self.issuing_key)
        self._issued[certificate.serial_number] = certificate
        return key, _der(certificate)

    def key_of(self, common_name: str, organisation: str, purposes: Collection[Purpose], kind: KeyKind) -> PrivateKey:
        """The private key of somebody to whom ``issue`` gives a certificate: for services that read no key file."""
        return private_key(self.seed, self._label(common_name, organisation, purposes, kind), kind)

    def index(self, at: datetime) -> str:
        """What was issued and revoked so far, as ``openssl ca`` keeps it and ``openssl ocsp -index`` reads it."""
        lines = []
        for serial, certificate in sorted(self._issued.items()):
            revoked, until = self._revoked.get(serial), certificate.not_valid_after_utc
            state = "R" if revoked else "E" if until < at else "V"
            since = f"{revoked:%y%m%d%H%M%SZ}" if revoked else ""
            lines.append(f"{state}\t{until:%y%m%d%H%M%SZ}\t{since}\t{serial:032X}\tunknown\t/O=DEMO/CN={serial:x}\n")
        return "".join(lines)

    def revoke(self, certificate: bytes, at: datetime) -> None:
        """List a certificate of this authority as revoked from ``at`` on."""
        self._revoked[x509.load_der_x509_certificate(certificate).serial_number] = at

    def crls(self, at: datetime) -> tuple[bytes, bytes]:
        """Revocation lists (DER) issued at ``at``: the root's (empty) and the intermediate's."""
        return (
            self._crl(self.root.subject, self.root_key, at, {}),
            self._crl(self.issuing.subject, self.issuing_key, at, self._revoked),
        )

    def certify(self, other: DemoAuthority) -> bytes:
        """A cross-certificate (DER): this root vouches for the other's root key."""
        builder = _authority_builder(
            other.root.subject,
            self.root.subject,
            other.root_key,
            self._serial(f"cross/{other.name}"),
            self.at,
            path_length=1,
        )
        builder = builder.add_extension(_authority_key(self.root_key), critical=False)
        return _der(signed(builder, other.root_key.public_key(), self.root_key))

    def _serial(self, label: str) -> int:
        return int.from_bytes(derive(self.seed, f"serial/{self.name}/{label}", 16), "big") >> 1 | 1

    def _crl(self, issuer: x509.Name, key: PrivateKey, at: datetime, revoked: Mapping[int, datetime]) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer)
            .last_update(at)
            .next_update(at + timedelta(days=_CRL_DAYS))
            .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
            .add_extension(_authority_key(key), critical=False)
        )
        for serial, moment in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            builder = builder.add_revoked_certificate(entry)
        return signed_list(builder, key)


@dataclass(frozen=True, slots=True)
class DemoPki:
    """The three authorities (unless asked otherwise one RSA-2048, two P-256) and their cross-certificates (each root vouches for the others).

    A demo evaluation lists every root with its lists and revokes nobody; intermediates, cross-certificates and ``revoke``
    let tests put before a client what real authorities will.
    """

    authorities: tuple[DemoAuthority, ...]

    @classmethod
    def create(cls, seed: str, at: datetime, kinds: Sequence[KeyKind] = _KINDS) -> DemoPki:
        """The authorities that ``seed`` gives, with keys of these kinds, valid from the day before ``at`` (aware)."""
        named = zip(_AUTHORITIES, kinds, strict=True)
        return cls(tuple(_authority(seed.encode(), chinese, english, kind, at) for (chinese, english), kind in named))

    @property
    def roots(self) -> tuple[bytes, ...]:
        """Root certificates (DER), as record 0 lists them."""
        return tuple(authority.root_der for authority in self.authorities)

    @property
    def intermediates(self) -> tuple[bytes, ...]:
        """Intermediate certificates (DER)."""
        return tuple(authority.intermediate_der for authority in self.authorities)

    @property
    def cross_certificates(self) -> tuple[bytes, ...]:
        """Every root's certificate for every other root's key (DER)."""
        return tuple(one.certify(other) for one in self.authorities for other in self.authorities if one is not other)

    def crls(self, at: datetime) -> tuple[bytes, ...]:
        """All revocation lists (DER) as of ``at``."""
        return tuple(crl for authority in self.authorities for crl in authority.crls(at))


def event_authority(seed: str, at: datetime) -> DemoAuthority:
    """The authority of the day itself, which helps out who has no usable certificate (当日证书)."""
    return _authority(seed.encode(), "当日", "Event", "ec", at)


def _authority(seed: bytes, chinese: str, english: str, kind: KeyKind, at: datetime) -> DemoAuthority:
    root_key = private_key(seed, f"{english}/root", kind)
    issuing_key = private_key(seed, f"{english}/issuing", kind)
    organisation = f"{chinese}电子认证（演示）"
    root_name = _name(f"{chinese}演示根CA {english} DEMO Root", organisation)
    issuing_name = _name(f"{chinese}演示签发CA {english} DEMO Issuing", organisation)
    serial = int.from_bytes(derive(seed, f"serial/{english}", 16), "big") >> 1 | 1
    builder = _authority_builder(root_name, root_name, root_key, serial, at, path_length=None)
    root = signed(builder, root_key.public_key(), root_key)
    builder = _authority_builder(issuing_name, root_name, issuing_key, serial + 1, at, path_length=0)
    builder = builder.add_extension(_authority_key(root_key), critical=False)
    issuing = signed(builder, issuing_key.public_key(), root_key)
    return DemoAuthority(f"{chinese} {english}", seed, at, root_key, root, issuing_key, issuing)


def _name(common_name: str, organisation: str) -> x509.Name:
    attributes = (
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, MARK),
        (NameOID.COMMON_NAME, common_name),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PublicKey, serial: int, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        begun(key)
        .subject_name(subject)
        .issuer_name(issuer)
        .serial_number(serial)
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _authority_builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, serial: int, at: datetime, *, path_length: int | None
) -> x509.CertificateBuilder:
    end = at + timedelta(days=365 * _CA_YEARS)
    # Three years back: a certificate that has expired by now must have had a valid issuer in its time.
    start = at - timedelta(days=365 * _PERSON_YEARS)
    builder = _builder(subject, issuer, key.public_key(), serial, start, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    return builder.add_extension(_key_usage("key_cert_sign", "crl_sign"), critical=True)


def _authority_key(key: PrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier(identifier(key.public_key()), None, None)


def _usage(purposes: Collection[Purpose], kind: KeyKind) -> x509.KeyUsage:
    names: list[str] = []
    if {"sign", "timestamp", "ocsp", "server"} & set(purposes):
        names.append("digital_signature")
    if {"sign", "timestamp"} & set(purposes):
        names.append("content_commitment")
    if "encrypt" in purposes:
        names.append("key_agreement" if kind == "ec" else "key_encipherment")
    return _key_usage(*names)


def _key_usage(*names: str) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in names for name in every})


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
