"""Sealing a bid: documents into volumes, manifests and key shares, in one pass with bounded memory (加密封装)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from evalclient.core.ports import KeyHandle
from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import asic_manifest, names
from evalclient.crypto.bid_package.container import ContainerWriter
from evalclient.crypto.bid_package.manifest import (
    KEYS_LINE,
    MANIFEST_LINE,
    MAX_MANIFEST,
    SHARES_LINE,
    VOLUME_BYTES,
    CompartmentKey,
    Holder,
    KeyTable,
    Manifest,
    ManifestDocument,
    Volume,
    encode,
    key_commitment,
    share_commitment,
    valid_name,
    valid_title,
    volume_of,
)
from evalclient.crypto.bid_package.suites import INTERNATIONAL, PackageSuite, seal_part
from evalclient.crypto.cms.envelopes import envelop
from evalclient.crypto.cms.signatures import sign_attached, sign_detached
from evalclient.crypto.custody import KeyShares, split_key

#: told how many bytes of documents are sealed
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document to seal: a file (``path``) or an open stream.

    ``links`` maps criterion → pages (from 1) where the bid answers it.
    """

    compartment: Compartment
    name: str
    title: str
    media_type: str
    path: Path | BinaryIO
    links: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TenderKeys:
    """What record 0 says of the keys: custodians' encryption certificates (DER), how many of them, whether the bidder too.

    ``suite`` is the one that record 0 names.
    """

    evaluation: str
    custodians: tuple[bytes, ...]
    threshold: int
    bidder_share: bool
    suite: PackageSuite = INTERNATIONAL


def write_package(
    out: BinaryIO,
    documents: Sequence[SourceDocument],
    quote: Mapping[Compartment, Mapping[str, str]],
    tender: TenderKeys,
    signer: KeyHandle,
    progress: Progress | None = None,
    *,
    at: datetime,
) -> None:
    """Seal ``documents`` and ``quote`` (compartment → what is read out) for the tender's custodians into ``out``.

    ``out`` is a seekable binary stream, left open; ``at`` the signing time the bidder claims (aware). Memory stays
    below a few volumes. ValueError for names that no package may hold, and for nothing at all; PackageRefused for
    more than one can hold; errors of the key pass through.
    """
    if len(documents) > names.MOST_DOCUMENTS:
        raise names.too_much()
    _require_names(documents)
    sealing = _Sealing(ContainerWriter(out), tender, signer, at, progress)
    for compartment in names.COMPARTMENTS:
        own = [document for document in documents if document.compartment == compartment]
        if own or quote.get(compartment):
            sealing.compartment(compartment, own, quote.get(compartment, {}))
    sealing.finish()


