"""What an organiser does at his page in tests: go to a section, fill in a line, choose, hand in a certificate."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from evalclient.ui.pages.organiser import OrganiserPage
from tests.builders.desk_people import key_of
from tests.gui.office_room import OfficeSitting


def go(sat: OfficeSitting, section: str) -> None:
    """Bring a section into view, as a click on its name does."""
    button = sat.find(f"section-{section}", QAbstractButton)
    assert isinstance(button, QAbstractButton)
    button.click()
    page = sat.pages
    assert isinstance(page, OrganiserPage)
    assert page.sections.current == section


def put(qtbot: QtBot, sat: OfficeSitting, name: str, text: str) -> None:
    """Replace what stands in a line."""
    field = sat.find(name, QLineEdit)
    assert isinstance(field, QLineEdit)
    sat.wait(qtbot, field.isVisible)
    field.clear()
    sat.type(name, text)
    field.editingFinished.emit()


def choose(sat: OfficeSitting, name: str, value: str) -> None:
    """Choose a value of a drop-down list."""
    box = sat.find(name, QComboBox)
    assert isinstance(box, QComboBox)
    assert box.isEnabled()
    box.setCurrentIndex(box.findData(value))


def certificate_file(folder: Path, name: str, place: str) -> Path:
    """A person's certificate as a file."""
    path = folder / f"{place}.cer"
    path.write_bytes(key_of(name, place).certificate)
    return path
