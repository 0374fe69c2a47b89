"""Time stamps (时间戳, RFC 3161): a request, the answer to it, and the offline check of a token.

A token is CMS SignedData over a TSTInfo (imprint, time, policy), signed by an authority whose certificate is meant for
nothing else. Who carries request and answer over the network is not known here: ``core.ports.TimestampService``.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar, cast

from asn1crypto import algos, cms, core, tsp
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound
from cryptography.x509.oid import ExtendedKeyUsageOID

from evalclient.core.records.envelope import HashName
from evalclient.crypto.cms.signers import Flaw, verify_one_signer
from evalclient.crypto.cms.suites import SHA256, SM3
from evalclient.crypto.errors import CertificateRefused, TimestampRefused
from evalclient.crypto.primitives.public_keys import MALFORMED, load_certificate
from evalclient.crypto.trust.certificates import TrustStore

T = TypeVar("T")
MEDIA_TYPE_REQUEST: Final = "application/timestamp-query"
MEDIA_TYPE_RESPONSE: Final = "application/timestamp-reply"
MAX_TOKEN: Final = 64 << 10
#: clocks of authority, centre and checker may differ by so much before a time counts as impossible
CLOCKS_DIFFER: Final = timedelta(minutes=5)
_NONCE_BITS: Final = 64
_IMPRINTS: Final[dict[HashName, str]] = {"sha256": SHA256, "sm3": SM3}
_STATUS_WORDS: Final[dict[str, str]] = {
    "rejection": "拒绝受理",
    "waiting": "尚在处理",
    "revocation_warning": "证书即将吊销",
    "revocation_notification": "证书已吊销",
}
_PARSER_ERRORS: Final = (*MALFORMED, AttributeError, IndexError, UnsupportedAlgorithm)


@dataclass(frozen=True, slots=True)
class TimestampRequest:
    """What goes to an authority: ``der`` as it is sent, and what the answer is compared with."""

    der: bytes
    imprint: bytes
    algorithm: HashName
    nonce: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """What a token says. ``authority`` and ``chain`` are DER from the token; whether to trust them says ``verify_token``.

    ``at`` is aware (UTC) and right to within ``accuracy``; ``policy`` is the dotted policy under which it was given.
    """

    at: datetime
    accuracy: timedelta
    policy: str
    serial: int
    nonce: int | None
    authority: bytes
    chain: tuple[bytes, ...]


def request(imprint: bytes, algorithm: HashName = "sha256", policy: str = "") -> TimestampRequest:
    """A request for ``imprint`` (32 bytes, the digest of what is to be stamped), with a fresh nonce."""
    if len(imprint) != 32:
        raise ValueError("an imprint has 32 bytes")
    nonce = secrets.randbits(_NONCE_BITS) | 1
    fields: dict[str, Any] = {
        "version": "v1",
        "message_imprint": {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": _IMPRINTS[algorithm]}),
            "hashed_message": imprint,
        },
        "nonce": nonce,
        "cert_req": True,
    }
    if policy:
        fields["req_policy"] = policy
    return TimestampRequest(tsp.TimeStampReq(fields).dump(), imprint, algorithm, nonce)


def token_of_response(untrusted_response: bytes, asked: TimestampRequest) -> bytes:
    """The token (DER) in an authority's answer; TimestampRefused where it gives none, or one for another request."""

    def read() -> bytes:
        if len(untrusted_response) > MAX_TOKEN:
            raise Flaw("超过时间戳的大小上限", "larger than any time stamp")
        response = core.Sequence.load(untrusted_response, strict=True)
        told = tsp.PKIStatusInfo.load(response[0].dump(), strict=True)
        if told["status"].native not in ("granted", "granted_with_mods"):
            raise _not_given(told)
        return cast(bytes, response[1].dump())

    token = _refusing(read)
    stamp = read_token(token, asked.imprint, asked.algorithm)
    if stamp.nonce != asked.nonce:
        raise TimestampRefused(
            "时间戳服务机构的回答不是对本次请求的回答，请重试；再次出现请更换服务机构。",
            "The authority's answer is not to this request; try again, and use another authority if it happens twice.",
        )
    return token


