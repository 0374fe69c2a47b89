"""Whether a certificate is to be trusted: its path to one of several recognised authorities (CA 互认), at a time.

Paths are built and validated by pyhanko-certvalidator (RFC 5280), which is imported when first needed.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.public_keys import MALFORMED, load_certificate, parse_certificate

Purpose = Literal["sign", "encrypt", "any"]
Reason = Literal[
    "accepted", "malformed", "expired", "not_yet_valid", "unknown_authority", "revoked", "wrong_usage", "irregular"
]
MAX_CHAIN = 32
_CACHE_ENTRIES = 4096
_USAGES: dict[Purpose, frozenset[str]] = {
    "sign": frozenset({"digital_signature", "non_repudiation"}),
    "encrypt": frozenset({"key_encipherment", "key_agreement", "data_encipherment"}),
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CertificateVerdict:
    """Whether a certificate was acceptable, why not, and the path from it to its root (DER).

    ``at`` is the time the path was validated for; a remembered verdict holds as long as its whole path is valid.
    """

    reason: Reason
    zh: str
    en: str
    at: datetime
    path: tuple[bytes, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the certificate is to be trusted."""
        return self.reason == "accepted"

    def require(self) -> None:
        """CertificateRefused unless accepted."""
        if not self.accepted:
            raise CertificateRefused(self.zh, self.en)


class TrustStore:
    """The authorities an evaluation recognises, with what is known of revocation; remembers its verdicts.

    ``roots`` as record 0 lists them; ``others`` are cross-certificates and intermediates that signatures do not carry;
    ``crls`` revocation lists (DER). A list that is out of date still revokes what it lists. CertificateRefused when one
    of them is malformed.
    """

    def __init__(self, roots: Sequence[bytes], crls: Sequence[bytes] = (), others: Sequence[bytes] = ()) -> None:
        self.roots = tuple(roots)
        self._others = tuple(others)
        for certificate in (*self.roots, *self._others):
            load_certificate(certificate)
        self._crls = tuple(crls)
        self._lists = tuple(_load_crl(crl) for crl in crls)
        self._wider: tuple[tuple[bytes, ...], TrustStore] | None = None
        self._known: dict[tuple[bytes, tuple[bytes, ...], Purpose], tuple[datetime, datetime, CertificateVerdict]] = {}

    def with_lists(self, crls: tuple[bytes, ...]) -> TrustStore:
        """The same authorities, and these lists (DER, well-formed) besides its own."""
        if not crls:
            return self
        if self._wider is None or self._wider[0] != crls:
            self._wider = (crls, TrustStore(self.roots, (*self._crls, *crls), self._others))
        return self._wider[1]

    def validate(
        self, certificate: bytes, chain: Sequence[bytes], at: datetime, purpose: Purpose = "sign"
    ) -> CertificateVerdict:
        """The verdict on a certificate (DER) at ``at`` (aware); ``chain`` is what came with it. Never raises."""
        key = (certificate, tuple(chain), purpose)
        known = self._known.get(key)
        if known is not None and known[0] <= at <= known[1]:
            return known[2]
        verdict = self._validate(certificate, key[1], at, purpose)
        window = self._window(verdict)
        if window is not None:
            if len(self._known) >= _CACHE_ENTRIES:
                self._known.clear()
            self._known[key] = (*window, verdict)
        return verdict

    def check(self, certificate: bytes, chain: tuple[bytes, ...], at: str) -> None:
        """The same for signatures, as records ask: ``at`` in RFC 3339; raises CertificateRefused."""
        self.validate(certificate, chain, datetime.fromisoformat(at)).require()

    def context(self, at: datetime, chain: Sequence[bytes] = ()) -> Any:
        """A pyhanko-certvalidator context of this store at a time, for PDF signatures."""
        from pyhanko_certvalidator import ValidationContext

        return ValidationContext(
            trust_roots=[parse_certificate(root) for root in self.roots],
            other_certs=[parse_certificate(other) for other in (*self._others, *chain)],
            moment=at,
            best_signature_time=at,
            allow_fetching=False,
            crls=list(self._crls),
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )

    def _validate(
        self, certificate: bytes, chain: tuple[bytes, ...], at: datetime, purpose: Purpose
    ) -> CertificateVerdict:
        try:
            own = load_certificate(certificate)
            if len(chain) > MAX_CHAIN:
                raise CertificateRefused("证书链过长。", "The chain is too long.")
            for other in chain:
                load_certificate(other)
        except CertificateRefused as error:
            return CertificateVerdict("malformed", error.zh, error.en, at)
        try:
            early = _outside_validity(own, at) or _wrong_usage(certificate, purpose, at)
            verdict = early or self._build_path(certificate, chain, at)
        except MALFORMED as error:
            return _verdict(
                "malformed",
                f"证书或证书链不合格式（{error}），请重新导出证书。",
                f"The certificate or its chain is malformed ({error}); export the certificate again.",
                at,
            )
        revoked = self._revoked_at(verdict.path) if verdict.accepted else None
        if revoked is not None and revoked <= at:
            return _revoked(revoked, at)
        return verdict

    def _build_path(self, certificate: bytes, chain: tuple[bytes, ...], at: datetime) -> CertificateVerdict:
        from pyhanko_certvalidator import CertificateValidator
        from pyhanko_certvalidator import errors as found

        validator = CertificateValidator(
            parse_certificate(certificate), validation_context=self.context(at, chain), intermediate_certs=()
        )
        try:
            path = run_to_end(validator.async_validate_path())
        except found.RevokedError as error:
            return _revoked(error.revocation_dt, at)
        except found.PathBuildingError:
            return _verdict(
                "unknown_authority",
                f"证书（{common_name(certificate)}）不是本项目认可的电子认证机构签发的，请换用认可机构的证书。",
                f"The certificate of {common_name(certificate)} was not issued by an authority this evaluation "
                "recognises; use a certificate of one that is.",
                at,
            )
        except (found.PathValidationError, found.InvalidCertificateError) as error:
            return _verdict(
                "irregular",
                f"证书（{common_name(certificate)}）的证书链不成立（{error}），请联系签发机构。",
                f"The path of {common_name(certificate)}'s certificate does not hold ({error}); ask its issuer.",
                at,
            )
        every = tuple(one.dump() for one in path.iter_certs(include_root=True))
        return CertificateVerdict("accepted", "证书有效。", "The certificate is valid.", at, every[::-1])

    def _window(self, verdict: CertificateVerdict) -> tuple[datetime, datetime] | None:
        """From when to when the same verdict would come out again; None where it may depend on the very moment."""
        if not verdict.accepted or self._revoked_at(verdict.path) is not None:
            return None
        path = [load_certificate(certificate) for certificate in verdict.path]
        return max(one.not_valid_before_utc for one in path), min(one.not_valid_after_utc for one in path)

    def _revoked_at(self, path: Sequence[bytes]) -> datetime | None:
        """When the first certificate of the path was revoked by a list that its issuer in the path signed."""
        moments: list[datetime] = []
        for certificate, issuer in itertools.pairwise(path):
            subject, authority = load_certificate(certificate), load_certificate(issuer)
            for revocations in self._lists:
                entry = revocations.get_revoked_certificate_by_serial_number(subject.serial_number)
                if entry is not None and _signed_by(revocations, authority):
                    moments.append(entry.revocation_date_utc)
        return min(moments, default=None)


