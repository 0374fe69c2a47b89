"""Certificates, revocation lists and key files of the demonstration's authorities, for keys of every kind.

``cryptography`` builds them; where SM2 takes part it builds them around a key that stands in, and key, algorithm and
signature are put right afterwards. Signatures are made without chance, so that a seed gives the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from asn1crypto import algos, core, crl, keys, pkcs12, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from evalclient.crypto.cms.key_agreement import PrivateKey
from evalclient.crypto.cms.suites import suite_of
from evalclient.crypto.primitives import sm2
from evalclient.crypto.primitives.libcrypto import decoded, encoded, libcrypto
from evalclient.crypto.primitives.public_keys import PublicKey, public_key_der

#: whose place an SM2 key takes
_STAND_IN = ec.derive_private_key(1, ec.SECP256R1())
_ROUNDS = 10_000
_SHA256_RSA = "1.2.840.113549.1.1.11"


def identifier(key: PublicKey) -> bytes:
    """Subject key identifier: SHA-1 of the key's bit string (RFC 5280, 4.2.1.2)."""
    if isinstance(key, sm2.Sm2PublicKey):
        return hashlib.sha1(key.point, usedforsecurity=False).digest()
    return pyca.SubjectKeyIdentifier.from_public_key(key).digest


def begun(key: PublicKey) -> pyca.CertificateBuilder:
    """A certificate for ``key``, to be filled in and given to ``signed``."""
    held = _STAND_IN.public_key() if isinstance(key, sm2.Sm2PublicKey) else key
    return (
        pyca.CertificateBuilder()
        .public_key(held)
        .add_extension(pyca.SubjectKeyIdentifier(identifier(key)), critical=False)
    )


