"""The line that says what was time-stamped: nothing, one of the two, or both."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.state import Timestamped
from evalclient.ui.pages.stamped_line import StampedLine
from tests.builders.evening import evening_at


def test_it_says_what_was_stamped(qtbot: QtBot) -> None:
    line = StampedLine()
    qtbot.addWidget(line)
    evaluation = evening_at("ended").evaluation
    stamp = Timestamped(b"t", "0" * 64, 0, "organiser", "2026-11-24T02:00:00.000Z")
    line.follow(evaluation)
    assert line.isHidden()
    line.follow(replace(evaluation, report_stamp=stamp))
    assert not line.isHidden()
    assert line.text() == "评标报告已由时间戳服务机构盖时间戳（2026-11-24 10:00:00）。"
    line.follow(replace(evaluation, log_stamp=stamp))
    assert line.text().startswith("评标日志已由")
    line.follow(replace(evaluation, report_stamp=stamp, log_stamp=stamp))
    assert line.text().startswith("评标报告和评标日志已由")
