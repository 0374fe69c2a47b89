"""``evalclient release-key``: a custodian, or a bidder for his own bid, releases the key shares he owes.

Shares of the bids after the deadline; shares of a sealed body once the organiser has asked for it by record.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from evalclient.cli.centre import unanswered, waiting
from evalclient.cli.console import (
    FAILED,
    OK,
    add_key_options,
    add_store_options,
    add_tender_option,
    complain,
    key_from,
    say,
    seat_from,
    worded,
)
from evalclient.core.counting import counted

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from evalclient.core.ports import KeyHandle
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.desk import Genesis
    from evalclient.desk.seat import Seat


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("release-key", help=worded("提交解密份额", "release key shares at opening"))
    add_tender_option(parser)
    add_store_options(parser, worded("保管方（投标人）自己的数据文件夹", "the holder's own store"))
    parser.add_argument(
        "--wait",
        action="store_true",
        help=worded("未到投标截止时间则等候", "wait for the deadline instead of refusing before it"),
    )
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Release every share this person still owes, to the organiser's session."""
    from evalclient.desk.founding import read_genesis

    genesis = read_genesis(arguments.tender)
    key = key_from(arguments)
    with unanswered(
        "评标中心是否收到解密份额未得到确认，不能视为已提交",
        "whether it has the key shares is not confirmed, so do not take them as released",
    ):
        released, failed = _release_all(arguments, genesis, key)
    say(f"已提交 {released} 份解密份额。", f"Key shares released: {released}.")
    return OK if released and not failed else FAILED


def _release_all(arguments: Namespace, genesis: Genesis, key: KeyHandle) -> tuple[int, int]:
    """How many shares went out, those of an earlier run included, and how many could not; Refused before the deadline."""
    from evalclient.core.errors import EvalclientError
    from evalclient.core.records.acts_bids import ShareReleased
    from evalclient.core.records.acts_recovery import RecoveryReleased
    from evalclient.desk.key_release import SEAT, holder_place, release_owed
    from evalclient.desk.outsiders import ShareHolder

    seat = seat_from(arguments, genesis, holder_place(arguments.centre, genesis, key.certificate))
    try:
        earlier = waiting(seat, ShareReleased, RecoveryReleased)
        seat.enter(key, SEAT)
        if arguments.wait:
            _wait_for_deadline(seat)
        else:
            _require_due(seat)
        _show(ShareHolder(seat.desk).to_sign())
        release = release_owed(seat)
        for sentence in release.failures:
            complain(EvalclientError(sentence.zh, sentence.en))
        return earlier + release.released, len(release.failures)
    finally:
        seat.close()


def _show(to_sign: Sequence[Bilingual]) -> None:
    """Each record that the key is about to sign, before it signs the first."""
    if to_sign:
        say(f"将逐条签名 {len(to_sign)} 条记录：", f"To be signed, one by one: {counted(len(to_sign), 'record')}")
    for line in to_sign:
        say(f"  {line.zh}", f"  {line.en}")


def _require_due(seat: Seat) -> None:
    """``require_due``, and what this command offers instead of coming back."""
    from evalclient.core.errors import Refused
    from evalclient.desk.key_release import require_due

    try:
        require_due(seat)
    except Refused as error:
        zh = error.zh.replace("请到时再办理", "请到时再办理，或者加 --wait 等候")
        en = error.en.replace("come back then", "come back then, or let the command wait with --wait")
        raise Refused(zh, en, error.article) from error


def _wait_for_deadline(seat: Seat) -> None:
    """Until the deadline has passed here and, by the centre's clock, there: only then it shows the log."""
    while seat.desk.clock.now() < seat.founding.deadline or (seat.turn().withheld and seat.desk.logged.size == 1):
        time.sleep(0.2)
