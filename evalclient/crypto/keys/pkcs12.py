"""A key in a PKCS#12 file (RFC 7292), opened by PIN."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from evalclient.core.ports import WrappedKey
from evalclient.crypto.errors import KeyFileRefused, WrongPin
from evalclient.crypto.key_agreement import PrivateKey, unwrap_with
from evalclient.crypto.public_keys import public_key_of

MAX_KEY_FILE = 1 << 20
#: rounds of key derivation, some ten times what current software uses; more would only hold the client up
MOST_ITERATIONS = 10_000_000


class Pkcs12Key:
    """A ``KeyHandle`` over a key in memory. Keep the object: loading an RSA key anew costs 90 ms."""

    __slots__ = ("_certificate", "_chain", "_private")

    def __init__(self, private: PrivateKey, certificate: bytes, chain: tuple[bytes, ...]) -> None:
        self._private = private
        self._certificate = certificate
        self._chain = chain

    @classmethod
    def open(cls, untrusted_p12: bytes, pin: str) -> Pkcs12Key:
        """Open a key file. WrongPin, or KeyFileRefused when it is no PKCS#12 or holds no key of an accepted kind."""
        _require_pkcs12(untrusted_p12)
        bundle = _load(untrusted_p12, pin)
        if bundle.cert is None or not isinstance(bundle.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise KeyFileRefused(
                "证书文件中没有可用的私钥（须为 RSA 或 EC），请重新导出含私钥的证书文件。",
                "The key file holds no usable private key (RSA or EC); export it again with its private key.",
            )
        certificate = bundle.cert.certificate.public_bytes(Encoding.DER)
        if public_key_of(certificate) != bundle.key.public_key():
            raise KeyFileRefused(
                "证书文件中的私钥与证书不是一对，请重新导出证书文件。",
                "Key and certificate in the key file do not belong together; export it again.",
            )
        chain = tuple(other.certificate.public_bytes(Encoding.DER) for other in bundle.additional_certs)
        return cls(bundle.key, certificate, chain)

    @property
    def certificate(self) -> bytes:
        """Signing certificate (DER)."""
        return self._certificate

    @property
    def encryption_certificate(self) -> bytes:
        """Encryption certificate (DER): the same one."""
        return self._certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The other certificates in the file (DER)."""
        return self._chain

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 or ECDSA (DER) signature with SHA-256 over ``data``."""
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        """Open a small envelope made for the certificate; EnvelopeRefused when it does not open."""
        return unwrap_with(self._private, wrapped)


def _require_pkcs12(untrusted: bytes) -> None:
    try:
        if len(untrusted) > MAX_KEY_FILE:
            raise ValueError("larger than any key file")
        file = asn1_pkcs12.Pfx.load(untrusted, strict=True)
        if file["version"].native != "v3":
            raise ValueError("not version 3")
        if any(rounds > MOST_ITERATIONS for rounds in _iterations(file)):
            raise ValueError("deriving its key would take hours")
    except (ValueError, TypeError, KeyError) as error:
        raise KeyFileRefused(
            "所选文件不是证书文件（.p12/.pfx），请选择正确的文件。",
            "The file is not a key file (.p12, .pfx); choose the right one.",
        ) from error


def _iterations(file: asn1_pkcs12.Pfx) -> Iterator[int]:
    """The rounds of key derivation that the file asks for: of its checksum, its safes and its keys."""
    if file["mac_data"].native is not None:
        yield file["mac_data"]["iterations"].native
    for safe in file.authenticated_safe:
        if safe["content_type"].native == "encrypted_data":
            algorithm = safe["content"]["encrypted_content_info"]["content_encryption_algorithm"]
            yield algorithm.kdf_iterations
        elif safe["content_type"].native == "data":
            for bag in asn1_pkcs12.SafeContents.load(safe["content"].native):
                if bag["bag_id"].native == "pkcs8_shrouded_key_bag":
                    yield bag["bag_value"]["encryption_algorithm"].kdf_iterations


def _load(untrusted: bytes, pin: str) -> pkcs12.PKCS12KeyAndCertificates:
    """Try the PIN as typed, then composed: input methods differ in how they spell an accented or full-width sign."""
    for spelling in dict.fromkeys((pin, unicodedata.normalize("NFC", pin))):
        try:
            return pkcs12.load_pkcs12(untrusted, spelling.encode())
        except UnsupportedAlgorithm as error:
            raise KeyFileRefused(
                "证书文件使用了不支持的加密算法，请用新版软件重新导出。",
                "The key file uses an algorithm that is not supported; export it again with current software.",
            ) from error
        except ValueError:
            continue
    raise WrongPin(
        "证书口令不正确，请核对后重新输入。", "The PIN of the key file is wrong; check it and enter it again."
    )
