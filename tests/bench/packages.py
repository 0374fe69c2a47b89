"""A sealed bid of the full load: opened to its first page, decrypted against cp of the same file, checked, sealed; then 1 GiB."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import PackageReader, SourceDocument, TenderKeys, check_package, write_package
from evalclient.crypto.cms import envelop, open_envelope
from evalclient.crypto.custody import join_key
from evalclient.crypto.session import new_session_keys
from evalclient.demo.documents.bid_documents import bid_documents
from evalclient.demo.documents.tender_texts import demo_tender
from evalclient.ui.documents.process import RendererProcess
from tests.bench.figures import MB, Figure, Measured, milliseconds, scratch, share, turn_about
from tests.bench.large_package import measured_large
from tests.builders.desk_people import key_of

EVALUATION = "ab" * 32
#: one of six bids of a demonstration with SIZE=200
SIZE = 200 * MB // 6
PAIRS = 15
OPENINGS = 9
#: pixels per point of a page as wide as the seat's middle column
SCALE = 1.5
Keys = dict[Compartment, bytes]


def measure() -> Measured:
    with scratch("packages") as folder:
        package, keys, seal_ms = _sealed(folder)
        first_ms, next_ms, key_ms = _openings(package, keys)
        size = package.stat().st_size
        decrypt_ms, copy_ms, ratio = turn_about(PAIRS, lambda: _decrypted(package, keys), lambda: _copied(package))
        check_ms = share([milliseconds(lambda: _checked(package)) for _ in range(5)], 0.5)
    large = measured_large()
    return Measured(
        (
            Figure("key operation (grant opened with the session's key)", key_ms, "ms"),
            Figure("opened beyond it, renderer not yet running", first_ms, "ms", 300),
            Figure("opened beyond it, renderer running", next_ms, "ms", 300),
            Figure("every document decrypted", decrypt_ms, "ms"),
            Figure("cp of the package", copy_ms, "ms"),
            Figure("decrypting to cp", ratio, "times", 1.5),
            Figure("seal of the whole package checked", check_ms, "ms"),
            Figure("sealing, fsync included", seal_ms, "ms"),
            Figure("size of the package", size / MB, "MB"),
            *large.figures,
        ),
        large.notes,
    )


def _sealed(folder: Path) -> tuple[Path, Keys, float]:
    """A bid of the demonstration as a package, and its keys from the custodians' and the bidder's own shares."""
    tender = demo_tender("construction", "zh")
    bidder = key_of(tender.bidders[0].name.zh, "bidder 1")
    custodians = [key_of("保管人", f"custodian-{number}") for number in (1, 2, 3)]
    documents = [
        SourceDocument(entry.compartment, entry.name, entry.title, entry.media_type, io.BytesIO(entry.content))
        for entry in bid_documents(tender, tender.bidders[0], SIZE)
    ]
    keys = TenderKeys(EVALUATION, tuple(one.encryption_certificate for one in custodians), 2, True)
    package = folder / "bid.asice"
    began = time.perf_counter()
    with package.open("wb") as out:
        write_package(out, documents, {"price": {"price": "1"}}, keys, bidder, at=datetime(2026, 11, 24, tzinfo=UTC))
    subprocess.run(["sync", str(package)], check=True)
    taken = (time.perf_counter() - began) * 1000
    with package.open("rb") as file:
        reader = PackageReader(file)
        held, own = [reader.recover_shares(one) for one in custodians[:2]], reader.recover_shares(bidder)
        joined = {name: join_key([shares[name] for shares in held], own[name], 2) for name in reader.compartments}
    return package, joined, taken


def _openings(package: Path, keys: Keys) -> tuple[float, float, float]:
    """(first opening, later ones, key operation): medians in milliseconds."""
    session = new_session_keys()
    envelope = envelop(b"".join(keys.values()), [session.encryption_public])
    first, later, operations = [], [], []
    for _ in range(OPENINGS):
        operations.append(milliseconds(lambda: open_envelope(envelope, session.encryption_key())))
        renderer = RendererProcess()
        try:
            first.append(milliseconds(lambda: _open(package, keys, renderer)))  # noqa: B023 - called at once
            later.append(milliseconds(lambda: _open(package, keys, renderer)))  # noqa: B023 - called at once
        finally:
            renderer.stop()
    return share(first, 0.5), share(later, 0.5), share(operations, 0.5)


def _open(package: Path, keys: Keys, renderer: RendererProcess) -> None:
    """Seal's signature, every manifest, and the first page of the first document as pixels."""
    file = package.open("rb")
    reader = PackageReader(file)
    manifests = [reader.manifest(name, keys[name]) for name in reader.compartments]
    manifest = next(one for one in manifests if one.documents)
    document = reader.open_document(manifest.compartment, keys[manifest.compartment], manifest.documents[0].name)
    opened = renderer.open(cast("BinaryIO", document))
    page = renderer.render(opened.number, 0, SCALE)
    if len(set(page.pixels[: 400 * page.stride])) < 2:
        raise RuntimeError("the first page is blank")
    renderer.close(opened.number)
    reader.forget()
    file.close()


def _decrypted(package: Path, keys: Keys) -> float:
    """Every document read to its end through the reader, as the viewer and the organiser's client do."""
    buffer = bytearray(1 << 20)

    def work() -> None:
        with package.open("rb") as file:
            reader = PackageReader(file)
            for name in reader.compartments:
                for entry in reader.manifest(name, keys[name]).documents:
                    stream = reader.open_document(name, keys[name], entry.name)
                    while stream.readinto(buffer):
                        pass

    return milliseconds(work)


def _copied(package: Path) -> float:
    copy = package.with_name("copy")
    copy.unlink(missing_ok=True)
    command = [shutil.which("cp") or "cp", str(package), str(copy)]
    return milliseconds(lambda: subprocess.run(command, check=True))


def _checked(package: Path) -> None:
    with package.open("rb") as file:
        check_package(file)
