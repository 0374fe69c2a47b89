"""``evalclient release-key``: a custodian, or a bidder for his own bid, releases key shares after the deadline."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, add_key_options, key_from, say

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.desk.seat import Seat


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("release-key", help="提交解密份额 / release key shares at opening")
    parser.add_argument("--tender", type=Path, required=True, metavar="GENESIS", help="the announced genesis file")
    parser.add_argument("--centre", required=True, metavar="URL")
    parser.add_argument("--store", type=Path, required=True, metavar="FOLDER", help="the holder's own store")
    parser.add_argument("--wait", action="store_true", help="wait for the deadline instead of refusing before it")
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Release every share this person still owes, to the organiser's session."""
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.founding import load_genesis
    from evalclient.desk.places import NoPlace, bidder_place, find_place
    from evalclient.desk.seat import Seat

    genesis = load_genesis(arguments.tender.read_bytes())
    key = key_from(arguments)
    try:
        person = find_place(arguments.centre, genesis, key.certificate)
    except NoPlace:
        person = bidder_place(genesis, key.certificate)
    seat = Seat(arguments.store, arguments.centre, genesis, person, SystemClock())
    try:
        seat.sign_in(key, "release-key")
        seat.turn()
        if arguments.wait:
            _wait_for_deadline(seat)
        released = _release(seat)
    finally:
        seat.close()
    say(f"已提交 {released} 份解密份额。", f"{released} key shares released.")
    return OK if released else FAILED


def _wait_for_deadline(seat: Seat) -> None:
    while seat.desk.clock.now() < seat.founding.deadline:
        time.sleep(0.2)
    seat.turn()


def _release(seat: Seat) -> int:
    from evalclient.desk.outsiders import ShareHolder

    holder = ShareHolder(seat.desk)
    owed = holder.owed()
    for bidder, package in owed:
        with seat.open_package(package) as file:
            holder.release(bidder, file)
    seat.turn()
    return len(owed)
