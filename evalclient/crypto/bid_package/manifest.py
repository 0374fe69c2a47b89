"""What a package says of itself: the open key table, and per compartment a signed, sealed manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import Meta

from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.envelope import SuiteName
from evalclient.core.records.fields import END
from evalclient.crypto.bid_package import names
from evalclient.crypto.bid_package.suites import SM, PackageSuite
from evalclient.crypto.cms.signatures import open_attached
from evalclient.crypto.errors import SignatureRefused
from evalclient.crypto.primitives.readable import is_file_name, is_readable
from evalclient.crypto.primitives.shamir import KEY_BYTES, SHARE_BYTES

MANIFEST_LINE: Final = b"evalclient-manifest/1\n"
KEYS_LINE: Final = b"evalclient-package-keys/1\n"
SHARES_LINE: Final = b"evalclient-shares/1\n"
VOLUME_BYTES: Final = 4 << 20
#: a sealed manifest, in bytes
MAX_MANIFEST: Final = 16 << 20
#: what a volume may need around its content
VOLUME_OVERHEAD: Final = 4096
_HEX32 = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
_HEX32_OR_NONE = Annotated[str, Meta(pattern="^([0-9a-f]{64})?" + END)]
_HEX16_OR_NONE = Annotated[str, Meta(pattern="^([0-9a-f]{32})?" + END)]
#: a holder's share in hex: 33 bytes of a custodian's, 32 of the bidder's own
_Share = Annotated[str, Meta(pattern=f"^([0-9a-f]{{{2 * SHARE_BYTES}}}|[0-9a-f]{{{2 * KEY_BYTES}}}){END}")]
_MOST_NAME: Final = 200
_MOST_TITLE: Final = 500
T = TypeVar("T")


class Volume(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One volume: its part, the SHA-256 of the sealed part and its GCM tag; in the SM suite its SM3 alone."""

    part: str
    sha256: _HEX32_OR_NONE = ""
    tag: _HEX16_OR_NONE = ""
    sm3: _HEX32_OR_NONE = ""

    @property
    def digest(self) -> str:
        """Digest of the sealed part (hex), by the suite."""
        return self.sm3 or self.sha256

    def fits(self, suite: PackageSuite) -> bool:
        """Whether it says just what the suite asks for."""
        given = bool(self.sha256), bool(self.tag), bool(self.sm3)
        return given == ((False, False, True) if suite is SM else (True, True, False))


def volume_of(suite: PackageSuite, part: str, digest: str, tag: str) -> Volume:
    """What a manifest says of a sealed volume."""
    return Volume(part, sm3=digest) if suite is SM else Volume(part, digest, tag)


class ManifestDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document: name within its compartment, title, size in bytes, volumes of 4 MiB each but the last.

    ``links`` maps criterion → pages (from 1) where the bid answers it.
    """

    name: str
    title: str
    media_type: str
    size: Annotated[int, Meta(ge=0)]
    volumes: tuple[Volume, ...]
    links: dict[str, tuple[int, ...]] = {}


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of one compartment; ``quote`` is what is read out at opening (开标一览表) from it."""

    evaluation: str
    compartment: Compartment
    documents: tuple[ManifestDocument, ...]
    quote: dict[str, str] = {}

    def document(self, name: str) -> ManifestDocument:
        """A document by name; KeyError when there is none."""
        for document in self.documents:
            if document.name == name:
                return document
        raise KeyError(name)


class CompartmentKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is public of a compartment's key: a commitment, so that a false share is found out."""

    commitment: _HEX32


class Holder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who holds shares: digest (by the suite) of his certificate, where they lie, and a commitment to each."""

    role: Literal["bidder", "custodian"]
    certificate: _HEX32
    part: str
    shares: dict[Compartment, _HEX32]


class KeyTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``META-INF/keys.json``: for which evaluation, who must release, how many; nothing secret."""

    evaluation: str
    suite: SuiteName
    threshold: Annotated[int, Meta(ge=1)]
    bidder_share: bool
    compartments: dict[Compartment, CompartmentKey]
    holders: tuple[Holder, ...]


