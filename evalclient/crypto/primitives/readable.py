"""Text of others that a person goes by: it must read as it is written."""

from __future__ import annotations

import re
from typing import Final

#: controls, line separators, and signs that turn the direction of reading: "报价\u202efdp.exe" looks like a PDF
_DECEPTIVE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def is_readable(untrusted: str) -> bool:
    """Whether the text is one line and shows its signs in the order they have."""
    return _DECEPTIVE.search(untrusted) is None
