"""Certificates and public keys as they come from outside: loaded once, checked for strength, kept."""

from __future__ import annotations

import hashlib
import threading
import warnings
from functools import lru_cache

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.utils import CryptographyDeprecationWarning

from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives import sm2
from evalclient.crypto.primitives.asn1_classes import make_ready

make_ready()
# What the library will refuse one day is refused here already, in words; its warning would show a path to the person.
warnings.simplefilter("ignore", CryptographyDeprecationWarning)
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | sm2.Sm2PublicKey
_EC_PUBLIC_KEY = x509.oid.PublicKeyAlgorithmOID.EC_PUBLIC_KEY
_CURVES = ("secp256r1", "secp384r1", "secp521r1")
#: what the parsers raise over malformed input; a deprecation they warn of is a refusal where warnings are errors
MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    OverflowError,
    RecursionError,
    UserWarning,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
#: what asn1crypto raises besides when fields are read lazily
PARSER_ERRORS = (*MALFORMED, AttributeError, IndexError)


@lru_cache(maxsize=1024)
def load_certificate(untrusted_certificate: bytes) -> x509.Certificate:
    """Parse a DER certificate; CertificateRefused when it is none."""
    try:
        certificate = x509.load_der_x509_certificate(untrusted_certificate)
        if certificate.serial_number <= 0:  # RFC 5280, 4.1.2.2; the parser warns of it today and will refuse it
            raise ValueError("the serial number is not positive")
    except MALFORMED as error:
        raise CertificateRefused(
            "收到的数据不是数字证书，请重新导出证书后再试。",
            "The data is not a certificate; export the certificate again.",
        ) from error
    return certificate


def parse_certificate(untrusted_certificate: bytes) -> asn1_x509.Certificate:
    """The same certificate as asn1crypto sees it; CertificateRefused when it is none.

    The object is this thread's own and must not be handed to another: asn1crypto parses on when it is read, and two
    threads that read at once see fields that are missing, such as the usage that forbids what the certificate is for.
    """
    parsed: asn1_x509.Certificate = _OWN.parse(untrusted_certificate)
    return parsed


def _parse(untrusted_certificate: bytes) -> asn1_x509.Certificate:
    load_certificate(untrusted_certificate)
    try:
        return asn1_x509.Certificate.load(untrusted_certificate, strict=True)
    except MALFORMED as error:
        raise CertificateRefused(
            "证书不合格式，请重新导出。", "The certificate is malformed; export it again."
        ) from error


class _OfThread(threading.local):
    """What a thread has parsed; made anew for each."""

    def __init__(self) -> None:
        self.parse = lru_cache(maxsize=256)(_parse)


_OWN = _OfThread()


@lru_cache(maxsize=1024)
def public_key_of(untrusted_certificate: bytes) -> PublicKey:
    """The certified key: RSA of 2048 bits or more, EC on P-256, P-384, P-521, or SM2; CertificateRefused otherwise.

    SuiteMissing for SM2 on a machine that cannot compute it. ``cryptography`` does not give out keys of SM2, asn1crypto
    gives the bytes of any.
    """
    certificate = load_certificate(untrusted_certificate)
    try:
        if certificate.public_key_algorithm_oid == _EC_PUBLIC_KEY:
            spki: bytes = parse_certificate(untrusted_certificate).public_key.dump()
            if sm2.is_spki(spki):
                return sm2.load_spki(spki)
        return _accepted(certificate.public_key())
    except MALFORMED as error:
        raise _unsuitable() from error


@lru_cache(maxsize=1024)
def load_public_key(untrusted_spki: bytes) -> PublicKey:
    """A bare public key (SubjectPublicKeyInfo DER) of an accepted kind; CertificateRefused otherwise."""
    try:
        if sm2.is_spki(untrusted_spki):
            return sm2.load_spki(untrusted_spki)
        return _accepted(serialization.load_der_public_key(untrusted_spki))
    except MALFORMED as error:
        raise _unsuitable() from error


def public_key_der(key: PublicKey) -> bytes:
    """SubjectPublicKeyInfo DER of a key."""
    if isinstance(key, sm2.Sm2PublicKey):
        return key.public_bytes()
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def key_identifier(key: PublicKey) -> bytes:
    """Identifier of a bare key, 20 bytes: leftmost 160 bits of SHA-256 of the key's bit string (RFC 7093, method 1)."""
    if isinstance(key, rsa.RSAPublicKey):
        bits = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    elif isinstance(key, sm2.Sm2PublicKey):
        bits = key.point
    else:
        bits = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return hashlib.sha256(bits).digest()[:20]


def _accepted(key: object) -> PublicKey:
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        return key
    raise _unsuitable()


def _unsuitable() -> CertificateRefused:
    return CertificateRefused(
        "证书的密钥种类或长度不符合要求（须为 RSA 2048 位以上、P-256/P-384/P-521 或 SM2），请更换证书。",
        "The certificate's key is of a kind or length that is not accepted (RSA from 2048 bits, P-256, P-384, P-521, SM2); "
        "use another certificate.",
    )
