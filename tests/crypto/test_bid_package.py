"""Bid packages: sealed, checked without a key, opened by shares, read at random, and refused where they were touched."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import (
    PackageReader,
    PackageRefused,
    SourceDocument,
    TenderKeys,
    check_package,
    write_package,
)
from evalclient.crypto.bid_package.suites import INTERNATIONAL, SM, PackageSuite
from evalclient.crypto.cms import sign_detached
from evalclient.crypto.custody import join_key
from evalclient.crypto.errors import NotARecipient, SharesRefused
from evalclient.crypto.keys import Pkcs12Key

EVALUATION = "ab" * 32
LARGE = random.Random(1).randbytes((9 << 20) + 12345)
VOLUME = 4 << 20


@dataclass(frozen=True)
class Tender:
    suite: PackageSuite
    bidder: Pkcs12Key
    custodians: tuple[Pkcs12Key, ...]
    package: bytes
    keys: dict[Compartment, bytes]

    def open(self) -> PackageReader:
        return PackageReader(io.BytesIO(self.package))


def documents() -> list[SourceDocument]:
    return [
        SourceDocument("technical", "技术方案.pdf", "技术方案", "application/pdf", io.BytesIO(LARGE), {"b1": (3, 4)}),
        SourceDocument("technical", "空.txt", "空文件", "text/plain", io.BytesIO(b"")),
        SourceDocument("price", "报价.pdf", "报价表", "application/pdf", io.BytesIO(LARGE[:VOLUME])),
        SourceDocument("qualification", "资质.pdf", "资质证书", "application/pdf", io.BytesIO(b"%PDF scanned")),
    ]


def seal(
    suite: PackageSuite,
    bidder: Pkcs12Key,
    custodians: tuple[Pkcs12Key, ...],
    at: datetime,
    *,
    bidder_share: bool = True,
) -> bytes:
    tender = TenderKeys(EVALUATION, tuple(one.encryption_certificate for one in custodians), 2, bidder_share, suite)
    out = io.BytesIO()
    quote: dict[Compartment, dict[str, str]] = {"identity": {"name": "甲公司"}, "price": {"price": "98765432.10"}}
    write_package(out, documents(), quote, tender, bidder, at=at)
    return out.getvalue()


def recovered(
    reader: PackageReader, custodians: tuple[Pkcs12Key, ...], bidder: Pkcs12Key | None
) -> dict[Compartment, bytes]:
    theirs = [reader.recover_shares(custodian) for custodian in custodians]
    own = reader.recover_shares(bidder) if bidder else {}
    return {name: join_key([shares[name] for shares in theirs], own.get(name), 2) for name in reader.compartments}


@pytest.fixture(scope="module", params=[INTERNATIONAL, SM], ids=lambda suite: suite.name)
def tender(request: pytest.FixtureRequest, person: Any, day: datetime) -> Tender:
    """A package in each suite; in the SM suite one custodian still has an RSA key."""
    suite: PackageSuite = request.param
    kind = "sm2" if suite is SM else "ec"
    bidder = person("甲公司", 0, kind)
    custodians = (person("代理机构", 0, "rsa"), person("交易平台", 1, kind), person("见证人", 2, kind))
    package = seal(suite, bidder, custodians, day)
    keys = recovered(PackageReader(io.BytesIO(package)), custodians[1:], bidder)
    return Tender(suite, bidder, custodians, package, keys)


def test_the_seal_names_bidder_evaluation_and_every_part(tender: Tender, day: datetime) -> None:
    heard: list[int] = []
    found = check_package(io.BytesIO(tender.package), heard.append)
    assert found.digest == hashlib.new(tender.suite.hash, tender.package).hexdigest()
    assert found.bidder_certificate == tender.bidder.certificate
    assert (found.evaluation, found.size, found.signer.claimed_at) == (EVALUATION, len(tender.package), day)
    with zipfile.ZipFile(io.BytesIO(tender.package)) as archive:
        unlisted = {"mimetype", "META-INF/ASiCManifest.xml", "META-INF/signature.p7s"}
        expected = {name: hashlib.new(tender.suite.hash, archive.read(name)).hexdigest() for name in archive.namelist()}
    assert {part.name: part.digest for part in found.parts} == {k: v for k, v in expected.items() if k not in unlisted}
    assert heard[-1] == len(tender.package)


def test_every_set_of_two_custodians_and_the_bidder_open_every_compartment(tender: Tender) -> None:
    reader = tender.open()
    assert reader.compartments == ("identity", "qualification", "technical", "price")
    one, two, three = tender.custodians
    for pair in ((one, two), (one, three), (two, three), (one, two, three)):
        assert recovered(reader, pair, tender.bidder) == tender.keys


def test_without_the_bidders_share_two_custodians_are_enough_where_the_tender_says_so(
    tender: Tender, day: datetime
) -> None:
    reader = PackageReader(io.BytesIO(seal(tender.suite, tender.bidder, tender.custodians, day, bidder_share=False)))
    keys = recovered(reader, tender.custodians[:2], None)
    assert reader.manifest("identity", keys["identity"]).quote == {"name": "甲公司"}
    with pytest.raises(NotARecipient):
        reader.recover_shares(tender.bidder)


def test_manifests_say_what_was_sealed(tender: Tender) -> None:
    reader = tender.open()
    technical = reader.manifest("technical", tender.keys["technical"])
    assert [(one.name, one.title, one.size) for one in technical.documents] == [
        ("技术方案.pdf", "技术方案", len(LARGE)),
        ("空.txt", "空文件", 0),
    ]
    assert technical.documents[0].links == {"b1": (3, 4)}
    assert reader.manifest("price", tender.keys["price"]).quote == {"price": "98765432.10"}
    assert reader.manifest("identity", tender.keys["identity"]).documents == ()


def test_documents_come_back_whole(tender: Tender) -> None:
    reader = PackageReader(io.BytesIO(tender.package), digests=True)
    assert reader.open_document("technical", tender.keys["technical"], "技术方案.pdf").read() == LARGE
    assert reader.open_document("price", tender.keys["price"], "报价.pdf").read() == LARGE[:VOLUME]
    assert reader.open_document("technical", tender.keys["technical"], "空.txt").read() == b""
    with pytest.raises(KeyError):
        reader.open_document("technical", tender.keys["technical"], "别的.pdf")


def test_random_access_equals_a_plain_file(tender: Tender) -> None:
    stream = tender.open().open_document("technical", tender.keys["technical"], "技术方案.pdf")
    plain = io.BytesIO(LARGE)
    chance = random.Random(2)
    edges = [0, 1, VOLUME - 1, VOLUME, VOLUME + 1, 2 * VOLUME - 1, 2 * VOLUME, len(LARGE) - 1, len(LARGE)]
    for _ in range(200):
        at = chance.choice([*edges, chance.randrange(len(LARGE) + 100)])
        whence = chance.choice([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
        base = {io.SEEK_SET: 0, io.SEEK_CUR: plain.tell(), io.SEEK_END: len(LARGE)}[whence]
        assert stream.seek(at - base, whence) == plain.seek(at - base, whence) == at
        count = chance.choice([1, 7, 4096, 70000, VOLUME + 3])
        assert stream.read(count) == plain.read(count)
        assert stream.tell() == plain.tell()
    with pytest.raises(ValueError, match="before the start"):
        stream.seek(-1)


class CountingFile(io.BytesIO):
    """Counts the bytes that are read from it."""

    count = 0

    def readinto(self, buffer: Any) -> int:
        read = super().readinto(buffer)
        self.count += read
        return read


def test_only_the_volumes_that_are_read_are_fetched_and_the_last_ones_are_kept(tender: Tender) -> None:
    file = CountingFile(tender.package)
    reader = PackageReader(file, cache_bytes=2 * VOLUME)
    stream = reader.open_document("technical", tender.keys["technical"], "技术方案.pdf")
    file.count = 0
    stream.seek(VOLUME + 10)
    stream.read(100)
    one_volume = file.count
    assert VOLUME < one_volume < VOLUME + 4096
    stream.seek(VOLUME)
    stream.read(VOLUME)
    assert file.count == one_volume
    stream.seek(0)
    stream.read(1)
    stream.seek(VOLUME)
    stream.read(1)
    assert file.count < 2 * (VOLUME + 4096)
    stream.seek(2 * VOLUME)
    stream.read(1)  # puts volume 0 out of the cache
    before = file.count
    stream.seek(0)
    assert stream.read(10) == LARGE[:10]
    assert file.count > before


def test_a_volume_that_is_wanted_whole_is_decrypted_where_it_is_wanted_and_leaves_nothing_when_it_is_refused(
    tender: Tender,
) -> None:
    name, start, end = next(span for span in spans(tender.package) if span[0] == "c/0002.001.p7m")
    changed = bytearray(tender.package)
    changed[(start + end) // 2] ^= 1
    for untrusted, digests in ((changed, False), (changed, True), (tender.package, True)):
        reader = PackageReader(io.BytesIO(untrusted), digests=digests)
        stream = reader.open_document("technical", tender.keys["technical"], "技术方案.pdf")
        buffer = bytearray(b"x" * len(LARGE))
        if untrusted is tender.package:
            assert stream.readinto(buffer) == len(LARGE)
            assert buffer == LARGE
        else:
            with pytest.raises(PackageRefused, match=name):
                stream.readinto(buffer)
            assert set(buffer[VOLUME : 2 * VOLUME]) in ({0}, {ord("x")})
            assert buffer[:VOLUME] == LARGE[:VOLUME]


def test_sealed_documents_and_quotes_do_not_shine_through(tender: Tender) -> None:
    for secret in (LARGE[:64], LARGE[-64:], "技术方案".encode(), b"98765432.10", b"application/pdf"):
        assert secret not in tender.package


def test_the_writer_streams_files_from_disk_with_progress(tender: Tender, day: datetime, tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(LARGE)
    heard: list[int] = []
    keys = TenderKeys(EVALUATION, (tender.custodians[0].certificate,), 1, False)
    row = SourceDocument("technical", "a.pdf", "a", "application/pdf", source)
    with (tmp_path / "bid").open("w+b") as out:
        write_package(out, [row], {}, keys, tender.bidder, heard.append, at=day)
        assert heard == [VOLUME, 2 * VOLUME, len(LARGE)]
        reader = PackageReader(out)
        key = recovered_alone(reader, tender.custodians[0])
        assert reader.open_document("technical", key, "a.pdf").read() == LARGE


def recovered_alone(reader: PackageReader, custodian: Pkcs12Key) -> bytes:
    return join_key([reader.recover_shares(custodian)["technical"]], None, 1)


@pytest.mark.parametrize(
    "name", ["", "a/b.pdf", "..", "a\\b", "a\nb", "x" * 201, "报价\u202efdp.exe", "C:x", "con", "LPT1.txt", " ", "a. "]
)
def test_names_that_no_package_may_hold_are_refused_by_the_writer(name: str, tender: Tender, day: datetime) -> None:
    keys = TenderKeys(EVALUATION, (tender.custodians[0].certificate,), 1, False)
    row = SourceDocument("technical", name, "t", "application/pdf", io.BytesIO(b""))
    with pytest.raises(ValueError, match="name"):
        write_package(io.BytesIO(), [row], {}, keys, tender.bidder, at=day)


def test_a_stranger_holds_no_share(tender: Tender, person: Any) -> None:
    with pytest.raises(NotARecipient) as refusal:
        tender.open().recover_shares(person("路人"))
    assert "解密人" in refusal.value.zh


def test_a_false_share_is_found_out_and_its_holder_named(tender: Tender) -> None:
    reader = tender.open()
    shares = [reader.recover_shares(one)["technical"] for one in tender.custodians[:2]]
    false = shares[0][:-1] + bytes((shares[0][-1] ^ 1,))
    own = reader.recover_shares(tender.bidder)["technical"]
    key = join_key([false, shares[1]], own, 2)
    with pytest.raises(SharesRefused):
        reader.manifest("technical", key)
    with pytest.raises(SharesRefused):
        reader.check_share(tender.custodians[0].certificate, "technical", false)
    reader.check_share(tender.custodians[1].certificate, "technical", shares[1])
    with pytest.raises(SharesRefused):
        reader.manifest("price", tender.keys["technical"])


def spans(package: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of every part's bytes."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename.encode())
            yield info.filename, start, start + info.file_size


def test_a_flipped_byte_in_any_part_is_refused_and_a_sealed_part_is_named(tender: Tender) -> None:
    for name, start, end in spans(tender.package):
        changed = bytearray(tender.package)
        changed[(start + end) // 2] ^= 0x10
        with pytest.raises(PackageRefused) as refusal:
            check_package(io.BytesIO(changed))
        if name.startswith("c/"):
            assert name in refusal.value.zh
            assert name in refusal.value.en


def test_a_flipped_byte_in_a_volume_is_found_by_the_reader_and_hurts_no_other(tender: Tender) -> None:
    name, start, end = next(span for span in spans(tender.package) if span[0] == "c/0002.001.p7m")
    changed = bytearray(tender.package)
    changed[(start + end) // 2] ^= 1
    stream = PackageReader(io.BytesIO(changed)).open_document("technical", tender.keys["technical"], "技术方案.pdf")
    assert stream.read(VOLUME) == LARGE[:VOLUME]
    buffer = bytearray(100)
    with pytest.raises(PackageRefused, match=name):
        stream.readinto(buffer)
    assert not any(buffer)
    stream.seek(2 * VOLUME)
    assert stream.read() == LARGE[2 * VOLUME :]


def test_a_truncated_download_is_called_incomplete(tender: Tender) -> None:
    borders = [end for _, _, end in spans(tender.package)]
    for length in (100, *borders, len(tender.package) - 23, len(tender.package) - 22, len(tender.package) - 1):
        with pytest.raises(PackageRefused, match="incomplete"):
            check_package(io.BytesIO(tender.package[:length]))


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", bytes(1000), b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_package_is_called_so(junk: bytes) -> None:
    with pytest.raises(PackageRefused, match="not a bid package"):
        check_package(io.BytesIO(junk))


def rezipped(package: bytes, change: Any) -> BinaryIO:
    """The same parts through ``change`` (name, content → list of (name, content)), in a new zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            for new_name, content in change(name, old.read(name)):
                new.writestr(zipfile.ZipInfo(new_name), content)
    return out


