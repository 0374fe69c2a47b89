"""Small sealed packages for the tests, and packages that a hostile bidder has put together himself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from evalclient.crypto.bid_package import (
    Manifest,
    PackageReader,
    SourceDocument,
    TenderKeys,
    asic_manifest,
    names,
    write_package,
)
from evalclient.crypto.bid_package import manifest as manifests
from evalclient.crypto.bid_package.container import ContainerWriter
from evalclient.crypto.bid_package.manifest import KeyTable
from evalclient.crypto.bid_package.suites import INTERNATIONAL, PackageSuite, open_part, seal_part
from evalclient.crypto.cms import open_attached, sign_attached, sign_detached
from evalclient.crypto.custody import join_key
from evalclient.crypto.keys import Pkcs12Key

EVALUATION = "ab" * 32
TEXT = b"%PDF price list"


@dataclass(frozen=True)
class SmallPackage:
    """One document of one volume in ``price``, for one custodian."""

    package: bytes
    key: bytes
    bidder: Pkcs12Key
    custodian: Pkcs12Key
    suite: PackageSuite = INTERNATIONAL


def small_package(
    bidder: Pkcs12Key, custodian: Pkcs12Key, at: datetime, text: bytes = TEXT, suite: PackageSuite = INTERNATIONAL
) -> SmallPackage:
    """Sealed anew: other keys, other bytes each time."""
    out = io.BytesIO()
    rows = [SourceDocument("price", "a.pdf", "a", "application/pdf", io.BytesIO(text))]
    tender = TenderKeys(EVALUATION, (custodian.encryption_certificate,), 1, False, suite)
    write_package(out, rows, {"price": {"price": "1"}}, tender, bidder, at=at)
    shares = PackageReader(io.BytesIO(out.getvalue())).recover_shares(custodian)
    return SmallPackage(out.getvalue(), join_key([shares["price"]], None, 1), bidder, custodian, suite)


def parts_of(package: bytes) -> dict[str, bytes]:
    """Every part by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sealed_again(
    parts: Mapping[str, bytes], bidder: Pkcs12Key, at: datetime, suite: PackageSuite = INTERNATIONAL
) -> bytes:
    """The parts under a seal that fits them, signed by ``bidder``: what whoever has a certificate can make."""
    out = io.BytesIO()
    container = ContainerWriter(out)
    listed = {name: content for name, content in parts.items() if name not in names.UNLISTED}
    for name, content in listed.items():
        container.add(name, content)
    seal = asic_manifest.encode({name: suite.digest(content) for name, content in listed.items()}, suite)
    container.add(names.SEAL, seal)
    container.add(names.SIGNATURE, sign_detached(seal, bidder, at))
    container.close()
    return out.getvalue()


def with_manifest(made: SmallPackage, change: Callable[[Manifest], Manifest], at: datetime) -> bytes:
    """The package with what its own bidder signed of ``price`` changed, and everything sealed to fit."""
    part = names.manifest_part("price")
    parts = parts_of(made.package)
    sealed = parts[part]
    opened = open_part(made.suite, sealed, made.key, "price", part, made.suite.digest(sealed))
    content, _ = open_attached(opened)
    manifest = msgspec.json.decode(content[len(manifests.MANIFEST_LINE) :], type=Manifest)
    signed = sign_attached(manifests.encode(manifests.MANIFEST_LINE, change(manifest)), made.bidder, at)
    parts[part], _ = seal_part(made.suite, signed, made.key, "price", part)
    return sealed_again(parts, made.bidder, at, made.suite)


def with_table(made: SmallPackage, change: Callable[[KeyTable], KeyTable], at: datetime) -> bytes:
    """The package with its key table changed, and everything sealed to fit."""
    parts = parts_of(made.package)
    table = msgspec.json.decode(parts[names.KEYS][len(manifests.KEYS_LINE) :], type=KeyTable)
    parts[names.KEYS] = manifests.encode(manifests.KEYS_LINE, change(table))
    return sealed_again(parts, made.bidder, at, made.suite)
