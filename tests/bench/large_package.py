"""A package of 1 GiB and 240 documents beside openssl, age, hashlib, cp and sha256sum on the same bytes (bench ``packages``).

Every ratio is the median of five pairs, taken in turns in one run on a warm cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import PackageReader, SourceDocument, TenderKeys, check_package, write_package
from evalclient.crypto.bid_package.manifest import VOLUME_BYTES
from evalclient.crypto.bid_package.suites import SM
from evalclient.crypto.custody import join_key
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from tests.bench.figures import MB, Figure, Measured, milliseconds, scratch, share, turn_about
from tests.builders.desk_people import key_of

EVALUATION = "ab" * 32
DAY = datetime(2026, 11, 24, tzinfo=UTC)
SIZE = 1 << 30
DOCUMENTS = 240
FIRST = 15 * MB
PAIRS = 5
_GIB = 1 << 30
_SECRET = ("-secretkey", "0" * 64, "-secretkeyid", "61")


@dataclass(frozen=True)
class Large:
    """The package on disk, what it was made of, and what opens it."""

    folder: Path
    sources: tuple[Path, ...]
    package: Path
    keys: dict[Compartment, bytes]


def measured_large() -> Measured:
    """The rows of the plan about packages of 1 GiB."""
    with scratch("large-package") as folder:
        large = _made(folder)
        figures = [*_decryption(large), *_digests(large), *_opening(large), *_seal(large), *_building(large)]
        age, notes = _age(large)
        return Measured((*figures, *age, _national(folder)), notes)


def _made(folder: Path) -> Large:
    sizes = [FIRST, *[(SIZE - FIRST) // (DOCUMENTS - 1)] * (DOCUMENTS - 1)]
    (folder / "documents").mkdir()
    sources = tuple(folder / "documents" / f"{number:03d}.pdf" for number in range(DOCUMENTS))
    for path, size in zip(sources, sizes, strict=True):
        path.write_bytes(os.urandom(size))
    package = folder / "bid.asice"
    _build(sources, package)
    with package.open("rb") as file:
        reader = PackageReader(file)
        shares = reader.recover_shares(key_of("保管人", "custodian-1"))
        keys = {name: join_key([shares[name]], None, 1) for name in reader.compartments}
    return Large(folder, sources, package, keys)


def _build(sources: tuple[Path, ...], package: Path) -> None:
    rows = [
        SourceDocument("technical" if number % 2 else "qualification", path.name, path.name, "application/pdf", path)
        for number, path in enumerate(sources)
    ]
    custodian, bidder = key_of("保管人", "custodian-1"), key_of("甲公司", "bidder 1")
    tender = TenderKeys(EVALUATION, (custodian.encryption_certificate,), 1, False)
    with package.open("wb") as out:
        write_package(out, rows, {}, tender, bidder, at=DAY)


def _read_all(package: Path, keys: dict[Compartment, bytes], *, digests: bool = False) -> None:
    """Every document to its end, into a buffer that is thrown away."""
    buffer = bytearray(VOLUME_BYTES)
    with package.open("rb") as file:
        reader = PackageReader(file, digests=digests)
        for name in reader.compartments:
            for entry in reader.manifest(name, keys[name]).documents:
                stream = reader.open_document(name, keys[name], entry.name)
                while stream.readinto(buffer):
                    pass


def _decryption(large: Large) -> list[Figure]:
    """Against openssl, which has one DER value to read and no chunks of BER; alone by the processor's clock; two at once."""
    whole = large.folder / "openssl.p7m"
    encrypt = ["cms", "-encrypt", "-binary", "-aes-256-gcm", "-outform", "DER", "-out", whole, *_SECRET]
    with subprocess.Popen(["cat", *map(str, large.sources)], stdout=subprocess.PIPE) as together:
        subprocess.run(["openssl", *map(str, encrypt)], stdin=together.stdout, check=True)
    decrypt = ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", str(whole), "-out", "/dev/null", *_SECRET]
    alone = [_processor_seconds(lambda: _read_all(large.package, large.keys)) for _ in range(PAIRS)]
    theirs, ours, ratio = turn_about(
        PAIRS,
        lambda: milliseconds(lambda: _run(decrypt)),
        lambda: milliseconds(lambda: _read_all(large.package, large.keys)),
    )
    whole.unlink()
    one_after_the_other, at_once, gain = turn_about(PAIRS, lambda: _twice(large, 1), lambda: _twice(large, 2))
    return [
        Figure(
            "1 GiB decrypted, tags checked, per second of one core", SIZE / _GIB / share(alone, 0.5), "GiB/s", least=3
        ),
        Figure("the same by the wall clock", ours, "ms"),
        Figure("openssl cms -decrypt of the same bytes", theirs, "ms"),
        Figure("faster than openssl", ratio, "times", least=15),
        Figure("two packages one after the other", one_after_the_other, "ms"),
        Figure("two packages at once", at_once, "ms"),
        Figure("gained by two at once", gain, "times", least=1.7),
        Figure("gained by two processes that do the same", _process_gain(large), "times"),
    ]


def _process_gain(large: Large) -> float:
    """What two processes gain that share nothing but the machine: no threads can gain more."""

    def apart() -> float:
        began = time.perf_counter()
        started = []
        for _ in range(2):
            child = os.fork()
            if not child:
                _read_all(large.package, large.keys)
                os._exit(0)
            started.append(child)
        if any(os.waitpid(child, 0)[1] for child in started):
            raise RuntimeError("a process of two failed")
        return (time.perf_counter() - began) * 1000

    return turn_about(PAIRS, lambda: _twice(large, 1), apart)[2]


def _twice(large: Large, threads: int) -> float:
    def work() -> None:
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(_read_all, large.package, large.keys) for _ in range(2)]:
                done.result()

    return milliseconds(work)


