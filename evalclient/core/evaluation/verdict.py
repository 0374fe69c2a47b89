"""The answer of a gate: yes, or no with the reason and the article behind it."""

from __future__ import annotations

from dataclasses import dataclass

from evalclient.core.errors import Refused
from evalclient.core.records.fields import Bilingual


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is None where the act is allowed; ``article`` is the law behind a refusal, as cited."""

    reason: Bilingual | None = None
    article: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the act may be done."""
        return self.reason is None

    def require(self) -> None:
        """Raise Refused where the act is not allowed."""
        if self.reason is not None:
            raise Refused(self.reason.zh, self.reason.en, self.article)


YES = Verdict()


def no(zh: str, en: str, article: str) -> Verdict:
    """A refusal."""
    return Verdict(Bilingual(zh, en), article)
