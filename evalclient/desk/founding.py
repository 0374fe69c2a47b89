"""Founding an evaluation: record 0 from the tender's folder, and the file by which others know it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.evaluation.fold import Documents, found_evaluation
from evalclient.core.ports import Clock, KeyHandle
from evalclient.core.records.acts_founding import Continuation
from evalclient.core.records.envelope import Payload, Record, Seen, digest
from evalclient.crypto.records import found, sign_by_certificate, trust_of
from evalclient.desk.chosen_files import read_bounded
from evalclient.desk.desk import Genesis
from evalclient.desk.tender_folder import TenderFolder

#: record 0 and the documents it names, each at most a payload's size, in base64
MAX_GENESIS: Final = 32 << 20


class _GenesisFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: bytes
    signature: bytes
    tender: bytes
    method: bytes
    rules: bytes


def create(
    folder: TenderFolder, handle: KeyHandle, log_key: str, clock: Clock, continues: Continuation | None = None
) -> Genesis:
    """Record 0 for a tender folder, signed; what it founds is checked once. ``continues``: whose place it takes.

    CertificateRefused where the organiser's own certificate would not hold in this evaluation, DocumentMalformed where it
    has another office in it.
    """
    act = folder.founding(handle.certificate, log_key, continues)
    at = clock.now()
    trust_of(act).check(handle.certificate, handle.chain, at)
    payload = Payload(
        evaluation="",
        kind="evaluation.created",
        author=act.organiser.person,
        session="",
        seq=0,
        prev="",
        round=1,
        seen=Seen(0, digest(b"", act.hash)),
        at=at,
        nonce=secrets.token_hex(16),
        body=msgspec.Raw(msgspec.json.encode(act)),
        blobs=(act.tender, act.method, act.rules),
    )
    genesis = Genesis(sign_by_certificate(payload, handle), folder.documents)
    found_evaluation(found(genesis.record).record, folder.documents)
    return genesis


def dump_genesis(genesis: Genesis) -> bytes:
    """The genesis file: what a bidder or an expert needs to know an evaluation."""
    documents = genesis.documents
    return msgspec.json.encode(
        _GenesisFile(
            genesis.record.payload, genesis.record.signature, documents.tender, documents.method, documents.rules
        )
    )


def load_genesis(untrusted: bytes) -> Genesis:
    """A genesis file, its signature and digests checked; DocumentMalformed or RecordRefused says what is wrong."""
    try:
        file = msgspec.json.decode(untrusted, type=_GenesisFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentMalformed(
            "该文件不是评标项目文件，请从公告重新下载。",
            "The file is not an evaluation's genesis file; download it again from the announcement.",
        ) from error
    genesis = Genesis(Record(file.payload, file.signature), Documents(file.tender, file.method, file.rules))
    found_evaluation(found(genesis.record).record, genesis.documents)
    return genesis


def read_genesis(path: Path) -> Genesis:
    """``load_genesis`` of a file; FileUnusable where it is larger than any, OSError."""
    return load_genesis(read_bounded(path, MAX_GENESIS))


def fingerprint_of(untrusted: bytes) -> str:
    """The fingerprint of the evaluation in a genesis file, checked as ``load_genesis`` does."""
    return found(load_genesis(untrusted).record).record.id