def test_parts_that_are_missing_added_or_swapped_are_refused(tender: Tender, day: datetime) -> None:
    other = seal(tender.suite, tender.bidder, tender.custodians, day)
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        foreign = archive.read("META-INF/manifest.price.p7m")
    changes: list[tuple[Any, str]] = [
        (lambda name, content: [] if name == "c/0002.000.p7m" else [(name, content)], "differ"),
        (
            lambda name, content: [(name, content), *([("c/0099.000.p7m", b"x")] if name == "mimetype" else [])],
            "differ",
        ),
        (lambda name, content: [(name, content), *([("../x", b"x")] if name == "mimetype" else [])], "not allowed"),
        (
            lambda name, content: [(name, foreign if name == "META-INF/manifest.price.p7m" else content)],
            "manifest.price",
        ),
        (lambda name, content: [] if name == "META-INF/signature.p7s" else [(name, content)], "missing"),
    ]
    for change, said in changes:
        with pytest.raises(PackageRefused, match=said):
            check_package(rezipped(tender.package, change))


def test_two_volumes_that_change_places_are_found_out_by_reader_and_check(tender: Tender) -> None:
    rows = {name: (start, end) for name, start, end in spans(tender.package)}
    (a, a_end), (b, b_end) = rows["c/0002.000.p7m"], rows["c/0002.001.p7m"]
    assert a_end - a == b_end - b
    changed = bytearray(tender.package)
    changed[a:a_end], changed[b:b_end] = tender.package[b:b_end], tender.package[a:a_end]
    with pytest.raises(PackageRefused):
        check_package(io.BytesIO(changed))
    stream = PackageReader(io.BytesIO(changed)).open_document("technical", tender.keys["technical"], "技术方案.pdf")
    with pytest.raises(PackageRefused):
        stream.read(1)


