"""Whether what is known of revocation is enough at a moment, under the rule of the tender, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from evalclient.core.counting import counted
from evalclient.core.records.acts_founding import RevocationRule
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.primitives.public_keys import load_certificate
from evalclient.crypto.trust.revocation import Finding, Standing
from evalclient.crypto.trust.revocation_evidence import Evidence, name_in

#: ``current``: by lists and answers within their terms; ``aged``: by older ones that the rule admits; ``stale``: by older
#: ones; ``unknown``: nothing clears a certificate of the path
Clearance = Literal["current", "aged", "stale", "unknown"]
#: how long an answer serves whose responder sets no term
_OPEN_TERM = timedelta(minutes=30)
_MOST_HOURS = 24 * 366 * 100
_RANK: dict[Clearance, int] = {"current": 0, "aged": 1, "stale": 2, "unknown": 3}


@dataclass(frozen=True, slots=True)
class Cleared:
    """How well the worst certificate of a path is cleared, and by what, in words."""

    clearance: Clearance
    words: Bilingual

    def enough(self, rule: RevocationRule) -> bool:
        """Whether the certificate counts under the rule."""
        return rule.unknown == "warn" or self.clearance in {"current", "aged"}


def cleared(standings: Sequence[Standing], rule: RevocationRule, at: datetime) -> Cleared:
    """How a path without a revoked certificate stands at ``at`` (aware)."""
    if not standings:
        return Cleared(
            "current", Bilingual("根证书由本项目直接认可。", "A root that the evaluation itself recognises.")
        )
    each = [_cleared(standing, rule, at) for standing in standings]
    return max(each, key=lambda one: _RANK[one.clearance])


def revoked_words(finding: Finding, at: datetime) -> Bilingual:
    """That a certificate was revoked, since when, by what, and how old that is."""
    day = (finding.revoked or at).astimezone(UTC).date()
    by = _source(finding.evidence, at)
    return Bilingual(
        f"证书已于 {day} 被签发机构吊销（依据{by.zh}），请换用有效的证书。",
        f"The certificate was revoked by its issuer on {day} (by {by.en}); use a valid one.",
    )


def _cleared(standing: Standing, rule: RevocationRule, at: datetime) -> Cleared:
    grades = [(_clearance(finding, rule, at), finding) for finding in standing.clearances]
    if not grades:
        return Cleared("unknown", _unknown(standing.certificate))
    clearance, finding = min(grades, key=lambda grade: _RANK[grade[0]])
    return Cleared(clearance, _words(clearance, min(finding.every, key=lambda one: one.issued), at))


def _clearance(finding: Finding, rule: RevocationRule, at: datetime) -> Clearance:
    hours = timedelta(hours=min(rule.hours, _MOST_HOURS) if rule.unknown == "accept" else 0)
    worst: Clearance = "current"
    for one in finding.every:
        if at > (one.until or one.issued + _OPEN_TERM):
            aged: Clearance = "aged" if at - one.issued <= hours else "stale"
            worst = max(worst, aged, key=lambda clearance: _RANK[clearance])
    return worst


def _words(clearance: Clearance, evidence: Evidence, at: datetime) -> Bilingual:
    by = _source(evidence, at)
    if clearance == "current":
        return Bilingual(f"未被吊销，依据{by.zh}。", f"Not revoked, by {by.en}.")
    if clearance == "aged":
        return Bilingual(
            f"未被吊销，依据{by.zh}；该数据已过更新期，仍在本项目允许的时限内。",
            f"Not revoked, by {by.en}, which is past its term and within what this evaluation admits.",
        )
    return Bilingual(
        f"吊销状态可能已变化：最近的依据是{by.zh}，已过更新期。",
        f"Revocation not known since: the latest is {by.en}, past its term.",
    )


def _unknown(certificate: bytes) -> Bilingual:
    issuer = name_in(load_certificate(certificate).issuer)
    return Bilingual(
        f"吊销状态不明：没有{issuer}的吊销列表或 OCSP 响应。",
        f"Revocation not known: no list or OCSP answer of {issuer}.",
    )


def _source(evidence: Evidence, at: datetime) -> Bilingual:
    moment = evidence.issued.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    kind = ("吊销列表", "the revocation list") if evidence.kind == "list" else ("OCSP 响应", "the OCSP answer")
    nameless = ("以密钥标识的响应方", "a responder named by its key")
    maker = Bilingual(*((evidence.maker,) * 2 if evidence.maker else nameless))
    age = _age(at - evidence.issued)
    return Bilingual(
        f"{maker.zh} {moment} 签发的{kind[0]}（{age.zh}）", f"{kind[1]} of {maker.en} of {moment} ({age.en})"
    )


def _age(age: timedelta) -> Bilingual:
    if age < timedelta(0):
        return Bilingual("签发于此后", "made later than this")
    minutes = age // timedelta(minutes=1)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return Bilingual(f"已 {days} 天 {hours} 小时", f"{counted(days, 'day')} {counted(hours, 'hour')} old")
    if hours:
        return Bilingual(f"已 {hours} 小时", f"{counted(hours, 'hour')} old")
    return Bilingual(f"已 {minutes} 分钟", f"{counted(minutes, 'minute')} old")
