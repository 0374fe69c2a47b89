"""Wrapped content keys: RSA-OAEP (RFC 3560), ephemeral-static ECDH (RFC 5753), SM2, and how a private key opens them.

The product makes them with SHA-256 and AES-256; it opens every SHA and AES, and RSA PKCS#1 v1.5, for other tools' CMS.

A token does only the private-key step itself; ``unwrap_agreed`` is what its handle does with the shared secret.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from cryptography.hazmat.primitives.serialization import load_der_private_key

from evalclient.core.ports import Digest, WrappedKey
from evalclient.crypto.cms.auth_enveloped import KEY_BYTES, damaged
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives import der
from evalclient.crypto.primitives.public_keys import PublicKey, load_public_key, public_key_der
from evalclient.crypto.primitives.sm2 import Sm2PrivateKey, Sm2PublicKey, is_private_key
from evalclient.crypto.primitives.sm2 import load_private_key as load_sm2_key

AES256_WRAP = bytes.fromhex("300b060960864801650304012d")
_HASHES: dict[Digest, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,  # nothing rests on its collisions here, and tools still wrap keys with it
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | Sm2PrivateKey
#: a key without a certificate, as sessions have
BareKey = ec.EllipticCurvePrivateKey | Sm2PrivateKey


def shared_info(untrusted_ukm: bytes = b"", wrap_algorithm: bytes = AES256_WRAP, key_bytes: int = KEY_BYTES) -> bytes:
    """ECC-CMS-SharedInfo (RFC 5753, 7.2) for a wrapping key; ``wrap_algorithm`` is its AlgorithmIdentifier (DER)."""
    ukm = der.value(0xA0, der.value(der.OCTET_STRING, untrusted_ukm)) if untrusted_ukm else b""
    bits = (8 * key_bytes).to_bytes(4, "big")
    return der.value(der.SEQUENCE, wrap_algorithm, ukm, der.value(0xA2, der.value(der.OCTET_STRING, bits)))


def wrap(content_key: bytes, recipient: PublicKey) -> WrappedKey:
    """Wrap a content key so that only the holder of the private key opens it."""
    if isinstance(recipient, rsa.RSAPublicKey):
        return WrappedKey("rsa-oaep", recipient.encrypt(content_key, oaep()))
    if isinstance(recipient, Sm2PublicKey):
        return WrappedKey("sm2", recipient.encrypt(content_key))
    ephemeral = ec.generate_private_key(recipient.curve)
    info = shared_info()
    wrapping_key = _derive(ephemeral.exchange(ec.ECDH(), recipient), info, "sha256", KEY_BYTES)
    return WrappedKey(
        "ecdh-x963", aes_key_wrap(wrapping_key, content_key), public_key_der(ephemeral.public_key()), info
    )


def load_private_key(untrusted_pkcs8: bytes) -> PrivateKey:
    """A private key from its PrivateKeyInfo (PKCS#8 DER); ValueError, or what cryptography raises, for any other."""
    if is_private_key(untrusted_pkcs8):
        return load_sm2_key(untrusted_pkcs8)
    key = load_der_private_key(untrusted_pkcs8, None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError("a key of another kind")
    return key


def unwrap_with(private: PrivateKey, untrusted: WrappedKey) -> bytes:
    """Open a wrapped key with a private key in memory; EnvelopeRefused when it does not open."""
    try:
        if isinstance(private, rsa.RSAPrivateKey):
            return private.decrypt(untrusted.wrapped, rsa_padding(untrusted))
        if isinstance(private, Sm2PrivateKey):
            if untrusted.algorithm != "sm2":
                raise damaged()
            return private.decrypt(untrusted.wrapped)
        originator = load_public_key(untrusted.originator)
        if untrusted.algorithm != "ecdh-x963" or not isinstance(originator, ec.EllipticCurvePublicKey):
            raise damaged()
        return unwrap_agreed(private.exchange(ec.ECDH(), originator), untrusted)
    except (ValueError, CertificateRefused) as error:
        raise damaged() from error


def unwrap_agreed(secret: bytes, untrusted: WrappedKey) -> bytes:
    """The content key under the ECDH shared ``secret``; EnvelopeRefused when the wrap does not hold."""
    try:
        wrapping_key = _derive(secret, untrusted.shared_info, untrusted.digest, untrusted.key_bytes)
        return aes_key_unwrap(wrapping_key, untrusted.wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise damaged() from error


def oaep(digest: Digest = "sha256", mask: Digest | None = None) -> padding.OAEP:
    """RSA-OAEP with an empty label; ``mask`` is the digest of MGF1 where it is another than the label's."""
    return padding.OAEP(padding.MGF1(_HASHES[mask or digest]()), _HASHES[digest](), None)


def rsa_padding(untrusted: WrappedKey) -> padding.AsymmetricPadding:
    """The padding of a key that RSA wraps; EnvelopeRefused where it is wrapped otherwise."""
    if untrusted.algorithm == "rsa-oaep":
        return oaep(untrusted.digest, untrusted.mask)
    if untrusted.algorithm == "rsa-pkcs1v15":
        return padding.PKCS1v15()
    raise damaged()


def _derive(secret: bytes, info: bytes, digest: Digest, key_bytes: int) -> bytes:
    return X963KDF(algorithm=_HASHES[digest](), length=key_bytes, sharedinfo=info).derive(secret)
