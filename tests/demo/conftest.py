"""The newcomer who plays a demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.demo.newcomer import Newcomer


@pytest.fixture
def newcomer(qtbot: QtBot, tmp_path: Path) -> Iterator[Newcomer]:
    """Everything of the evening ends with the test."""
    person = Newcomer(qtbot, tmp_path)
    yield person
    person.leave()
