from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from evalclient.core.errors import EvalclientError
from evalclient.core.method.document.parts import Limit, Method, Thresholds, TotalPart
from evalclient.core.method.entry.entries import Place, TallyInput, result_bytes
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import Choose, Subtract, Sum
from evalclient.core.method.formula.steps import Maximum, Mean, TrimBand, Within
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.robustness.analysis import Robustness, robustness, robustness_bytes
from evalclient.core.method.tally.tally import tally
from evalclient.core.records.envelope import digest
from tests.core.method.robust_cases import Nearest, by_definition, cases, outcome
from tests.core.method.samples import aggregation, entries, fixed, item, method, price_part, section, word

Case = tuple[Method, TallyInput]
slow = settings(suppress_health_check=list(HealthCheck), deadline=None)


def agreed(document: Method, entries: TallyInput) -> Nearest:
    """What a tally for every value gives, after comparing it with what is told."""
    expected = by_definition(document, entries)
    found = robustness(document, entries)
    assert found.scores_examined == len(expected)
    told = {
        (score.bidder, score.member, score.item): (
            None if score.first is None else (score.first.steps, score.first.to),
            (score.candidates.steps, score.candidates.to),
        )
        for score in found.scores
    }
    for key, nearest in expected.items():
        assert told.get(key, (None, None)) == nearest, key
    return expected


@settings(slow, max_examples=60)
@given(cases)
def test_every_score_is_judged_as_if_everything_were_tallied_anew(case: Case) -> None:
    document, entries = case
    assume(outcome(document, entries) is not None)
    for nearest in agreed(document, entries).values():
        event("something changes" if nearest[1] else "nothing changes")


@settings(slow, max_examples=40)
@given(cases)
def test_the_result_without_a_member_is_the_tally_without_him(case: Case) -> None:
    document, entries = case
    assume(outcome(document, entries) is not None)
    for line in robustness(document, entries).members:
        rest = [member for member in entries.members if member != line.member]
        less = msgspec.structs.replace(
            entries,
            members=tuple(rest),
            sheets={member: entries.sheets[member] for member in rest},
            replaced=tuple(one for one in entries.replaced if one.member in rest),
            drawn_member=entries.drawn_member if entries.drawn_member in rest else None,
        )
        try:
            ranking = tally(document, less).ranking if rest else ()
        except EntriesRefused:
            assert line.impossible == "not_computable"
            continue
        assert line.ranking == ranking
        assert (line.impossible == "no_member_left") == (not rest)


def totals(*marks: str) -> dict[str, dict[str, dict[str, str]]]:
    """Two bidders whom every member gives one mark: "8 7" is 8 for a, 7 for b."""
    pairs = [one.split() for one in marks]
    return {f"m{at}": {"a": {"i": pair[0]}, "b": {"i": pair[1]}} for at, pair in enumerate(pairs, start=1)}


def two(*marks: str, **rule: object) -> Case:
    document = method([section("s", item("i", "100"))], rule=aggregation("total", **rule), keys=(("total", "highest"),))
    return document, entries({"a": "1", "b": "1"}, totals(*marks))


def test_the_order_of_rounding_decides_where_the_domain_study_says_so() -> None:
    """Rounded item means add up to 20.34 against 20.33; the means of the totals are equal and the lower price wins."""
    x = ["0 7 1.5 5", "9.5 7.5 9.5 3", "1.5 8 0 8.5"]
    y = ["4.5 6.5 3 5", "6.5 10 9.5 3", "2.5 2.5 0.5 7.5"]
    names = [f"i{at}" for at in range(4)]
    sheets = {
        f"m{at}": {bidder: dict(zip(names, row.split(), strict=True)) for bidder, row in (("x", x[at]), ("y", y[at]))}
        for at in range(3)
    }
    document = method([section("s", *(item(name, "10") for name in names))], rule=aggregation("total"))
    found = robustness(document, entries({"x": "200", "y": "100"}, sheets))
    assert found.first == ("y",)
    by_level = {other.level: other for other in found.levels}
    assert by_level["item"].first == ("x",)
    assert by_level["item"].changes_first
    assert by_level["item"].candidates == (Place(place=1, bidders=("x",)), Place(place=2, bidders=("y",)))
    assert not by_level["section"].changes_candidates
    assert "total" not in by_level


