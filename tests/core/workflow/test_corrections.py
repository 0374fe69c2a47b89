"""After reveal a score changes in the lawful cases only: differences, range, abnormal scores; the old value stays."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.evaluation.results import bids_in_scoring, differences, flags, result_digest, unsettled
from evalclient.core.evaluation.views import correction_of, scores, sheets_as_sealed
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_committee import ScoreCorrected, ScoreMaintained, SummaryRecorded
from tests.builders.documents import method_of, rules_of
from tests.builders.evening import Evening, bidder_id, evening_at

REGULATION = "招标投标法实施条例 第四十九条"
ORDER = "87号令 第六十四条"
BIDDER = bidder_id(1)
both_trades = pytest.mark.parametrize(("trade", "article"), [("construction", REGULATION), ("procurement", ORDER)])


def correction(
    old: str, new: str, item: str = "record", case: str = "objective", reason: str = "复核证书"
) -> ScoreCorrected:
    return ScoreCorrected(bidder=BIDDER, item=item, old=old, new=new, case=case, reason=reason)  # type: ignore[arg-type]


def differing(trade: Trade = "construction", stage: Stage = "settlement") -> Evening:
    """m2 gives 5 on the objective item ``record`` of the first bidder, the others 10."""
    return evening_at("scoring", trade).score({("m2", BIDDER, "record"): "5"}).until(stage)


def extreme(value: str = "2", trade: Trade = "construction") -> Evening:
    """At the re-check, m3's total for the first bidder far below the others'."""
    low = {("m3", BIDDER, item): value for item in ("plan", "quality", "service")}
    return evening_at("scoring", trade).score(low).settle().confirm_price().sum_up()


# -- objective differences ---------------------------------------------------------------------------------------------


def test_without_differences_there_is_nothing_to_settle() -> None:
    evening = evening_at("settlement")
    assert differences(evening.evaluation) == ()
    assert evening.may("m1", evening.closing_act()).allowed


def test_procurement_does_not_go_on_with_a_difference() -> None:
    evening = differing("procurement")
    (entry,) = differences(evening.evaluation)
    assert (entry.bidder, entry.item, entry.values["m2"]) == (BIDDER, "record", "5")
    for person in evening.members:
        evening.do(person, ScoreMaintained(bidder=BIDDER, item="record", reason="以原件为准"))
    evening.assert_refused("m1", evening.closing_act(), article=ORDER, saying="Objective differences not corrected: 1")
    evening.correct("m2", BIDDER, "record", "10").close()
    assert evening.stage == "price"


def test_construction_lets_a_difference_stand_once_everybody_has_explained() -> None:
    evening = differing()
    *most, last = evening.members
    for person in most:
        evening.do(person, ScoreMaintained(bidder=BIDDER, item="record", reason="以原件为准"))
    evening.assert_refused("m1", evening.closing_act(), article=REGULATION, saying="neither corrected nor explained")
    evening.do(last, ScoreMaintained(bidder=BIDDER, item="record", reason="以原件为准"))
    assert differences(evening.evaluation) != ()
    assert unsettled(evening.evaluation) == ()
    evening.close()


def test_a_correction_keeps_the_old_value() -> None:
    evening = differing().correct("m2", BIDDER, "record", "10")
    entry = correction_of(evening.evaluation, "m2", BIDDER, "record")
    assert entry is not None
    assert (entry.old, entry.new, entry.case) == ("5", "10", "objective")
    assert sheets_as_sealed(evening.evaluation)["m2"].scores[BIDDER]["record"].value == "5"
    assert scores(evening.evaluation)["m2"][BIDDER]["record"] == "10"
    assert correction_of(evening.evaluation, "m1", BIDDER, "record") is None


def test_a_maintained_score_stays_with_its_reason() -> None:
    evening = differing()
    evening.do("m2", ScoreMaintained(bidder=BIDDER, item="record", reason="业绩证明日期不符"))
    entry = correction_of(evening.evaluation, "m2", BIDDER, "record")
    assert entry is not None
    assert (entry.old, entry.new, entry.case, entry.reason) == ("5", "5", "maintained", "业绩证明日期不符")


@both_trades
def test_only_ones_own_present_score_is_corrected(trade: Trade, article: str) -> None:
    evening = differing(trade)
    stranger = msgspec.structs.replace(correction("5", "10"), bidder=bidder_id(6))
    for person, act in (
        ("m1", correction("5", "10")),
        ("m2", correction("10", "5")),
        ("m2", correction("5", "10", item="nothing")),
        ("m2", stranger),
    ):
        evening.assert_refused(person, act, article=article, saying="no such score, or it has changed")


@both_trades
@pytest.mark.parametrize(
    ("act", "saying"),
    [
        (correction("5", "10", reason=" "), "needs its reason"),
        (correction("5", "5"), "equals the old one"),
        (correction("5", "7"), "choose one of 0, 5, 10"),
        (correction("5", "10", case="sum"), "a wrong sum is summed up anew by the leader"),
        (correction("5", "10", case="range"), "within what the method allows"),
        (correction("5", "10", case="abnormal"), "settled at the re-check"),
    ],
)
def test_a_correction_needs_a_lawful_case_and_a_lawful_value(
    act: ScoreCorrected, saying: str, trade: Trade, article: str
) -> None:
    differing(trade).assert_refused("m2", act, article=article, saying=saying)


@both_trades
def test_an_agreed_or_subjective_score_is_no_objective_difference(trade: Trade, article: str) -> None:
    evening = differing(trade)
    for item in ("standing", "plan"):
        old = evening.current_score("m2", BIDDER, item)
        evening.assert_refused(
            "m2",
            correction(old, "0", item=item),
            article=article,
            saying="not an objective item on which members differ",
        )


def test_a_case_that_the_rules_do_not_know_is_refused() -> None:
    rules = rules_of("construction").replace(b'["sum", "range", "objective", "abnormal"]', b'["range"]')
    evening = Evening(rules=rules).until("scoring").score({("m2", BIDDER, "record"): "5"})
    evening.assert_refused("m2", correction("5", "10"), article=REGULATION, saying="in the lawful cases only")


def test_keeping_a_score_needs_a_score_and_a_reason() -> None:
    evening = differing()
    for act, saying in (
        (ScoreMaintained(bidder=BIDDER, item="nothing", reason="x"), "no such score"),
        (ScoreMaintained(bidder=bidder_id(6), item="record", reason="x"), "no such score"),
        (ScoreMaintained(bidder=BIDDER, item="record", reason=" "), "needs a written reason"),
    ):
        evening.assert_refused("m2", act, article=REGULATION, saying=saying)


# -- range -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["21", "7.3", "-1"])
def test_a_score_out_of_range_is_flagged_and_may_be_corrected(value: str) -> None:
    evening = evening_at("scoring", "procurement").score({("m2", BIDDER, "plan"): value})
    assert f"range/m2/{BIDDER}/plan" in {flag.id for flag in flags(evening.evaluation)}
    evening.do("m2", correction(value, "16", item="plan", case="range"))
    assert f"range/m2/{BIDDER}/plan" not in {flag.id for flag in flags(evening.evaluation)}


def out_of_range(trade: Trade) -> Evening:
    """At the re-check, m2's score of the last bid above all that the method gives, so that it comes first."""
    evening = evening_at("scoring", trade)
    last = bids_in_scoring(evening.evaluation)[-1].bidder
    return evening.score({("m2", last, "plan"): "999"}).settle().confirm_price().sum_up()


