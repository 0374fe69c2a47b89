"""Keys in a PKCS#12 file (RFC 7292), opened by PIN: modern and legacy files, one key or several."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import pkcs12 as asn1_pkcs12

from evalclient.core.ports import WrappedKey
from evalclient.crypto.cms.key_agreement import PrivateKey, load_private_key, unwrap_with
from evalclient.crypto.cms.suites import sign_with
from evalclient.crypto.errors import CertificateRefused, KeyFileRefused, WrongPin
from evalclient.crypto.keys.pairs import signing_and_encryption
from evalclient.crypto.keys.password_encryption import Password, Unsupported, decrypt, mac_holds, spellings
from evalclient.crypto.primitives.public_keys import PARSER_ERRORS, load_public_key, public_key_der, public_key_of

MAX_KEY_FILE = 1 << 20
#: rounds of key derivation, some ten times what current software uses; more would only hold the client up
MOST_ITERATIONS = 10_000_000
#: keys and certificates in one file; more would only hold the client up
MOST_BAGS = 100


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """A private key and its certificate (DER)."""

    private: PrivateKey
    certificate: bytes


class Pkcs12Key:
    """A ``KeyHandle`` over keys in memory. Keep the object: loading an RSA key anew costs 90 ms."""

    __slots__ = ("_chain", "_encryption", "_signing")

    def __init__(self, signing: KeyPair, encryption: KeyPair | None = None, chain: tuple[bytes, ...] = ()) -> None:
        self._signing = signing
        self._encryption = encryption or signing
        self._chain = chain

    @classmethod
    def open(cls, untrusted_p12: bytes, pin: str, at: datetime | None = None) -> Pkcs12Key:
        """Open a key file. WrongPin, or KeyFileRefused when it is no PKCS#12 or holds no key of an accepted kind.

        Of several certificates that serve, one that is valid ``at`` (aware) goes first.
        """
        found = _contents(_file(untrusted_p12), pin)
        pairs = _pairs(found)
        if not pairs:
            raise KeyFileRefused(
                "证书文件中没有可用的私钥（须为 RSA、EC 或 SM2），请重新导出含私钥的证书文件。",
                "The key file holds no usable private key (RSA, EC or SM2); export it again with its private key.",
            )
        signing, encryption = signing_and_encryption([pair.certificate for pair in pairs], at)
        own = (pairs[signing].certificate, pairs[encryption].certificate)
        chain = tuple(certificate for certificate in found.certificates if certificate not in own)
        return cls(pairs[signing], pairs[encryption], chain)

    @property
    def certificate(self) -> bytes:
        """Signing certificate (DER)."""
        return self._signing.certificate

    @property
    def encryption_certificate(self) -> bytes:
        """Encryption certificate (DER); the same one where the file holds one pair."""
        return self._encryption.certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The other certificates in the file (DER)."""
        return self._chain

    def sign(self, data: bytes) -> bytes:
        """Signature over ``data`` by the suite of the key: RSA PKCS#1 v1.5, or DER of ECDSA or SM2."""
        return sign_with(self._signing.private, data)

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        """Open a small envelope made for the encryption certificate; EnvelopeRefused when it does not open."""
        return unwrap_with(self._encryption.private, wrapped)


@dataclass(slots=True, repr=False)
class _Contents:
    """What lies in a file, in its order: private keys (PKCS#8 DER) and certificates (DER)."""

    keys: list[bytes] = field(default_factory=list)
    certificates: list[bytes] = field(default_factory=list)


def _file(untrusted: bytes) -> asn1_pkcs12.Pfx:
    try:
        if len(untrusted) > MAX_KEY_FILE:
            raise ValueError("larger than any key file")
        file = asn1_pkcs12.Pfx.load(untrusted, strict=True)
        if file["version"].native != "v3" or file["auth_safe"]["content_type"].native != "data":
            raise ValueError("not version 3 under a password")
        if any(rounds > MOST_ITERATIONS for rounds in _iterations(file)):
            raise ValueError("deriving its key would take hours")
    except PARSER_ERRORS as error:
        raise _no_key_file() from error
    return file


def _no_key_file() -> KeyFileRefused:
    return KeyFileRefused(
        "所选文件不是证书文件（.p12/.pfx），请选择正确的文件。",
        "The file is not a key file (.p12, .pfx); choose the right one.",
    )


