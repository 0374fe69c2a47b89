"""Text of others that a person goes by: it must read as it is written."""

from __future__ import annotations

import re
from typing import Final

#: controls, line separators, and signs that turn the direction of reading: "报价\u202efdp.exe" looks like a PDF
_DECEPTIVE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
#: what a name may not be on Windows, whatever its ending: a device
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)


def made_readable(untrusted: str) -> str:
    """The text as one line in the order of its signs, others in place of what would make it anything else."""
    return _DECEPTIVE.sub("\N{REPLACEMENT CHARACTER}", untrusted)


def is_readable(untrusted: str) -> bool:
    """Whether the text is one line and shows its signs in the order they have."""
    return _DECEPTIVE.search(untrusted) is None


def is_file_name(untrusted: str) -> bool:
    """Whether a file can be called so, without a folder, on every system the program runs on, and a person can read it.

    Windows takes ``C:x`` for another drive and ``con.txt`` for a device, and drops dots and spaces at the end.
    """
    return (
        bool(untrusted.strip())
        and not any(sign in untrusted for sign in "/\\:")
        and not untrusted.endswith((".", " "))
        and _DEVICE.fullmatch(untrusted) is None
        and is_readable(untrusted)
    )
