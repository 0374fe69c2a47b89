"""The verdict on a certificate in words, and what the certificate itself says against its use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from cryptography import x509

from evalclient.core.records.fields import Bilingual
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives.public_keys import parse_certificate
from evalclient.crypto.trust.revocation_rules import Clearance

#: ``sign``: a person's signature; ``stamp``: a time stamp; ``any``: nothing is asked of the usage
Purpose = Literal["sign", "stamp", "encrypt", "any"]
Reason = Literal[
    "accepted",
    "malformed",
    "expired",
    "not_yet_valid",
    "unknown_authority",
    "revoked",
    "unknown_status",
    "wrong_usage",
    "irregular",
]
_USAGES: dict[Purpose, frozenset[str]] = {
    "sign": frozenset({"digital_signature", "non_repudiation"}),
    "stamp": frozenset({"digital_signature", "non_repudiation"}),
    "encrypt": frozenset({"key_encipherment", "key_agreement", "data_encipherment"}),
}
#: servers, codes, time stamps, OCSP answers: whoever is certified for nothing else, critically, signs nothing in person
_NOT_OF_PEOPLE = frozenset(f"1.3.6.1.5.5.7.3.{number}" for number in (1, 3, 8, 9))
_NOTHING_SAID = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class CertificateVerdict:
    """Whether a certificate was acceptable, why not, and the path from it to its root (DER).

    ``clearance`` says how well it is known not to have been revoked, ``revocation`` the same in words, with what is
    known by and how old that is; both speak of the certificate of the path that is known worst.
    """

    reason: Reason
    zh: str
    en: str
    at: datetime
    path: tuple[bytes, ...] = ()
    clearance: Clearance = "unknown"
    revocation: Bilingual = _NOTHING_SAID

    @property
    def accepted(self) -> bool:
        """Whether the certificate is to be trusted."""
        return self.reason == "accepted"

    @property
    def caution(self) -> Bilingual | None:
        """What is to be told though the certificate counts: that nothing current clears it of revocation."""
        return self.revocation if self.accepted and self.clearance in {"stale", "unknown"} else None

    def require(self) -> None:
        """CertificateRefused unless accepted."""
        if not self.accepted:
            raise CertificateRefused(self.zh, self.en)


def meant_for(certificate: bytes, purpose: Purpose) -> bool:
    """Whether a certificate (DER) may serve a purpose by what it says of its use; CertificateRefused when malformed.

    A person's signature is nothing an authority's certificate makes, nor one that is certified for machines alone.
    """
    if purpose == "any":
        return True
    parsed = parse_certificate(certificate)
    usage = parsed.key_usage_value
    if usage is not None and not _USAGES[purpose] & usage.native:
        return False
    return purpose != "sign" or not (parsed.ca or _for_machines(parsed))


def _for_machines(parsed: Any) -> bool:
    extended = parsed.extended_key_usage_value
    critical = extended is not None and "extended_key_usage" in parsed.critical_extensions
    return critical and {one.dotted for one in extended} <= _NOT_OF_PEOPLE


def outside_validity(own: x509.Certificate, at: datetime) -> CertificateVerdict | None:
    """The refusal of what has expired, or is not yet valid."""
    if at > own.not_valid_after_utc:
        day = own.not_valid_after_utc.astimezone(UTC).date()
        zh = f"证书已于 {day} 过期，请换用有效的证书。"
        return refusal("expired", zh, f"The certificate expired on {day}; use a valid one.", at)
    if at < own.not_valid_before_utc:
        day = own.not_valid_before_utc.astimezone(UTC).date()
        zh = f"证书自 {day} 起才生效，请核对本机时间或换用有效的证书。"
        en = f"The certificate is valid from {day} only; check this machine's clock or use a valid one."
        return refusal("not_yet_valid", zh, en, at)
    return None


def wrong_usage(certificate: bytes, purpose: Purpose, at: datetime) -> CertificateVerdict | None:
    """The refusal of a certificate (DER) that is not meant for a purpose; CertificateRefused when malformed."""
    if meant_for(certificate, purpose):
        return None
    zh_use, en_use = ("签名", "signing") if purpose != "encrypt" else ("加密", "encryption")
    return refusal(
        "wrong_usage",
        f"该证书不是{zh_use}证书，请选用{zh_use}证书。",
        f"The certificate is not meant for {en_use}; choose one that is.",
        at,
    )


def no_path(name: str, flaw: str, at: datetime) -> CertificateVerdict:
    """The refusal of a holder's certificate that has no path to a root, or whose path has a flaw."""
    if flaw:
        return refusal(
            "irregular",
            f"证书（{name}）的证书链不成立，请联系签发机构。",
            f"The path of {name}'s certificate does not hold ({flaw}); ask its issuer.",
            at,
        )
    return refusal(
        "unknown_authority",
        f"证书（{name}）不是本项目认可的电子认证机构签发的，请换用认可机构的证书。",
        f"The certificate of {name} was not issued by an authority this evaluation recognises; "
        "use a certificate of one that is.",
        at,
    )


def malformed(error: BaseException, at: datetime) -> CertificateVerdict:
    """The refusal of what cannot be parsed."""
    return refusal(
        "malformed",
        "证书或证书链不合格式，请重新导出证书。",
        f"The certificate or its chain is malformed ({error}); export the certificate again.",
        at,
    )


def refusal(reason: Reason, zh: str, en: str, at: datetime) -> CertificateVerdict:
    """A refusal, and why."""
    return CertificateVerdict(reason, zh, en, at)