def _iterations(file: asn1_pkcs12.Pfx) -> Iterator[int]:
    """The rounds of key derivation that the outside of the file asks for: of its checksum, its safes and its keys."""
    if file["mac_data"].native is not None:
        yield file["mac_data"]["iterations"].native
    for safe in file.authenticated_safe:
        if safe["content_type"].native == "encrypted_data":
            yield _rounds(safe["content"]["encrypted_content_info"]["content_encryption_algorithm"])
        elif safe["content_type"].native == "data":
            for bag in asn1_pkcs12.SafeContents.load(safe["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield _rounds(bag["bag_value"]["encryption_algorithm"])


def _rounds(algorithm: Any) -> int:
    parameters = algorithm["parameters"]
    if algorithm["algorithm"].native == "pbes2":
        parameters = parameters["key_derivation_func"]["parameters"]
        return int(parameters["iteration_count"].native)
    return int(parameters["iterations"].native)


def _contents(file: asn1_pkcs12.Pfx, pin: str) -> _Contents:
    """Try the PIN as typed, then composed: input methods differ in how they spell an accented or full-width sign."""
    typed = dict.fromkeys((pin, unicodedata.normalize("NFC", pin)))
    for password in dict.fromkeys(spelling for each in typed for spelling in spellings(each)):
        try:
            opened = _opened(file, password)
        except Unsupported as error:
            raise KeyFileRefused(
                "证书文件使用了不支持的加密算法，请用新版软件重新导出。",
                "The key file uses an algorithm that is not supported; export it again with current software.",
            ) from error
        if opened is not None:
            return opened
    raise WrongPin(
        "证书口令不正确，请核对后重新输入。", "The PIN of the key file is wrong; check it and enter it again."
    )


def _opened(file: asn1_pkcs12.Pfx, password: Password) -> _Contents | None:
    """What a file holds; None where the password is another. Without a checksum the padding has to tell."""
    checked = file["mac_data"].native is not None
    if checked and not mac_holds(file["mac_data"], file["auth_safe"]["content"].native, password):
        return None
    found = _Contents()
    try:
        for safe in file.authenticated_safe:
            if safe["content_type"].native == "encrypted_data":
                info = safe["content"]["encrypted_content_info"]
                algorithm = info["content_encryption_algorithm"]
                _gather(decrypt(algorithm, info["encrypted_content"].native, password), password, found)
            elif safe["content_type"].native == "data":
                _gather(safe["content"].native, password, found)
    except PARSER_ERRORS as error:
        if checked:
            raise _no_key_file() from error
        return None
    return found


def _gather(untrusted_safe: bytes, password: Password, found: _Contents) -> None:
    for bag in asn1_pkcs12.SafeContents.load(untrusted_safe, strict=True):
        if len(found.keys) + len(found.certificates) >= MOST_BAGS:
            raise ValueError("more than any person has")
        kind, value = bag["bag_id"].native, bag["bag_value"]
        if kind == "cert_bag" and value["cert_id"].native == "x509":
            found.certificates.append(value["cert_value"].parsed.dump())
        elif kind == "key_bag":
            found.keys.append(value.untag().dump())
        elif kind == "pkcs8_shrouded_key_bag":
            if _rounds(value["encryption_algorithm"]) > MOST_ITERATIONS:
                raise ValueError("deriving its key would take hours")
            found.keys.append(decrypt(value["encryption_algorithm"], value["encrypted_data"].native, password))


def _pairs(found: _Contents) -> list[KeyPair]:
    """Each key of an accepted kind with each of its certificates. KeyFileRefused where none has one."""
    certified: dict[bytes, list[bytes]] = {}
    for certificate in dict.fromkeys(found.certificates):
        try:
            certified.setdefault(_fingerprint(public_key_der(public_key_of(certificate))), []).append(certificate)
        except CertificateRefused:
            continue  # an authority whose key is of another kind
    privates = {_fingerprint(public_key_der(key.public_key())): key for key in map(_private_key, found.keys) if key}
    pairs = [KeyPair(key, certificate) for name, key in privates.items() for certificate in certified.get(name, ())]
    if privates and found.certificates and not pairs:
        raise _too_weak_or_apart(privates.values())
    return pairs


def _too_weak_or_apart(privates: Iterable[PrivateKey]) -> KeyFileRefused:
    for key in privates:
        try:
            load_public_key(public_key_der(key.public_key()))
        except CertificateRefused as error:
            return KeyFileRefused(error.zh, error.en)
    return KeyFileRefused(
        "证书文件中的私钥与证书不是一对，请重新导出证书文件。",
        "Key and certificate in the key file do not belong together; export it again.",
    )


def _private_key(pkcs8: bytes) -> PrivateKey | None:
    try:
        return load_private_key(pkcs8)
    except PARSER_ERRORS:
        return None


def _fingerprint(spki: bytes) -> bytes:
    return hashlib.sha256(spki).digest()
