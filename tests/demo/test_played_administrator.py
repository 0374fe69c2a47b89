"""The demo played at the seat of the main site's administrator."""

from __future__ import annotations

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members
from tests.demo.newcomer import Newcomer


def test_a_newcomer_plays_the_administrator_to_the_end(newcomer: Newcomer) -> None:
    newcomer.sit_down("administrator")
    live = newcomer.live
    assert "添加席位 MAIN-01、MAIN-02" in newcomer.guided()
    newcomer.work(lambda: live.evaluation.stage == "checkin")
    assert "登记签到" in newcomer.guided()

    # An office that never sees scores is told so, whatever has been sealed.
    sentence, article = newcomer.peek()
    assert sentence == "您的岗位无权查看评委的评审内容。"
    assert article == "招标投标法 第三十八条"
    newcomer.see_the_changed_digit_named()
    newcomer.see_the_dishonest_centre_caught()

    newcomer.wait(lambda: not _awaited(live.evaluation))
    newcomer.work_without_the_network(lambda: not _to_check_in(live.evaluation))
    assert not _to_check_in(live.logged)

    newcomer.see_the_end()


def _awaited(evaluation: Evaluation) -> list[str]:
    """Members of the main site who have not signed in yet."""
    here = [member.person for member in active_members(evaluation) if member.site == "main"]
    assert here
    return [person for person in here if evaluation.roster.session_of(person) is None]


def _to_check_in(evaluation: Evaluation) -> list[str]:
    return [member.person for member in active_members(evaluation) if member.site == "main" and not member.arrival]