def test_a_rounding_that_decides_is_named_with_its_place_in_the_document() -> None:
    document, given_marks = two("80 80", "80 80", "80.5 80", group={"places": 0})
    found = robustness(document, given_marks)
    assert found.first == ("a", "b")
    assert found.roundings_tried == 5 + 6  # three modes, a place more, none; at the total also a place fewer
    told = {(other.path, other.rounding): other.first for other in found.roundings}
    assert told == {
        ("$.aggregation.group", Rounding(0, "up")): ("a",),
        ("$.aggregation.group", Rounding(1)): ("a",),
        ("$.aggregation.group", None): ("a",),
    }


def test_trimming_and_a_member_less_show_what_one_outlier_did() -> None:
    """82, 85, 79, 91 and 60 of the domain study: mean 79.40, without highest and lowest 82."""
    found = robustness(*two("82 80", "85 80", "79 80", "91 80", "60 80"))
    assert found.first == ("b",)
    trimmings = {other.highest: other for other in found.trimmings}
    assert sorted(trimmings) == [0, 1, 2]
    assert not trimmings[0].changes_first
    assert trimmings[1].first == trimmings[2].first == ("a",)
    changing = [line.member for line in found.members if line.changes_first]
    assert changing == ["m5"]


def test_a_member_less_may_mean_that_the_document_trims_no_longer() -> None:
    bands = (TrimBand(at_least=3, highest=1, lowest=1),)
    found = robustness(*two("82 80", "85 80", "79 80", bands=bands))
    assert all(line.other_trimming for line in found.members)
    assert not any(line.other_trimming for line in robustness(*two("82 80", "85 80", "79 80")).members)


def test_without_the_only_member_there_is_nothing_left() -> None:
    (line,) = robustness(*two("82 80")).members
    assert line.impossible == "no_member_left"
    assert (line.ranking, line.candidates, line.changes_first) == ((), (), False)


def test_a_score_is_pivotal_when_the_next_value_is_enough() -> None:
    found = robustness(*two("80 80", "80.5 80"))
    told = {(score.member, score.bidder): score for score in found.scores}
    assert len(told) == 4
    assert all(score.pivotal for score in told.values())
    assert found.pivotal == 4
    down = told["m2", "a"].first
    assert down is not None
    assert (down.to, down.steps, down.first) == ("80", 1, ("a", "b"))
    assert down.candidates == (Place(place=1, bidders=("a", "b")),)


def test_the_most_decisive_scores_come_first() -> None:
    document = method(
        [section("s", fixed("f", "0", "2", "10"), item("i", "10", "1"))],
        rule=aggregation(group=None),
        keys=(("total", "highest"),),
    )
    sheets = {"m": {"a": {"f": "10", "i": "5"}, "b": {"f": "2", "i": "10"}}}
    found = robustness(document, entries({"a": "1", "b": "1"}, sheets))
    assert [(s.bidder, s.item, s.first and (s.first.steps, s.first.to)) for s in found.scores] == [
        ("a", "f", (1, "2")),
        ("b", "f", (1, "10")),
        ("a", "i", (3, "2")),
    ]


def test_who_is_out_has_no_scores_to_examine_and_thresholds_count() -> None:
    document, marks = two("60 59.5", "60 59.5")
    document = msgspec.structs.replace(document, thresholds=Thresholds(minimum_technical="60"))
    found = robustness(document, marks)
    assert found.first == ("a",)
    told = {(score.member, score.bidder): score for score in found.scores}
    lost = told["m1", "a"].first
    assert lost is not None
    assert (lost.to, lost.first, lost.candidates) == ("59.5", (), ())
    gained = told["m1", "b"].candidates
    assert (gained.to, gained.steps, gained.first) == ("60.5", 2, ("a", "b"))


