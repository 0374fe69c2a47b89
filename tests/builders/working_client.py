"""A client in a process of its own that saves scores and syncs until it is killed: for tests of sudden death.

``python -m tests.builders.working_client HOME URL ANNOUNCEMENT PERSON FIRST`` prints ``saved N`` once score N is
committed on disk: from then on it is acknowledged and may never be lost.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from evalclient.core.errors import CentreUnreachable
from evalclient.core.records.acts_committee import Score
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.clock import SystemClock
from evalclient.desk.expert import Expert
from evalclient.desk.founding import load_genesis
from evalclient.desk.seat import Seat

BIDS = 5
#: saves between two rounds of sync
SAVES = 3


def place_of(number: int) -> tuple[str, str, str]:
    """Bid, item and value of score ``number``; each place is written once."""
    return f"bid-{number % BIDS}", f"item-{number}", str(number)


def main(home: Path, url: str, announcement: Path, person: str, first: int) -> None:
    """Work for ever."""
    key = Pkcs12Key.open((home / "key.p12").read_bytes(), (home / "pin").read_text("utf-8"))
    seat = Seat(home, url, load_genesis(announcement.read_bytes()), person, SystemClock())
    seat.sign_in(key, "A-01")
    expert = Expert(seat.desk)
    for number in count(first):
        bid, item, value = place_of(number)
        expert.save_score(bid, item, Score(value))
        sys.stdout.write(f"saved {number}\n")
        sys.stdout.flush()
        if number % SAVES == 0:
            try:
                seat.turn()
            except CentreUnreachable:
                continue


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4], int(sys.argv[5]))
