"""The demo played at an expert's seat."""

from __future__ import annotations

from evalclient.core.evaluation.views import seal_by
from tests.demo.newcomer import Newcomer


def test_a_newcomer_plays_the_expert_to_the_end(newcomer: Newcomer) -> None:
    newcomer.sit_down("expert")
    live = newcomer.live
    assert ("m2", "earlier") in live.evaluation.practice_fills
    newcomer.wait(lambda: live.evaluation.stage == "pledge")
    assert "签署承诺书" in newcomer.guided()
    newcomer.work(lambda: live.evaluation.stage == "preliminary")
    assert "封存评审意见" in newcomer.guided()
    assert newcomer.says("guide-step")[0] == "组织方开放投标文件，请稍候。"  # what lies further back has made room

    sentence, article = newcomer.peek()
    assert article == "招标投标法 第四十四条"
    assert "不能查看其他评委的评审内容" in sentence
    assert seal_by(live.evaluation, "m2", "review.sealed") is None
    newcomer.work_without_the_network(lambda: True)
    newcomer.see_the_changed_digit_named()
    newcomer.see_the_dishonest_centre_caught()

    conclusion = newcomer.see_the_end()
    assert conclusion.pictures is not None
    assert any(conclusion.pictures.glob("*-scoring-m2.png"))
