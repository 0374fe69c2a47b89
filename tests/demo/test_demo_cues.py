"""Who ends a stage of a demo waits for every window's picture of it, but not for ever."""

from __future__ import annotations

from pathlib import Path

from evalclient.demo.cues import Cues, Prompter


def test_a_stage_is_ended_once_every_window_has_its_picture(tmp_path: Path) -> None:
    prompter = Prompter(tmp_path / "cues", ("m1", "m2"))
    cues = Cues(prompter.folder)
    prompter.heard("m1", "archive")
    prompter.heard("m1", "archive")
    assert not cues.given("archive")
    prompter.heard("m2", "archive")
    assert cues.given("archive")
    assert not cues.given("ready")


def test_a_window_that_never_comes_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    cues = Cues(Prompter(tmp_path / "cues", ("m1",)).folder, patience=0.0)
    assert cues.given("archive")


def test_where_nobody_looks_on_nobody_waits() -> None:
    assert Cues().given("archive")
