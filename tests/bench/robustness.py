"""The robustness panel of 200 bidders, 120 items and 9 members: every variant, and every score by itself."""

from __future__ import annotations

import time
from random import Random

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.formula.arithmetic import Multiply, Ratio
from evalclient.core.method.formula.steps import Minimum, TrimBand
from evalclient.core.method.robustness.analysis import robustness
from tests.bench.figures import Figure, Measured
from tests.core.method.samples import TWO, aggregation, entries, item, method, price_part, section, word

BIDDERS, SECTIONS, ITEMS, MEMBERS = 200, 6, 20, 9
BAR = 30.0


def measure() -> Measured:
    figures, notes, told = [], [], list[int]()
    for level in ("total", "section", "item"):
        document, given = case(level)
        told.clear()
        began = time.process_time()
        found = robustness(document, given, lambda done, _: told.append(done))
        figures.append(Figure(f"trimmed mean by {level}", time.process_time() - began, "s", BAR))
        notes.append(
            f"{level}: {found.scores_examined:,} scores, {len(found.scores):,} can change something, {found.pivotal:,}"
            f" by one step; {found.roundings_tried} roundings tried; progress told {len(told)} times"
        )
    return Measured(tuple(figures), tuple(notes))


def case(level: str) -> tuple[Method, TallyInput]:
    """A close field: everybody's marks are drawn alike, prices lie within three percent."""
    random = Random(level)
    sections = [section(f"s{at}", *(item(f"s{at}-i{n}", "5") for n in range(ITEMS))) for at in range(SECTIONS)]
    rule = aggregation(level, bands=(TrimBand(at_least=5, highest=1, lowest=1),))
    least = Minimum(id="least", title=word("least"))
    share = Ratio(id="share", title=word("share"), of="least", to="price")
    price = price_part("30", least, share, Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO))
    document = method(sections, price, rule=rule)
    names = [f"s{at}-i{n}" for at in range(SECTIONS) for n in range(ITEMS)]
    sheet = {
        f"m{member}": {
            f"b{bidder}": {name: str(random.randrange(11) / 2) for name in names} for bidder in range(BIDDERS)
        }
        for member in range(MEMBERS)
    }
    return document, entries(
        {f"b{bidder}": str(random.randrange(9_000_000, 9_270_000)) for bidder in range(BIDDERS)}, sheet
    )
