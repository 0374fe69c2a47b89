"""Ports: what the pure house needs from outside, as protocols. Real parts implement them; tests run on both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from evalclient.core.records.envelope import Record

Digest = Literal["sha1", "sha224", "sha256", "sha384", "sha512"]


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A small envelope that only a private key opens.

    ``rsa-oaep`` (``digest`` for the label, ``mask`` for MGF1, None where it is the same) and ``rsa-pkcs1v15``: ``wrapped`` is the RSA ciphertext. ``ecdh-x963``:
    ``originator`` is the sender's ephemeral public key (SubjectPublicKeyInfo DER), ``shared_info`` the
    ECC-CMS-SharedInfo (DER), ``digest`` that of the X9.63 KDF, ``wrapped`` the AES key wrap under the ``key_bytes``
    that it derives. ``sm2``: ``wrapped`` is the SM2Cipher (GM/T 0009, DER) of the key. The product itself only makes SHA-256 and 32 bytes; the others come from other tools.
    """

    algorithm: Literal["rsa-oaep", "rsa-pkcs1v15", "ecdh-x963", "sm2"]
    wrapped: bytes
    originator: bytes = b""
    shared_info: bytes = b""
    digest: Digest = "sha256"
    key_bytes: int = 32
    mask: Digest | None = None


class KeyHandle(Protocol):
    """A person's key: a PKCS#12 file now, a token later. It signs and opens small envelopes, nothing else."""

    @property
    def certificate(self) -> bytes:
        """Signing certificate (DER)."""
        ...

    @property
    def encryption_certificate(self) -> bytes:
        """Encryption certificate (DER); the same where a person has one certificate."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Intermediate certificates (DER) that came with the key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Signature over ``data``: RSA PKCS#1 v1.5 or ECDSA (DER) with SHA-256, SM2 (DER) with SM3 and the default identity."""
        ...

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        """Open a small envelope made for the encryption certificate; raises EnvelopeRefused.

        ``rsa-pkcs1v15``: a wrong padding may also give bytes by chance (implicit rejection); the reader goes on with a
        key of chance in both cases and meets the one refusal at the content.
        """
        ...


class TimestampService(Protocol):
    """A time-stamping authority (时间戳服务机构), as the network reaches it."""

    def answer(self, request: bytes) -> bytes:
        """Its answer (DER, untrusted) to an RFC 3161 request (DER); raises TimestampUnreachable."""
        ...


@runtime_checkable
class OpensContent(KeyHandle, Protocol):
    """A ``KeyHandle`` that gives no content key out: the key is opened, and used, inside (a token by SKF, GM/T 0016, or a signing service)."""

    def open_content(self, wrapped: WrappedKey, vector: bytes, ciphertext: bytes) -> bytes:
        """Padded plain bytes of a small SM4-CBC content; raises EnvelopeRefused."""
        ...


class Clock(Protocol):
    """Time as it is claimed in records."""

    def now(self) -> str:
        """RFC 3339, UTC, milliseconds."""
        ...


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One leaf of the centre's log. ``received`` is RFC 3339, UTC, milliseconds, as the centre claims it."""

    index: int
    received: str
    record: Record


@dataclass(frozen=True, slots=True)
class Receipt:
    """The centre's promise for one record: a C2SP ``tlog-proof`` text (index, inclusion proof, signed checkpoint)."""

    record_id: str
    proof: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The centre's answer to one submitted record: a receipt, or why it was refused.

    ``retry``: the refusal is not final (a blob or predecessor is still missing, or an earlier record of the batch was
    refused): the record stays in the outbox.
    """

    record_id: str
    receipt: Receipt | None
    refusal_zh: str = ""
    refusal_en: str = ""
    retry: bool = False


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Entries from an index on, and the signed checkpoint (signed-note text) that covers them all."""

    entries: tuple[LogEntry, ...]
    checkpoint: str


class Centre(Protocol):
    """The centre as a client sees it. Every method may raise CentreUnreachable or CentreRefused."""

    def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
        """Hand in records in order; the valid prefix is accepted, one answer per record."""
        ...

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        """Log entries from ``start``; waits up to ``wait_seconds`` for the first new one."""
        ...

    def put_blob(self, digest: str, data: bytes) -> None:
        """Store a blob; idempotent."""
        ...

    def blob(self, digest: str) -> bytes:
        """A small blob (documents, reports), checked against its digest."""
        ...


class RecordLog(Protocol):
    """The local store of one seat and evaluation: verified log, own pending records (outbox), secrets, blobs.

    Every write is committed to disk before the call returns.
    """

    def append_pending(self, record_id: str, record: Record) -> None:
        """Append an own record, and its outbox row, in one transaction."""
        ...

    def pending(self) -> tuple[Record, ...]:
        """Own records that the verified log does not show yet and the centre has not refused, in the order made."""
        ...

    def absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        """Append verified entries (id, entry) and the checkpoint that covers them; drop them from the outbox."""
        ...

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        """Keep verified receipts; their rows leave the outbox but stay pending until the log shows them."""
        ...

    def outbox(self) -> tuple[Record, ...]:
        """Own records still to be sent, in order."""
        ...

    def receipts(self) -> tuple[Receipt, ...]:
        """All kept receipts, in the order of their checkpoints' sizes."""
        ...

    def refuse(self, record_id: str, reason: str) -> None:
        """Move a record the centre refused for good out of the outbox; it is kept and shown to its author."""
        ...

    def refusals(self) -> tuple[tuple[Record, str], ...]:
        """Own records the centre refused for good, with the reason, in the order they were made."""
        ...

    def entries(self, start: int = 0) -> Iterator[LogEntry]:
        """The verified log from ``start``, in index order."""
        ...

    def checkpoint(self) -> str:
        """The last verified checkpoint, or ""."""
        ...

    def put_secret(self, name: str, value: bytes) -> None:
        """Keep session keys under ``name``."""
        ...

    def secret(self, name: str) -> bytes | None:
        """A kept secret."""
        ...

    def put_blob(self, digest: str, data: bytes) -> None:
        """Keep a small blob; the caller has checked the digest."""
        ...

    def blob(self, digest: str) -> bytes | None:
        """A kept blob."""
        ...