def key_commitment(compartment: Compartment, key: bytes, suite: PackageSuite) -> str:
    """Commitment to a compartment's key."""
    return suite.digest(b"evalclient-compartment-key/1\n" + compartment.encode() + b"\n" + key).hex()


def share_commitment(compartment: Compartment, share: bytes, suite: PackageSuite) -> str:
    """Commitment to one holder's share of a compartment's key."""
    return suite.digest(b"evalclient-share/1\n" + compartment.encode() + b"\n" + share).hex()


def encode(line: bytes, value: Any) -> bytes:
    """Type line and JSON."""
    return line + msgspec.json.encode(value)


def decode(line: bytes, untrusted: bytes, kind: type[T], part: str) -> T:
    """The value behind a type line; PackageRefused when it is anything else."""
    try:
        if not untrusted.startswith(line):
            raise ValueError("wrong type line")
        return msgspec.json.decode(untrusted[len(line) :], type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise names.irregular(f"{part} 内容不合格式", f"{part} is malformed") from error


def decode_shares(untrusted: bytes, part: str) -> dict[Compartment, bytes]:
    """One holder's shares as he was given them; PackageRefused where they are no hex of a share's length."""
    texts = decode(SHARES_LINE, untrusted, dict[Compartment, _Share], part)
    return {compartment: bytes.fromhex(text) for compartment, text in texts.items()}


def signed_manifest(untrusted: bytes, evaluation: str, compartment: Compartment, certificate: bytes) -> Manifest:
    """What the holder of ``certificate`` (DER) signed of a compartment; PackageRefused where it is anything else.

    ``untrusted`` is what lies inside the sealed part; whether the parts it names are there is not looked at.
    """
    part = names.manifest_part(compartment)
    try:
        content, signer = open_attached(untrusted)
    except SignatureRefused as error:
        raise names.irregular(f"{part} 无法打开", f"{part} does not open") from error
    manifest = decode(MANIFEST_LINE, content, Manifest, part)
    if (manifest.evaluation, manifest.compartment, signer.certificate) != (evaluation, compartment, certificate):
        raise names.irregular(f"{part} 属于另一份投标文件", f"{part} belongs to another package")
    return manifest


def check_manifest(manifest: Manifest, sizes: Mapping[str, int], suite: PackageSuite) -> None:
    """Names, sizes and volumes of a manifest against the parts there are; PackageRefused when they do not fit."""
    part = names.manifest_part(manifest.compartment)
    seen: set[str] = set()
    for document in manifest.documents:
        if not valid_name(document.name) or not valid_title(document.title) or document.name in seen:
            raise names.irregular(f"{part} 中文件名不合规范", f"{part} holds an irregular name")
        seen.add(document.name)
        if len(document.volumes) != -(-document.size // VOLUME_BYTES):
            raise names.irregular(f"{part} 中卷数与大小不符", f"{part}: volumes do not fit the size")
        for volume in document.volumes:
            if volume.part in seen or not 0 < sizes.get(volume.part, 0) <= VOLUME_BYTES + VOLUME_OVERHEAD:
                raise names.irregular(f"缺少或重复 {volume.part}", f"{volume.part} is missing, doubled or too large")
            if not volume.fits(suite):
                raise names.irregular(f"{part} 的算法与封装不符", f"{part} speaks of another suite than the seal")
            seen.add(volume.part)


def valid_name(name: str) -> bool:
    """A file name a person can read and every system knows, without a folder."""
    return len(name) <= _MOST_NAME and is_file_name(name)


def valid_title(title: str) -> bool:
    """One line of text that reads as it is written."""
    return len(title) <= _MOST_TITLE and is_readable(title)