def test_data_before_between_or_behind_the_entries_and_compressed_or_doubled_entries_are_refused(
    tender: Tender,
) -> None:
    first = next(iter(spans(tender.package)))
    package = tender.package
    for changed in (b"#!/bin/sh\n" + package, package[: first[2]] + b"hidden" + package[first[2] :], package + b"tail"):
        with pytest.raises(PackageRefused):
            check_package(io.BytesIO(changed))
    squeezed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with pytest.raises(PackageRefused, match="stored"):
        check_package(squeezed)
    with pytest.warns(UserWarning, match="Duplicate"):
        doubled = rezipped(package, lambda name, content: [(name, content)] * (2 if name == "c/0001.000.p7m" else 1))
    with pytest.raises(PackageRefused, match="twice"):
        check_package(doubled)


def test_a_package_signed_anew_by_another_bidder_does_not_pass_off_the_first_ones_content(
    tender: Tender, person: Any, day: datetime
) -> None:
    """Whoever copies a bid and seals it as his own is found out by the manifests inside."""
    thief = person("乙公司", 2)
    with zipfile.ZipFile(io.BytesIO(tender.package)) as archive:
        seal_xml = archive.read("META-INF/ASiCManifest.xml")
    signature = sign_detached(seal_xml, thief, day)
    stolen = rezipped(
        tender.package, lambda name, content: [(name, signature if name.endswith("signature.p7s") else content)]
    )
    assert check_package(stolen).bidder_certificate == thief.certificate
    with pytest.raises(PackageRefused, match="another package"):
        PackageReader(stolen).manifest("technical", tender.keys["technical"])
