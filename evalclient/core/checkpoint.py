"""Checkpoints and receipts as text: C2SP signed-note, tlog-checkpoint and tlog-proof. Parse and print; no crypto here.

Signature check and signing come in as callables. The key's name is not the origin, as the specification recommends but
does not ask: record 0 names the key, and the origin holds record 0's hash.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from evalclient.core.errors import LogDishonest
from evalclient.core.merkle import HASH_BYTES, leaf_bytes, leaf_hash, verify_inclusion
from evalclient.core.records.envelope import HashName, Record, Seen

#: ``verify(public_key, signature, message)``: True when the Ed25519 signature (RFC 8032) holds
VerifySignature = Callable[[bytes, bytes, bytes], bool]
#: ``sign(message)``: the 64 bytes of an Ed25519 signature
SignMessage = Callable[[bytes], bytes]

PROOF_LINE: Final = "c2sp.org/tlog-proof@v1"
ALGORITHM_ED25519: Final = b"\x01"
MOST_SIGNATURES: Final = 16
MOST_TEXT: Final = 64 << 10
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_KEY_NAME: Final = re.compile(r"[^\s+\x00-\x1f]+")
_VKEY: Final = re.compile(r"([^\s+\x00-\x1f]+)\+([0-9a-f]{8})\+(\S+)")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


class CheckpointInvalid(LogDishonest):
    """A checkpoint or receipt is not a well-formed text signed by the log's key."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"评标中心的签名凭证无效（{what}），请停止操作并报告监督人员。",
            f"The centre's signed statement about its log is invalid ({what}); stop and report it to the supervisor.",
        )


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A log's public key (C2SP vkey): name, key id (4 bytes) and 32 bytes of Ed25519."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256(name, newline, algorithm, key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + ALGORITHM_ED25519 + self.public_key).digest()[:4]

    def text(self) -> str:
        """``name+hex key id+base64(algorithm ‖ key)``."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(ALGORITHM_ED25519 + self.public_key)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's state: ``origin``, number of leaves, root of the tree (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The note text that is signed."""
        return f"{self.origin}\n{self.size}\n{_encode(self.root)}\n"

    def seen(self) -> Seen:
        """As a record names it."""
        return Seen(self.size, self.root.hex())


