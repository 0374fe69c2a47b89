"""Making and checking records: signature, author, chain, sealed bodies. The only place that makes VerifiedRecord."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from evalclient.core.checkpoint import Checkpoint, origin_of
from evalclient.core.errors import EvalclientError, RecordMalformed
from evalclient.core.merkle import leaf_bytes, leaf_hash
from evalclient.core.ports import KeyHandle
from evalclient.core.records.act import SealedShare
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_draw import DrawSealed, DrawShare
from evalclient.core.records.acts_ending import LogTimestamped, ReportTimestamped
from evalclient.core.records.acts_founding import CertificateIssued, EvaluationCreated, RevocationListed, SessionOpened
from evalclient.core.records.catalogue import KINDS, decode_act, decode_sealed
from evalclient.core.records.envelope import (
    HashName,
    Payload,
    Record,
    decode_payload,
    digest,
    encode_payload,
    record_id,
)
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import Roster, found_roster
from evalclient.core.records.verified import VerifiedRecord
from evalclient.crypto.cms import sign_detached, verify_detached
from evalclient.crypto.errors import TimestampRefused
from evalclient.crypto.event_authority import issue_doubt, misused
from evalclient.crypto.sealing import commitment, open_body
from evalclient.crypto.session import SessionKeys, require_session_keys, session_signature_holds
from evalclient.crypto.trust.certificate_verdict import CertificateVerdict
from evalclient.crypto.trust.certificates import TrustStore, revocations_made_by
from evalclient.crypto.trust.timestamps import verify_token


class RecordRefused(EvalclientError):
    """A record's signature, author, chain or role does not hold."""


class Founded(NamedTuple):
    """Record 0 after its check."""

    record: VerifiedRecord
    founding: EvaluationCreated
    roster: Roster


def trust_of(founding: EvaluationCreated) -> TrustStore:
    """What the evaluation recognises by record 0, and how; CertificateRefused where a root or list is malformed."""
    return TrustStore(
        founding.roots,
        founding.revocations,
        founding.between,
        rule=founding.revocation_rule,
        event_authority=founding.event_authority,
    )


def trust_at(roster: Roster, trust: TrustStore) -> TrustStore:
    """``trust`` with what the log has added: lists, and members' certificates for one day."""
    known = trust.with_lists(roster.revocations, roster.list_makers)
    return known.seating(roster.one_day.values(), roster.algorithm)


def trust_on_arrival(trust: TrustStore, certificate: bytes) -> TrustStore:
    """By what a certificate (DER) is judged where the log is not known yet: it may be its holder's for one day.

    The fold knows, and judges; old lists are nobody's fault here.
    """
    return trust.forgiving.seating((digest(certificate, "sha256"),), "sha256")


def trust_for(kind: str, author: str, roster: Roster, trust: TrustStore) -> TrustStore:
    """By what a certificate is judged that signs a record of this kind: ``trust`` and the lists that the log has brought.

    Who may bring newer lists signs in and brings them while nothing clears his certificate: nobody else could end that.
    """
    now = trust_at(roster, trust)
    brings = kind in {"session.opened", "revocation.listed"} and roster.role(author) in KINDS["revocation.listed"].roles
    return now.forgiving if brings else now


def certificate_doubt(trust: TrustStore, certificate: bytes, chain: tuple[bytes, ...], at: str) -> Bilingual | None:
    """What speaks against signing by a certificate (DER) at ``at`` (RFC 3339); None where nothing does."""
    return _doubt(trust.validate(certificate, chain, datetime.fromisoformat(at)))


def _doubt(verdict: CertificateVerdict) -> Bilingual | None:
    return None if verdict.accepted else Bilingual(verdict.zh, verdict.en)


def list_doubt(trust: TrustStore, act: RevocationListed, at: str) -> Bilingual | None:
    """What speaks against a list or OCSP response at ``at``: form, signature, or issuer; None where nothing does."""
    if not revocations_made_by(act.crl, act.issuer):
        return Bilingual(
            "吊销列表或 OCSP 响应不合格式，或者不是所附机构证书以 SHA-256 等有效算法签发的，请从签发机构重新下载。",
            "The revocation list or OCSP response is malformed, or not signed by the authority named with it (a signature over SHA-1 does not count); "
            "fetch it from its issuer again.",
        )
    if trust.recognises(act.issuer):
        return None
    return _doubt(trust.forgiving.validate(act.issuer, (), datetime.fromisoformat(at), "any"))


