"""Encrypted CMS of other tools (RFC 5652, RFC 5083, GB/T 35275): opened with one key operation, read at random, bounded in memory.

The file is read twice: once to authenticate it, once as it is asked for. Between the two it might be changed, so the
first reading notes a digest of every block and the second compares. Content is decrypted to memory only.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from asn1crypto import cms
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC, CTR, GCM

from evalclient.core.ports import KeyHandle, OpensContent, WrappedKey
from evalclient.crypto.cms.auth_enveloped import NONCE_BYTES, TAG_BYTES, damaged, malformed
from evalclient.crypto.cms.foreign_ber import Ciphertext, ForeignFrame, read_frame
from evalclient.crypto.cms.foreign_refusals import cipher_refused, require_der
from evalclient.crypto.cms.recipients import wrapped_key_for
from evalclient.crypto.cms.sm_envelopes import SM4_KEY_BYTES, SM4_NAMES, sm4_vector, unpadded
from evalclient.crypto.errors import EnvelopeRefused, NotARecipient
from evalclient.crypto.primitives import der
from evalclient.crypto.primitives.public_keys import PARSER_ERRORS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK: Final = 1 << 20
_BLOCK_BYTES: Final = 16
#: SM4 content that a token decrypts itself lies in memory
_MOST_BY_TOKEN: Final = 64 << 20
#: the most that GCM encrypts under one nonce (NIST SP 800-38D, 5.2.1.1)
_MOST_GCM: Final = (1 << 36) - 32
_AES: Final = bytes.fromhex("06096086480165030401")
#: last octet of the algorithm's object identifier → (name, bytes of the key)
_GCM: Final = {6: ("AES-128-GCM", 16), 26: ("AES-192-GCM", 24), 46: ("AES-256-GCM", 32)}
_CBC: Final = {2: ("AES-128-CBC", 16), 22: ("AES-192-CBC", 24), 42: ("AES-256-CBC", 32)}
#: ``decipher(at, block, buffer)`` decrypts in place of ``buffer`` the ciphertext ``block`` that begins at ``at``
_Decipher = Callable[[int, memoryview, memoryview], None]


@dataclass(frozen=True, slots=True)
class _Algorithm:
    """Content encryption: ``cipher`` is made of a key, ``vector`` is the nonce or initialisation vector."""

    name: str
    key_bytes: int
    authenticated: bool
    vector: bytes
    cipher: type[AES | SM4] = AES


class ForeignContent(io.RawIOBase):
    """The decrypted content of a foreign envelope as a read-only, seekable file; its source must stay open.

    ``authenticated``: its tag held before the first byte is handed out. It is False for CBC, which knows no tag:
    anybody on the way may have changed such content, and who shows it must say so. Reading raises EnvelopeRefused
    where the source no longer is what it was when it was opened.
    """

    def __init__(
        self, ciphertext: Ciphertext, size: int, algorithm: str, decipher: _Decipher, digests: list[bytes] | None
    ) -> None:
        super().__init__()
        self.size = size
        self.algorithm = algorithm
        self.authenticated = digests is not None
        self._ciphertext = ciphertext
        self._digests = digests
        self._decipher = decipher
        self._at = 0
        self._sealed = memoryview(bytearray(min(BLOCK, ciphertext.size)))
        self._plain = memoryview(bytearray(min(BLOCK, ciphertext.size) + _BLOCK_BYTES))
        self._kept = -1

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Position in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; positions behind the end read as empty."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("position before the start")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as the content goes."""
        if self.closed:
            raise ValueError("the content was closed")
        target = memoryview(buffer).cast("B")
        done = 0
        wanted = min(len(target), max(self.size - self._at, 0))
        while done < wanted:
            number, start = divmod(self._at, BLOCK)
            self._load(number)
            count = min(wanted - done, BLOCK - start)
            target[done : done + count] = self._plain[start : start + count]
            done += count
            self._at += count
        return done

    def readall(self) -> bytes:
        """Everything from the position on."""
        buffer = bytearray(max(self.size - self._at, 0))
        self.readinto(buffer)
        return bytes(buffer)

    def close(self) -> None:
        """Forget the content in memory, overwriting it."""
        if not self.closed:
            self._plain[:] = bytes(len(self._plain))
            self._kept = -1
        super().close()

    def _load(self, number: int) -> None:
        if self._kept == number:
            return
        self._kept = -1
        at = number * BLOCK
        block = self._sealed[: min(BLOCK, self._ciphertext.size - at)]
        _read(self._ciphertext, at, block)
        if self._digests is not None and hashlib.sha256(block).digest() != self._digests[number]:
            raise damaged()
        self._decipher(at, block, self._plain)
        self._kept = number


