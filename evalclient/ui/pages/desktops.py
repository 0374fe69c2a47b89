"""The page of each office; a committee member's pages are in ``member_pages``."""

from __future__ import annotations

from evalclient.core.records.act import Role
from evalclient.ui.pages.administrator import AdministratorPage
from evalclient.ui.pages.office import Desktop, Office
from evalclient.ui.pages.organiser import OrganiserPage
from evalclient.ui.pages.supervisor import SupervisorPage


def desktop(role: Role, office: Office) -> Desktop:
    """The page for the role of an office."""
    if role == "organiser":
        return OrganiserPage(office)
    return AdministratorPage(office) if role == "administrator" else SupervisorPage(office)
