"""What verification finds: one finding per thing checked, each a sentence in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from evalclient.core.counting import counted
from evalclient.core.records.fields import Bilingual

HOLDS: Final = 0
DOES_NOT_HOLD: Final = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """``part`` names the part of the archive it is about, "" for the whole; ``holds`` whether it is as it should be."""

    part: str
    holds: bool
    text: Bilingual

    def line(self, language: str) -> str:
        """The finding as one line."""
        mark = "✓" if self.holds else "✗"
        about = f"{self.part}: " if self.part else ""
        return f"{mark} {about}{self.text.text(language)}"

    def plain(self) -> dict[str, str | bool]:
        """The finding for machines."""
        return {"part": self.part, "holds": self.holds, "zh": self.text.zh, "en": self.text.en}


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The outcome. ``fingerprint`` is "" where not even record 0 could be read; ``notes`` say what the result is."""

    fingerprint: str
    findings: tuple[Finding, ...]
    notes: tuple[Bilingual, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything checked is as it should be, the anchor included."""
        return all(finding.holds for finding in self.findings)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What does not hold."""
        return tuple(finding for finding in self.findings if not finding.holds)

    @property
    def exit_code(self) -> int:
        """0 holds, 1 does not hold or is not anchored."""
        return HOLDS if self.holds else DOES_NOT_HOLD

    def plain(self) -> dict[str, object]:
        """The outcome for machines."""
        return {
            "kind": "archive",
            "holds": self.holds,
            "evaluation": self.fingerprint,
            "findings": [finding.plain() for finding in self.findings],
            "notes": [{"zh": note.zh, "en": note.en} for note in self.notes],
        }

    def lines(self, language: str) -> tuple[str, ...]:
        """The whole outcome, line by line, the verdict last."""
        verdict = (
            Bilingual("核验成立。", "The archive holds.")
            if self.holds
            else Bilingual(
                f"核验不成立：{len(self.problems)} 项。", f"It does not hold: {counted(len(self.problems), 'finding')}."
            )
        )
        return (
            *(finding.line(language) for finding in self.findings),
            *(note.text(language) for note in self.notes),
            verdict.text(language),
        )


def good(part: str, zh: str, en: str) -> Finding:
    """Something is as it should be."""
    return Finding(part, True, Bilingual(zh, en))


def bad(part: str, zh: str, en: str) -> Finding:
    """Something is not as it should be."""
    return Finding(part, False, Bilingual(zh, en))