def marks(**given_marks: str) -> TallyInput:
    """One member, one item: bidder → mark."""
    return entries(dict.fromkeys(given_marks, "100"), {"m": {b: {"i": mark} for b, mark in given_marks.items()}})


def test_a_value_beyond_which_the_tally_stops_does_not_hide_a_nearer_one() -> None:
    """Where a is below the least technical score nobody is left in the band and the tally stops."""
    steps = (
        Within(id="kept", title=word("kept"), low="95"),
        Mean(id="mean", title=word("mean"), population="kept"),
        Subtract(id="none", title=word("none"), of="price", less="price"),
    )
    document = method(
        [section("s", item("i", "10"))],
        price_part("1", *steps),
        keys=(("total", "highest"),),
        thresholds=Thresholds(minimum_technical="3"),
    )
    given_marks = entries({"a": "100", "b": "50"}, {"m": {"a": {"i": "5"}, "b": {"i": "4.5"}}})
    assert agreed(document, given_marks)["a", "m", "i"] == ((1, "4.5"), (1, "4.5"))


def test_a_lower_score_may_win_where_a_key_says_so() -> None:
    """Totals in whole points, then the lower score: 10.2 loses to 10, from 9.8 on it wins, at 9.4 it is a point less."""
    document = method(
        [section("s", item("i", "20", "0.2"))],
        rule=aggregation(group=None),
        keys=(("total", "highest"), ("technical", "lowest")),
        total=Rounding(0),
    )
    assert agreed(document, marks(a="10.2", b="10"))["a", "m", "i"] == ((1, "10"), (1, "10"))


def test_who_is_rejected_by_a_limit_no_longer_counts_in_the_steps_to_the_total() -> None:
    """The most months of those still in cost five points: when c is rejected for his score, b loses them."""
    bonus = (
        Maximum(id="top", title=word("top"), population="valid", of="months"),
        Choose(id="bonus", title=word("bonus"), of="months", test="ge", than="top", then="0", otherwise="5"),
        Sum(id="t", title=word("t"), terms=("technical", "bonus")),
    )
    document = method(
        [section("s", item("i", "10"))],
        keys=(("total", "highest"),),
        quantities=("months",),
        limits=(Limit(of="technical", test="gt", than="8", reason=word("limit"), article="1"),),
        candidates=1,
    )
    document = msgspec.structs.replace(document, total=TotalPart(rounding=None, steps=bonus, score="t"))
    months = {"a": {"months": "1"}, "b": {"months": "2"}, "c": {"months": "3"}}
    sheets = {"m": {"a": {"i": "7"}, "b": {"i": "7.5"}, "c": {"i": "7"}}}
    found = agreed(document, entries({"a": "1", "b": "1", "c": "1"}, sheets, months))
    assert found["c", "m", "i"] == ((3, "8.5"), (3, "8.5"))


def test_another_bidder_among_the_undecided_is_a_change() -> None:
    document = method([section("s", item("i", "10"))], keys=(("total", "highest"),), candidates=2)
    found = robustness(document, marks(x="10", a="5", b="5", c="4.5"))
    assert found.undecided == ("a", "b")
    change = next(score.candidates for score in found.scores if score.bidder == "c")
    assert (change.to, change.undecided) == ("5", ("a", "b", "c"))


def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[tuple[int, int]] = []
    document, marks = two("80 79", "80 79")
    robustness(document, marks, lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == list(range(told[-1][1] + 1))

    class Stopped(Exception):
        pass

    def stop(done: int, _whole: int) -> None:
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        robustness(document, marks, stop)


def test_it_names_the_result_it_is_about_and_reads_back_from_its_bytes() -> None:
    document, marks = two("80 79", "80 79.5", "81 82")
    found = robustness(document, marks)
    assert found.result == digest(result_bytes(tally(document, marks)))
    assert msgspec.json.decode(robustness_bytes(found), type=Robustness, strict=True) == found
    assert robustness_bytes(robustness(document, marks)) == robustness_bytes(found)


def test_an_input_without_a_result_is_refused() -> None:
    document, marks = two("80 79")
    with pytest.raises(EvalclientError):
        robustness(document, msgspec.structs.replace(marks, sheets={}))