def _digests(large: Large) -> list[Figure]:
    def hashed() -> None:
        with large.package.open("rb") as file:
            hashlib.file_digest(file, "sha256")

    ours, theirs, ratio = turn_about(
        PAIRS,
        lambda: milliseconds(lambda: _read_all(large.package, large.keys, digests=True)),
        lambda: milliseconds(hashed),
    )
    keys = json.dumps({name: key.hex() for name, key in large.keys.items()})
    command = [sys.executable, "-m", "tests.bench.large_package", str(large.package)]
    told = subprocess.run(command, input=keys, check=True, capture_output=True, text=True).stdout
    return [
        Figure("1 GiB decrypted, every digest checked too", ours, "ms"),
        Figure("SHA-256 of the same file by hashlib", theirs, "ms"),
        Figure("speed in terms of hashlib's", 1 / ratio, "times", least=0.8),
        Figure("peak memory while doing so", int(told) / 1000, "MB", 150),
    ]


def _opening(large: Large) -> list[Figure]:
    buffer = bytearray(FIRST)

    def opened() -> None:
        with large.package.open("rb") as file:
            reader = PackageReader(file)
            key = large.keys["qualification"]
            name = reader.manifest("qualification", key).documents[0].name
            if reader.open_document("qualification", key, name).readinto(buffer) != FIRST:
                raise RuntimeError("the first document is short")

    opened()
    samples = [milliseconds(opened) for _ in range(2 * PAIRS + 1)]
    return [Figure("opened, first document of 15 MB verified", share(samples, 0.5), "ms", 40)]


def _seal(large: Large) -> list[Figure]:
    def checked() -> None:
        with large.package.open("rb") as file:
            check_package(file)

    command = ["sha256sum", str(large.package)]
    ours, theirs, ratio = turn_about(PAIRS, lambda: milliseconds(checked), lambda: milliseconds(lambda: _run(command)))
    return [
        Figure("seal of 1 GiB checked without a key", ours, "ms"),
        Figure("sha256sum of the same file", theirs, "ms"),
        Figure("checking to sha256sum", ratio, "times", 1.2),
    ]


def _building(large: Large) -> list[Figure]:
    built, copy = large.folder / "built", large.folder / "copy"

    def build() -> float:
        built.unlink(missing_ok=True)
        return milliseconds(lambda: _build(large.sources, built))

    def copied() -> float:
        shutil.rmtree(copy, ignore_errors=True)
        began = time.perf_counter()
        _run(["cp", "-r", str(large.folder / "documents"), str(copy)])
        _run(["sha256sum", *map(str, large.sources)])
        return (time.perf_counter() - began) * 1000

    ours, theirs, ratio = turn_about(PAIRS, build, copied)
    built.unlink()
    shutil.rmtree(copy)
    return [
        Figure("1 GiB sealed", ours, "ms"),
        Figure("cp and sha256sum of the same documents", theirs, "ms"),
        Figure("sealing to cp and sha256sum", ratio, "times", 1.5),
    ]


def _age(large: Large) -> tuple[list[Figure], tuple[str, ...]]:
    if shutil.which("age") is None:
        return [], ("not measured beside age, which is not installed (package: age)",)
    identity, whole = large.folder / "identity", large.folder / "whole.age"
    _run(["age-keygen", "-o", str(identity)])
    with subprocess.Popen(["cat", *map(str, large.sources)], stdout=subprocess.PIPE) as together:
        subprocess.run(["age", "-e", "-i", str(identity), "-o", str(whole)], stdin=together.stdout, check=True)
    command = ["age", "-d", "-i", str(identity), "-o", "/dev/null", str(whole)]
    theirs, _, ratio = turn_about(
        PAIRS,
        lambda: milliseconds(lambda: _run(command)),
        lambda: milliseconds(lambda: _read_all(large.package, large.keys)),
    )
    whole.unlink()
    return [
        Figure("age -d of the same bytes", theirs, "ms"),
        Figure("faster than age", ratio, "times", least=1),
    ], ()


def _national(folder: Path) -> Figure:
    """A document of 15 MB in a package of the SM suite: opened and read, its SM3 compared before it is decrypted."""
    authority = DemoPki.create("bench", DAY).authorities[1]
    bidder, custodian = (
        Pkcs12Key.open(authority.issue(name, name, pin="1", kind="sm2").p12, "1") for name in ("甲公司", "保管人")
    )
    source, package, buffer = folder / "source.pdf", folder / "sm.asice", bytearray(FIRST)
    source.write_bytes(os.urandom(FIRST))
    row = SourceDocument("technical", "a.pdf", "a", "application/pdf", source)
    with package.open("w+b") as out:
        tender = TenderKeys(EVALUATION, (custodian.encryption_certificate,), 1, False, SM)
        write_package(out, [row], {}, tender, bidder, at=DAY)
        key = join_key([PackageReader(out).recover_shares(custodian)["technical"]], None, 1)

    def opened() -> None:
        with package.open("rb") as file:
            if PackageReader(file).open_document("technical", key, "a.pdf").readinto(buffer) != FIRST:
                raise RuntimeError("the document is short")

    return Figure(
        "SM suite: opened, document of 15 MB read", share([milliseconds(opened) for _ in range(PAIRS)], 0.5), "ms", 250
    )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _processor_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _peak_kilobytes() -> int:
    """The most memory this program has held; unlike ``ru_maxrss`` it knows nothing of the one that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024 // 1000


if __name__ == "__main__":
    given = {cast("Compartment", name): bytes.fromhex(key) for name, key in json.loads(sys.stdin.read()).items()}
    _read_all(Path(sys.argv[1]), given, digests=True)
    sys.stdout.write(f"{_peak_kilobytes()}\n")
