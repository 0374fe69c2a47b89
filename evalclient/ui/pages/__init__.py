"""A committee member's pages, one per stage; ``member_pages.MemberPages`` shows the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evalclient.core.records.act import Stage
    from evalclient.ui.pages.page import MemberPage


def member_page(stage: Stage) -> type[MemberPage]:
    """The page that a committee member sees at ``stage``; loaded on first use, so that sign-in paints at once."""
    from evalclient.ui.pages.registry import PAGES

    return PAGES[stage]
