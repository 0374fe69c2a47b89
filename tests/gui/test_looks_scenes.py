"""The scenes of the picture books, looked at: members half-way through an act, and every section of the offices."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui import member_shots, office_shots
from tests.gui.looking import FEWER, data_of, look, look_at_dialog, shown_in

#: where a page shows something that the same page at rest does not
MEMBER_SCENES = (
    "06-leader-tie",
    "07-packages",
    "09-review-sealed",
    "10-review-group",
    "12-seat-confirm",
    "13-seat-sealed",
    "21-report-dissent",
)
#: a message above the page leaves it less than it needs at the largest text
CROWDED = {"13-seat-sealed"}
DIALOGS = ("22-other-matters", "23-colleague-sheet")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", MEMBER_SCENES)
def test_a_members_scene(scene: str, language: str, qtbot: QtBot) -> None:
    with shown_in(language), member_shots.staged(scene, language) as (frame, sit):
        look(frame, language, data_of(sit.desks, sit.live), qtbot, sizes=FEWER, crowded=scene in CROWDED)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", DIALOGS)
def test_a_dialog(scene: str, language: str, qtbot: QtBot) -> None:
    with shown_in(language), member_shots.staged(scene, language) as (frame, sit):
        (dialog,) = member_shots.dialogs(frame)
        look_at_dialog(dialog, language, data_of(sit.desks, sit.live), qtbot)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", list(office_shots.SCENES))
def test_an_offices_scene(scene: str, language: str, qtbot: QtBot) -> None:
    with shown_in(language), office_shots.staged(scene) as (frame, sat):
        look(frame, language, data_of(sat.desks, sat.live) | office_shots.SAID, qtbot, sizes=FEWER)
