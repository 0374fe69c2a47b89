"""Everybody with a window takes his receipts and the last checkpoint home; an archive has to agree with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evalclient.core.checkpoint import read_checkpoint
from tests.builders.archives import finished
from tests.gui.conftest import Sit, SitOffice
from tests.gui.member_room import Hand


@pytest.mark.parametrize("person", ["m1", "admin-a", "supervisor", "organiser"])
def test_receipts_are_saved_at_every_window(
    sit: Sit, sit_office: SitOffice, qtbot: QtBot, tmp_path: Path, person: str
) -> None:
    desks = finished().fork()
    sat: Hand = sit(desks, person) if person == "m1" else sit_office(desks, person)
    section = {"organiser": "ending", "supervisor": "log"}.get(person)
    if section is not None:
        sat.click(qtbot, f"section-{section}")
    sat.type("receipts-path", str(tmp_path / "home"))
    sat.click(qtbot, "save-receipts")
    sat.wait(qtbot, lambda: "已保存" in sat.says("receipts-result"))
    (checkpoint,) = (tmp_path / "home").glob("checkpoint-*.txt")
    assert read_checkpoint(checkpoint.read_text("utf-8")).size == len(desks.tape)
