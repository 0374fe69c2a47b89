"""Founding an evaluation: record 0 from the tender's folder, and the file by which others know it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from evalclient.core.errors import DocumentMalformed
from evalclient.core.evaluation.fold import Documents, found_evaluation
from evalclient.core.ports import Clock, KeyHandle
from evalclient.core.records.act import Party, Site
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.envelope import Payload, Record, Seen, digest
from evalclient.core.records.fields import PersonId
from evalclient.core.tender import load_tender
from evalclient.crypto.records import found, sign_by_certificate, trust_of
from evalclient.desk.certificate_files import read_certificate
from evalclient.desk.desk import Genesis

#: a file's own name, in the folder where it belongs
FileName = Annotated[str, Meta(pattern=r"^[^/\\\x00]{1,200}$(?!\n)")]


class Arrangement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the organiser decides besides the tender itself (``evaluation.json`` of a tender folder).

    Certificates are names of files (DER or PEM) in the folder ``parties``; ``roots`` of such files and ``revocations`` of
    revocation lists (DER) in ``roots``.
    """

    jurisdiction: str
    organiser: PersonId
    supervisor: tuple[PersonId, FileName]
    custodians: tuple[tuple[PersonId, FileName], ...]
    threshold: int
    bidder_share: bool = True
    recovery_custodians: tuple[tuple[PersonId, FileName], ...] = ()
    recovery_threshold: int = 2
    recovery_minutes: Annotated[int, Meta(ge=0)] = 10
    patience_minutes: Annotated[int, Meta(ge=0)] = 30
    sites: tuple[Site, ...]
    roots: tuple[FileName, ...]
    revocations: tuple[FileName, ...] = ()
    practice: bool = False


class _GenesisFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: bytes
    signature: bytes
    tender: bytes
    method: bytes
    rules: bytes


def create(folder: Path, handle: KeyHandle, log_key: str, clock: Clock) -> Genesis:
    """Record 0 for the tender folder (``evaluation.json tender.json method.json rules.json parties/ roots/``).

    Raises DocumentMalformed or CertificateFileRefused where a file is wrong, OSError where it is missing,
    CertificateRefused where the organiser's own certificate would not hold in this evaluation; checks what it made by
    founding the evaluation once.
    """
    documents = Documents(
        tender=(folder / "tender.json").read_bytes(),
        method=(folder / "method.json").read_bytes(),
        rules=(folder / "rules.json").read_bytes(),
    )
    arrangement = _arrangement((folder / "evaluation.json").read_bytes())
    act = _founding(folder, arrangement, documents, handle.certificate, log_key)
    at = clock.now()
    trust_of(act).check(handle.certificate, handle.chain, at)
    payload = Payload(
        evaluation="",
        kind="evaluation.created",
        author=arrangement.organiser,
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
    genesis = Genesis(sign_by_certificate(payload, handle), documents)
    found_evaluation(found(genesis.record).record, documents)
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


def fingerprint_of(untrusted: bytes) -> str:
    """The fingerprint of the evaluation in a genesis file, checked as ``load_genesis`` does."""
    return found(load_genesis(untrusted).record).record.id


def _arrangement(untrusted: bytes) -> Arrangement:
    try:
        return msgspec.json.decode(untrusted, type=Arrangement)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentMalformed(
            f"evaluation.json 不合格式（{error}），请改正后再发布。",
            f"evaluation.json does not follow its format ({error}); correct it and publish again.",
        ) from error


def _founding(
    folder: Path, arrangement: Arrangement, documents: Documents, organiser: bytes, log_key: str
) -> EvaluationCreated:
    tender = load_tender(documents.tender)

    def party(named: tuple[str, str]) -> Party:
        return Party(named[0], read_certificate((folder / "parties" / named[1]).read_bytes()).der)

    return EvaluationCreated(
        title=tender.title,
        trade=tender.trade,
        jurisdiction=arrangement.jurisdiction,
        tender=digest(documents.tender),
        method=digest(documents.method),
        rules=digest(documents.rules),
        roots=tuple(read_certificate((folder / "roots" / name).read_bytes()).der for name in arrangement.roots),
        log_key=log_key,
        organiser=Party(arrangement.organiser, organiser),
        supervisor=party(arrangement.supervisor),
        custodians=tuple(party(named) for named in arrangement.custodians),
        threshold=arrangement.threshold,
        bidder_share=arrangement.bidder_share,
        recovery_custodians=tuple(party(named) for named in arrangement.recovery_custodians),
        recovery_threshold=arrangement.recovery_threshold,
        recovery_minutes=arrangement.recovery_minutes,
        sites=arrangement.sites,
        deadline=tender.deadline,
        practice=arrangement.practice,
        patience_minutes=arrangement.patience_minutes,
        revocations=tuple((folder / "roots" / name).read_bytes() for name in arrangement.revocations),
    )