@dataclass(frozen=True, slots=True)
class Proof:
    """A parsed ``tlog-proof``: leaf ``index``, inclusion ``hashes``, ``extra`` data, and the signed checkpoint (text)."""

    index: int
    hashes: tuple[bytes, ...]
    extra: bytes
    signed_checkpoint: str

    def text(self) -> str:
        """The receipt as it is handed out and archived."""
        lines = [PROOF_LINE]
        if self.extra:
            lines.append(f"extra {_encode(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(_encode(hashed) for hashed in self.hashes)
        return "\n".join(lines) + "\n\n" + self.signed_checkpoint


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt whose signature and inclusion proof hold: where the record stands, when the centre says it came."""

    index: int
    received: str
    checkpoint: Checkpoint


def origin_of(fingerprint: str) -> str:
    """The origin line of an evaluation's log."""
    return f"evalclient/{fingerprint}"


def parse_verifier_key(text: str) -> VerifierKey:
    """A C2SP vkey; CheckpointInvalid unless it is an Ed25519 key whose id fits."""
    match = _VKEY.fullmatch(text)
    if match is None:
        raise CheckpointInvalid("log key")
    decoded = _decode(match[3])
    key = VerifierKey(match[1], decoded[1:])
    if decoded[:1] != ALGORITHM_ED25519 or len(key.public_key) != 32 or key.key_id.hex() != match[2]:
        raise CheckpointInvalid("log key")
    return key


def sign_checkpoint(checkpoint: Checkpoint, key: VerifierKey, sign: SignMessage) -> str:
    """The checkpoint as a signed note."""
    text = checkpoint.text()
    return f"{text}\n— {key.name} {_encode(key.key_id + sign(text.encode()))}\n"


def verify_checkpoint(
    untrusted_note: str, origin: str, keys: Iterable[VerifierKey], verify: VerifySignature
) -> Checkpoint:
    """The checkpoint in a note signed by one of ``keys`` for ``origin``; CheckpointInvalid otherwise.

    Signatures of unknown keys are ignored; a known key's signature that fails rejects the note.
    """
    text, signatures = _split_note(untrusted_note)
    known = {(key.name, key.key_id): key for key in keys}
    signed = False
    for name, untrusted_signature in signatures:
        key = known.get((name, untrusted_signature[:4]))
        if key is None:
            continue
        if not verify(key.public_key, untrusted_signature[4:], text.encode()):
            raise CheckpointInvalid("signature")
        signed = True
    if not signed:
        raise CheckpointInvalid("not signed by the log's key")
    checkpoint = _parse_checkpoint(text)
    if checkpoint.origin != origin:
        raise CheckpointInvalid("of another evaluation")
    return checkpoint


def read_checkpoint(trusted_note: str) -> Checkpoint:
    """The checkpoint in a note that has been verified before (from the own store)."""
    return _parse_checkpoint(_split_note(trusted_note)[0])


def parse_proof(untrusted_text: str) -> Proof:
    """A ``tlog-proof`` text, unverified; CheckpointInvalid when it does not follow the format."""
    head, separator, note = untrusted_text.partition("\n\n")
    lines = head.split("\n")
    if len(untrusted_text) > MOST_TEXT or not separator or lines[0] != PROOF_LINE:
        raise CheckpointInvalid("receipt format")
    rest = lines[1:]
    extra = b""
    if rest and rest[0].startswith("extra "):
        extra = _decode(rest.pop(0).removeprefix("extra "))
    if not rest or not rest[0].startswith("index "):
        raise CheckpointInvalid("receipt format")
    index = _decimal(rest[0].removeprefix("index "))
    return Proof(index, tuple(_decode_hash(line) for line in rest[1:]), extra, note)


def verify_receipt(
    untrusted_proof: str,
    record: Record,
    origin: str,
    keys: Iterable[VerifierKey],
    verify: VerifySignature,
    algorithm: HashName = "sha256",
) -> VerifiedReceipt:
    """Raise unless the receipt proves that ``record`` stands in the log; returns what it proves.

    The time of receipt travels as the proof's extra data and is part of the leaf, so that the proof covers it.
    """
    proof = parse_proof(untrusted_proof)
    checkpoint = verify_checkpoint(proof.signed_checkpoint, origin, keys, verify)
    received = proof.extra.decode("ascii", "replace")
    if not _MOMENT.fullmatch(received):
        raise CheckpointInvalid("time of receipt")
    hashed = leaf_hash(leaf_bytes(received, record), algorithm)
    verify_inclusion(hashed, proof.index, checkpoint.size, proof.hashes, checkpoint.root, algorithm)
    return VerifiedReceipt(proof.index, received, checkpoint)


def _split_note(untrusted_note: str) -> tuple[str, list[tuple[str, bytes]]]:
    if len(untrusted_note) > MOST_TEXT or any(ord(char) < 32 and char != "\n" for char in untrusted_note):
        raise CheckpointInvalid("note format")
    text, separator, tail = untrusted_note.rpartition("\n\n")
    lines = tail.split("\n")
    if not separator or not text or lines.pop() != "" or not 1 <= len(lines) <= MOST_SIGNATURES:
        raise CheckpointInvalid("note format")
    return text + "\n", [_parse_signature(line) for line in lines]


def _parse_signature(line: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _KEY_NAME.fullmatch(parts[1]):
        raise CheckpointInvalid("note format")
    signature = _decode(parts[2])
    if len(signature) <= 4:
        raise CheckpointInvalid("note format")
    return parts[1], signature


def _parse_checkpoint(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0]:
        raise CheckpointInvalid("checkpoint format")
    return Checkpoint(lines[0], _decimal(lines[1]), _decode_hash(lines[2]))


def _decimal(text: str) -> int:
    if not _DECIMAL.fullmatch(text):
        raise CheckpointInvalid("number")
    return int(text)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str) -> bytes:
    """Canonical base64 alone: one text for one value."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckpointInvalid("base64") from error
    if _encode(data) != text:
        raise CheckpointInvalid("base64")
    return data


def _decode_hash(text: str) -> bytes:
    hashed = _decode(text)
    if len(hashed) != HASH_BYTES:
        raise CheckpointInvalid("hash length")
    return hashed
