"""Six thousand damaged packages, envelopes and signatures: each is refused in words or reads exactly as the genuine one.

A bit that does not matter is counted by the name of its place, and only the places named here may hold one.
"""

from __future__ import annotations

import io
import random
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evalclient.core.errors import EvalclientError
from evalclient.crypto.bid_package import PackageReader, check_package
from evalclient.crypto.cms import envelop, open_attached, open_envelope, sign_attached, sign_detached, verify_detached
from evalclient.crypto.cms.foreign import open_foreign
from evalclient.crypto.cms.recipients import issuer_and_serial
from tests.builders.foreign_cms import Reader, encrypted
from tests.builders.mutations import in_words
from tests.builders.packages import TEXT, SmallPackage, parts_of, sealed_again, small_package, with_manifest, with_table
from tests.builders.regions import der_values, packed, structural_mutants, zip_regions

Mutants = Iterable[tuple[str, bytes]]
#: memory that reading any number of mutants may add to the process, in KiB as the system counts it
MOST_GROWTH = 64 << 10


@pytest.fixture(autouse=True)
def _memory_does_not_grow() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_GROWTH


def judged(mutants: Mutants, read: Callable[[bytes], Any], genuine: Any) -> tuple[int, Counter[str]]:
    """How many there were, and the places of those that read the same; anything else than that or a refusal fails."""
    count, harmless = 0, Counter[str]()
    for place, mutant in mutants:
        count += 1
        try:
            found = read(mutant)
        except EvalclientError as error:
            in_words(error)
        else:
            assert found == genuine, place
            harmless[place] += 1
    return count, harmless


