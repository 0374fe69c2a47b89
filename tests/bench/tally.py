"""The tally of 200 bidders, 120 items and 9 members; and what a score form adds up at every key."""

from __future__ import annotations

from evalclient.core.method.tally import member_total, tally
from tests.bench.figures import Figure, Measured, milliseconds, share, spread
from tests.core.method.samples import entries, item, method, section

BIDDERS, SECTIONS, ITEMS, MEMBERS = 200, 6, 20, 9


def measure() -> Measured:
    document = method([section(f"s{at}", *(item(f"s{at}-i{n}", "5") for n in range(ITEMS))) for at in range(SECTIONS)])
    names = [f"s{at}-i{n}" for at in range(SECTIONS) for n in range(ITEMS)]
    sheet = {
        f"m{member}": {
            f"b{bidder}": {name: str((member + bidder * 7 + at * 3) % 11 / 2) for at, name in enumerate(names)}
            for bidder in range(BIDDERS)
        }
        for member in range(MEMBERS)
    }
    given = entries({f"b{bidder}": str(9_000_000 + bidder * 1_313) for bidder in range(BIDDERS)}, sheet)
    whole = [milliseconds(lambda: tally(document, given)) for _ in range(7)]
    own = sheet["m0"]["b0"]
    running = [milliseconds(lambda: member_total(document, own)) for _ in range(1000)]
    return Measured(
        (
            Figure("whole tally, median", share(whole, 0.5), "ms"),
            Figure("scores read", BIDDERS * SECTIONS * ITEMS * MEMBERS, ""),
            *spread("one member's running total", running),
        )
    )
