"""A record: exact payload bytes and a detached signature over them.

The payload is a type line and UTF-8 JSON that is signed as bytes and never serialised again. The id of a record is the
hash of its payload: it does not cover the signature, because SM2 and ECDSA signatures are randomised.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.errors import RecordMalformed
from evalclient.core.records.fields import END, Digest, Moment, OptionalDigest, PersonId

TYPE_LINE = b"evalclient-record/1\n"
HashName = Literal["sha256", "sm3"]
#: which algorithms an evaluation uses: RSA, EC, AES, or the Chinese SM2, SM3, SM4 (国密)
SuiteName = Literal["international", "sm"]
MAX_PAYLOAD = 4 << 20


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last checkpoint the author had verified: tree size and root (hex; of the empty tree at size 0)."""

    size: Annotated[int, Meta(ge=0)]
    root: Digest


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed. ``body`` stays raw JSON; the catalogue decodes it by ``kind``.

    ``evaluation`` is the genesis fingerprint ("" in record 0 alone); ``session`` the id of the author's
    ``session.opened`` ("" in that record and in record 0); ``seq``/``prev`` number and chain the records of one session
    (``session.opened`` has seq 0 and prev ""; record 0 likewise); ``nonce`` 128 random bits, hex.
    """

    evaluation: OptionalDigest
    kind: Annotated[str, Meta(pattern="^[a-z]+\\.[a-z]+" + END)]
    author: PersonId
    session: OptionalDigest
    seq: Annotated[int, Meta(ge=0)]
    prev: OptionalDigest
    round: Annotated[int, Meta(ge=1)]
    seen: Seen
    at: Moment
    nonce: Annotated[str, Meta(pattern="^[0-9a-f]{32}" + END)]
    body: msgspec.Raw
    blobs: tuple[Digest, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Exact bytes as signed and as stored: ``payload`` and detached ``signature`` (CMS DER or 64 bytes by a session key)."""

    payload: bytes
    signature: bytes


_decoder = msgspec.json.Decoder(Payload)


def encode_payload(payload: Payload) -> bytes:
    """The bytes to sign."""
    return TYPE_LINE + msgspec.json.encode(payload)


def decode_payload(untrusted_payload: bytes) -> Payload:
    """Parse payload bytes; RecordMalformed when they are not a payload of this version."""
    if not untrusted_payload.startswith(TYPE_LINE) or len(untrusted_payload) > MAX_PAYLOAD:
        raise RecordMalformed(
            "收到的数据不是本版本的评标记录，请核对来源或升级客户端。",
            "The data is not a record of this version; check where it comes from or update the client.",
        )
    try:
        return _decoder.decode(memoryview(untrusted_payload)[len(TYPE_LINE) :])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordMalformed(
            f"评标记录的内容不合格式（{error}），请要求发送方重新发送。",
            f"The record does not follow its format ({error}); ask its sender to send it again.",
        ) from error


def digest(data: bytes | memoryview, algorithm: str = "sha256") -> str:
    """Hex digest under the evaluation's algorithm (``sha256`` or ``sm3``)."""
    return hashlib.new(algorithm, data).hexdigest()


def record_id(payload: bytes, algorithm: str = "sha256") -> str:
    """The id of a record: the hash of its payload bytes."""
    return digest(payload, algorithm)