def validate(
    certificate: bytes, chain: Sequence[bytes], roots: Sequence[bytes], at: datetime, crls: Sequence[bytes] = ()
) -> CertificateVerdict:
    """One verdict without keeping a store; CertificateRefused when a root or list is malformed."""
    return TrustStore(roots, crls).validate(certificate, chain, at)


def list_signed_by(untrusted_list: bytes, issuer: bytes) -> bool:
    """Whether this is a revocation list (DER) that the authority with this certificate (DER) signed. Never raises."""
    try:
        return _signed_by(_load_crl(untrusted_list), load_certificate(issuer))
    except (CertificateRefused, *MALFORMED):
        return False


def common_name(certificate: bytes) -> str:
    """Common name of the holder, or ""; CertificateRefused when malformed."""
    return _name(certificate, NameOID.COMMON_NAME)


def organisation(certificate: bytes) -> str:
    """Organisation of the holder, or ""; CertificateRefused when malformed."""
    return _name(certificate, NameOID.ORGANIZATION_NAME)


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of the certificate, 64 hexadecimal digits."""
    return hashlib.sha256(certificate).hexdigest()


def run_to_end(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits (no fetching) without an event loop; RuntimeError if it does wait."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        value: T = finished.value
        return value
    coroutine.close()
    raise RuntimeError("path validation tried to wait for the network")


def _name(certificate: bytes, oid: x509.ObjectIdentifier) -> str:
    try:
        found = load_certificate(certificate).subject.get_attributes_for_oid(oid)
    except MALFORMED as error:
        raise CertificateRefused("证书中的名称不合格式。", "The names in the certificate are malformed.") from error
    return str(found[-1].value) if found else ""


def _load_crl(untrusted: bytes) -> x509.CertificateRevocationList:
    try:
        return x509.load_der_x509_crl(untrusted)
    except MALFORMED as error:
        raise CertificateRefused(
            "吊销列表文件不合格式，请重新下载。", "The revocation list is malformed; fetch it again."
        ) from error


def _signed_by(revocations: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    if revocations.issuer != authority.subject:
        return False
    try:
        return revocations.is_signature_valid(authority.public_key())  # type: ignore[arg-type]  # raises for other kinds
    except (InvalidSignature, TypeError, ValueError):
        return False


def _outside_validity(own: x509.Certificate, at: datetime) -> CertificateVerdict | None:
    if at > own.not_valid_after_utc:
        day = own.not_valid_after_utc.astimezone(UTC).date()
        zh = f"证书已于 {day} 过期，请换用有效的证书。"
        return _verdict("expired", zh, f"The certificate expired on {day}; use a valid one.", at)
    if at < own.not_valid_before_utc:
        day = own.not_valid_before_utc.astimezone(UTC).date()
        zh = f"证书自 {day} 起才生效，请核对本机时间或换用有效的证书。"
        en = f"The certificate is valid from {day} only; check this machine's clock or use a valid one."
        return _verdict("not_yet_valid", zh, en, at)
    return None


def _wrong_usage(certificate: bytes, purpose: Purpose, at: datetime) -> CertificateVerdict | None:
    usage = parse_certificate(certificate).key_usage_value
    if purpose == "any" or usage is None or _USAGES[purpose] & usage.native:
        return None
    zh_use, en_use = ("签名", "signing") if purpose == "sign" else ("加密", "encryption")
    return _verdict(
        "wrong_usage",
        f"该证书不是{zh_use}证书，请选用{zh_use}证书。",
        f"The certificate is not meant for {en_use}; choose one that is.",
        at,
    )


def _revoked(since: datetime, at: datetime) -> CertificateVerdict:
    day = since.astimezone(UTC).date()
    return _verdict(
        "revoked",
        f"证书已于 {day} 被签发机构吊销，请换用有效的证书。",
        f"The certificate was revoked by its issuer on {day}; use a valid one.",
        at,
    )


def _verdict(reason: Reason, zh: str, en: str, at: datetime) -> CertificateVerdict:
    return CertificateVerdict(reason, zh, en, at)
