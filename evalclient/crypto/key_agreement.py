"""Wrapped content keys: RSA-OAEP (RFC 3560) and ephemeral-static ECDH (RFC 5753), and how a private key opens them.

A token does only the private-key step itself; ``unwrap_agreed`` is what its handle does with the shared secret.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from evalclient.core.ports import WrappedKey
from evalclient.crypto import der
from evalclient.crypto.auth_enveloped import KEY_BYTES, damaged
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.public_keys import PublicKey, load_public_key, public_key_der

AES256_WRAP = bytes.fromhex("300b060960864801650304012d")
_KEY_BITS = (8 * KEY_BYTES).to_bytes(4, "big")

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def shared_info(untrusted_ukm: bytes = b"") -> bytes:
    """ECC-CMS-SharedInfo (RFC 5753, 7.2) for one AES-256 wrapping key."""
    ukm = der.value(0xA0, der.value(der.OCTET_STRING, untrusted_ukm)) if untrusted_ukm else b""
    return der.value(der.SEQUENCE, AES256_WRAP, ukm, der.value(0xA2, der.value(der.OCTET_STRING, _KEY_BITS)))


def wrap(content_key: bytes, recipient: PublicKey) -> WrappedKey:
    """Wrap a content key so that only the holder of the private key opens it."""
    if isinstance(recipient, rsa.RSAPublicKey):
        return WrappedKey("rsa-oaep", recipient.encrypt(content_key, oaep()))
    ephemeral = ec.generate_private_key(recipient.curve)
    info = shared_info()
    wrapping_key = _derive(ephemeral.exchange(ec.ECDH(), recipient), info)
    return WrappedKey(
        "ecdh-x963", aes_key_wrap(wrapping_key, content_key), public_key_der(ephemeral.public_key()), info
    )


def unwrap_with(private: PrivateKey, untrusted: WrappedKey) -> bytes:
    """Open a wrapped key with a private key in memory; EnvelopeRefused when it does not open."""
    try:
        if isinstance(private, rsa.RSAPrivateKey):
            if untrusted.algorithm != "rsa-oaep":
                raise damaged()
            return private.decrypt(untrusted.wrapped, oaep())
        originator = load_public_key(untrusted.originator)
        if untrusted.algorithm != "ecdh-x963" or not isinstance(originator, ec.EllipticCurvePublicKey):
            raise damaged()
        return unwrap_agreed(private.exchange(ec.ECDH(), originator), untrusted)
    except (ValueError, CertificateRefused) as error:
        raise damaged() from error


def unwrap_agreed(secret: bytes, untrusted: WrappedKey) -> bytes:
    """The content key under the ECDH shared ``secret``; EnvelopeRefused when the wrap does not hold."""
    try:
        return aes_key_unwrap(_derive(secret, untrusted.shared_info), untrusted.wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise damaged() from error


def oaep() -> padding.OAEP:
    """RSA-OAEP with SHA-256 and MGF1-SHA-256."""
    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def _derive(secret: bytes, info: bytes) -> bytes:
    return X963KDF(algorithm=hashes.SHA256(), length=KEY_BYTES, sharedinfo=info).derive(secret)
