"""The outer shell of AuthEnvelopedData with AES-256-GCM (RFC 5083, RFC 5084): written and read by hand, without copies.

Content is encrypted once under a fresh key, so a nonce never meets a key twice. The tag has 16 bytes; shorter ones are
refused, although RFC 5084 allows them, because each byte less makes a forgery 256 times easier.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from evalclient.crypto.errors import EnvelopeRefused
from evalclient.crypto.primitives import der

KEY_BYTES = 32
TAG_BYTES = 16
NONCE_BYTES = 12
AUTH_ENVELOPED_DATA = bytes.fromhex("060b2a864886f70d0109100117")
_DATA = bytes.fromhex("06092a864886f70d010701")
_AES256_GCM = bytes.fromhex("060960864801650304012e")
_VERSION_0 = bytes.fromhex("020100")
_TAG_LENGTH = bytes((der.INTEGER, 1, TAG_BYTES))


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of one AuthEnvelopedData: encoded RecipientInfos (content of the SET), nonce, ciphertext, tag."""

    recipients: memoryview
    nonce: bytes
    ciphertext: memoryview
    tag: bytes


def encrypt(content: bytes | memoryview, key: bytes, recipients: bytes) -> bytes:
    """AuthEnvelopedData (DER) of ``content`` under the fresh ``key`` that the encoded ``recipients`` wrap."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    prefix, suffix = _frame(recipients, nonce, len(content))
    sealed = bytearray(len(prefix) + len(content) + len(suffix) + TAG_BYTES)
    end = len(prefix) + len(content)
    encryptor = Cipher(AES(key), GCM(nonce)).encryptor()
    encryptor.update_into(content, memoryview(sealed)[len(prefix) : end])
    encryptor.finalize()
    sealed[: len(prefix)] = prefix
    sealed[end:] = suffix + encryptor.tag
    return bytes(sealed)


def decrypt(shell: Shell, key: bytes) -> bytes:
    """The authenticated content; EnvelopeRefused when the tag does not hold."""
    buffer = bytearray(len(shell.ciphertext))
    decrypt_into(shell, key, memoryview(buffer))
    return bytes(buffer)


def decrypt_into(shell: Shell, key: bytes, buffer: memoryview) -> int:
    """Decrypt into ``buffer`` and return the length; on EnvelopeRefused the buffer holds zeros, never plaintext."""
    size = len(shell.ciphertext)
    if len(buffer) < size:
        raise ValueError("buffer is smaller than the content")
    decryptor = Cipher(AES(key), GCM(shell.nonce, shell.tag)).decryptor()
    decryptor.update_into(shell.ciphertext, buffer[:size])
    try:
        decryptor.finalize()
    except InvalidTag as error:
        buffer[:size] = bytes(size)
        raise damaged() from error
    return size


def parse_shell(untrusted: memoryview) -> Shell:
    """Parts of a definite-length DER AuthEnvelopedData; ValueError for anything else."""
    outer = der.DerReader(untrusted)
    info = outer.enter(der.SEQUENCE)
    outer.finish()
    info.expect(AUTH_ENVELOPED_DATA)
    explicit = info.enter(0xA0)
    info.finish()
    data = explicit.enter(der.SEQUENCE)
    explicit.finish()
    data.expect(_VERSION_0)
    recipients = data.take(der.SET)
    content = data.enter(der.SEQUENCE)
    tag = bytes(data.take(der.OCTET_STRING))
    data.finish()
    content.expect(_DATA)
    algorithm = content.enter(der.SEQUENCE)
    ciphertext = content.take(0x80)
    content.finish()
    algorithm.expect(_AES256_GCM)
    parameters = algorithm.enter(der.SEQUENCE)
    algorithm.finish()
    nonce = bytes(parameters.take(der.OCTET_STRING))
    parameters.expect(_TAG_LENGTH)
    parameters.finish()
    if len(tag) != TAG_BYTES or len(nonce) != NONCE_BYTES:
        raise ValueError("tag or nonce has the wrong length")
    return Shell(recipients, nonce, ciphertext, tag)


def damaged() -> EnvelopeRefused:
    """The one answer to a tag, wrap or padding that does not hold: which of them it was is nobody's business."""
    return EnvelopeRefused(
        "加密内容无法通过校验：密钥不符或数据已损坏，请重新获取该文件后再试。",
        "The encrypted content fails its check: wrong key or damaged data; fetch the file again.",
    )


def malformed(error: Exception) -> EnvelopeRefused:
    """The one answer to bytes that are no envelope of an accepted kind."""
    return EnvelopeRefused(
        "加密内容不合格式或使用了不被认可的算法，请重新获取该文件，或请发送方用认可的算法重新加密。",
        f"The encrypted content is malformed or uses an algorithm that is not accepted ({error}); fetch it again or "
        "ask the sender to encrypt it anew.",
    )


def _frame(recipients: bytes, nonce: bytes, length: int) -> tuple[bytes, bytes]:
    """Everything before the ciphertext, and everything between ciphertext and tag octets."""
    algorithm = der.value(
        der.SEQUENCE, _AES256_GCM, der.value(der.SEQUENCE, der.value(der.OCTET_STRING, nonce), _TAG_LENGTH)
    )
    content_head = _DATA + algorithm + der.header(0x80, length)
    suffix = der.header(der.OCTET_STRING, TAG_BYTES)
    head = der.header(der.SEQUENCE, len(content_head) + length) + content_head
    head = _VERSION_0 + der.value(der.SET, recipients) + head
    rest = length + len(suffix) + TAG_BYTES
    head = der.header(der.SEQUENCE, len(head) + rest) + head
    head = AUTH_ENVELOPED_DATA + der.header(0xA0, len(head) + rest) + head
    return der.header(der.SEQUENCE, len(head) + rest) + head, suffix
