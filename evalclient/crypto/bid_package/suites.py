"""What the two suites of a package do differently: its digests, and how a part is sealed and opened.

International: SHA-256, and AES-256-GCM under a content key that the compartment's key wraps; the tag authenticates. SM:
SM3, and SM4-CBC under a key derived for the part; the signed digest of the part authenticates, before anything is
decrypted. In both a part's content key (32 bytes) opens that part and no other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final, Protocol

from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.envelope import HashName, SuiteName
from evalclient.crypto.cms import key_sealed, sm4_sealed
from evalclient.crypto.cms.auth_enveloped import malformed


class SignedVolume(Protocol):
    """What a signed manifest says of a volume: its part, the digest of the sealed part (hex), its tag (hex) or ""."""

    @property
    def part(self) -> str:
        """Name of the part."""
        ...

    @property
    def tag(self) -> str:
        """GCM tag, or ""."""
        ...

    @property
    def digest(self) -> str:
        """Digest of the part."""
        ...


@dataclass(frozen=True, slots=True)
class PackageSuite:
    """One suite: its name in the key table, its hash, and how ASiCManifest.xml names that."""

    name: SuiteName
    hash: HashName
    method: str

    def digest(self, data: bytes | memoryview) -> bytes:
        """Digest of ``data``, 32 bytes."""
        return hashlib.new(self.hash, data).digest()

    def hasher(self) -> Any:
        """A running digest."""
        return hashlib.new(self.hash)


INTERNATIONAL: Final = PackageSuite("international", "sha256", "http://www.w3.org/2001/04/xmlenc#sha256")
SM: Final = PackageSuite("sm", "sm3", "urn:oid:1.2.156.10197.1.401")


def suite_called(name: SuiteName) -> PackageSuite:
    """The suite of an evaluation's packages, as its record 0 names it."""
    return SM if name == "sm" else INTERNATIONAL


def suite_named(method: str) -> PackageSuite:
    """The suite whose digest ASiCManifest.xml names so; ValueError for any other name."""
    for suite in (INTERNATIONAL, SM):
        if suite.method == method:
            return suite
    raise ValueError("digest is neither SHA-256 nor SM3")


def key_id(compartment: Compartment) -> bytes:
    """How sealed parts of the international suite name their key: ``openssl cms -secretkeyid`` takes it in hex."""
    return compartment.encode()


def seal_part(
    suite: PackageSuite, content: bytes | memoryview, key: bytes, compartment: Compartment, part: str
) -> tuple[bytes, str]:
    """The sealed part (DER) under the compartment's ``key``, and its tag (hex), "" where the suite has none."""
    if suite is SM:
        return sm4_sealed.seal(content, sm4_sealed.part_key(key, part)), ""
    sealed = key_sealed.seal_with_key(content, key, key_id(compartment))
    return sealed, key_sealed.tag_of(sealed).hex()


def content_key(suite: PackageSuite, untrusted: bytes, key: bytes, compartment: Compartment, part: str) -> bytes:
    """What opens this part and no other. EnvelopeRefused when it is malformed or another key's."""
    if suite is SM:
        return sm4_sealed.part_key(key, part)
    return key_sealed.content_key(untrusted, key, key_id(compartment))


def open_with_content_key(suite: PackageSuite, untrusted: bytes, key: bytes, digest: bytes) -> bytes:
    """The content of a part by the key of this part alone; ``digest`` is what the seal says of it. EnvelopeRefused."""
    if suite is SM:
        return sm4_sealed.open_part(untrusted, key, digest)
    return key_sealed.open_with_content_key(untrusted, key)


def open_part(
    suite: PackageSuite, untrusted: bytes, key: bytes, compartment: Compartment, part: str, digest: bytes
) -> bytes:
    """The content of a part by the compartment's ``key``; ``digest`` is what the seal says of it. EnvelopeRefused."""
    if suite is SM:
        return sm4_sealed.open_part(untrusted, sm4_sealed.part_key(key, part), digest)
    return key_sealed.open_with_key(untrusted, key, key_id(compartment))


def open_volume_into(
    suite: PackageSuite,
    untrusted: memoryview,
    key: bytes,
    compartment: Compartment,
    signed: SignedVolume,
    buffer: memoryview,
) -> int:
    """The content of a volume into ``buffer``, which holds none of it after a refusal; its length. EnvelopeRefused.

    ``signed`` is what the manifest says of it: it ties the volume to its place.
    """
    if suite is not SM:
        return key_sealed.open_with_key_into(untrusted, key, key_id(compartment), buffer, bytes.fromhex(signed.tag))
    content = sm4_sealed.open_part(untrusted, sm4_sealed.part_key(key, signed.part), bytes.fromhex(signed.digest))
    if len(content) > len(buffer):
        raise malformed(ValueError("longer than stated"))
    buffer[: len(content)] = content
    return len(content)
