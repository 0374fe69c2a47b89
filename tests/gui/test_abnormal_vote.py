"""The vote on abnormal scores at the re-check: offered to the others, with a reason, its state told, the result summed up anew."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.views import replaced_scores
from evalclient.core.records.acts_committee import AbnormalJudged
from evalclient.desk.expert import Expert
from tests.builders.desks import Desks
from tests.builders.documents import documents_of, method_of
from tests.gui.conftest import Sit


@lru_cache
def evening() -> Desks:
    method = method_of("construction")
    rule = msgspec.structs.replace(method.aggregation, replace_abnormal=True)
    documents = documents_of("construction", method=msgspec.structs.replace(method, aggregation=rule))
    desks = Desks("construction", documents=documents).until("scoring")
    desks.seal_sheets("m3", change={("m3", desks.bidders[0], item): "0" for item in ("plan", "quality", "service")})
    return desks.until("recheck")


def test_more_than_half_replace_a_members_scores_by_the_others_mean(sit: Sit, qtbot: QtBot) -> None:
    desks = evening().fork()
    bidder = desks.bidders[0]
    before = tally_result(desks.evaluation).line(bidder).technical
    act = AbnormalJudged(member="m3", bidder=bidder, abnormal=True, reason="与投标文件内容不符")
    for person in ("m4", "m5"):
        Expert(desks.desk(person)).judge_abnormal(act)
    desks.share()
    sat = sit(desks)
    assert "2/5 名成员认定" in " ".join(sat.texts())
    vote = sat.find("judge-abnormal-1")
    assert not vote.isEnabled()
    sat.click(qtbot, "abnormal-yes-1")
    assert not vote.isEnabled()
    sat.type("abnormal-reason-1", "三项均为零分，未见理由")
    qtbot.waitUntil(vote.isEnabled)
    sat.click(qtbot, "judge-abnormal-1")
    sat.wait(qtbot, lambda: replaced_scores(sat.live.evaluation) == (("m3", bidder),))
    qtbot.waitUntil(lambda: "3/5 名成员认定评分异常" in " ".join(sat.texts()))
    assert not sat.find("abnormal-yes-1").isVisible()
    assert tally_result(sat.live.evaluation).line(bidder).technical != before
    assert sat.find("sum-up-again").isVisible()


def test_whose_scores_are_judged_does_not_vote_himself(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(evening().fork(), "m3")
    assert "过半数成员认定评分异常的" in " ".join(sat.texts())
    assert not sat.find("abnormal-yes-1").isVisible()