RANGE = {"construction": "招标投标法实施条例 第四十九条", "procurement": "87号令 第六十四条第二项"}


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_the_re_check_does_not_end_over_a_score_out_of_range(trade: Trade) -> None:
    evening = out_of_range(trade)
    last = bids_in_scoring(evening.evaluation)[-1].bidder
    for act in (evening.recheck_act(), evening.closing_act()):
        evening.assert_refused("m1", act, article=RANGE[trade], saying="999 is above 0 to 20")
    evening.do("m2", msgspec.structs.replace(correction("999", "16", item="plan", case="range"), bidder=last))
    evening.sum_up(close=False).recheck()
    assert evening.stage == "candidates"


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_who_keeps_a_score_out_of_range_is_replaced_or_the_committee_goes_back(trade: Trade) -> None:
    evening = out_of_range(trade)
    replaced = evening.fork().replace("m2", "m6").until("candidates")
    assert "m2" not in scores(replaced.evaluation)
    back = evening.roll_back("scoring").until("candidates")
    assert all(flag.kind != "range" for flag in flags(back.evaluation))


# -- abnormal scores ---------------------------------------------------------------------------------------------------


@both_trades
def test_an_abnormal_score_is_corrected_by_who_gave_it_once_flagged(trade: Trade, article: str) -> None:
    evening = extreme(trade=trade)
    assert f"deviation/m3/{BIDDER}" in {flag.id for flag in flags(evening.evaluation)}
    evening.assert_refused(
        "m1",
        correction(evening.current_score("m1", BIDDER, "plan"), "2", item="plan", case="abnormal"),
        article=article,
        saying="does not flag this score as abnormal",
    )
    other = bidder_id(2)
    act = correction(evening.current_score("m3", other, "plan"), "2", item="plan", case="abnormal")
    evening.assert_refused(
        "m3", msgspec.structs.replace(act, bidder=other), article=article, saying="does not flag this score as abnormal"
    )
    evening.do("m3", correction("2", "14", item="plan", case="abnormal"))