class _Sealing:
    """One run of the writer."""

    def __init__(
        self,
        container: ContainerWriter,
        tender: TenderKeys,
        signer: KeyHandle,
        at: datetime,
        progress: Progress | None,
    ) -> None:
        self._container = container
        self._tender = tender
        self._suite = tender.suite
        self._signer = signer
        self._at = at
        self._progress = progress
        self._hashing = ThreadPoolExecutor(1, "part-digest")  # hashes a part while it is written
        self._digests: dict[str, bytes] = {}
        self._shares: dict[Compartment, KeyShares] = {}
        self._commitments: dict[Compartment, CompartmentKey] = {}
        self._buffer = memoryview(bytearray(VOLUME_BYTES))
        self._number = 0
        self._done = 0

    def compartment(
        self, compartment: Compartment, documents: Sequence[SourceDocument], quote: Mapping[str, str]
    ) -> None:
        """Seal one compartment under a fresh key."""
        key = secrets.token_bytes(32)
        sealed = tuple(self._document(document, key) for document in documents)
        manifest = Manifest(self._tender.evaluation, compartment, sealed, dict(quote))
        signed = sign_attached(encode(MANIFEST_LINE, manifest), self._signer, self._at)
        part = names.manifest_part(compartment)
        content = seal_part(self._suite, signed, key, compartment, part)[0]
        if len(content) > MAX_MANIFEST:
            raise names.too_much()
        self._add(part, content)
        self._commitments[compartment] = CompartmentKey(key_commitment(compartment, key, self._suite))
        self._shares[compartment] = split_key(
            key, len(self._tender.custodians), self._tender.threshold, self._tender.bidder_share
        )

    def finish(self) -> None:
        """Hand out the shares, seal and sign."""
        if not self._shares:
            raise ValueError("a package holds a document or a quote")
        holders = []
        if self._tender.bidder_share:
            own = {name: shares.bidder or b"" for name, shares in self._shares.items()}
            holders.append(self._hand_out(0, self._signer.encryption_certificate, own))
        for number, certificate in enumerate(self._tender.custodians, start=1):
            theirs = {name: shares.custodians[number - 1] for name, shares in self._shares.items()}
            holders.append(self._hand_out(number, certificate, theirs))
        table = KeyTable(
            self._tender.evaluation,
            self._suite.name,
            self._tender.threshold,
            self._tender.bidder_share,
            self._commitments,
            tuple(holders),
        )
        self._add(names.KEYS, encode(KEYS_LINE, table))
        seal = asic_manifest.encode(self._digests, self._suite)
        self._container.add(names.SEAL, seal)
        self._container.add(names.SIGNATURE, sign_detached(seal, self._signer, self._at))
        self._container.close()

    def _document(self, document: SourceDocument, key: bytes) -> ManifestDocument:
        if isinstance(document.path, Path):
            with document.path.open("rb") as stream:
                return self._volumes(document, stream, key)
        return self._volumes(document, document.path, key)

    def _volumes(self, document: SourceDocument, stream: BinaryIO, key: bytes) -> ManifestDocument:
        self._number += 1
        volumes: list[Volume] = []
        size = 0
        while count := _fill(stream, self._buffer):
            part = names.volume_part(self._number, len(volumes))
            sealed, tag = seal_part(self._suite, self._buffer[:count], key, document.compartment, part)
            self._add(part, sealed)
            volumes.append(volume_of(self._suite, part, self._digests[part].hex(), tag))
            size += count
            self._done += count
            if self._progress is not None:
                self._progress(self._done)
        return ManifestDocument(
            document.name, document.title, document.media_type, size, tuple(volumes), dict(document.links)
        )

    def _hand_out(self, number: int, certificate: bytes, shares: Mapping[Compartment, bytes]) -> Holder:
        part = names.share_part(number)
        content = encode(SHARES_LINE, {name: share.hex() for name, share in shares.items()})
        self._add(part, envelop(content, [certificate]))
        commitments = {name: share_commitment(name, share, self._suite) for name, share in shares.items()}
        fingerprint = self._suite.digest(certificate).hex()
        return Holder("custodian" if number else "bidder", fingerprint, part, commitments)

    def _add(self, name: str, content: bytes) -> None:
        digest = self._hashing.submit(self._suite.digest, content)
        self._container.add(name, content)
        self._digests[name] = digest.result()


def _fill(stream: BinaryIO, buffer: memoryview) -> int:
    """Read until the buffer is full or the stream ends; how much."""
    done = 0
    while done < len(buffer):
        chunk = stream.read(min(1 << 20, len(buffer) - done))
        if not chunk:
            break
        buffer[done : done + len(chunk)] = chunk
        done += len(chunk)
    return done


def _require_names(documents: Sequence[SourceDocument]) -> None:
    seen = [(document.compartment, document.name) for document in documents]
    if len(set(seen)) != len(seen):
        raise ValueError("two documents of a compartment have one name")
    for document in documents:
        if not valid_name(document.name):
            raise ValueError(f"{document.name!r} cannot be a document's name")
        if not valid_title(document.title):
            raise ValueError(f"{document.title!r} cannot be a document's title")
