"""The seal of a package: checked by anybody, without a key (封装完整性校验)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from evalclient.core.records.envelope import SuiteName
from evalclient.crypto.bid_package import asic_manifest, names
from evalclient.crypto.bid_package.asic_manifest import SealedDigests
from evalclient.crypto.bid_package.container import Container, Part
from evalclient.crypto.bid_package.manifest import KEYS_LINE, KeyTable, decode
from evalclient.crypto.cms.signatures import MAX_SIGNATURE, Signer, verify_detached
from evalclient.crypto.errors import PackageRefused, SignatureRefused

MAX_SEAL = 16 << 20
MAX_TABLE = 1 << 20
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PartSeal:
    """One sealed part: its size in bytes and its digest by the suite (hex)."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class PackageSeal:
    """What a valid seal says.

    ``digest`` is the digest (hex, by the ``suite`` of the package) of the whole file, as records name it; ``seal_digest`` that of ASiCManifest.xml,
    which is the same for every copy of the same parts. The signer's certificate is not yet validated.
    """

    suite: SuiteName
    digest: str
    size: int
    seal_digest: str
    evaluation: str
    signer: Signer
    parts: tuple[PartSeal, ...]

    @property
    def bidder_certificate(self) -> bytes:
        """Who sealed the package (DER)."""
        return self.signer.certificate


@dataclass(frozen=True, slots=True)
class SignedSeal:
    """The seal with its signature checked, but the volumes not yet compared with it."""

    signer: Signer
    digests: SealedDigests
    table: KeyTable
    seal_digest: str


def check_package(untrusted: BinaryIO, progress: Progress | None = None) -> PackageSeal:
    """Check signature and every part's digest, reading the file once; PackageRefused says which part fails.

    ``untrusted`` is seekable; ``progress`` is told how many bytes were read.
    """
    container = Container(untrusted)
    seal = read_seal(container)
    parts = sorted(container.parts.values(), key=lambda part: part.offset)
    digest = _compare(container, parts, seal, progress)
    sealed = tuple(
        PartSeal(part.name, part.size, seal.digests.parts[part.name].hex())
        for part in parts
        if part.name not in names.UNLISTED
    )
    suite = seal.digests.suite.name
    return PackageSeal(suite, digest, container.size, seal.seal_digest, seal.table.evaluation, seal.signer, sealed)


def read_seal(container: Container) -> SignedSeal:
    """The seal of a package, its signature and key table checked; volumes are left to their tags."""
    if container.read(names.MIMETYPE, 100) != names.MEDIA_TYPE:
        raise names.not_a_package()
    content = container.read(names.SEAL, MAX_SEAL)
    try:
        signer = verify_detached(content, container.read(names.SIGNATURE, MAX_SIGNATURE))
    except SignatureRefused as error:
        raise PackageRefused(
            "投标文件包的投标人签名无效，封装清单或签名已损坏或被改动，请重新下载；仍无效请报告监督人员。",
            "The bidder's signature on the package does not hold: its seal is damaged or was changed. Fetch the package "
            "again; tell the supervisor if it stays so.",
        ) from error
    digests = asic_manifest.decode(content)
    if digests.parts.keys() != container.parts.keys() - names.UNLISTED:
        odd = sorted(digests.parts.keys() ^ (container.parts.keys() - names.UNLISTED))
        raise names.irregular(f"清单与条目不符：{odd[0][:60]}", f"seal and entries differ: {odd[0][:60]}")
    table = decode(KEYS_LINE, read_sealed(container, digests, names.KEYS, MAX_TABLE), KeyTable, names.KEYS)
    if table.suite != digests.suite.name:
        raise names.irregular(f"{names.KEYS} 与清单的算法不符", f"{names.KEYS} names another suite than the seal")
    _require_compartments(container, table)
    return SignedSeal(signer, digests, table, digests.suite.digest(content).hex())


def _require_compartments(container: Container, table: KeyTable) -> None:
    """There is at least one, each has its manifest, and every holder a share of each."""
    if not table.compartments:
        raise names.irregular(f"{names.KEYS} 未列出任何部分", f"{names.KEYS} names no compartment")
    for compartment in table.compartments:
        container.part(names.manifest_part(compartment))
    for holder in table.holders:
        if holder.shares.keys() != table.compartments.keys():
            raise names.irregular(f"{names.KEYS} 中份额与部分不符", f"{names.KEYS}: shares do not fit the compartments")


def read_sealed(container: Container, digests: SealedDigests, name: str, limit: int) -> bytes:
    """A small part, compared with the seal; PackageRefused when it differs."""
    content = container.read(name, limit)
    if not digests.fits(name, content):
        raise names.damaged(name)
    return content


def _compare(container: Container, parts: list[Part], seal: SignedSeal, progress: Progress | None) -> str:
    """Digest of the file, read once; whole file, part and check sum are hashed side by side (they release the GIL)."""
    whole = seal.digests.suite.hasher()
    check = _PartCheck(parts, seal)
    done = 0
    with ThreadPoolExecutor(1, "file-digest") as pool:
        for block in container.blocks():
            pending: Future[None] = pool.submit(whole.update, block)
            try:
                check.update(block)
            finally:
                pending.result()
            done += len(block)
            if progress is not None:
                progress(done)
    return str(whole.hexdigest())


class _PartCheck:
    """Follows the file from its start and compares each part as it ends."""

    def __init__(self, parts: list[Part], seal: SignedSeal) -> None:
        self._parts = iter(parts)
        self._seal = seal
        self._at = 0
        self._start()

    def _start(self) -> None:
        self._part = next(self._parts, None)
        self._digest = self._seal.digests.suite.hasher()
        self._crc = 0

    def update(self, block: memoryview) -> None:
        """The next bytes of the file."""
        begin, self._at = self._at, self._at + len(block)
        while self._part is not None and self._part.offset < self._at:
            end = self._part.offset + self._part.size
            piece = block[max(self._part.offset - begin, 0) : end - begin]
            self._digest.update(piece)
            self._crc = zlib.crc32(piece, self._crc)
            if end > self._at:
                return
            self._finish(self._part)

    def _finish(self, part: Part) -> None:
        expected = self._seal.digests.parts.get(part.name)
        if self._crc != part.crc or (expected is not None and self._digest.digest() != expected):
            raise names.damaged(part.name)
        self._start()
