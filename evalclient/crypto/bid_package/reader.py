"""Opening a package: shares for their holders, manifests and documents for who has a compartment's key."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from evalclient.core.ports import KeyHandle
from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import names
from evalclient.crypto.bid_package.container import Container
from evalclient.crypto.bid_package.manifest import (
    MAX_MANIFEST,
    VOLUME_BYTES,
    VOLUME_OVERHEAD,
    Holder,
    KeyTable,
    Manifest,
    ManifestDocument,
    Volume,
    check_manifest,
    decode_shares,
    key_commitment,
    share_commitment,
    signed_manifest,
)
from evalclient.crypto.bid_package.seal import read_seal, read_sealed
from evalclient.crypto.bid_package.stream import CACHE_BYTES, DocumentStream, VolumeCache
from evalclient.crypto.bid_package.suites import SM, content_key, open_part, open_volume_into
from evalclient.crypto.cms.envelopes import open_envelope
from evalclient.crypto.cms.signatures import Signer
from evalclient.crypto.errors import EnvelopeRefused, NotARecipient, SharesRefused

MAX_SHARES = 1 << 20


class PackageReader:
    """Random access to a sealed package in a seekable file, which must stay open as long as documents are read.

    The bidder's signature on the seal is checked at once; volumes are authenticated by tag as they are read, with
    ``digests=True`` also by the digest in the signed manifest, which another thread computes meanwhile; in the SM suite
    always by that. PackageRefused when the package is irregular.
    """

    def __init__(self, untrusted: BinaryIO, *, cache_bytes: int = CACHE_BYTES, digests: bool = False) -> None:
        self._container = Container(untrusted)
        self._seal = read_seal(self._container)
        self._suite = self._seal.digests.suite
        self._cache = VolumeCache(cache_bytes)
        self._hashing = ThreadPoolExecutor(1, "part-digest") if digests and self._suite is not SM else None
        self._sizes = {name: part.size for name, part in self._container.parts.items()}
        self._manifests: dict[Compartment, Manifest] = {}
        self._sealed = memoryview(bytearray(0))
        self._lock = threading.Lock()

    @property
    def signer(self) -> Signer:
        """The bidder as he sealed the package; the certificate is not yet validated."""
        return self._seal.signer

    @property
    def seal_digest(self) -> str:
        """Digest (hex, by the suite) of the signed ASiCManifest.xml, as the bidder's record names it."""
        return self._seal.seal_digest

    @property
    def evaluation(self) -> str:
        """Genesis fingerprint of the evaluation this bid is for."""
        return self._seal.table.evaluation

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The compartments this package has."""
        return tuple(self._seal.table.compartments)

    @property
    def table(self) -> KeyTable:
        """Who holds shares, and how many are needed."""
        return self._seal.table

    def recover_shares(self, handle: KeyHandle) -> dict[Compartment, bytes]:
        """The shares of a custodian, or of the bidder himself: one key operation.

        NotARecipient when this certificate holds none, PackageRefused when what it holds is not what the bidder
        committed to, EnvelopeRefused when the envelope does not open.
        """
        holder = self._holder(handle.encryption_certificate)
        content = open_envelope(read_sealed(self._container, self._seal.digests, holder.part, MAX_SHARES), handle)
        shares = decode_shares(content, holder.part)
        if shares.keys() != holder.shares.keys() or not all(
            self.share_fits(holder, compartment, share) for compartment, share in shares.items()
        ):
            raise names.irregular(
                f"{holder.part} 的份额与承诺不符", f"{holder.part}: shares do not fit their commitment"
            )
        return shares

    def check_share(self, certificate: bytes | None, compartment: Compartment, share: bytes) -> None:
        """SharesRefused unless ``share`` is the one the bidder gave to this holder: tells who released a false one.

        ``certificate`` is the custodian's, or None for the bidder himself. NotARecipient when there is no such holder.
        """
        holder = self._own() if certificate is None else self._holder(certificate)
        if not self.share_fits(holder, compartment, share):
            raise SharesRefused(
                "提交的密钥份额与投标人封装时不符，请该保管人重新提交。",
                "The released share is not the one the bidder gave; its holder must release it again.",
            )

    def check_key(self, compartment: Compartment, key: bytes) -> None:
        """SharesRefused unless ``key`` is the compartment's."""
        known = self._seal.table.compartments.get(compartment)
        if known is None:
            raise names.irregular(f"没有 {compartment} 部分", f"there is no compartment {compartment}")
        if not secrets.compare_digest(key_commitment(compartment, key, self._suite), known.commitment):
            raise SharesRefused(
                "由份额得到的密钥打不开该投标文件：有份额错误，请各保管人核对后重新提交。",
                "The key that the shares give does not open this package: a share is false. Ask the holders to release "
                "theirs again.",
            )

    def manifest(self, compartment: Compartment, key: bytes) -> Manifest:
        """What a compartment holds. SharesRefused for a wrong key, PackageRefused when it is not what was sealed.

        The last one to be opened is refused when a volume lies in the package that no manifest names.
        """
        self.check_key(compartment, key)
        known = self._manifests.get(compartment)
        if known is None:
            known = self._open_manifest(compartment, key)
            self._require_volumes_named([*self._manifests.values(), known])
            self._manifests[compartment] = known
        return known

    def manifest_key(self, compartment: Compartment, key: bytes) -> bytes:
        """What opens the manifest of a compartment and no document of it: may be told to everybody. As ``manifest``."""
        self.manifest(compartment, key)
        sealed = read_sealed(self._container, self._seal.digests, names.manifest_part(compartment), MAX_MANIFEST)
        return content_key(self._suite, sealed, key, compartment, names.manifest_part(compartment))

    def open_document(self, compartment: Compartment, key: bytes, name: str) -> DocumentStream:
        """A document as a file; KeyError when the compartment has none of that name. Errors as ``manifest``."""
        document = self.manifest(compartment, key).document(name)

        def load(volume: Volume, buffer: memoryview) -> int:
            return self._load(compartment, key, document, volume, buffer)

        return DocumentStream(document, self._cache, load)

    def forget(self) -> None:
        """Overwrite decrypted content that is still in memory."""
        self._cache.clear()
        self._manifests.clear()

    def _holder(self, certificate: bytes) -> Holder:
        fingerprint = self._suite.digest(certificate).hex()
        for holder in self._seal.table.holders:
            if holder.certificate == fingerprint and holder.part in self._seal.digests.parts:
                return holder
        raise _no_holder()

    def _own(self) -> Holder:
        for holder in self._seal.table.holders:
            if holder.role == "bidder":
                return holder
        raise _no_holder()

    def share_fits(self, holder: Holder, compartment: Compartment, share: bytes) -> bool:
        """Whether the bidder committed to this share of this holder."""
        return secrets.compare_digest(
            share_commitment(compartment, share, self._suite), holder.shares.get(compartment, "")
        )

    def _open_manifest(self, compartment: Compartment, key: bytes) -> Manifest:
        part = names.manifest_part(compartment)
        sealed = read_sealed(self._container, self._seal.digests, part, MAX_MANIFEST)
        try:
            content = open_part(self._suite, sealed, key, compartment, part, self._seal.digests.parts[part])
        except EnvelopeRefused as error:
            raise names.irregular(f"{part} 无法打开", f"{part} does not open") from error
        manifest = signed_manifest(content, self.evaluation, compartment, self.signer.certificate)
        check_manifest(manifest, self._sizes, self._suite)
        return manifest

    def _require_volumes_named(self, opened: list[Manifest]) -> None:
        """A hidden volume shows once all manifests are open."""
        if len(opened) < len(self.compartments):
            return
        named = {volume.part for manifest in opened for document in manifest.documents for volume in document.volumes}
        hidden = sorted(part for part in self._sizes if names.is_volume(part) and part not in named)
        if hidden:
            raise names.irregular(f"没有清单列出 {hidden[0]}", f"no manifest names {hidden[0]}")

    def _load(
        self, compartment: Compartment, key: bytes, document: ManifestDocument, volume: Volume, buffer: memoryview
    ) -> int:
        part = self._container.part(volume.part)
        last = volume is document.volumes[-1]
        expected = (document.size - 1) % VOLUME_BYTES + 1 if last else VOLUME_BYTES
        with self._lock:
            if not len(self._sealed):
                self._sealed = memoryview(bytearray(VOLUME_BYTES + VOLUME_OVERHEAD))
            sealed = self._sealed[: part.size]
            self._container.read_into(part, sealed)
            digest = self._hashing.submit(self._suite.digest, sealed) if self._hashing else None
            try:
                size = open_volume_into(self._suite, sealed, key, compartment, volume, buffer)
            except EnvelopeRefused as error:
                raise names.damaged(volume.part) from error
            finally:
                found = digest.result().hex() if digest else volume.digest
        if found != volume.digest:
            buffer[:size] = bytes(size)
            raise names.damaged(volume.part)
        if size != expected:
            buffer[:size] = bytes(size)
            raise names.irregular(f"{volume.part} 长度不符", f"{volume.part} has the wrong length")
        return size


def _no_holder() -> NotARecipient:
    return NotARecipient(
        "您的证书不是该投标文件的解密人，请核对证书介质或投标文件。",
        "Your certificate holds no share of this package; check the token, or whether this is the right package.",
    )