@pytest.mark.parametrize(("level", "other"), [("item", "quality"), ("section", "record")])
def test_an_abnormal_score_is_measured_where_the_method_says(level: str, other: str) -> None:
    method = method_of("construction")
    measured = msgspec.structs.replace(method.flags, deviation_level=level)
    evening = Evening(method=msgspec.structs.replace(method, flags=measured)).until("scoring")
    evening.score({("m3", BIDDER, "plan"): "0"}).settle().confirm_price().sum_up()
    evening.assert_refused(
        "m3",
        correction(evening.current_score("m3", BIDDER, other), "0", item=other, case="abnormal"),
        article=REGULATION,
        saying="does not flag",
    )
    assert evening.may("m3", correction("0", "14", item="plan", case="abnormal")).allowed


def test_a_correction_after_the_summary_undoes_it_and_the_re_checks() -> None:
    evening = extreme()
    before = result_digest(evening.evaluation)
    evening.do("m1", evening.recheck_act())
    evening.do("m3", correction("2", "14", item="plan", case="abnormal"))
    assert (evening.evaluation.summary, evening.evaluation.rechecks) == ("", {})
    assert result_digest(evening.evaluation) != before
    evening.assert_refused("m1", evening.recheck_act(), article=REGULATION, saying="has not summed up (again) yet")
    evening.assert_refused("m1", evening.closing_act(), article="招标投标法 第四十条", saying="has not summed up yet")
    evening.assert_refused(
        "m1", SummaryRecorded(result=before), article=REGULATION, saying="not the one this log gives"
    )
    evening.sum_up(close=False).recheck()
    assert evening.stage == "candidates"


def test_a_range_correction_that_makes_a_difference_keeps_procurement_from_summing_up() -> None:
    change = {(f"m{n}", BIDDER, "record"): "7" for n in range(1, 6)}
    evening = evening_at("scoring", "procurement").score(change).until("recheck")
    evening.do("m2", correction("7", "10", case="range"))
    evening.assert_refused(
        "m1", SummaryRecorded(result=result_digest(evening.evaluation)), article=ORDER, saying="cannot sum up"
    )
    for person in ("m1", "m3", "m4", "m5"):
        evening.do(person, correction("7", "10", case="range"))
    evening.sum_up(close=False)
    assert evening.evaluation.summary == result_digest(evening.evaluation)