def open_foreign(untrusted: BinaryIO, key: KeyHandle) -> ForeignContent:
    """The content of an envelope that another tool made for ``key``, in a seekable file: one key operation.

    NotARecipient when it was made for others, EnvelopeRefused when it is malformed, uses an algorithm that is not
    accepted (AES-GCM with tags of 16 bytes, AES-CBC and SM4-CBC are), or fails its check.
    """
    require_der(untrusted)
    try:
        frame = read_frame(untrusted)
        algorithm = _algorithm(frame)
        wrapped = wrapped_key_for(cms.RecipientInfos.load(der.value(der.SET, frame.recipients)), key)
    except PARSER_ERRORS as error:
        raise malformed(error) from error
    if wrapped is None:
        raise NotARecipient(
            "该文件不是加密给您的证书的，请核对证书介质，或请发送方用您的证书重新加密。",
            "The file was not encrypted for your certificate; check the token you use, or ask the sender to encrypt it "
            "for your certificate.",
        )
    if isinstance(key, OpensContent) and algorithm.cipher is SM4:
        return _opened_by_token(frame.ciphertext, algorithm, key, wrapped)
    content_key = _content_key(key, wrapped, algorithm.key_bytes)
    return _gcm(frame, algorithm, content_key) if algorithm.authenticated else _cbc(frame, algorithm, content_key)


def _content_key(key: KeyHandle, wrapped: WrappedKey, key_bytes: int) -> bytes:
    """The unwrapped key. A PKCS#1 v1.5 padding that does not hold gives a key of chance: no oracle (RFC 3218, 2.3.2)."""
    if wrapped.algorithm != "rsa-pkcs1v15":
        content_key = key.unwrap(wrapped)
        if len(content_key) != key_bytes:
            raise damaged()
        return content_key
    chance = secrets.token_bytes(key_bytes)
    try:
        content_key = key.unwrap(wrapped)
    except EnvelopeRefused:
        return chance
    return content_key if len(content_key) == key_bytes else chance