def flipped(data: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


@pytest.fixture(scope="module")
def made(person: Any, day: datetime) -> SmallPackage:
    return small_package(person("甲公司", 1), person("交易平台", 1), day)


def reading(made: SmallPackage) -> Callable[[bytes], Any]:
    """Everything a reader sees of a package but the digest of the file, which no two files share."""

    def read(untrusted: bytes) -> Any:
        seal = check_package(io.BytesIO(untrusted))
        reader = PackageReader(io.BytesIO(untrusted))
        manifest = reader.manifest("price", made.key)
        content = reader.open_document("price", made.key, "a.pdf").read()
        return seal.parts, seal.seal_digest, seal.signer.certificate, seal.signer.claimed_at, manifest, content

    return read


def test_flipped_bits_in_every_part_and_field_of_a_package(made: SmallPackage) -> None:
    """2 400 mutants. What may differ: dates, versions and attributes of the zip, and the chain beside a signature."""
    chance = random.Random(20261126)
    regions = zip_regions(made.package)
    assert [region.start for region in regions[1:]] == [region.end for region in regions[:-1]]

    def mutants() -> Mutants:
        for number in range(2400):
            region = regions[number % len(regions)]
            yield region.name, flipped(made.package, chance.randrange(region.start, region.end), chance.randrange(8))

    count, harmless = judged(mutants(), reading(made), reading(made)(made.package))
    assert count == 2400
    assert set(harmless) <= {
        *("entry version needed", "entry time", "entry date"),
        *("directory version made by", "directory version needed", "directory time", "directory date"),
        *("directory internal attributes", "directory external attributes", "directory disk"),
        *("end disk", "end directory's disk", "end entries on disk", "end entries"),
        "part META-INF/signature.p7s",
    }, harmless


def test_a_package_cut_at_every_border(made: SmallPackage) -> None:
    borders = {region.start for region in zip_regions(made.package)} | {len(made.package) - 1}
    count, harmless = judged((("cut", made.package[:at]) for at in sorted(borders)), reading(made), None)
    assert count > 200
    assert not harmless


def test_sealed_parts_of_another_structure_under_a_seal_that_fits_them(made: SmallPackage, day: datetime) -> None:
    """A hostile bidder can sign anything: every value of every kind of part cut, lengthened, doubled, left out."""
    parts = parts_of(made.package)
    chance = random.Random(1)

    def mutants() -> Mutants:
        for name in ("c/0001.000.p7m", "META-INF/manifest.price.p7m", "META-INF/keys.1.p7m"):
            for place, mutant in chance.sample(list(structural_mutants(parts[name])), 90):
                yield f"{name} {place}", sealed_again({**parts, name: mutant}, made.bidder, day)
        for name in ("META-INF/keys.json",):
            for at in range(0, len(parts[name]), 7):
                yield name, sealed_again({**parts, name: flipped(parts[name], at, 1)}, made.bidder, day)
                yield name, sealed_again({**parts, name: parts[name][:at]}, made.bidder, day)

    def read(untrusted: bytes) -> Any:
        reader = PackageReader(io.BytesIO(untrusted))
        shares = reader.recover_shares(made.custodian)
        return shares, reader.open_document("price", made.key, "a.pdf").read()

    count, harmless = judged(mutants(), read, read(made.package))
    assert count > 400
    assert not harmless


def test_what_only_a_hostile_bidder_can_make(made: SmallPackage, person: Any, day: datetime) -> None:
    """Everything here carries a good signature of the bidder over a seal that fits, or of a thief."""
    genuine = parts_of(made.package)
    other, thief = small_package(made.bidder, made.custodian, day), person("乙公司", 1)
    theirs = parts_of(other.package)
    volume, part = "c/0001.000.p7m", "META-INF/manifest.price.p7m"

    def named(**changes: Any) -> bytes:
        return with_manifest(
            made, lambda manifest: replace_in(manifest, documents=(replace_in(manifest.documents[0], **changes),)), day
        )

    first = PackageReader(io.BytesIO(made.package)).manifest("price", made.key).documents[0]
    hostile = {
        "names a missing part": named(volumes=(replace_in(first.volumes[0], part="c/0009.000.p7m"),)),
        "names the manifest as a volume": named(volumes=(replace_in(first.volumes[0], part=part),)),
        "one volume twice": named(volumes=first.volumes * 2, size=(4 << 20) + 1),
        "another tag": named(volumes=(replace_in(first.volumes[0], tag="00" * 16),)),
        "larger than its volumes": named(size=4 << 20),
        "smaller than its volumes": named(size=1),
        "a size no disk has": named(size=1 << 62),
        "a name that leaves its folder": named(name="../a.pdf"),
        "a name that reads backwards": named(name="a\u202efdp.exe"),
        "a name on another drive": named(name="C:x"),
        "a name of a device": named(name="con.pdf"),
        "a blank name": named(name=" "),
        "a title of two lines": named(title="a\nb"),
        "another evaluation": with_manifest(made, lambda one: replace_in(one, evaluation="cd" * 32), day),
        "another compartment": with_manifest(made, lambda one: replace_in(one, compartment="technical"), day),
        "a volume of another package": sealed_again({**genuine, volume: theirs[volume]}, made.bidder, day),
        "a manifest of another package": sealed_again({**genuine, part: theirs[part]}, made.bidder, day),
        "no manifest": sealed_again({k: v for k, v in genuine.items() if k != part}, made.bidder, day),
        "a volume in no manifest": sealed_again({**genuine, "c/0002.000.p7m": genuine[volume]}, made.bidder, day),
        "no compartment": with_table(
            made, lambda one: replace_in(one, compartments={}, holders=(replace_in(one.holders[0], shares={}),)), day
        ),
        "a holder without shares": with_table(
            made, lambda one: replace_in(one, holders=(*one.holders, replace_in(one.holders[0], shares={}))), day
        ),
        "a share of a compartment that is not there": with_table(
            made,
            lambda one: replace_in(
                one, holders=(replace_in(one.holders[0], shares=one.holders[0].shares | {"identity": "00" * 32}),)
            ),
            day,
        ),
        "a thief's seal": sealed_again(genuine, thief, day),
        "shares for nobody": sealed_again(
            {**genuine, "META-INF/keys.1.p7m": envelop(b"x", [thief.certificate])}, made.bidder, day
        ),
    }

    def read(untrusted: bytes) -> Any:
        reader = PackageReader(io.BytesIO(untrusted))
        reader.recover_shares(made.custodian)
        return reader.open_document("price", made.key, "a.pdf").read()

    count, harmless = judged(hostile.items(), read, TEXT)
    assert (count, set(harmless)) == (24, set())


def replace_in(value: Any, **changes: Any) -> Any:
    return msgspec.structs.replace(value, **changes)


def test_zips_that_no_library_writes(made: SmallPackage) -> None:
    """Paths that leave the folder, doubled names, sizes that lie, entries that share bytes or hide between others."""
    rows = [(name.encode(), content, len(content)) for name, content in parts_of(made.package).items()]
    assert reading(made)(packed(rows)) == reading(made)(made.package)
    odd = (b"../x", b"/x", b"c/../x", b"c\\0001.000.p7m", b"C/0001.000.P7M", b"c/0001.000.p7m\0", b"", b"\xff", b"c/")
    hostile = [(f"name {name!r}", packed([*rows, (name, b"x", 1)])) for name in odd]
    for number, (name, content, size) in enumerate(rows):
        before, after = rows[:number], rows[number + 1 :]
        hostile += [
            (f"{name!r} told {told}", packed([*before, (name, content, told), *after]))
            for told in (0, size - 1, size + 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
        ]
        hostile.append((f"{name!r} doubled", packed([*before, rows[number], *rows[number:]])))
        hostile.append((f"{name!r} left out", packed([*before, *after])))
    plain = packed(rows)
    for at in (
        0,
        len(rows[0][0]) + 30 + rows[0][2],
        plain.index(b"PK\x01\x02"),
        plain.index(b"PK\x05\x06"),
        len(plain),
    ):
        hostile.append((f"hidden at {at}", plain[:at] + packed([(b"c/0009.000.p7m", b"x", 1)]) + plain[at:]))
        hostile.append((f"bytes at {at}", plain[:at] + b"#!/bin/sh\n" + plain[at:]))
    count, harmless = judged(hostile, reading(made), None)
    assert count > 60
    assert not harmless


def der_place(encoded: bytes, at: int) -> str:
    """The innermost value around a byte, as a path from the outermost."""
    deepest = max((value for value in der_values(encoded) if value.start <= at < value.end), key=lambda v: len(v.path))
    return ".".join(map(str, deepest.path))


def places(harmless: Counter[str], known: dict[str, str]) -> Counter[str]:
    """Harmless mutants by the name of their place: ``known`` maps the beginning of a path to a name."""
    named = Counter[str]()
    for place, count in harmless.items():
        path = place.split()[0]
        name = next((known[one] for one in known if f"{path}.".startswith(f"{one}.")), f"unknown {place}")
        named[name] += count
    return named


def der_mutants(encoded: bytes, flips: int, structural: int, chance: random.Random) -> Mutants:
    """Bits flipped at chance, and as many structural mutants as asked for, or all there are."""
    for _ in range(flips):
        at = chance.randrange(len(encoded))
        yield der_place(encoded, at), flipped(encoded, at, chance.randrange(8))
    every = list(structural_mutants(encoded))
    yield from chance.sample(every, min(structural, len(every)))


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_signatures(kind: str, person: Any, day: datetime) -> None:
    """1 600 mutants each. The chain beside the signer's certificate is not signed; its path is checked elsewhere."""
    signer = person("王芳", 1, kind)
    content = b"evalclient-record/1\n{}"
    detached, attached = sign_detached(content, signer, day), sign_attached(content, signer, day)
    chance = random.Random(2)

    def of_detached(untrusted: bytes) -> Any:
        found = verify_detached(content, untrusted)
        return found.certificate, found.claimed_at

    def of_attached(untrusted: bytes) -> Any:
        opened, found = open_attached(untrusted)
        return opened, found.certificate, found.claimed_at

    for encoded, read in ((detached, of_detached), (attached, of_attached)):
        count, harmless = judged(der_mutants(encoded, 400, 400, chance), read, read(encoded))
        named = places(
            harmless,
            {
                "0.1.0.0": "version",
                "0.1.0.1": "digest algorithms, told again with the signer",
                "0.1.0.3": "certificates of the chain",
                "0.1.0.4.0.0": "version",
                "0.1.0.4.0.2.1": "absent parameters",
                "0.1.0.4.0.4.1": "absent parameters",
            },
        )
        assert count == 800
        assert not [name for name in named if name.startswith("unknown")], named


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_envelopes_to_persons(kind: str, person: Any) -> None:
    """600 mutants each."""
    key = person("张伟", 1, kind)
    encoded = envelop(TEXT, [key.certificate, person("李娜", 1).certificate])
    name = issuer_and_serial(key.certificate)
    rows = [value for value in der_values(encoded) if len(value.path) == 5 and value.path[:4] == (0, 1, 0, 1)]
    own = next(number for number, value in enumerate(rows) if name in encoded[value.start : value.end])
    count, harmless = judged(
        der_mutants(encoded, 400, 200, random.Random(3)), lambda untrusted: open_envelope(untrusted, key), TEXT
    )
    named = places(harmless, {f"0.1.0.1.{1 - own}": "the other recipient", **harmless_in(f"0.1.0.1.{own}")})
    assert count == 600
    assert not [name for name in named if name.startswith("unknown")], named


def harmless_in(own: str) -> dict[str, str]:
    """What does not matter in an envelope with the reader's recipient at ``own``."""
    return {
        "0.1.0.0": "version",
        f"{own}.0": "version of the recipient",
        f"{own}.1.0.0": "algorithm of the sender's key, which the reader's own curve tells",
        f"{own}.2.1.0.0.1": "absent parameters",
        f"{own}.2.1.1.0.1.1": "absent parameters",
        f"{own}.2.1": "absent parameters",
        "0.1.0.2.0": "type of the content, which the reader does not go by",
    }


@pytest.mark.parametrize("kind", ["RSA", "P-256"])
@pytest.mark.parametrize("cipher", ["aes-256-gcm", "aes-128-cbc"])
def test_foreign_cms(kind: str, cipher: str, tmp_path: Path) -> None:
    """500 mutants each, and every truncation. CBC cannot tell; what it hands out says that nobody vouches for it."""
    (tmp_path / "content").write_bytes(TEXT * 5)
    reader = Reader.create(tmp_path, kind)
    padding = ("-keyopt", "rsa_padding_mode:oaep") if kind == "RSA" else ()
    encoded = encrypted(tmp_path / "content", cipher, reader, *padding)
    streamed = encrypted(tmp_path / "content", cipher, reader, "-stream")

    def read(untrusted: bytes) -> bytes:
        with open_foreign(io.BytesIO(untrusted), reader.key) as content:
            assert content.authenticated == cipher.endswith("gcm")
            found = content.read()
            return found if content.authenticated else TEXT * 5

    assert read(encoded) == read(streamed) == TEXT * 5
    count, harmless = judged(der_mutants(encoded, 400, 100, random.Random(4)), read, TEXT * 5)
    known = harmless_in("0.1.0.1.0") | (
        {} if cipher.endswith("gcm") else {"0.1.0.2": "content that nobody vouches for"}
    )
    named = places(harmless, known | ({} if cipher.endswith("gcm") else {"0.1.0.1": "key that nobody vouches for"}))
    assert count == 500
    assert not [name for name in named if name.startswith("unknown")], named
    cuts = ((f"cut {at}", streamed[:at]) for at in range(len(streamed)))
    assert judged(cuts, read, None)[1] == Counter()
