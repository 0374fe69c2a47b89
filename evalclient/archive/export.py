"""Making an archive from a synchronised store."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Protocol

from evalclient.archive import layout
from evalclient.archive.derived import certificate_signed, derived_parts, robustness_of, stamp_parts
from evalclient.archive.documents import (
    arrange_reports,
    manifests_of,
    named_documents,
    opened_packages,
    other_blobs,
    report_documents,
)
from evalclient.archive.errors import ArchiveIncomplete, incomplete
from evalclient.archive.packing import write_parts
from evalclient.core.checkpoint import parse_proof, read_checkpoint
from evalclient.core.errors import CentreRefused
from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import standing_bids
from evalclient.core.ports import LogEntry, Receipt
from evalclient.core.records.envelope import digest
from evalclient.core.tender import load_tender
from evalclient.crypto.cms import verify_detached

#: a document by its digest; None where it is not at hand
BlobLookup = Callable[[str], bytes | None]
#: a bid package by its digest; None where it is not at hand
PackageLookup = Callable[[str], BinaryIO | None]


class LogSource(Protocol):
    """What an archive needs of a store; ``core.ports.RecordLog`` has it."""

    def entries(self, start: int = 0) -> Iterator[LogEntry]:
        """The verified log from ``start``, in index order."""
        ...

    def checkpoint(self) -> str:
        """The last verified checkpoint."""
        ...

    def receipts(self) -> tuple[Receipt, ...]:
        """All kept receipts."""
        ...


def export(
    target: BinaryIO, log: LogSource, evaluation: Evaluation, blob: BlobLookup, open_package: PackageLookup
) -> tuple[str, ...]:
    """Write the archive of the log's evaluation to ``target``; returns the names of its parts.

    ``evaluation`` is what exactly this log says, as it was folded.

    The same store gives the same bytes. Raises ArchiveIncomplete where a document, a package's seal or the checkpoint
    is not at hand; of a bid that could not be opened, the seal is kept where there is one.
    """
    entries = tuple(log.entries())
    checkpoint = log.checkpoint()
    if not entries or not checkpoint or {read_checkpoint(checkpoint).size, evaluation.size} != {len(entries)}:
        raise incomplete("日志与检查点不一致", "the log and its checkpoint do not belong together")
    founding = evaluation.founding
    parts = {layout.CHECKPOINT: checkpoint.encode(), **_records(entries), **_receipts(log.receipts(), len(entries))}
    parts |= derived_parts(
        founding, entries, _certificates(entries), robustness_of(evaluation), stamp_parts(evaluation)
    )
    parts |= _documents(evaluation, entries, blob)
    opened = opened_packages(evaluation)
    for bid in standing_bids(evaluation):
        try:
            parts |= _seal(bid, open_package)
        except (ArchiveIncomplete, CentreRefused):
            if bid.package in opened:
                raise
    write_parts(target, parts)
    return tuple(sorted(parts))


def _records(entries: Sequence[LogEntry]) -> dict[str, bytes]:
    parts = {}
    for entry in entries:
        parts[layout.payload_part(entry.index)] = entry.record.payload
        parts[layout.signature_part(entry.index)] = entry.record.signature
    return parts


def _receipts(receipts: Sequence[Receipt], size: int) -> dict[str, bytes]:
    parts = {}
    for receipt in receipts:
        index = parse_proof(receipt.proof).index
        if index < size:
            parts[layout.receipt_part(index)] = receipt.proof.encode()
    return parts


def _certificates(entries: Sequence[LogEntry]) -> dict[str, bytes]:
    """Person → the certificate (DER) in his first signature."""
    return {
        person: verify_detached(entry.record.payload, entry.record.signature).certificate
        for person, entry in certificate_signed(entries)
    }


def _documents(evaluation: Evaluation, entries: Sequence[LogEntry], blob: BlobLookup) -> dict[str, bytes]:
    founding = evaluation.founding

    def fetch(name: str) -> bytes:
        data = blob(name)
        if data is None or digest(data, founding.hash) != name:
            raise incomplete(f"文件 {name}", f"the document {name}")
        return data

    tender = load_tender(fetch(founding.tender))
    named = named_documents(founding, tender)
    parts = {part: fetch(name) for part, name in named.items()}
    reports = report_documents(entries, evaluation)
    kept, revisions = arrange_reports([(name, fetch(name)) for name in reports])
    parts |= kept
    if reports:
        parts[layout.REVISIONS] = revisions
    for name in other_blobs(entries, evaluation, (*named.values(), *reports)):
        parts[layout.blob_part(name)] = fetch(name)
    return parts


def _seal(bid: Bid, open_package: PackageLookup) -> dict[str, bytes]:
    """The seal of a package without its content; where it was opened, the sealed manifests that were read out."""
    package = bid.package
    limits = dict.fromkeys(layout.SEAL_PARTS, layout.MAX_SEAL_PART) | dict.fromkeys(manifests_of(bid), layout.MAX_PART)
    file = open_package(package)
    if file is None:
        raise incomplete(f"投标文件包 {package}", f"the bid package {package}")
    try:
        with file, zipfile.ZipFile(file) as archive:
            parts = {}
            for part, limit in limits.items():
                entry = archive.getinfo(part)
                if entry.file_size > limit:
                    raise ValueError(part)
                parts[layout.seal_part(package, part)] = archive.read(entry)
            return parts
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise incomplete(f"投标文件包 {package} 的封装清单", f"the seal of the bid package {package}") from error
