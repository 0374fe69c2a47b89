"""The demo played at the supervisor's seat."""

from __future__ import annotations

from evalclient.core.evaluation.state import stage_index
from tests.demo.newcomer import Newcomer


def test_a_newcomer_plays_the_supervisor_to_the_end(newcomer: Newcomer) -> None:
    newcomer.sit_down("supervisor")
    live = newcomer.live
    newcomer.wait(lambda: live.evaluation.members)
    assert stage_index(live.evaluation.stage) < stage_index("scoring")
    sentence, article = newcomer.peek()
    assert sentence == "全体评委封存之前，任何人不得查看他人的评审内容。"
    assert article == "招标投标法 第四十四条"

    newcomer.wait(lambda: live.evaluation.rollback)
    assert live.evaluation.stage == "price"
    assert "签名批准回退" in newcomer.guided()
    newcomer.see_the_changed_digit_named()
    newcomer.see_the_dishonest_centre_caught()

    # His answer is given without the network; it counts once it has reached the centre.
    newcomer.work_without_the_network(lambda: live.evaluation.round == 2)
    newcomer.wait(lambda: live.logged.round == 2)

    newcomer.see_the_end()
    assert any(person == "supervisor" for person, _stage, _size in live.evaluation.cosigned)
