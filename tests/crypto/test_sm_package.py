"""Packages of the SM suite under attack: bits, structures, and what a hostile bidder signs; nothing unsigned is decrypted."""

from __future__ import annotations

import io
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError
from evalclient.crypto.bid_package import PackageReader, check_package
from evalclient.crypto.bid_package.manifest import Volume, key_commitment
from evalclient.crypto.bid_package.suites import INTERNATIONAL, SM
from evalclient.crypto.cms import sm4_sealed
from evalclient.crypto.errors import EnvelopeRefused, PackageRefused
from tests.builders.openssl import openssl
from tests.builders.packages import TEXT, SmallPackage, parts_of, sealed_again, small_package, with_manifest
from tests.builders.regions import structural_mutants

VOLUME, MANIFEST, KEYS = "c/0001.000.p7m", "META-INF/manifest.price.p7m", "META-INF/keys.json"


@pytest.fixture(scope="module")
def made(person: Any, day: datetime) -> SmallPackage:
    return small_package(person("甲公司", 1, "sm2"), person("交易平台", 1, "sm2"), day, suite=SM)


def read(made: SmallPackage, untrusted: bytes) -> bytes:
    reader = PackageReader(io.BytesIO(untrusted))
    reader.recover_shares(made.custodian)
    return reader.open_document("price", made.key, "a.pdf").read()


def test_flipped_bits_are_refused_or_change_nothing_that_is_read(made: SmallPackage) -> None:
    chance = random.Random(20261127)
    genuine = check_package(io.BytesIO(made.package))
    refused = 0
    for _ in range(600):
        changed = bytearray(made.package)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        try:
            assert check_package(io.BytesIO(changed)).parts == genuine.parts
            assert read(made, bytes(changed)) == TEXT
        except EvalclientError:
            refused += 1
    assert refused > 500


def test_other_structures_under_a_seal_that_fits_them_are_refused(made: SmallPackage, day: datetime) -> None:
    parts = parts_of(made.package)
    for name in (VOLUME, MANIFEST, "META-INF/keys.1.p7m"):
        for _place, mutant in random.Random(2).sample(list(structural_mutants(parts[name])), 30):
            with pytest.raises(EvalclientError):
                read(made, sealed_again({**parts, name: mutant}, made.bidder, day, SM))


def test_what_only_a_hostile_bidder_can_make_is_refused(made: SmallPackage, day: datetime) -> None:
    parts = parts_of(made.package)
    (document,) = PackageReader(io.BytesIO(made.package)).manifest("price", made.key).documents
    (volume,) = document.volumes

    def with_volume(changed: Volume) -> bytes:
        one = msgspec.structs.replace(document, volumes=(changed,))
        return with_manifest(made, lambda manifest: msgspec.structs.replace(manifest, documents=(one,)), day)

    table = parts[KEYS].replace(b'"suite":"sm"', b'"suite":"international"')
    mixed = sealed_again(parts, made.bidder, day, SM)
    hostile = {
        "a volume by the other suite's digest and tag": with_volume(Volume(volume.part, "00" * 32, "00" * 16)),
        "a volume with both": with_volume(Volume(volume.part, "00" * 32, "", volume.sm3)),
        "a volume with another digest": with_volume(Volume(volume.part, sm3="00" * 32)),
        "a volume without any": with_volume(Volume(volume.part)),
        "a key table of the other suite": sealed_again({**parts, KEYS: table}, made.bidder, day, SM),
        "a seal of the other suite": sealed_again(parts, made.bidder, day, INTERNATIONAL),
        "a seal with digests of two kinds": mixed.replace(SM.method.encode(), INTERNATIONAL.method.encode(), 1),
    }
    for untrusted in hostile.values():
        with pytest.raises(PackageRefused):
            read(made, untrusted)


def test_two_parts_never_share_a_key_and_one_key_opens_one_part(made: SmallPackage) -> None:
    reader = PackageReader(io.BytesIO(made.package))
    told = reader.manifest_key("price", made.key)
    parts = parts_of(made.package)
    assert b'"price":"1"' in sm4_sealed.open_part(parts[MANIFEST], told, SM.digest(parts[MANIFEST]))
    with pytest.raises(EnvelopeRefused):
        sm4_sealed.open_part(parts[VOLUME], told, SM.digest(parts[VOLUME]))


def test_openssl_opens_and_makes_what_is_sealed(made: SmallPackage, tmp_path: Any) -> None:
    own = sm4_sealed.part_key(made.key, VOLUME)
    part, content = tmp_path / "part", tmp_path / "content"
    part.write_bytes(parts_of(made.package)[VOLUME])
    given = ("cms", "-EncryptedData_decrypt", "-binary", "-inform", "DER", "-secretkey", own[:16].hex())
    assert openssl(*given, "-in", part) == TEXT
    content.write_bytes(TEXT * 100)
    encrypt = ("cms", "-EncryptedData_encrypt", "-binary", "-sm4-cbc", "-secretkey", own[:16].hex())
    theirs = openssl(*encrypt, "-outform", "DER", "-in", content)
    assert sm4_sealed.open_part(theirs, own, SM.digest(theirs)) == TEXT * 100


@given(st.integers(0, 70), st.integers(0, 1 << 16))
def test_content_of_any_length_comes_back(length: int, seed: int) -> None:
    content = random.Random(seed).randbytes(length)
    own = sm4_sealed.part_key(bytes(32), "c/0001.000.p7m")
    sealed = sm4_sealed.seal(content, own)
    assert sm4_sealed.open_part(sealed, own, SM.digest(sealed)) == content


def test_the_numbers_in_the_format_are_right() -> None:
    key, page = bytes(range(32)), (Path(__file__).parents[2] / "docs" / "package-format.md").read_text("utf-8")
    assert f"`{sm4_sealed.part_key(key, VOLUME).hex()}`" in page
    assert f"`{key_commitment('technical', key, SM)}`" in page


def test_nothing_is_decrypted_before_its_digest_holds(made: SmallPackage) -> None:
    """A right key and right padding are not enough: the part that the signed digest does not name stays shut."""
    own = sm4_sealed.part_key(made.key, VOLUME)
    other = sm4_sealed.seal(b"another content under the right key", own)
    with pytest.raises(EnvelopeRefused):
        sm4_sealed.open_part(other, own, SM.digest(parts_of(made.package)[VOLUME]))
    assert sm4_sealed.open_part(other, own, SM.digest(other)) == b"another content under the right key"