def timestamp_doubt(
    trust: TrustStore, act: ReportTimestamped | LogTimestamped, roster: Roster, at: str
) -> Bilingual | None:
    """What speaks against a time stamp that was brought at ``at``: its form, authority, or that it covers something else."""
    try:
        imprint = stamped_imprint(act, roster.fingerprint, roster.algorithm)
        verify_token(act.token, imprint, roster.algorithm, trust, not_after=datetime.fromisoformat(at))
    except TimestampRefused as error:
        return Bilingual(error.zh, error.en)
    return None


def stamped_imprint(act: ReportTimestamped | LogTimestamped, fingerprint: str, algorithm: HashName) -> bytes:
    """The digest that a time stamp is over: of the report, or of the checkpoint's text (see ``core.checkpoint``)."""
    if isinstance(act, ReportTimestamped):
        return bytes.fromhex(act.document)
    text = Checkpoint(origin_of(fingerprint), act.size, bytes.fromhex(act.root)).text()
    return bytes.fromhex(digest(text.encode(), algorithm))


def sign_by_certificate(payload: Payload, handle: KeyHandle) -> Record:
    """A record that binds its author in person: CAdES, detached."""
    data = encode_payload(payload)
    return Record(data, sign_detached(data, handle, datetime.fromisoformat(payload.at)))


def sign_by_session(payload: Payload, keys: SessionKeys) -> Record:
    """A record signed with the session key."""
    data = encode_payload(payload)
    return Record(data, keys.sign(data))


def found(untrusted: Record) -> Founded:
    """Check record 0: it is signed by the organiser whose certificate it names. Nothing anchors it yet."""
    payload = decode_payload(untrusted.payload)
    act = decode_act(payload)
    if not isinstance(act, EvaluationCreated) or payload.evaluation or payload.session or payload.seq:
        raise _refused("日志的第一条不是“创建评标项目”记录", "The first record does not found an evaluation")
    if act.suite == "sm" and act.hash != "sm3":
        raise _refused(
            "创建记录的密码套件（sm）与哈希算法不配", "Record 0 names the SM suite with another hash than SM3"
        )
    signer = verify_detached(untrusted.payload, untrusted.signature)
    if signer.certificate != act.organiser.certificate or payload.author != act.organiser.person:
        raise _refused("创建记录不是由其所列组织方签名", "Record 0 is not signed by the organiser it names")
    identity = record_id(untrusted.payload, act.hash)
    verified = VerifiedRecord(identity, payload, act, signer.certificate, index=0)
    return Founded(verified, act, found_roster(identity, act))


def verify_record(
    untrusted: Record, roster: Roster, trust: TrustStore, *, index: int | None = None, received: str = ""
) -> VerifiedRecord:
    """Check one record against the roster before it; an EvalclientError says what does not hold.

    RecordMalformed, RecordRefused, SignatureRefused or CertificateRefused. Whether ``trust`` (``trust_of`` record 0),
    with the lists that came before this record, accepts the certificate when the centre received the record is not a reason to refuse it: the record carries it as
    ``doubt``, and the fold judges.
    """
    payload = decode_payload(untrusted.payload)
    if payload.evaluation != roster.fingerprint:
        raise _refused("记录属于另一个评标项目", "The record belongs to another evaluation")
    kind = KINDS.get(payload.kind)
    act = decode_act(payload)
    if kind is not None and roster.role(payload.author) not in kind.roles:
        raise _refused(
            f"作者 {payload.author} 无权作出“{kind.title.zh}”记录", f"{payload.author} may not make {kind.name}"
        )
    _check_chain(payload, roster)
    trust = trust_for(payload.kind, payload.author, roster, trust)
    by_session = kind.signer == "session" if kind else len(untrusted.signature) == _ED25519
    certificate = doubt = caution = None
    if by_session:
        _check_session(untrusted, payload, roster)
    else:
        certificate, verdict = _check_certificate(untrusted, payload, roster, received or payload.at, trust)
        doubt = _misuse(certificate, payload.author, roster) or _doubt(verdict)
        caution = verdict.caution
    if isinstance(act, RevocationListed):
        doubt = doubt or list_doubt(trust, act, received or payload.at)
    if isinstance(act, CertificateIssued):
        doubt = doubt or issue_doubt(act, roster, received or payload.at)
    if isinstance(act, ReportTimestamped | LogTimestamped):
        doubt = timestamp_doubt(trust, act, roster, received or payload.at)
    if isinstance(act, SessionOpened):
        require_session_keys(act.signing_key, act.encryption_key, roster.suite)
    opened = _open(act, payload, roster) if isinstance(act, SealOpened) else None
    identity = record_id(untrusted.payload, roster.algorithm)
    leaf = ""
    if isinstance(act, DrawSealed) and index is not None:
        leaf = leaf_hash(leaf_bytes(received, untrusted), roster.algorithm).hex()
    return VerifiedRecord(identity, payload, act, certificate, opened, index, received, doubt, leaf, caution)


