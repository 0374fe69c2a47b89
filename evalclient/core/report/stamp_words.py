"""What stands in a member's visible signature (签章)."""

from __future__ import annotations

from typing import Final

from evalclient.core.records.fields import Bilingual
from evalclient.core.report.history import local_time
from evalclient.core.report.money import short

#: how much of a dissent fits into the box and stays readable; the whole text goes into the signature's reason
_DISSENT_SHOWN: Final = 90


def stamp_lines(name: str, at: str, fingerprint: str, dissent: str, language: str = "zh") -> tuple[str, ...]:
    """The lines of a stamp: name, time of signing (``at``: RFC 3339, UTC), evaluation, assent or dissent."""
    lines = (
        Bilingual(f"电子签名 {local_time(at)}（北京时间）", f"Signed {local_time(at)} (UTC+8)"),
        Bilingual(f"项目指纹 {short(fingerprint)}", f"Evaluation {short(fingerprint)}"),
        _opinion(dissent),
    )
    return (name, *(line.text(language) for line in lines))


def signing_reason(dissent: str, language: str = "zh") -> str:
    """The reason in the signature dictionary: assent, or the whole text of a dissent."""
    if not dissent:
        return Bilingual("同意评标结论", "Agrees with the result").text(language)
    return Bilingual(f"不同意见及理由：{dissent}", f"Differing opinion: {dissent}").text(language)


def _opinion(dissent: str) -> Bilingual:
    if not dissent:
        return Bilingual("同意评标结论", "Agrees with the result")
    if len(dissent) <= _DISSENT_SHOWN:
        return Bilingual(f"不同意见：{dissent}", f"Differing opinion: {dissent}")
    shown = dissent[:_DISSENT_SHOWN]
    return Bilingual(
        f"不同意见：{shown}……（全文见签名属性及签署记录）",
        f"Differing opinion: {shown}… (whole text in the signature and the signing record)",
    )
