"""What goes wrong, said in one clear sentence in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evalclient.core.records.fields import Bilingual


class EvalclientError(Exception):
    """Base of every error the product raises on purpose."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    @property
    def sentence(self) -> Bilingual:
        """The error as a sentence for the screen."""
        from evalclient.core.records.fields import Bilingual  # every command imports this module, few meet an error

        return Bilingual(self.zh, self.en)

    @property
    def sentences(self) -> tuple[Bilingual, ...]:
        """The same where there is one for each thing that is wrong: a line each."""
        return (self.sentence,)


class RecordMalformed(EvalclientError):
    """Untrusted bytes are not a record of the catalogue."""


class DocumentMalformed(EvalclientError):
    """A tender, method or rules document does not follow its schema."""


class Refused(EvalclientError):
    """An act is not lawful now; ``article`` names the rule behind the refusal."""

    def __init__(self, zh: str, en: str, article: str) -> None:
        super().__init__(zh, en)
        self.article = article


class LogDishonest(EvalclientError):
    """The centre shows a log that contradicts what it showed before: an alarm, never retried."""


class CentreUnreachable(EvalclientError):
    """No answer from the centre. The sentence is for a window, where work goes on and is sent later.

    ``cause_zh`` and ``cause_en`` say what is the matter and no more, without a full stop: for whoever ends with it.
    """

    def __init__(self, zh: str, en: str, cause_zh: str = "", cause_en: str = "") -> None:
        super().__init__(zh, en)
        self.cause_zh = cause_zh or zh.removesuffix("。")
        self.cause_en = cause_en or en.removesuffix(".")


class CentreRefused(EvalclientError):
    """The centre answered and refused."""


class FeedWithheld(CentreRefused):
    """The centre does not show this person the log, or no more of it: a bidder or custodian, at this time."""


class NotAtCentre(CentreRefused):
    """The centre does not hold what was asked for."""


class LogWithheld(CentreRefused):
    """The centre keeps the log from somebody who reads all of it: nothing here is up to date."""


class SessionSuperseded(CentreRefused):
    """The person has signed in at another seat; this session is over."""


class TimestampUnreachable(EvalclientError):
    """No answer, or none that is a time stamp, from the time-stamping authority: to be asked again later."""


class FileUnusable(EvalclientError):
    """A file that a person has named cannot be read or written."""


class StoreDamaged(EvalclientError):
    """The local store cannot be read or fails its check."""


class StoreOfAnother(EvalclientError):
    """The local store belongs to another evaluation."""


class StoreInUse(EvalclientError):
    """Another client holds the store."""


class StoreFull(EvalclientError):
    """The disk has no room left for the local store."""
