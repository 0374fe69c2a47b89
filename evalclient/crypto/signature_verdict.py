"""The verdict on one signature, of whatever kind: who, when, whether it holds, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from evalclient.core.records.fields import Bilingual
from evalclient.crypto.errors import CertificateRefused, CryptoError
from evalclient.crypto.trust.certificate_verdict import CertificateVerdict, Purpose
from evalclient.crypto.trust.certificates import TrustStore, common_name, organisation
from evalclient.crypto.trust.timestamps import CLOCKS_DIFFER

Kind = Literal["record", "pdf", "package", "signature", "timestamp"]
Reason = Literal[
    "holds",
    "malformed",
    "changed",
    "moved",
    "changed_after",
    "added_after",
    "time",
    "expired",
    "not_yet_valid",
    "unknown_authority",
    "revoked",
    "unknown_status",
    "wrong_usage",
    "irregular",
]
"""``changed``: the signature does not fit what it covers; ``moved``: it does not stand where it says, or leaves out more
than itself; ``changed_after``: a later revision changed what was signed; ``added_after``: something that nobody signed
follows the last signature; ``time``: a time that cannot be. The others are those of the certificate's path."""
KIND_WORDS: Final[dict[Kind, Bilingual]] = {
    "record": Bilingual("记录签名", "signature of a record"),
    "pdf": Bilingual("签章", "signature in the PDF"),
    "package": Bilingual("投标文件包封装签名", "seal of a bid package"),
    "signature": Bilingual("电子签名", "signature"),
    "timestamp": Bilingual("时间戳", "time stamp"),
}
HOLDS: Final = Bilingual("成立。", "holds.")
NOTHING: Final = Bilingual("", "")
_IN_THE_FUTURE: Final = Bilingual(
    "所称签名时间在未来，请核对本机时间；时间无误则该签名不可信。",
    "the time it claims lies in the future: check this machine's clock; if it is right, it is not to be relied on.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureVerdict:
    """One signature. ``certificate`` is DER, b"" where none could be read; ``name`` tells it apart (a field, a part).

    ``at`` is the time the signer claims, of a time stamp the time it states; ``proven_at`` the time by which the
    signature is known to have been there (a time stamp, or a log's time of receipt), None where nothing tells.
    ``clearance`` says what is known of revocation, "" where nothing was asked.
    """

    kind: Kind
    name: str = ""
    who: str = ""
    organisation: str = ""
    certificate: bytes = b""
    at: datetime | None = None
    proven_at: datetime | None = None
    reason: Reason = "holds"
    why: Bilingual = HOLDS
    clearance: Bilingual = NOTHING

    @property
    def holds(self) -> bool:
        """Whether it is to be relied on."""
        return self.reason == "holds"

    def line(self, language: str) -> str:
        """The verdict as one line: what, who, when, why."""
        what = KIND_WORDS[self.kind].text(language)
        by = f"{self.who}（{self.organisation}）" if language == "zh" else f"{self.who} ({self.organisation})"
        when = "" if self.at is None else f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}"
        parts = [f"{what} {self.name}".strip(), by if self.organisation else self.who, when, self.why.text(language)]
        told = ("，" if language == "zh" else ", ").join(one for one in parts if one)
        known = self.clearance.text(language)
        return f"{'✓' if self.holds else '✗'} {told}" + (f" {known}" if known else "")

    def plain(self) -> dict[str, str | bool | None]:
        """The verdict for machines: text and truth values alone, times in RFC 3339."""
        return {
            "kind": self.kind,
            "name": self.name,
            "who": self.who,
            "organisation": self.organisation,
            "at": None if self.at is None else self.at.astimezone(UTC).isoformat(),
            "proven_at": None if self.proven_at is None else self.proven_at.astimezone(UTC).isoformat(),
            "holds": self.holds,
            "reason": self.reason,
            "zh": self.why.zh,
            "en": self.why.en,
            "clearance_zh": self.clearance.zh,
            "clearance_en": self.clearance.en,
        }


def refused(kind: Kind, error: CryptoError, name: str = "", reason: Reason = "malformed") -> SignatureVerdict:
    """The verdict on a signature of which nothing can be relied on, not even whose it is."""
    return SignatureVerdict(kind=kind, name=name, reason=reason, why=Bilingual(error.zh, error.en))


def with_signer(verdict: SignatureVerdict, certificate: bytes) -> SignatureVerdict:
    """The same with the holder's name and organisation as the certificate (DER) has them."""
    try:
        who, where = common_name(certificate), organisation(certificate)
    except CertificateRefused:
        who = where = ""
    return replace(verdict, certificate=certificate, who=who, organisation=where)


def with_path(
    verdict: SignatureVerdict,
    trust: TrustStore,
    chain: tuple[bytes, ...],
    stapled: tuple[bytes, ...] = (),
    now: datetime | None = None,
) -> SignatureVerdict:
    """The same after its certificate's path was judged at the proven time, else at the time claimed, else at ``now``.

    Where nothing proves the time, who has lost his key could be dated back: a certificate that is revoked by ``now``
    counts as revoked then, though it may have expired since. A time that is later than ``now`` cannot be. ``stapled`` are
    lists and OCSP answers (DER) that came with the signature.
    """
    at = verdict.proven_at or verdict.at or now
    if not verdict.holds or at is None:
        return verdict
    if now is not None and verdict.at is not None and verdict.at > now + CLOCKS_DIFFER:
        return replace(verdict, reason="time", why=_IN_THE_FUTURE)
    purpose: Purpose = "stamp" if verdict.kind == "timestamp" else "sign"
    found = trust.validate(verdict.certificate, chain, at, purpose, stapled=stapled)
    if found.accepted and verdict.proven_at is None and now is not None and now > at:
        found = trust.revoked(verdict.certificate, chain, at, now, stapled=stapled) or found
    why = HOLDS if found.accepted else Bilingual(found.zh, found.en)
    return replace(verdict, reason=_reason(found), why=why, clearance=found.revocation)


def _reason(found: CertificateVerdict) -> Reason:
    return "holds" if found.reason == "accepted" else found.reason