def _gcm(frame: ForeignFrame, algorithm: _Algorithm, key: bytes) -> ForeignContent:
    """Authenticate everything, noting what each block was; then read by CTR, which is what GCM encrypts with."""
    ciphertext = frame.ciphertext
    decryptor = Cipher(AES(key), GCM(algorithm.vector, frame.tag)).decryptor()
    decryptor.authenticate_additional_data(frame.attributes)
    sealed = memoryview(bytearray(min(BLOCK, ciphertext.size)))
    dropped = bytearray(len(sealed))
    digests: list[bytes] = []
    for at in range(0, ciphertext.size, BLOCK):
        block = sealed[: min(BLOCK, ciphertext.size - at)]
        _read(ciphertext, at, block)
        digests.append(hashlib.sha256(block).digest())
        decryptor.update_into(block, dropped)
    dropped[:] = bytes(len(dropped))
    try:
        decryptor.finalize()
    except InvalidTag as error:
        raise damaged() from error

    def decipher(at: int, block: memoryview, buffer: memoryview) -> None:
        counter = (2 + at // _BLOCK_BYTES).to_bytes(_BLOCK_BYTES - NONCE_BYTES, "big")
        Cipher(AES(key), CTR(algorithm.vector + counter)).decryptor().update_into(block, buffer)

    return ForeignContent(ciphertext, ciphertext.size, algorithm.name, decipher, digests)


def _cbc(frame: ForeignFrame, algorithm: _Algorithm, key: bytes) -> ForeignContent:
    """Each block is decrypted with the ciphertext before it; the last one tells the size by its padding."""
    ciphertext = frame.ciphertext

    def decipher(at: int, block: memoryview, buffer: memoryview) -> None:
        vector = bytearray(algorithm.vector)
        if at:
            _read(ciphertext, at - _BLOCK_BYTES, memoryview(vector))
        Cipher(algorithm.cipher(key), CBC(bytes(vector))).decryptor().update_into(block, buffer)

    _require_blocks(ciphertext)
    last, plain = bytearray(_BLOCK_BYTES), bytearray(2 * _BLOCK_BYTES)
    _read(ciphertext, ciphertext.size - _BLOCK_BYTES, memoryview(last))
    decipher(ciphertext.size - _BLOCK_BYTES, memoryview(last), memoryview(plain))
    padding = plain[_BLOCK_BYTES - 1]
    if not 1 <= padding <= _BLOCK_BYTES or plain[_BLOCK_BYTES - padding : _BLOCK_BYTES] != bytes([padding]) * padding:
        raise damaged()
    return ForeignContent(ciphertext, ciphertext.size - padding, algorithm.name, decipher, None)


def _opened_by_token(
    ciphertext: Ciphertext, algorithm: _Algorithm, key: OpensContent, wrapped: WrappedKey
) -> ForeignContent:
    """By a token that gives no content key away: it decrypts all of it, which is held in memory."""
    _require_blocks(ciphertext)
    if ciphertext.size > _MOST_BY_TOKEN:
        raise malformed(ValueError("larger than a token is asked to decrypt"))
    sealed = bytearray(ciphertext.size)
    _read(ciphertext, 0, memoryview(sealed))
    plain = key.open_content(wrapped, algorithm.vector, bytes(sealed))
    if len(plain) != ciphertext.size:
        raise damaged()
    size = len(plain) - _BLOCK_BYTES + len(unpadded(plain[-_BLOCK_BYTES:]))

    def decipher(at: int, block: memoryview, buffer: memoryview) -> None:
        buffer[: len(block)] = plain[at : at + len(block)]

    return ForeignContent(ciphertext, size, algorithm.name, decipher, None)


def _require_blocks(ciphertext: Ciphertext) -> None:
    """CBC encrypts whole blocks."""
    if not ciphertext.size or ciphertext.size % _BLOCK_BYTES:
        raise damaged()


def _algorithm(frame: ForeignFrame) -> _Algorithm:
    """The content encryption that goes with the kind of envelope; EnvelopeRefused, ValueError for any other."""
    reader = der.DerReader(memoryview(frame.algorithm)).enter(der.SEQUENCE)
    if not frame.algorithm[2:].startswith((_AES, *SM4_NAMES)):
        raise cipher_refused(reader)
    if not frame.algorithm[2:].startswith(_AES) and frame.tag is None:
        return _Algorithm("SM4-CBC", SM4_KEY_BYTES, authenticated=False, vector=sm4_vector(reader), cipher=SM4)
    reader.expect(_AES)
    number = reader.octet()
    if frame.tag is None:
        name, key_bytes = _CBC.get(number, ("", 0))
        vector = bytes(reader.take(der.OCTET_STRING))
        fits = len(vector) == _BLOCK_BYTES
    else:
        name, key_bytes = _GCM.get(number, ("", 0))
        parameters = reader.enter(der.SEQUENCE)
        vector = bytes(parameters.take(der.OCTET_STRING))
        tag_bytes = int.from_bytes(parameters.take(der.INTEGER), "big")
        parameters.finish()
        fits = len(vector) == NONCE_BYTES and tag_bytes == len(frame.tag) == TAG_BYTES
        fits = fits and frame.ciphertext.size <= _MOST_GCM
    reader.finish()
    if not name or not fits:
        raise ValueError("content is encrypted in a way that is not accepted")
    return _Algorithm(name, key_bytes, frame.tag is not None, vector)


def _read(ciphertext: Ciphertext, at: int, buffer: memoryview) -> None:
    try:
        ciphertext.read_into(at, buffer)
    except ValueError as error:
        raise damaged() from error
