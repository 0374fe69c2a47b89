"""What the newcomer's person did "earlier": reviews and scores of all bids but one, as drafts at his own seat.

Run as ``python -m evalclient.demo.earlier FOLDER --centre URL --genesis FILE`` before the window opens on the same
store. The drafts are real records of the person's own session; that a program filled them in is recorded first.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import msgspec

from evalclient.core.errors import CentreUnreachable, EvalclientError
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, opened_bids
from evalclient.demo.people import load_person
from evalclient.demo.person import open_seat, tell
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.desk.expert import Expert
from evalclient.desk.seat import Seat


def main(argv: Sequence[str] | None = None) -> int:
    """Sign in, wait for the opening, write the drafts; 0 when the centre has them."""
    parser = ArgumentParser(prog="evalclient.demo.earlier")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--centre", required=True)
    parser.add_argument("--genesis", type=Path, required=True)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    arguments = parser.parse_args(argv)
    plan = msgspec.json.decode((arguments.folder / "plan.json").read_bytes(), type=MemberPlan)
    seat = open_seat(arguments.folder, arguments.centre, arguments.genesis, load_person(arguments.folder))
    try:
        while seat.desk.evaluation.opening is None:
            _turn(seat, 2.0)
        write_drafts(Expert(seat.desk), plan)
        while seat.log.outbox():
            _turn(seat, 0.0)
        tell("drafted")
    except EvalclientError as error:
        tell("failed", zh=error.zh, en=error.en)
        return 1
    finally:
        seat.close()
    return 0


def write_drafts(expert: Expert, plan: MemberPlan) -> tuple[str, ...]:
    """Draft what ``plan`` says of every opened bid but the one left to the newcomer; the bidders drafted for.

    Refused where record 0 does not say practice, before anything is written.
    """
    expert.record_practice_fill("earlier")
    evaluation = expert.desk.evaluation
    left = left_over(evaluation, plan)
    done = []
    for bid in opened_bids(evaluation):
        name = bidder_name(evaluation, bid.bidder)
        if bid.bidder != left and name in plan.scores:
            expert.save_opinions(bid.bidder, plan.opinions[name])
            expert.save_scores(bid.bidder, plan.scores[name])
            done.append(bid.bidder)
    return tuple(done)


def left_over(evaluation: Evaluation, plan: MemberPlan) -> str:
    """The bidder left to the newcomer: the last one that nobody is going to reject."""
    passed = {name for name, items in plan.opinions.items() if all(opinion.passed for opinion in items.values())}
    sound = [bid.bidder for bid in opened_bids(evaluation) if bidder_name(evaluation, bid.bidder) in passed]
    return sound[-1]


def _turn(seat: Seat, wait: float) -> None:
    try:
        seat.turn(wait)
    except CentreUnreachable:
        return


if __name__ == "__main__":
    raise SystemExit(main())
