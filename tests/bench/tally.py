"""The tally of 200 bidders, 120 items, 9 members: plain, explained, as a command, growing (processor time); a form at every key."""

from __future__ import annotations

import msgspec

from evalclient.assets import asset
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.reading import LARGEST_INPUT
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.files.collecting import read_telling_all
from evalclient.core.method.files.tally_file import TallyFile, report
from evalclient.core.method.tally.tally import member_total, tally
from evalclient.core.rules import in_force, load_rules
from tests.bench.figures import Figure, Measured, milliseconds, processor_milliseconds, share, spread
from tests.core.method.samples import entries, item, method, section

SECTIONS, ITEMS, MEMBERS = 6, 20, 9
BIDDERS = (10, 50, 200, 1000)


def measure() -> Measured:
    document = method([section(f"s{at}", *(item(f"s{at}-i{n}", "5") for n in range(ITEMS))) for at in range(SECTIONS)])
    given = case(document, 200, MEMBERS)
    whole = [processor_milliseconds(lambda: tally(document, given)) for _ in range(7)]
    own = given.sheets["m0"]["b0"]
    running = [milliseconds(lambda: member_total(document, own)) for _ in range(1000)]
    plain = [processor_milliseconds(lambda: as_command(document, given, explain=False)) for _ in range(3)]
    explained = [processor_milliseconds(lambda: as_command(document, given, explain=True)) for _ in range(3)]
    return Measured(
        (
            Figure("whole tally, median", share(whole, 0.5), "ms", 1000),
            Figure("scores read", 200 * SECTIONS * ITEMS * MEMBERS, ""),
            Figure("file read, tallied, checked, written, median", share(plain, 0.5), "ms"),
            Figure("the same with --explain, median", share(explained, 0.5), "ms", 3000),
            *small(),
            *growth(document),
            *spread("one member's running total", running),
        )
    )


def case(document: Method, bidders: int, members: int) -> TallyInput:
    names = [one.id for part in document.sections for one in part.items]
    sheets = {
        f"m{member}": {
            f"b{bidder}": {name: str((member + bidder * 7 + at * 3) % 11 / 2) for at, name in enumerate(names)}
            for bidder in range(bidders)
        }
        for member in range(members)
    }
    return entries({f"b{bidder}": str(9_000_000 + bidder * 1_313) for bidder in range(bidders)}, sheets)


def as_command(document: Method, given: TallyInput, *, explain: bool) -> bytes:
    """What ``evalclient tally`` does between reading the file and writing the report."""
    plain = msgspec.to_builtins(given) | {"method": msgspec.to_builtins(document)}
    untrusted = msgspec.json.encode(plain)
    rules = in_force(load_rules(asset("rules/cn-construction.json").read_bytes()), "2026-11-24")
    file = read_telling_all(untrusted, TallyFile, LARGEST_INPUT)
    return msgspec.json.encode(report(document, file, rules, explain=explain))


def small() -> tuple[Figure, ...]:
    """An evaluation of the usual size: 12 bidders, 60 items, 7 members."""
    document = method([section(f"s{at}", *(item(f"s{at}-i{n}", "5") for n in range(10))) for at in range(6)])
    given = case(document, 12, 7)
    samples = [processor_milliseconds(lambda: tally(document, given)) for _ in range(31)]
    return (Figure("12 bidders, 60 items, 7 members, median", share(samples, 0.5), "ms", 30),)


def growth(document: Method) -> tuple[Figure, ...]:
    """Milliseconds for one bidder at several sizes, least of three; in a straight line they are the same."""
    found = {
        bidders: min(processor_milliseconds(lambda given=given: tally(document, given)) for _ in range(3)) / bidders  # type: ignore[misc]
        for bidders in BIDDERS
        for given in (case(document, bidders, MEMBERS),)
    }
    return (
        *(Figure(f"for each of {bidders} bidders", cost, "ms") for bidders, cost in found.items()),
        Figure("cost of one at 1000 over one at 50", found[1000] / found[50], "×", 1.5),
    )