def response_of(token: bytes) -> bytes:
    """A token as the whole answer of an authority (status granted): what ``openssl ts -verify -in FILE.tsr`` reads."""
    status = tsp.PKIStatusInfo({"status": "granted"}).dump()
    return cast(bytes, core.Sequence(contents=status + token).dump())


def token_in(untrusted: bytes) -> bytes:
    """The token in a ``.tsr`` file, which may hold an authority's whole answer or the bare token; TimestampRefused."""

    def read() -> bytes:
        if len(untrusted) > MAX_TOKEN:
            raise Flaw("超过时间戳的大小上限", "larger than any time stamp")
        first = core.Sequence.load(untrusted, strict=True)[0]
        if isinstance(first, core.ObjectIdentifier):
            return untrusted
        return cast(bytes, core.Sequence.load(untrusted, strict=True)[1].dump())

    return _refusing(read)


def covers(untrusted_token: bytes, data: bytes) -> tuple[bytes, HashName]:
    """The digest of ``data`` by the algorithm that a token names, and that name: what it has to be checked against.

    TimestampRefused where the token cannot be read or names an algorithm that is not accepted.
    """

    def algorithm() -> HashName:
        outer = cms.ContentInfo.load(untrusted_token, strict=True)
        content = bytes(outer["content"]["encap_content_info"]["content"].contents)
        named = tsp.TSTInfo.load(content)["message_imprint"]["hash_algorithm"]["algorithm"].dotted
        for name, oid in _IMPRINTS.items():
            if oid == named:
                return name
        raise Flaw("摘要算法不被认可", "its digest algorithm is not accepted")

    name = _refusing(algorithm)
    return hashlib.new(name, data).digest(), name


def read_token(untrusted_token: bytes, imprint: bytes, algorithm: HashName = "sha256") -> Timestamp:
    """What a token says, its signature and form checked and its imprint compared; TimestampRefused otherwise.

    RFC 3161 and RFC 5816: one signer, named by signing-certificate(-v2), whose certificate has the one critical
    extended key usage timeStamping. Whether that certificate is to be trusted is left open.
    """
    return _refusing(lambda: _read(untrusted_token, imprint, algorithm))


