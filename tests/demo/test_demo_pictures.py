"""A picture bears the name of the stage that the window shows, or there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from evalclient.demo import pictures
from evalclient.demo.pictures import Photographer
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live
from tests.builders.desks import desks_at


def test_no_picture_bears_the_name_of_a_stage_that_has_gone_by(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SETTLE", 700)
    desks = desks_at("pledge")
    window = QLabel("a window")
    qtbot.addWidget(window)
    lane, key = Lane("desk"), Lane("key")
    live = Live(desks.desk("supervisor"), lane, key)
    desks.attend("supervisor", live)
    photographer = Photographer(window, "supervisor", tmp_path)
    with qtbot.waitSignal(photographer.taken, timeout=20_000) as first:
        photographer.follow(live)
        meanwhile = photographer.busy
    assert (meanwhile, photographer.busy) == (True, False)
    with (
        qtbot.waitSignal(photographer.missed, timeout=20_000) as late,
        qtbot.waitSignal(photographer.taken, timeout=20_000) as following,
    ):
        photographer.take("late")
        desks.step()
        desks.share()
        qtbot.waitUntil(lambda: live.evaluation.stage == "leader", timeout=20_000)
    assert (first.args, late.args, following.args) == (["pledge", ""], ["pledge", "late"], ["leader", ""])
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["03-pledge-supervisor.png", "04-leader-supervisor.png"]
    assert key.stop()
    assert lane.stop()
