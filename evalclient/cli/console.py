"""What commands share: language, the one error line, progress, password files, keys."""

from __future__ import annotations

import getpass
import os
import sys
import warnings
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evalclient.cli.centre import centre_address
from evalclient.core.errors import EvalclientError, FileUnusable

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from evalclient.core.ports import KeyHandle, TimestampService
    from evalclient.desk.desk import Genesis
    from evalclient.desk.seat import Seat

OK, FAILED, UNREADABLE = 0, 1, 2
_MOST_PIN: Final = 64 << 10
#: the keys that the command at hand works with
_OPENED: list[KeyHandle] = []


def language() -> str:
    """``en`` where LANG asks for English, else ``zh``."""
    return "en" if os.environ.get("LANG", "").startswith("en") else "zh"


def worded(zh: str, en: str) -> str:
    """The one of two texts that is in the user's language."""
    return en if language() == "en" else zh


def one_line(text: str) -> str:
    """``text`` without what would break the line, steer a terminal or turn its direction: names in it are others'."""
    from evalclient.crypto.primitives.readable import made_readable

    return made_readable(text)


def say(zh: str, en: str) -> None:
    """One line on standard output in the user's language."""
    sys.stdout.write(one_line(worded(zh, en)) + "\n")
    sys.stdout.flush()


def put(text: str) -> None:
    """A whole document on standard output, UTF-8 whatever the locale, so that it can be read by a machine."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def tell_progress(done: int, whole: int) -> None:
    """How much is done, on standard error: one line that is written over on a terminal, ten lines elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{whole}" + ("\n" if done == whole else ""))
    elif done and done * 10 // whole > (done - 1) * 10 // whole:
        sys.stderr.write(f"{done}/{whole}\n")
    sys.stderr.flush()


def meter(whole: int) -> Callable[[int], None]:
    """Told how many of ``whole`` bytes are done, it shows the percentage on a terminal, and elsewhere nothing."""
    shown = -1

    def tell(done: int) -> None:
        nonlocal shown
        percent = min(100, done * 100 // max(whole, 1))
        if percent != shown and sys.stderr.isatty():
            shown = percent
            sys.stderr.write(f"\r{percent:3d} %" + ("\n" if percent == 100 else ""))
            sys.stderr.flush()

    return tell


def complain(error: EvalclientError) -> None:
    """The error's sentence on standard error; a line for each thing that is wrong."""
    for sentence in error.sentences:
        sys.stderr.write(one_line(sentence.text(language())) + "\n")


def add_key_options(parser: ArgumentParser, *names: str) -> None:
    """``--key ADDRESS`` (under ``names``) and ``--password-file FILE``."""
    parser.add_argument(*(names or ("--key",)), dest="key", required=True, metavar="KEY", help=key_words())
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help=worded("口令文件；不指定则询问", "a file with the PIN; asked for otherwise"),
    )


def add_timestamps_option(parser: ArgumentParser) -> None:
    """``--timestamps URL``."""
    words = worded(
        "时间戳服务机构的地址，签名附带其时间戳（CAdES-T）",
        "a time-stamping authority, whose stamp goes into the signature (CAdES-T)",
    )
    parser.add_argument("--timestamps", metavar="URL", help=words)


def authority_from(arguments: Namespace) -> TimestampService | None:
    """The time-stamping authority named on the command line; None without."""
    if not arguments.timestamps:
        return None
    from evalclient.sync.timestamping import HttpTimestamping

    return HttpTimestamping(arguments.timestamps)


def key_words() -> str:
    """What may stand after ``--key``."""
    return worded(
        "证书和私钥：PKCS#12 文件，或者介质（pkcs11:…、skf:…）、签名服务（https://…）的地址",
        "certificate and key: a PKCS#12 file, or the address of a token (pkcs11:…, skf:…) or signing service (https://…)",
    )


def add_tender_option(parser: ArgumentParser) -> None:
    """``--tender GENESIS``."""
    announced = worded("项目公告文件", "the announced genesis file")
    parser.add_argument("--tender", type=Path, required=True, metavar="GENESIS", help=announced)


def key_from(arguments: Namespace) -> KeyHandle:
    """The key named on the command line; asks for the PIN where no file gives it. It is never kept."""
    return opened_key(arguments.key, arguments.password_file)


def opened_key(address: str, password_file: Path | None) -> KeyHandle:
    """The key at an address; OSError where it is a file that cannot be read, and what ``open_key`` raises."""
    from evalclient.crypto.errors import KeyFileRefused
    from evalclient.crypto.keys import called, open_key
    from evalclient.desk.clock import SystemClock

    try:
        now = datetime.fromisoformat(SystemClock().now())
        key = open_key(address, pin_from(password_file, called(address)), at=now)
        _OPENED.append(key)
        return key
    except KeyFileRefused as error:
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from None  # at a command the whole path is said, as of every other file
        raise


def give_keys_back() -> None:
    """Log out of the tokens that the command has opened."""
    while _OPENED:
        from evalclient.crypto.keys import release_key

        release_key(_OPENED.pop())


def pin_from(password_file: Path | None, whose: str = "") -> str:
    """The PIN in a file, else as typed (``whose`` key is asked for); FileUnusable where neither gives one."""
    from evalclient.desk.chosen_files import read_bounded

    try:
        if password_file is not None:
            return read_bounded(password_file, _MOST_PIN).decode("utf-8").rstrip("\r\n")
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # where it would be typed for everybody to see
            return getpass.getpass(one_line(f"PIN ({whose}): " if whose else "PIN: "))
    except UnicodeDecodeError as error:
        raise FileUnusable(
            f"口令文件 {password_file} 不是 UTF-8 文本，请核对 --password-file。",
            f"The password file {password_file} is no UTF-8 text; check --password-file.",
        ) from error
    except (EOFError, getpass.GetPassWarning) as error:
        raise FileUnusable(
            "没有输入证书口令；无人值守时请用 --password-file 指定口令文件。",
            "No PIN was typed; where nobody can type, name a file with --password-file.",
        ) from error


def add_store_options(parser: ArgumentParser, whose: str) -> None:
    """``--centre URL``, ``--store FOLDER`` (``whose`` it is) and ``--set-aside``."""
    parser.add_argument(
        "--centre",
        required=True,
        type=centre_address,
        metavar="URL",
        help=worded("评标中心地址", "address of the centre"),
    )
    parser.add_argument("--store", type=Path, required=True, metavar="FOLDER", help=whose)
    parser.add_argument(
        "--set-aside",
        action="store_true",
        help=worded("数据损坏时移开，从评标中心取回", "set damaged data aside and fetch from the centre"),
    )


def seat_from(arguments: Namespace, genesis: Genesis, person: str) -> Seat:
    """The seat in ``--store``; a damaged store is set aside where ``--set-aside`` agrees, else StoreDamaged."""
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.seat import Seat, open_or_set_aside

    def opened() -> Seat:
        seat = Seat(arguments.store, arguments.centre, genesis, person, SystemClock())
        try:
            seat.link()
        except BaseException:
            seat.close()
            raise
        return seat

    seat, moved = open_or_set_aside(opened, arguments.store, agreed=arguments.set_aside)
    if moved is not None:
        say(
            f"损坏的数据已原样移到 {moved}；尚未同步的内容在其中，请交技术人员。",
            f"The damaged data lies in {moved}, as it was, with what had not been synchronised; give it to the technician.",
        )
    return seat
