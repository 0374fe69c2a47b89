"""A method tried on random bids: repeatable, with counterexamples that hold, and what is wrong with a method is found."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from evalclient.core.method.arithmetic import Multiply, Ratio
from evalclient.core.method.document import load_method
from evalclient.core.method.entry_problems import entry_problems
from evalclient.core.method.parts import Method
from evalclient.core.method.random_bids import FEWEST_BIDDERS, MOST_BIDDERS, RandomBids
from evalclient.core.method.scoring import score_problem
from evalclient.core.method.sheets import items_of
from evalclient.core.method.simulation import Counterexample, Simulation, simulate
from evalclient.core.method.soundness import problems
from evalclient.core.method.steps import Mean, Minimum, Within
from evalclient.core.method.tally import tally
from tests.core.method.random_cases import Case
from tests.core.method.samples import TWO, item, method, preset_method, price_part, section, word

WORKS, GOODS = (preset_method(name) for name in ("construction-comprehensive", "procurement-comprehensive"))


def tried(document: Method, samples: int = 40, seed: int = 1) -> Simulation:
    assert problems(document) == ()
    return simulate(document, samples, Random(seed)).findings


def lowest_first() -> tuple[Minimum, Ratio, Multiply]:
    return (
        Minimum(id="least", title=word("least")),
        Ratio(id="share", title=word("share"), of="least", to="price"),
        Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO),
    )


def test_the_same_seed_gives_the_same_findings() -> None:
    assert tried(WORKS, seed=3) == tried(WORKS, seed=3)
    assert tried(WORKS, seed=3) != tried(WORKS, seed=4)


def test_progress_is_told_after_each_sample() -> None:
    seen: list[tuple[int, int]] = []
    simulate(GOODS, 3, Random(1), lambda done, whole: seen.append((done, whole)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def holds(document: Method, example: Counterexample) -> bool:
    """Whether anybody who tallies both inputs sees the same two places, the later one worse."""
    places = [tally(document, given).line(example.bidder).place for given in (example.before, example.after)]
    assert places == [example.place_before, example.place_after]
    return places[1] is None or (places[0] is not None and places[1] > places[0])


def test_under_a_benchmark_a_lower_price_may_lose_and_the_counterexample_holds() -> None:
    found = tried(WORKS)
    assert found.price.example is not None
    assert holds(WORKS, found.price.example)
    assert 0 < found.price.lost < found.price.tried
    assert (found.quality.lost, found.doubtful) == (0, False)
    assert found.lowest_left_out > 0
    assert found.lowest_not_best > 0


def test_where_the_lowest_price_scores_best_neither_price_nor_quality_ever_loses() -> None:
    found = tried(GOODS)
    assert found.quality.tried > 40
    assert (found.price.lost, found.quality.lost, found.lowest_not_best, found.lowest_left_out) == (0, 0, 0, 0)


def test_a_method_under_which_higher_quality_loses_is_found() -> None:
    document = method(
        [section("part", item("plan", "40"))],
        price_part("60", *lowest_first()),
        keys=(("technical", "lowest"), ("price", "lowest")),
    )
    found = tried(document)
    assert found.doubtful
    assert found.quality.example is not None
    assert holds(document, found.quality.example)


def test_a_method_that_stops_is_found_with_the_step() -> None:
    band = Within(id="band", title=word("band"), low="8000000", high="8900000")
    mean = Mean(id="mean", title=word("mean"), population="band")
    document = method([section("part", item("plan", "40"))], price_part("60", band, mean, *lowest_first()))
    found = tried(document)
    (stop,) = found.stopped
    assert stop.path == "$.price.steps[1]"
    assert stop.times > 0
    assert "mean" in stop.problem.en
    assert all(not 8_000_000 <= int(entry.price or 0) <= 8_900_000 for entry in stop.example.bidders)
    assert found.doubtful


def test_ties_are_counted() -> None:
    document = method([section("s", item("plan", "1", "1"))], keys=(("technical", "highest"),), candidates=1)
    document = msgspec.structs.replace(document, total=msgspec.structs.replace(document.total, full="1"))
    found = tried(document)
    assert found.tied_first > 0
    assert 0 < found.undecided <= found.tied_first
    assert found.sensitive.lost > 0


def test_the_distribution_holds_every_valid_bid() -> None:
    run = simulate(WORKS, 20, Random(1))
    assert sum(band.bids for band in run.findings.distribution) == len(run.points)
    assert [band.percent for band in run.findings.distribution] == sorted({int(p // 2) * 2 for p, _ in run.points})
    for band in run.findings.distribution:
        assert float(band.lowest) <= float(band.mean) <= float(band.highest)


@pytest.mark.parametrize("seed", range(60_000, 60_030))
def test_random_bids_fit_random_methods(seed: int) -> None:
    case = Case(seed)
    document = load_method(msgspec.json.encode(case.method))
    bids = RandomBids(document, Random(seed))
    for _ in range(3):
        entries = bids.entries()
        assert FEWEST_BIDDERS <= len(entries.bidders) <= MOST_BIDDERS
        assert list(entry_problems(document, entries)) == []
        for sheet in entries.sheets.values():
            for scores in sheet.values():
                assert [score_problem(one, scores[one.id], "-") for one in items_of(document)] == [None] * len(scores)


def test_a_step_up_is_the_better_mark_and_ends_at_the_best() -> None:
    bids = RandomBids(GOODS, Random(1))
    entries = bids.entries()
    plan = bids.items[0]
    marks = []
    while True:
        marks.append(float(entries.sheets["m1"]["b1"][plan.id]))
        higher = bids.with_step(entries, ("m1",), "b1", plan, up=True)
        if higher is None:
            break
        entries = higher
    assert marks == sorted(set(marks))
    assert marks[-1] == float(plan.maximum)
