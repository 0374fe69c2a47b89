"""A method tried on random bids: repeatable, with counterexamples that hold, and what is wrong with a method is found."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from evalclient.core.method.document.document import load_method
from evalclient.core.method.document.items import SectionRule
from evalclient.core.method.document.parts import Method, Quantity
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.files.entry_problems import entry_problems
from evalclient.core.method.formula.arithmetic import Band, Bands, Choose, Multiply, Ratio, Sum
from evalclient.core.method.formula.steps import Count, Mean, Minimum, Trim, TrimBand, Within
from evalclient.core.method.marking.scale import scale_of
from evalclient.core.method.marking.scoring import score_problem
from evalclient.core.method.robustness.random_bids import RandomBids
from evalclient.core.method.robustness.simulation import Counterexample, Simulation, simulate
from evalclient.core.method.robustness.sizes import FEWEST_BIDDERS, MOST_BIDDERS, committee_sizes, field_sizes
from evalclient.core.method.tally.tally import tally
from tests.core.method.random_cases import Case
from tests.core.method.samples import TWO, aggregation, item, method, preset_method, price_part, section, word

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


def scored(bands: list[dict[str, object]], **rule: object) -> Method:
    return method(
        [section("part", item("plan", "40"))],
        price_part("60", *lowest_first()),
        rule=aggregation("item", bands=bands, **rule),
    )


@pytest.mark.parametrize(
    ("bands", "rule", "sizes"),
    [
        ([], {}, (5,)),
        ([{"at_least": 5, "highest": 1}], {}, (5,)),
        ([{"at_least": 7, "highest": 1}], {}, (5, 7)),
        ([{"at_least": 8, "highest": 1}], {"void_widest_from": 12}, (5, 7, 9, 11, 13)),
        ([{"at_least": 1000, "highest": 1}], {}, (5,)),
    ],
)
def test_committees_stand_on_either_side_of_each_band_of_members(
    bands: list[dict[str, object]], rule: dict[str, object], sizes: tuple[int, ...]
) -> None:
    document = scored(bands, **rule)
    assert committee_sizes(document) == sizes
    bids = RandomBids(document, Random(1))
    assert {len(bids.entries().members) for _ in range(60)} == set(sizes)


def test_a_sections_own_band_of_members_is_reached() -> None:
    document = scored([])
    part = document.sections[0]
    own = SectionRule(bands=(TrimBand(at_least=9, highest=1),), group=TWO, section=None)
    document = msgspec.structs.replace(document, sections=(msgspec.structs.replace(part, rule=own),))
    assert committee_sizes(document) == (5, 7, 9)


def test_so_many_bid_as_the_formula_tells_apart() -> None:
    bands = (TrimBand(at_least=5, highest=1), TrimBand(at_least=20, highest=3))
    steps = (
        Trim(id="kept", title=word("kept"), bands=bands),
        Count(id="n", title=word("n")),
        Choose(id="c", title=word("c"), of="n", test="ge", than="30", then="1", otherwise="2"),
        Bands(id="b", title=word("b"), of="n", table=(Band(None, "1"), Band("10.5", "2"), Band("100", "3"))),
    )
    document = method([section("part", item("plan", "40"))], price_part("60", *steps, *lowest_first()))
    assert field_sizes(document) == (10, 11, 14, 19, 20, 23, 29, 30, 33)
    bids = RandomBids(document, Random(1))
    seen = {len(bids.entries().bidders) for _ in range(300)}
    assert seen == {4, 5, 6, 7, 8, 9, 10, 11, 14, 19, 20, 23, 29, 30, 33}
    assert tried(document, samples=30).stopped == ()


def test_a_method_that_stops_only_where_twenty_bid_is_found() -> None:
    document = method(
        [section("part", item("plan", "40"))],
        price_part(
            "60",
            Trim(id="kept", title=word("kept"), bands=(TrimBand(at_least=20, highest=1),)),
            Count(id="n", title=word("n"), population="kept"),
            Choose(id="c", title=word("c"), of="n", test="ge", than="19", then="0", otherwise="1"),
            Ratio(id="r", title=word("r"), of="price", to="c"),
            *lowest_first(),
        ),
    )
    (stop,) = tried(document, samples=60).stopped
    assert stop.path == "$.price.steps[3]"
    assert len(stop.example.bidders) >= 20


@pytest.mark.parametrize("missing", ["refuse", "default", "highest", "mean", "lowest"])
def test_a_quantity_is_left_out_now_and_then_where_it_may_be(missing: str) -> None:
    document = method(
        [section("part", item("plan", "40"))],
        price_part("60", Sum(id="all", title=word("all"), terms=("price", "days")), *lowest_first()),
        quantities=("days",),
    )
    days = msgspec.convert(
        {"id": "days", "title": word("days"), "missing": missing, "default": "7" if missing == "default" else None},
        Quantity,
        from_attributes=True,
    )
    document = msgspec.structs.replace(document, quantities=(days,))
    assert problems(document) == ()
    bids = RandomBids(document, Random(1))
    stated = [bool(entry.quantities) for _ in range(50) for entry in bids.entries().bidders]
    assert all(stated) == (missing == "refuse")
    assert sum(stated) > len(stated) / 2
    assert tried(document).stopped == ()


def test_the_finest_steps_are_reckoned_not_listed() -> None:
    document = method([section("part", item("plan", "100", "0.001"))], keys=(("technical", "highest"),))
    found = tried(document, samples=3)
    assert found.quality.tried > 0
    assert found.quality.lost == 0
    scale = scale_of(item("plan", "100", "0.000001"))
    assert len(scale) == 100_000_001
    assert scale.index(scale[99_999_999]) == 99_999_999
    assert scale[99_999_999] == "99.999999"


@pytest.mark.parametrize(("step", "sound"), [("0.001", True), ("0.0005", False), ("0.000001", False)])
def test_an_item_has_at_most_a_hundred_thousand_steps(step: str, sound: bool) -> None:
    found = problems(method([section("part", item("plan", "100", step))], keys=(("technical", "highest"),)))
    assert [problem.path for problem in found] == ([] if sound else ["$.sections[0].items[0].step"])
    if not sound:
        assert found[0].en == "the step is too small: at most 100000 steps from minimum to maximum"
