"""How a PKCS#12 file is locked: key derivation, ciphers and checksum of RFC 7292 and RFC 8018.

``cryptography`` reads such files only with one key of RSA or EC in them; a person with a signing and an encryption
certificate has two, and SM2 keys come under SM4. The ciphers of old are pycryptodome's, so that no provider of OpenSSL
has to be there for them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import algos
from Crypto.Cipher import ARC2, ARC4, DES3
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

_FOR_KEY, _FOR_IV, _FOR_MAC = 1, 2, 3
_SM4_CBC: Final = "1.2.156.10197.1.104.2"
#: digests of the checksum and of PBKDF2, as asn1crypto or the standard names them
_DIGESTS: Final = {
    "sha1": "sha1",
    "sha224": "sha224",
    "sha256": "sha256",
    "sha384": "sha384",
    "sha512": "sha512",
    "1.2.156.10197.1.401": "sm3",
    "1.2.156.10197.1.401.2": "sm3",
}


class Unsupported(Exception):
    """An algorithm that is not known here."""


@dataclass(frozen=True, slots=True)
class Password:
    """One spelling of a PIN: as a BMPString (RFC 7292, B.1) and as the bytes that PBKDF2 takes."""

    bmp: bytes
    raw: bytes


def spellings(pin: str) -> Iterator[Password]:
    """The ways in which software writes a PIN into a file, the standard's first.

    Old OpenSSL made a BMPString out of the single bytes of whatever the terminal sent, UTF-8 or GBK; an empty PIN is
    written with or without its terminator.
    """
    found: dict[Password, None] = {}
    utf8 = pin.encode("utf-8", "surrogatepass")
    found[Password(pin.encode("utf-16-be", "surrogatepass") + b"\0\0", utf8)] = None
    for raw in (utf8, pin.encode("gb18030", "replace")):
        found[Password(b"".join(bytes((0, byte)) for byte in raw) + b"\0\0", raw)] = None
    if not pin:
        found[Password(b"", b"")] = None
    yield from found


def decrypt(algorithm: algos.EncryptionAlgorithm, ciphertext: bytes, password: Password) -> bytes:
    """The plain bytes; ValueError where the padding says that the password is another, Unsupported."""
    name = algorithm["algorithm"].native
    if name == "pbes2":
        return _pbes2(algorithm["parameters"], ciphertext, password.raw)
    if name in _LEGACY:
        size, iv_size, cipher = _LEGACY[name]
        salt, rounds = algorithm["parameters"]["salt"].native, algorithm["parameters"]["iterations"].native
        key = derive(password.bmp, salt, rounds, _FOR_KEY, size, "sha1")
        return cipher(key, derive(password.bmp, salt, rounds, _FOR_IV, iv_size, "sha1"), ciphertext)
    raise Unsupported(name)


def mac_holds(mac_data: Any, content: bytes, password: Password) -> bool:
    """Whether the checksum (MacData) of a file fits its content under a password; Unsupported."""
    info = mac_data["mac"]
    name = _digest_name(info["digest_algorithm"]["algorithm"].native)
    salt, rounds = mac_data["mac_salt"].native, mac_data["iterations"].native
    key = derive(password.bmp, salt, rounds, _FOR_MAC, hashlib.new(name).digest_size, name)
    return hmac.compare_digest(hmac.digest(key, content, name), info["digest"].native)


def derive(bmp: bytes, salt: bytes, rounds: int, purpose: int, length: int, name: str) -> bytes:
    """The key derivation of RFC 7292, appendix B.2."""
    block = hashlib.new(name).block_size
    diversifier = bytes((purpose,)) * block
    state = _filled(salt, block) + _filled(bmp, block)
    out = b""
    while len(out) < length:
        part = diversifier + state
        for _ in range(max(rounds, 1)):
            part = hashlib.new(name, part, usedforsecurity=False).digest()
        out += part
        addend = int.from_bytes(_filled(part, block)[:block], "big") + 1
        blocks = (state[at : at + block] for at in range(0, len(state), block))
        state = b"".join(
            ((int.from_bytes(each, "big") + addend) % (1 << 8 * block)).to_bytes(block, "big") for each in blocks
        )
    return out[:length]


def _filled(data: bytes, block: int) -> bytes:
    """``data`` repeated to a whole number of blocks."""
    if not data:
        return b""
    size = -(-len(data) // block) * block
    return (data * (size // len(data) + 1))[:size]


def _pbes2(parameters: Any, ciphertext: bytes, raw: bytes) -> bytes:
    scheme = parameters["encryption_scheme"]
    name = scheme["algorithm"].native
    iv = scheme["parameters"].native
    if name in ("aes128_cbc", "aes192_cbc", "aes256_cbc"):
        size, block = int(name[3:6]) // 8, 16
        cipher: Callable[[bytes], Any] = algorithms.AES
    elif name == _SM4_CBC:
        size, block, cipher = 16, 16, algorithms.SM4
    elif name == "tripledes_3key":
        return _unpadded(DES3.new(_pbkdf2(parameters, raw, 24), DES3.MODE_CBC, iv=iv).decrypt(ciphertext), 8)
    else:
        raise Unsupported(name)
    decryptor = Cipher(cipher(_pbkdf2(parameters, raw, size)), modes.CBC(iv)).decryptor()
    return _unpadded(decryptor.update(ciphertext) + decryptor.finalize(), block)


def _pbkdf2(parameters: Any, raw: bytes, size: int) -> bytes:
    derivation = parameters["key_derivation_func"]
    if derivation["algorithm"].native != "pbkdf2":
        raise Unsupported(derivation["algorithm"].native)
    given = derivation["parameters"]
    name = _digest_name(given["prf"]["algorithm"].native)
    return hashlib.pbkdf2_hmac(name, raw, given["salt"].native, given["iteration_count"].native, size)


def _digest_name(native: str) -> str:
    if native not in _DIGESTS:
        raise Unsupported(native)
    return _DIGESTS[native]


def _unpadded(padded: bytes, block: int) -> bytes:
    unpadder = PKCS7(8 * block).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def _triple_des(key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
    return _unpadded(DES3.new(key, DES3.MODE_CBC, iv=iv).decrypt(ciphertext), 8)


def _rc2(key: bytes, iv: bytes, ciphertext: bytes) -> bytes:
    cipher = ARC2.new(key, ARC2.MODE_CBC, iv=iv, effective_keylen=8 * len(key))  # noqa: S304 - files of old use it
    return _unpadded(cipher.decrypt(ciphertext), 8)


def _rc4(key: bytes, _iv: bytes, ciphertext: bytes) -> bytes:
    return ARC4.new(key).decrypt(ciphertext)


#: by the name of the scheme: bytes of key and of initial vector, and the cipher
_LEGACY: Final[dict[str, tuple[int, int, Callable[[bytes, bytes, bytes], bytes]]]] = {
    "pkcs12_sha1_tripledes_3key": (24, 8, _triple_des),
    "pkcs12_sha1_tripledes_2key": (16, 8, _triple_des),
    "pkcs12_sha1_rc2_128": (16, 8, _rc2),
    "pkcs12_sha1_rc2_40": (5, 8, _rc2),
    "pkcs12_sha1_rc4_128": (16, 0, _rc4),
    "pkcs12_sha1_rc4_40": (5, 0, _rc4),
}
