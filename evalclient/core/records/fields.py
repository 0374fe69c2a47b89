"""Field types of record bodies: text forms that are checked when a body is decoded."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Final

import msgspec
from msgspec import Meta

#: the end of a text and nothing after it: ``$`` alone lets a final newline through
END: Final = r"$(?!\n)"
_PLACE: Final = "[a-z][a-z0-9-]{0,31}"
#: hex of the evaluation's hash algorithm (SHA-256 or SM3, both 32 bytes)
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
#: a digest, or "" where there is none
OptionalDigest = Annotated[str, Meta(pattern="^([0-9a-f]{64})?" + END)]
#: a record's id: hash of its payload
RecordId = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
#: hash of record 0's payload
Fingerprint = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
#: a place in the evaluation (``m1``, ``organiser``), or ``bidder:`` + certificate fingerprint
PersonId = Annotated[str, Meta(pattern=f"^{_PLACE}(:[0-9a-f]{{64}})?{END}")]
#: criterion or item of the method document
ItemId = Annotated[str, Meta(pattern="^[a-zA-Z][a-zA-Z0-9_.-]{0,63}" + END)]
_DECIMAL: Final = r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?"
#: exact decimal as typed: text in, text out
DecimalText = Annotated[str, Meta(pattern=f"^{_DECIMAL}{END}")]
#: a day of this century that there is: what reads a moment later, a report or an audit, must not trip over it
_DAY: Final = (
    r"(20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
    r"|20[0-9]{2}-(0[13-9]|1[0-2])-(29|30)"
    r"|20[0-9]{2}-(0[13578]|1[02])-31"
    r"|20([02468][048]|[13579][26])-02-29)"
)
#: RFC 3339 in UTC with milliseconds
Moment = Annotated[str, Meta(pattern="^" + _DAY + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z" + END)]
MOST_TEXT: Final = 4000
MOST_NAME: Final = 200
Text = Annotated[str, Meta(max_length=MOST_TEXT)]
Name = Annotated[str, Meta(min_length=1, max_length=MOST_NAME)]


def is_place_id(text: str) -> bool:
    """Whether ``text`` may name a place that the organiser gives."""
    return re.fullmatch(_PLACE, text) is not None


def is_decimal(text: str) -> bool:
    """Whether ``text`` is an exact decimal as a record holds it."""
    return re.fullmatch(_DECIMAL, text) is not None


def decimal(text: str) -> Decimal:
    """``text`` as an exact decimal; the pattern has been checked when the body was decoded."""
    return Decimal(text)


class Bilingual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Chinese and English."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The text in ``language``."""
        return self.en if language == "en" else self.zh