def verify_token(
    untrusted_token: bytes,
    imprint: bytes,
    algorithm: HashName,
    trust: TrustStore,
    *,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> Timestamp:
    """What a token says, its authority trusted at the time stamped; TimestampRefused otherwise.

    Nor does it count after its authority was revoked for a lost key or without a reason, whenever (RFC 3161, 4).

    ``not_before``: when what it covers came to be, by another clock; ``not_after``: the time of the check, or when the
    token was received. A stamp outside these by more than CLOCKS_DIFFER and its own accuracy is refused.
    """
    stamp = read_token(untrusted_token, imprint, algorithm)
    verdict = trust.validate(stamp.authority, stamp.chain, stamp.at, "stamp")
    if verdict.accepted:
        # a lost key stamps any time: nothing of that authority is known to have been made before
        verdict = trust.revoked(stamp.authority, stamp.chain, stamp.at) or verdict
    if not verdict.accepted:
        raise TimestampRefused(
            f"时间戳服务机构不被认可：{verdict.zh}", f"The time-stamping authority does not count: {verdict.en}"
        )
    slack = CLOCKS_DIFFER + stamp.accuracy
    if not_after is not None and stamp.at > not_after + slack:
        raise TimestampRefused(
            f"时间戳的时间（{_told(stamp.at)}）在未来，请核对本机时间；时间无误则该时间戳不可信。",
            f"The time stamp's time ({_told(stamp.at)}) lies in the future: check this machine's clock; if it is right, the"
            " stamp is not to be trusted.",
        )
    if not_before is not None and stamp.at < not_before - slack:
        raise TimestampRefused(
            f"时间戳的时间（{_told(stamp.at)}）早于其所盖文件形成的时间（{_told(not_before)}），该时间戳不可信。",
            f"The time stamp's time ({_told(stamp.at)}) is earlier than what it covers ({_told(not_before)}): it is not to be"
            " trusted.",
        )
    return stamp


def _read(untrusted: bytes, imprint: bytes, algorithm: HashName) -> Timestamp:
    if len(untrusted) > MAX_TOKEN:
        raise Flaw("超过时间戳的大小上限", "larger than any time stamp")
    outer = cms.ContentInfo.load(untrusted, strict=True)
    if outer["content_type"].native != "signed_data":
        raise Flaw("不是时间戳令牌", "not a time-stamp token")
    signed = outer["content"]
    encapsulated = signed["encap_content_info"]
    if encapsulated["content_type"].native != "tst_info" or encapsulated["content"].method:
        raise Flaw("不是时间戳令牌", "not a time-stamp token")
    content = bytes(encapsulated["content"].contents)
    signer = verify_one_signer(signed, content, "tst_info")
    _check_usage(signer.certificate)
    info = tsp.TSTInfo.load(content, strict=True)
    covered = info["message_imprint"]
    if covered["hash_algorithm"]["algorithm"].dotted != _IMPRINTS[algorithm]:
        raise Flaw("摘要算法与所盖文件不同", "its digest is by another algorithm than this")
    if covered["hashed_message"].native != imprint:
        raise Flaw(
            "该时间戳不是为此文件签发的，或者文件在盖时间戳之后被改动",
            "it is for something else, or what it covers was changed",
        )
    if any(extension["critical"].native for extension in info["extensions"] or ()):
        raise Flaw("含有无法识别的关键扩展", "it has a critical extension that is not known")
    return Timestamp(
        at=info["gen_time"].native.astimezone(UTC),
        accuracy=_accuracy(info["accuracy"]),
        policy=info["policy"].dotted,
        serial=info["serial_number"].native,
        nonce=info["nonce"].native,
        authority=signer.certificate,
        chain=signer.chain,
    )


def _check_usage(certificate: bytes) -> None:
    """RFC 3161, 2.3: extended key usage is critical and is timeStamping alone."""
    flaw = Flaw("签发者的证书不是时间戳证书", "its signer's certificate is not one for time stamps")
    try:
        extension = load_certificate(certificate).extensions.get_extension_for_class(ExtendedKeyUsage)
    except ExtensionNotFound as error:
        raise flaw from error
    if not extension.critical or list(extension.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise flaw


def _not_given(told: tsp.PKIStatusInfo) -> TimestampRefused:
    status = str(told["status"].native)
    words = " ".join(told["status_string"].native or ())[:120]
    return TimestampRefused(
        f"时间戳服务机构未签发时间戳（{_STATUS_WORDS.get(status, status)}），请稍后重试或联系该机构。",
        f"The time-stamping authority gave no time stamp ({status}{': ' + words if words else ''}); try again later or ask the"
        " authority.",
    )


def _accuracy(accuracy: tsp.Accuracy) -> timedelta:
    parts = accuracy.native or {}
    seconds, millis, micros = (parts.get(name) or 0 for name in ("seconds", "millis", "micros"))
    told = timedelta(seconds=min(seconds, 3600), milliseconds=millis, microseconds=micros)
    return max(timedelta(0), min(told, timedelta(hours=1)))


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}"


def _refusing(check: Callable[[], T]) -> T:
    """Run a check over untrusted bytes: whatever goes wrong in it is one refusal."""
    try:
        return check()
    except InvalidSignature as error:
        raise TimestampRefused(
            "时间戳的签名无效，该时间戳被改动过或已损坏。",
            "The time stamp's signature does not hold: it was changed or is damaged.",
        ) from error
    except (*_PARSER_ERRORS, CertificateRefused) as error:
        reason = error.zh if isinstance(error, Flaw | CertificateRefused) else "编码无法解析"
        told = str(error) if isinstance(error, Flaw | CertificateRefused) else "it cannot be parsed"
        raise TimestampRefused(
            f"时间戳不成立（{reason.removesuffix('。')}）。",
            f"The time stamp does not hold ({told.removesuffix('.')}).",
        ) from error
