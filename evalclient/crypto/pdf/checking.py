"""Checking the signatures of a PDF. Imported by ``crypto.pdf`` when first used.

pyHanko reads the file and says what later revisions changed; that the bytes left out are the signature and nothing else,
the signature itself and the certificate's path are looked at here, so that every suite and verdict is the product's own.
"""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.errors import SignatureValidationError

from evalclient.core.records.fields import Bilingual
from evalclient.crypto.cms.signers import Flaw, digest_of, signer_certificates, verify_one_signer
from evalclient.crypto.cms.suites import SHA256
from evalclient.crypto.errors import CertificateRefused, CryptoError, PdfRefused, TimestampRefused
from evalclient.crypto.pdf.evidence import READER_ERRORS, Evidence, read_evidence
from evalclient.crypto.pdf.later_revisions import only_evidence_after
from evalclient.crypto.pdf.signature import PdfSignature
from evalclient.crypto.signature_verdict import Reason, SignatureVerdict, with_path, with_signer
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import read_token

# The library logs every doubt with a traceback and the names in the certificate; the answer says it, without names.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.ERROR)
MAX_SIGNATURES: Final = 100
#: no stream that a reading of signatures decodes is larger: cross references, objects, the evidence
_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=64 << 20),
    document_budget=DocumentDecodeBudget(base_allowance=256 << 20, max_ratio=4),
)
_CADES: Final = "/ETSI.CAdES.detached"
_SUBFILTERS: Final = frozenset({_CADES, "/adbe.pkcs7.detached"})
_COVERED: Final = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
_PARSER_ERRORS: Final = (*READER_ERRORS, SignatureValidationError, UnacceptableSignerError)
_WORDS: Final[dict[str, Bilingual]] = {
    "changed": Bilingual("签名所覆盖的内容在签名后被改动。", "what it covers was changed after it was signed."),
    "moved": Bilingual(
        "签名不在其声明的位置，或未覆盖其所在版本的全部内容，可能是移动或复制来的。",
        "it does not stand where it says, or does not cover its revision whole: it may have been moved or copied here.",
    ),
    "changed_after": Bilingual("签名之后的修订改动了已签的内容。", "a later revision changes what had been signed."),
    "added_after": Bilingual(
        "最后一个签名之后还有未经签名的内容。", "something that nobody signed follows the last signature."
    ),
}


@dataclass(frozen=True, slots=True)
class _Integrity:
    """How a signature stands in its file: ``end`` of its revision in bytes (0 where it does not cover it whole)."""

    content: bytes
    in_place: bool
    unchanged: bool
    end: int


@dataclass(frozen=True, slots=True)
class _Signer:
    certificate: bytes = b""
    chain: tuple[bytes, ...] = ()
    claimed_at: datetime | None = None
    flaw: Bilingual | None = None
    changed: bool = False


def read_signatures(
    untrusted_pdf: bytes, trust: TrustStore, at: datetime | None, now: datetime | None
) -> tuple[PdfSignature, ...]:
    """See ``crypto.pdf.verify_pdf``."""
    try:
        reader = PdfFileReader(io.BytesIO(untrusted_pdf), decode_limits=_LIMITS)
        if sum(1 for _ in itertools.islice(enumerate_sig_fields(reader), MAX_SIGNATURES + 1)) > MAX_SIGNATURES:
            raise PdfRefused("该 PDF 的签名过多，无法检查。", "The PDF has too many signatures to be checked.")
        embedded = list(reader.embedded_signatures)
        evidence = read_evidence(reader)
        integrity = [_integrity(signature, untrusted_pdf) for signature in embedded]
        last = _last(embedded, integrity)
        starts = [tuple(signature.byte_range) for signature in embedded]
        return tuple(
            _found(
                signature,
                # a copy of a signature in a second field covers the same bytes; it belongs where it stands first
                replace(one, in_place=one.in_place and starts.index(starts[place]) == place),
                untrusted_pdf,
                _Judge(trust, evidence, at, now),
                last=one.end == last,
            )
            for place, (signature, one) in enumerate(zip(embedded, integrity, strict=True))
        )
    except _PARSER_ERRORS as error:
        raise PdfRefused(
            "该 PDF 已损坏或不合格式，请向签发方索取原件。",
            f"The PDF is damaged or malformed ({error}); ask its issuer for the original.",
        ) from error


