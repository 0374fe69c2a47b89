"""Verdicts on whatever is signed: a record, any file with a detached signature, a PDF, a bid package, a time stamp.

Every function gives one verdict per signature and never raises over what it is given, except where a file is not of its
kind at all. ``trust`` are the authorities of the evaluation, or those the checker trusts; ``now`` (aware) is the time of
the check. ``proven_at`` is the time by which the signature is known to have been there, where the caller knows it (from a
log); a time stamp that holds says it otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from evalclient.core.records.envelope import HashName, Record, decode_payload
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.bid_package import PackageSeal, check_package
from evalclient.crypto.bid_package.seal import Progress
from evalclient.crypto.cms.cades_t import stamped_value, timestamp_token
from evalclient.crypto.cms.signatures import Signer, verify_detached
from evalclient.crypto.errors import CryptoError, SignatureRefused
from evalclient.crypto.pdf import verify_pdf
from evalclient.crypto.session import session_signature_holds
from evalclient.crypto.signature_verdict import Kind, SignatureVerdict, refused, with_path, with_signer
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import Timestamp, covers, token_in, verify_token

SESSION_SIGNATURE = 64


def detached_verdicts(
    content: bytes,
    untrusted_signature: bytes,
    trust: TrustStore,
    now: datetime,
    *,
    kind: Kind = "signature",
    name: str = "",
    proven_at: datetime | None = None,
) -> tuple[SignatureVerdict, ...]:
    """A detached CMS signature (DER) over ``content``, and the time stamp in it (CAdES-T) where there is one."""
    try:
        signer = verify_detached(content, untrusted_signature)
    except SignatureRefused as error:
        return (refused(kind, error, name),)
    return _with_stamp(signer, untrusted_signature, trust, now, SignatureVerdict(kind=kind, name=name), proven_at)


def record_verdicts(
    untrusted: Record,
    trust: TrustStore,
    now: datetime,
    *,
    proven_at: datetime | None = None,
    session_key: bytes | None = None,
) -> tuple[SignatureVerdict, ...]:
    """One record by itself. What a session key signed can only be checked with that key (Ed25519, 32 bytes).

    RecordMalformed where the payload is none.
    """
    payload = decode_payload(untrusted.payload)
    name = f"{payload.kind} {payload.author} {payload.seq}"
    if len(untrusted.signature) != SESSION_SIGNATURE:
        return detached_verdicts(
            untrusted.payload, untrusted.signature, trust, now, kind="record", name=name, proven_at=proven_at
        )
    at = datetime.fromisoformat(payload.at)
    verdict = SignatureVerdict(kind="record", name=name, who=payload.author, at=at, proven_at=proven_at)
    if session_key is None:
        zh = "由席位会话密钥签名，请连同其登录记录（评标档案）一起核验。"
        en = "it is signed by a session key: check it together with the sign-in it belongs to, in the archive."
        return (replace(verdict, reason="unknown_authority", why=Bilingual(zh, en)),)
    if session_signature_holds(session_key, untrusted.payload, untrusted.signature):
        return (verdict,)
    return (
        replace(
            verdict, reason="changed", why=Bilingual("席位会话签名不成立。", "the session's signature does not hold.")
        ),
    )


def pdf_verdicts(
    untrusted_pdf: bytes, trust: TrustStore, now: datetime, untrusted_stamp: bytes = b""
) -> tuple[SignatureVerdict, ...]:
    """The signatures of a PDF in the order of their revisions, then the time stamp beside it (``.tsr``) where given.

    A stamp that holds proves that the signatures were there by then. PdfRefused where the file is no PDF.
    """
    if not untrusted_stamp:
        return tuple(one.verdict for one in verify_pdf(untrusted_pdf, trust, None, now))
    stamped = stamp_verdict(untrusted_pdf, untrusted_stamp, trust, now)
    claimed = [one.verdict for one in verify_pdf(untrusted_pdf, trust, None, now)]
    if not stamped.holds or stamped.at is None:
        return (*claimed, stamped)
    latest = max((verdict.at for verdict in claimed if verdict.at is not None), default=None)
    if latest is not None:
        stamped = stamp_verdict(untrusted_pdf, untrusted_stamp, trust, now, not_before=latest)
    proven = stamped.at if stamped.holds else None
    return (*(one.verdict for one in verify_pdf(untrusted_pdf, trust, proven, now)), stamped)


def package_verdicts(
    untrusted: BinaryIO, trust: TrustStore, now: datetime, progress: Progress | None = None
) -> tuple[SignatureVerdict, ...]:
    """The seal of a bid package, every part compared with it; PackageRefused where it is damaged or no package."""
    return (seal_verdict(check_package(untrusted, progress), trust, now),)


def seal_verdict(seal: PackageSeal, trust: TrustStore, now: datetime) -> SignatureVerdict:
    """The signature of a seal whose parts were compared."""
    verdict = SignatureVerdict(kind="package", name=seal.digest[:16], at=seal.signer.claimed_at)
    named = with_signer(verdict, seal.signer.certificate)
    return with_path(named, trust, seal.signer.chain, now=now)


def stamp_verdict(
    data: bytes,
    untrusted_stamp: bytes,
    trust: TrustStore,
    now: datetime,
    *,
    name: str = "",
    not_before: datetime | None = None,
) -> SignatureVerdict:
    """A time stamp (token or whole answer, DER) over ``data``, by whichever digest it names."""
    try:
        imprint, algorithm = covers(token_in(untrusted_stamp), data)
    except CryptoError as error:
        return refused("timestamp", error, name)
    return timestamp_verdict(
        untrusted_stamp, imprint, trust, now, algorithm=algorithm, name=name, not_before=not_before
    )


def timestamp_verdict(
    untrusted: bytes,
    imprint: bytes,
    trust: TrustStore,
    now: datetime,
    *,
    algorithm: HashName = "sha256",
    name: str = "",
    not_before: datetime | None = None,
) -> SignatureVerdict:
    """A time stamp (token or whole answer, DER) over what has the digest ``imprint``."""
    try:
        stamp = verify_token(token_in(untrusted), imprint, algorithm, trust, not_before=not_before, not_after=now)
    except CryptoError as error:
        return refused("timestamp", error, name)
    return _stamped(stamp, name)


def _with_stamp(
    signer: Signer,
    untrusted_signature: bytes,
    trust: TrustStore,
    now: datetime,
    verdict: SignatureVerdict,
    proven_at: datetime | None,
) -> tuple[SignatureVerdict, ...]:
    named = with_signer(replace(verdict, at=signer.claimed_at, proven_at=proven_at), signer.certificate)
    try:
        token = timestamp_token(untrusted_signature)
    except SignatureRefused as error:
        return with_path(named, trust, signer.chain, now=now), refused("timestamp", error, verdict.name)
    if token is None:
        return (with_path(named, trust, signer.chain, now=now),)
    value = stamped_value(untrusted_signature)
    stamped = stamp_verdict(value, token, trust, now, name=verdict.name, not_before=signer.claimed_at)
    if stamped.holds and proven_at is None:
        named = replace(named, proven_at=stamped.at)
    return with_path(named, trust, signer.chain, now=now), stamped


def _stamped(stamp: Timestamp, name: str) -> SignatureVerdict:
    return with_signer(SignatureVerdict(kind="timestamp", name=name, at=stamp.at, proven_at=stamp.at), stamp.authority)
