"""The documents that the records of an evaluation name, and under which name each stands in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from evalclient.archive import layout
from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import opened_bids
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_ending import EvaluationEnded, ReportRendered, ReportStamped
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import Payload, decode_payload, record_id
from evalclient.core.tender import Tender

_REPORT_ACTS: Final = (ReportRendered, ReportStamped, EvaluationEnded)


def named_documents(founding: EvaluationCreated, tender: Tender) -> dict[str, str]:
    """Part → digest of the documents that record 0 and the tender name."""
    pinned = (founding.tender, founding.method, founding.rules)
    named = dict(zip(layout.DOCUMENTS, pinned, strict=True))
    for number, paper in enumerate(tender.papers, start=1):
        named[layout.paper_part(number, paper.kind, paper.media_type)] = paper.digest
    return named


def report_documents(entries: Iterable[LogEntry], evaluation: Evaluation) -> tuple[str, ...]:
    """Digests of every revision of every report that took effect, in log order, each once."""
    found: dict[str, None] = {}
    for payload in _effective(entries, evaluation):
        act = decode_act(payload)
        if isinstance(act, _REPORT_ACTS) and act.document:
            found.setdefault(act.document)
    return tuple(found)


def other_blobs(entries: Iterable[LogEntry], evaluation: Evaluation, known: Iterable[str]) -> tuple[str, ...]:
    """Digests of further blobs that records with an effect name; bid packages stay with the centre."""
    found: dict[str, None] = {}
    for payload in _effective(entries, evaluation):
        if payload.kind != "bid.submitted":
            found.update(dict.fromkeys(payload.blobs))
    seen = set(known)
    return tuple(digest for digest in found if digest not in seen)


def opened_packages(evaluation: Evaluation) -> frozenset[str]:
    """Digests of the packages that could be opened, by the opening record: their seals must be in the archive."""
    return frozenset(bid.package for bid in opened_bids(evaluation))


def manifests_of(bid: Bid) -> tuple[str, ...]:
    """Names within the package of the sealed manifests whose keys the opening record tells."""
    keys = bid.opened.manifest_keys if bid.opened is not None and not bid.opened.failure else {}
    return tuple(part for compartment, part in layout.MANIFESTS.items() if compartment in keys)


def _effective(entries: Iterable[LogEntry], evaluation: Evaluation) -> Iterator[Payload]:
    """What somebody writes without the right to it stays in the log, but asks for nothing else in the archive."""
    without = {entry.record for entry in evaluation.without_effect}
    for entry in entries:
        if record_id(entry.record.payload, evaluation.founding.hash) not in without:
            yield decode_payload(entry.record.payload)


def arrange_reports(reports: Sequence[tuple[str, bytes]]) -> tuple[dict[str, bytes], bytes]:
    """The parts that keep all revisions, and the list of those that are the beginning of a longer one.

    ``reports`` are (digest, bytes) in log order. Each visible signature only adds to the file before it, so the last
    revision holds the others.
    """
    parts: dict[str, bytes] = {}
    lines: list[str] = []
    whole: list[tuple[str, bytes]] = []
    for digest, data in reversed(reports):
        holder = next(((part, longer) for part, longer in whole if longer.startswith(data)), None)
        if holder is None:
            part = layout.REPORT if not whole else layout.blob_part(digest)
            whole.append((part, data))
            parts[part] = data
            holder = (part, data)
        lines.append(f"{digest} {len(data)} {holder[0]}\n")
    return parts, "".join(reversed(lines)).encode()


def read_revisions(untrusted: bytes, files: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Digest as listed → part and the bytes at that place, unchecked; lines that make no sense are left out."""
    found: dict[str, tuple[str, bytes]] = {}
    for line in untrusted.decode("ascii", "replace").splitlines():
        words = line.split(" ")
        if len(words) == 3 and words[1].isdecimal() and len(words[1]) < 10 and words[2] in files:
            found[words[0]] = words[2], files[words[2]][: int(words[1])]
    return found
