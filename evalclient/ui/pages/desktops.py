"""The page of each office; a committee member's pages are in ``member_pages``."""

from __future__ import annotations

from evalclient.core.records.act import Role
from evalclient.ui.pages.administrator import AdministratorPage
from evalclient.ui.pages.office import Desktop, Office
from evalclient.ui.pages.overview import OverviewPage


def desktop(role: Role, office: Office) -> Desktop:
    """The page for a role; offices without a page of their own see the course of the evaluation."""
    return AdministratorPage(office) if role == "administrator" else OverviewPage(office)
