"""Parts that follow from the records: the log's list, certificates and session keys for stock tools, the read-me.

Export writes them and verification compares them byte by byte, so that nothing in an archive goes unchecked.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from evalclient.archive import layout
from evalclient.archive.readme import readme
from evalclient.core.checkpoint import Checkpoint, origin_of
from evalclient.core.evaluation.results import tally_input
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.merkle import leaf_bytes, leaf_hash
from evalclient.core.method.robustness.analysis import robustness, robustness_bytes
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_founding import EvaluationCreated, SessionOpened
from evalclient.core.records.catalogue import KINDS, decode_act
from evalclient.core.records.envelope import HashName, decode_payload, digest, record_id
from evalclient.core.workflow.conditions import signing_over
from evalclient.crypto.trust.timestamps import response_of

#: SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410), of an SM2 key up to the 65 of its point
_ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
_SM2_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")


def derived_parts(
    founding: EvaluationCreated,
    entries: Sequence[LogEntry],
    certificates: Mapping[str, bytes],
    robustness: bytes | None,
    stamps: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Every part that follows from the records. ``certificates`` maps person → DER as the signatures carry it.

    ``robustness`` is what ``robustness_of`` gives, None for an archive without it; ``stamps`` what ``stamp_parts`` gives.
    """
    fingerprint = record_id(entries[0].record.payload, founding.hash)
    parts = {
        **stamps,
        layout.README: readme(
            fingerprint, len(entries), founding, robustness=robustness is not None, stamped=bool(stamps)
        ),
        layout.SUMMARY: _summary(fingerprint, len(entries), founding, robustness),
        layout.LOG: log_list(entries, founding.hash),
        layout.ROOTS: b"".join(pem(root, "CERTIFICATE") for root in founding.roots),
    }
    if robustness is not None:
        parts[layout.ROBUSTNESS] = robustness
    parts |= {layout.certificate_part(person): pem(der, "CERTIFICATE") for person, der in certificates.items()}
    for identity, act in _sessions(entries, founding.hash):
        parts[layout.session_part(identity)] = pem(_spki(act.signing_key), "PUBLIC KEY")
    return parts


def _spki(signing_key: bytes) -> bytes:
    return (_ED25519_SPKI if len(signing_key) == 32 else _SM2_SPKI) + signing_key


def log_list(entries: Iterable[LogEntry], algorithm: HashName) -> bytes:
    """One line per record: index, time of receipt, leaf hash, id, kind."""
    lines = []
    for entry in entries:
        leaf = leaf_hash(leaf_bytes(entry.received, entry.record), algorithm).hex()
        identity = record_id(entry.record.payload, algorithm)
        kind = decode_payload(entry.record.payload).kind
        lines.append(f"{entry.index:06d} {entry.received} {leaf} {identity} {kind}\n")
    return "".join(lines).encode()


def certificate_signed(entries: Iterable[LogEntry]) -> tuple[tuple[str, LogEntry], ...]:
    """(author, entry) of the first record of every author that a certificate signs."""
    first: dict[str, LogEntry] = {}
    for entry in entries:
        payload = decode_payload(entry.record.payload)
        kind = KINDS.get(payload.kind)
        if kind is not None and kind.signer == "certificate":
            first.setdefault(payload.author, entry)
    return tuple(first.items())


def pem(der: bytes, label: str) -> bytes:
    """DER as PEM (RFC 7468)."""
    body = "\n".join(textwrap.wrap(base64.b64encode(der).decode("ascii"), 64))
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n".encode()


def robustness_of(evaluation: Evaluation) -> bytes | None:
    """How firmly the result stands, as canonical JSON; None before the signing of the report is over."""
    if not signing_over(evaluation):
        return None
    return robustness_bytes(robustness(evaluation.method, tally_input(evaluation)))


def stamp_parts(evaluation: Evaluation) -> dict[str, bytes]:
    """The time stamps that records bring, as files that ``openssl ts -verify`` reads beside what they are over."""
    parts = {}
    if evaluation.report_stamp is not None:
        parts[layout.REPORT_STAMP] = response_of(evaluation.report_stamp.token)
    if (stamp := evaluation.log_stamp) is not None:
        text = Checkpoint(origin_of(evaluation.fingerprint), stamp.size, bytes.fromhex(stamp.covers)).text()
        parts |= {layout.LOG_STAMPED: text.encode(), layout.LOG_STAMP: response_of(stamp.token)}
    return parts


def _summary(fingerprint: str, records: int, founding: EvaluationCreated, robustness: bytes | None) -> bytes:
    digests = {} if robustness is None else {"robustness": digest(robustness, founding.hash)}
    return msgspec.json.format(
        msgspec.json.encode(
            {
                "format": layout.FORMAT,
                "evaluation": fingerprint,
                "title": founding.title,
                "trade": founding.trade,
                "hash": founding.hash,
                "records": records,
                "log_key": founding.log_key,
                "practice": founding.practice,
                **digests,
            }
        ),
        indent=1,
    )


def _sessions(entries: Iterable[LogEntry], algorithm: HashName) -> Iterable[tuple[str, SessionOpened]]:
    for entry in entries:
        act = decode_act(decode_payload(entry.record.payload))
        if isinstance(act, SessionOpened):
            yield record_id(entry.record.payload, algorithm), act
