"""What commands share: language, the one error line, password files, keys."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from evalclient.crypto.keys import Pkcs12Key

OK, FAILED, UNREADABLE = 0, 1, 2


def language() -> str:
    """``en`` where LANG asks for English, else ``zh``."""
    return "en" if os.environ.get("LANG", "").startswith("en") else "zh"


def say(zh: str, en: str) -> None:
    """One line on standard output in the user's language."""
    sys.stdout.write((en if language() == "en" else zh) + "\n")
    sys.stdout.flush()


def complain(error: EvalclientError) -> None:
    """The error's sentence on standard error."""
    sys.stderr.write(error.sentence.text(language()) + "\n")


def add_key_options(parser: ArgumentParser, *names: str) -> None:
    """``--key FILE`` (under ``names``) and ``--password-file FILE``."""
    parser.add_argument(*(names or ("--key",)), dest="key", type=Path, required=True, metavar="P12")
    parser.add_argument("--password-file", type=Path, metavar="FILE")


def key_from(arguments: Namespace) -> Pkcs12Key:
    """The key named on the command line; asks for the PIN where no file gives it. It is never kept."""
    from evalclient.crypto.keys import Pkcs12Key

    if arguments.password_file is not None:
        pin = arguments.password_file.read_text("utf-8").rstrip("\n")
    else:
        pin = getpass.getpass("PIN: ")
    return Pkcs12Key.open(arguments.key.read_bytes(), pin)