_ED25519 = 64
_ONE_DAY_ALONE = Bilingual(
    "证书由当日证书机构签发，只对经双重核验的评委当日有效，不能用于此处，请使用本人证书。",
    "The certificate is of the authority for one-day certificates, which counts for a member identified by two offices, "
    "on that day; use your own certificate.",
)


def _check_chain(payload: Payload, roster: Roster) -> None:
    if payload.kind == "session.opened":
        if payload.session or payload.seq or payload.prev:
            raise _refused("登录记录的序号不正确", "A session begins with number 0")
        return
    session = roster.sessions.get(payload.session)
    if session is None or session.author != payload.author:
        raise _refused("记录所属的席位会话不存在", "The record names a session that its author does not have")
    if payload.seq != session.seq + 1 or payload.prev != session.last:
        raise _refused("记录的前一条缺失或顺序不正确", "The record's predecessor is missing or out of order")


def _check_session(record: Record, payload: Payload, roster: Roster) -> None:
    session = roster.sessions[payload.session]
    if not session_signature_holds(session.signing_key, record.payload, record.signature):
        raise _refused("席位会话签名不成立", "The session's signature does not hold")


def _check_certificate(
    record: Record, payload: Payload, roster: Roster, at: str, trust: TrustStore
) -> tuple[bytes, CertificateVerdict]:
    signer = verify_detached(record.payload, record.signature)
    if digest(signer.certificate, roster.algorithm) not in roster.certificate_digests(payload.author):
        raise _refused("签名证书不是该岗位登记的证书", "The certificate is not the one this place is held by")
    moment = datetime.fromisoformat(at)
    return signer.certificate, trust.validate(signer.certificate, signer.chain, moment, stapled=signer.revocations)


def _misuse(certificate: bytes, author: str, roster: Roster) -> Bilingual | None:
    """A certificate of the event authority in the place of another than the member it was issued to."""
    if misused(certificate, roster) and digest(certificate, roster.algorithm) != roster.one_day.get(author):
        return _ONE_DAY_ALONE
    return None


def _open(act: SealOpened, payload: Payload, roster: Roster) -> msgspec.Struct | None:
    """The content behind a published key; None where it is garbage, which counts as not submitted.

    A share of a draw that does not fit is refused instead: its author would choose, having seen the others', whether it
    counts.
    """
    entry = roster.sealed.get(act.seal)
    fits = entry is not None and commitment(act.key, roster.algorithm) == entry.sealed.commitment
    recovered = roster.role(payload.author) == "organiser" and fits  # a false key must not void another's work
    if entry is None or not (entry.author == payload.author or recovered):
        raise _refused("公开的密钥没有对应的本人封存内容", "The key opens no sealed body of its author")
    if isinstance(entry.sealed, SealedShare):
        if not fits:
            raise _refused("公开的随机份额与封存时的承诺不符", "The share published is not the one that was sealed")
        return DrawShare(act.key)
    try:
        content = open_body(
            entry.sealed,
            act.key,
            kind=entry.kind,
            author=entry.author,
            fingerprint=roster.fingerprint,
            algorithm=roster.algorithm,
            suite=roster.suite,
        )
        return decode_sealed(entry.kind, content)
    except (EvalclientError, RecordMalformed):
        return None


def _refused(zh: str, en: str) -> RecordRefused:
    return RecordRefused(
        f"{zh}，该记录不予接受，请核对来源。", f"{en}; the record is not accepted, check where it comes from."
    )