def _integrity(signature: Any, pdf: bytes) -> _Integrity:
    """What is read of the place first: a hole in the signed bytes that holds the signature and nothing else."""
    numbers = [int(number) for number in signature.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or not 0 < numbers[1] < numbers[2] <= numbers[2] + numbers[3] <= len(pdf):
        return _Integrity(b"", in_place=False, unchanged=False, end=0)
    _, length, start, rest = numbers
    content = pdf[:length] + pdf[start : start + rest]
    if not _is_contents(pdf[length:start], signature.pkcs7_content):
        return _Integrity(content, in_place=False, unchanged=False, end=0)
    # the digest is compared with the signature by the product itself, in every suite; the library is not to make it
    signature.external_digests[signature.external_md_algorithm] = b""
    signature.compute_integrity_info()
    told = signature.summarise_integrity_info()
    covered = told["coverage"] in _COVERED
    return _Integrity(
        content,
        in_place=covered,
        unchanged=bool(told["docmdp_ok"]),
        end=start + rest if covered else 0,
    )


def _last(embedded: Sequence[Any], integrity: Sequence[_Integrity]) -> int:
    """Where the last person's revision ends: document time stamps after it are evidence. Of stamps alone, the last."""
    ends = [(not _is_stamp(signature), one.end) for signature, one in zip(embedded, integrity, strict=True)]
    return max(ends, default=(False, 0))[1]


def _is_stamp(signature: Any) -> bool:
    return str(signature.sig_object_type) == "/DocTimeStamp"


def _is_contents(hole: bytes, contents: bytes) -> bool:
    if hole[:1] != b"<" or hole[-1:] != b">":
        return False
    try:
        return bytes.fromhex(hole[1:-1].decode("ascii")) == contents
    except (UnicodeDecodeError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class _Judge:
    """By what the paths of certificates are judged."""

    trust: TrustStore
    evidence: Evidence
    at: datetime | None
    now: datetime | None

    def judged(self, verdict: SignatureVerdict, chain: tuple[bytes, ...]) -> SignatureVerdict:
        """The verdict with the path's in it."""
        wider = self.evidence.chain(chain)
        return with_path(verdict, self.trust, wider, self.evidence.revocations, self.now)


def _found(signature: Any, integrity: _Integrity, pdf: bytes, judge: _Judge, *, last: bool) -> PdfSignature:
    stamp = _is_stamp(signature)
    signer = _document_stamp(signature, integrity.content) if stamp else _signer(signature, integrity.content)
    plain = SignatureVerdict(
        kind="timestamp" if stamp else "pdf",
        name=str(signature.field_name)[:100],
        at=signer.claimed_at,
        proven_at=judge.at,
    )
    named = with_signer(plain, signer.certificate) if signer.certificate else plain
    path = judge.judged(named, signer.chain) if signer.certificate else named
    added = last and integrity.in_place and not only_evidence_after(signature, pdf, integrity.end)
    flaw = _flaw(integrity, signer, added=added)
    return PdfSignature(
        field=str(signature.field_name),
        certificate=signer.certificate,
        chain=signer.chain,
        claimed_at=signer.claimed_at,
        reason=str(signature.sig_object.get("/Reason", "")),
        holds=integrity.in_place and signer.flaw is None,
        trusted=bool(signer.certificate) and path.holds,
        unchanged=integrity.unchanged,
        revision=integrity.end,
        whole_file=integrity.end == len(pdf),
        verdict=path if flaw is None else replace(path, reason=flaw[0], why=flaw[1]),
    )


def _flaw(integrity: _Integrity, signer: _Signer, *, added: bool) -> tuple[Reason, Bilingual] | None:
    """What is wrong besides the certificate, the worst first."""
    if not integrity.in_place:
        return "moved", _WORDS["moved"]
    if signer.changed:
        return "changed", _WORDS["changed"]
    if signer.flaw is not None:
        return "malformed", signer.flaw
    if not integrity.unchanged:
        return "changed_after", _WORDS["changed_after"]
    if added:
        return "added_after", _WORDS["added_after"]
    return None


def _signer(signature: Any, content: bytes) -> _Signer:
    """Who signed, by the product's own reading of the CMS; a flaw in it, or that it fits other content."""
    claimed = signature.self_reported_timestamp
    certificate = b""
    try:
        subfilter = str(signature.sig_object.get("/SubFilter", ""))
        if subfilter not in _SUBFILTERS:
            raise Flaw("签名的格式不被认可", "it is of a format that is not accepted")
        signed = cms.ContentInfo.load(_without_padding(signature.pkcs7_content), strict=True)["content"]
        certificate, _ = signer_certificates(signed)
        found = verify_one_signer(signed, content, "data", named=subfilter == _CADES)
    except InvalidSignature:
        return _Signer(certificate, (), claimed, _WORDS["changed"], changed=True)
    except (*_PARSER_ERRORS, CryptoError) as error:
        told = isinstance(error, Flaw | CryptoError)
        zh = f"签名不合格式（{error.zh.removesuffix('。') if isinstance(error, Flaw | CryptoError) else '编码无法解析'}）。"
        en = f"it is malformed ({str(error).removesuffix('.') if told else 'it cannot be parsed'})."
        digest_differs = isinstance(error, Flaw) and "message digest differs" in str(error)
        return _Signer(certificate, (), claimed, Bilingual(zh, en), changed=digest_differs)
    return _Signer(found.certificate, found.chain, claimed)


def _document_stamp(signature: Any, content: bytes) -> _Signer:
    """A document time stamp (ETSI.RFC3161): its authority, its time."""
    try:
        stamp = read_token(_without_padding(signature.pkcs7_content), digest_of(SHA256, content))
    except (TimestampRefused, CertificateRefused) as error:
        return _Signer(flaw=Bilingual(error.zh, error.en))
    return _Signer(stamp.authority, stamp.chain, stamp.at)


def _without_padding(contents: bytes) -> bytes:
    """The DER of a signature without the zeros that fill its place; Flaw where anything else stands there."""
    if contents[:1] != b"\x30" or len(contents) < 4:
        raise Flaw("不是电子签名", "no signature")
    octets = contents[1] - 0x80 if contents[1] > 0x80 else 0
    length = int.from_bytes(contents[2 : 2 + octets], "big") if octets else contents[1]
    end = 2 + octets + length
    if octets > 4 or end > len(contents) or contents[end:].strip(b"\0"):
        raise Flaw("签名的位置上还有其他内容", "something else stands in its place")
    return contents[:end]