def signed(builder: pyca.CertificateBuilder, key: PublicKey, issuer: PrivateKey) -> pyca.Certificate:
    """The certificate for ``key``, signed by ``issuer``."""
    if not isinstance(key, sm2.Sm2PublicKey) and not isinstance(issuer, sm2.Sm2PrivateKey):
        return builder.sign(issuer, hashes.SHA256(), ecdsa_deterministic=_chance(issuer))
    draft = builder.sign(_STAND_IN, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    certificate = x509.Certificate.load(draft)
    content = certificate["tbs_certificate"]
    content["subject_public_key_info"] = keys.PublicKeyInfo.load(public_key_der(key))
    return pyca.load_der_x509_certificate(_resigned(certificate, content, "signature_value", issuer))


def signed_list(builder: pyca.CertificateRevocationListBuilder, issuer: PrivateKey) -> bytes:
    """The revocation list (DER), signed by ``issuer``."""
    if not isinstance(issuer, sm2.Sm2PrivateKey):
        revocations = builder.sign(issuer, hashes.SHA256(), ecdsa_deterministic=_chance(issuer))
        return revocations.public_bytes(serialization.Encoding.DER)
    draft = builder.sign(_STAND_IN, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    revocations_list = crl.CertificateList.load(draft)
    return _resigned(revocations_list, revocations_list["tbs_cert_list"], "signature", issuer)


def key_file(
    name: str,
    pairs: Sequence[tuple[PrivateKey, bytes]],
    others: Sequence[bytes],
    pin: str,
    chance: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """A PKCS#12 file (RFC 7292) of keys with their certificates (DER) and others': AES-256, HMAC-SHA-256.

    ``chance`` gives so many bytes for salts and the like.
    """
    bags: list[dict[str, Any]] = []
    for key, certificate in pairs:
        mark = [
            {"type": "local_key_id", "values": [hashlib.sha256(certificate).digest()[:20]]},
            {"type": "friendly_name", "values": [core.BMPString(name)]},
        ]
        bags.append(
            {"bag_id": "pkcs8_shrouded_key_bag", "bag_value": _locked(_pkcs8(key), pin, chance), "bag_attributes": mark}
        )
        bags.append({"bag_id": "cert_bag", "bag_value": _bagged(certificate), "bag_attributes": mark})
    bags += [{"bag_id": "cert_bag", "bag_value": _bagged(other)} for other in others]
    safe = {"content_type": "data", "content": pkcs12.SafeContents(bags).dump()}
    content = pkcs12.AuthenticatedSafe([safe]).dump()
    file = pkcs12.Pfx({"version": "v3", "auth_safe": {"content_type": "data", "content": content}})
    return _with_checksum(file.dump(), pin.encode(), chance(16))


def signature_without_chance(key: PrivateKey, data: bytes) -> bytes:
    """RSA PKCS#1 v1.5, ECDSA (RFC 6979) or SM2, each with its suite's digest; never for a key that is worth anything.

    SM2 is computed by the words of GB/T 32918.2, 6.1, the random number out of key and message.
    """
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    digest = sm2.message_digest(key.public_key(), data)
    scalar = key.scalar()
    seed = hashlib.sha512(scalar.to_bytes(32, "big") + digest).digest()
    number = int.from_bytes(seed, "big") % (sm2.ORDER - 2) + 1
    x = int.from_bytes(sm2.private_key_from(number).public_key().point[1:33], "big")
    r = (int.from_bytes(digest, "big") + x) % sm2.ORDER
    s = pow(1 + scalar, -1, sm2.ORDER) * (number - r * scalar) % sm2.ORDER
    return encode_dss_signature(r, s)


def _chance(issuer: PrivateKey) -> bool | None:
    return True if isinstance(issuer, ec.EllipticCurvePrivateKey) else None


def _resigned(whole: Any, content: Any, field: str, issuer: PrivateKey) -> bytes:
    suite = suite_of(issuer.public_key())
    algorithm = _SHA256_RSA if isinstance(issuer, rsa.RSAPrivateKey) else suite.signature
    content["signature"] = algos.SignedDigestAlgorithm({"algorithm": algorithm})
    whole["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": algorithm})
    whole[field] = signature_without_chance(issuer, content.dump(force=True))
    encoded: bytes = whole.dump(force=True)
    return encoded


def _pkcs8(key: PrivateKey) -> bytes:
    if isinstance(key, sm2.Sm2PrivateKey):
        return key.private_bytes()
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _locked(pkcs8: bytes, pin: str, chance: Callable[[int], bytes]) -> keys.EncryptedPrivateKeyInfo:
    salt, iv = chance(16), chance(16)
    key = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, _ROUNDS, 32)
    padder = PKCS7(128).padder()
    encryptor = Cipher(AES(key), CBC(iv)).encryptor()
    locked = encryptor.update(padder.update(pkcs8) + padder.finalize()) + encryptor.finalize()
    derivation = {
        "algorithm": "pbkdf2",
        "parameters": {
            "salt": algos.Pbkdf2Salt("specified", salt),
            "iteration_count": _ROUNDS,
            "prf": {"algorithm": "sha256"},
        },
    }
    scheme = {"algorithm": "aes256_cbc", "parameters": iv}
    return keys.EncryptedPrivateKeyInfo(
        {
            "encryption_algorithm": {
                "algorithm": "pbes2",
                "parameters": {"key_derivation_func": derivation, "encryption_scheme": scheme},
            },
            "encrypted_data": locked,
        }
    )


def _bagged(certificate: bytes) -> dict[str, Any]:
    return {"cert_id": "x509", "cert_value": core.ParsableOctetString(certificate)}


def _with_checksum(file: bytes, pin: bytes, salt: bytes) -> bytes:
    made = decoded("d2i_PKCS12", file)
    if made is None:
        raise ValueError("libcrypto does not read the key file")
    library = libcrypto()
    try:
        if library.PKCS12_set_mac(made, pin, len(pin), salt, len(salt), _ROUNDS, library.EVP_sha256()) != 1:
            raise ValueError("libcrypto cannot make the key file's checksum")
        return encoded("i2d_PKCS12", made)
    finally:
        library.PKCS12_free(made)
