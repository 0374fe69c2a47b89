"""The committee's decision on abnormal scores (畸高、畸低): flagged, judged by the others, replaced by their mean."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from evalclient.core.evaluation.results import flags, tally_input, tally_result
from evalclient.core.evaluation.views import replaced_scores
from evalclient.core.method.document.parts import Method
from evalclient.core.records.acts_committee import AbnormalJudged
from tests.builders.documents import method_of
from tests.builders.evening import Evening, bidder_id
from tests.builders.reporting import content_of, text_of

BIDDER = bidder_id(1)
ARTICLE = "招标投标法实施条例 第四十九条"


def replacing() -> Method:
    method = method_of("construction")
    return msgspec.structs.replace(
        method, aggregation=msgspec.structs.replace(method.aggregation, replace_abnormal=True)
    )


def low(method: Method | None = None) -> Evening:
    """m3 scores the first bid far below the others."""
    evening = Evening(method=method or replacing()).until("scoring")
    change = {("m3", BIDDER, item): "0" for item in ("plan", "quality", "service")}
    return evening.score(change).until("recheck")


def view(
    abnormal: bool = True, member: str = "m3", bidder: str = BIDDER, reason: str = "与投标文件内容不符"
) -> AbnormalJudged:
    return AbnormalJudged(member=member, bidder=bidder, abnormal=abnormal, reason=reason)


def test_the_others_mean_stands_there_once_more_than_half_find_so() -> None:
    evening = low()
    assert f"deviation/m3/{BIDDER}" in {flag.id for flag in flags(evening.evaluation)}
    before = tally_result(evening.evaluation).line(BIDDER)
    summary = evening.evaluation.summary
    evening.do("m1", view())
    evening.do("m2", view(abnormal=False, reason="有依据"))
    evening.do("m4", view())
    assert replaced_scores(evening.evaluation) == ()
    assert evening.evaluation.summary == summary
    evening.do("m5", view())
    assert replaced_scores(evening.evaluation) == (("m3", BIDDER),)
    assert [one.member for one in tally_input(evening.evaluation).replaced] == ["m3"]
    after = tally_result(evening.evaluation).line(BIDDER)
    assert before.technical is not None
    assert after.technical is not None
    assert Decimal(after.technical) > Decimal(before.technical)
    assert evening.evaluation.summary == ""
    evening.sum_up(close=False).until("candidates")
    assert evening.evaluation.summary


def test_a_view_may_change_and_the_majority_with_it() -> None:
    evening = low()
    for person in ("m1", "m2", "m4"):
        evening.do(person, view())
    assert replaced_scores(evening.evaluation)
    evening.do("m4", view(abnormal=False, reason="复核后认为有依据"))
    assert replaced_scores(evening.evaluation) == ()


@pytest.mark.parametrize(
    ("person", "act", "saying"),
    [
        ("m3", view(), "The others judge your scores"),
        ("m1", view(reason=" "), "needs its reason"),
        ("m1", view(bidder=bidder_id(2)), "does not flag these scores"),
        ("m1", view(member="m2"), "does not flag these scores"),
    ],
)
def test_only_what_is_flagged_is_judged_by_the_others_with_a_reason(
    person: str, act: AbnormalJudged, saying: str
) -> None:
    low().assert_refused(person, act, article=ARTICLE, saying=saying)


def test_a_method_that_does_not_provide_for_it_replaces_nothing() -> None:
    low(method_of("construction")).assert_refused(
        "m1", view(), article=ARTICLE, saying="The method does not replace abnormal scores"
    )


def test_views_fall_away_with_the_stage_they_belong_to() -> None:
    evening = low()
    for person in ("m1", "m2", "m4"):
        evening.do(person, view())
    back = evening.fork().roll_back("scoring")
    assert back.evaluation.abnormal == {}
    replaced = evening.replace("m3", "m6")
    assert replaced.evaluation.abnormal == {}


def test_the_report_says_who_judged_what_and_what_became_of_it() -> None:
    evening = low()
    evening.do("m1", view(abnormal=False, reason="有依据"))
    assert "未形成多数意见" in text_of(content_of(evening.fork().until("report")))
    for person in ("m2", "m4", "m5"):
        evening.do(person, view())
    said = text_of(content_of(evening.sum_up(close=False).until("report")))
    assert "评分畸高、畸低的认定" in said
    assert "以其他评委平均值替代" in said
