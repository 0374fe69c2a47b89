"""Which page belongs to which stage."""

from __future__ import annotations

from typing import Final

from evalclient.core.records.act import Stage
from evalclient.ui.pages.candidates import CandidatesPage
from evalclient.ui.pages.ended import EndedPage
from evalclient.ui.pages.leader import LeaderPage
from evalclient.ui.pages.packages import PackagesPage
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.pledge import PledgePage
from evalclient.ui.pages.price import PricePage
from evalclient.ui.pages.recheck import RecheckPage
from evalclient.ui.pages.report import ReportPage
from evalclient.ui.pages.review import ReviewPage
from evalclient.ui.pages.seat import SeatPage
from evalclient.ui.pages.settlement import SettlementPage
from evalclient.ui.pages.summary import SummaryPage
from evalclient.ui.pages.waiting import WaitingPage

PAGES: Final[dict[Stage, type[MemberPage]]] = {
    "opening": WaitingPage,
    "ready": WaitingPage,
    "checkin": WaitingPage,
    "pledge": PledgePage,
    "leader": LeaderPage,
    "release": PackagesPage,
    "preliminary": ReviewPage,
    "scoring": SeatPage,
    "settlement": SettlementPage,
    "price": PricePage,
    "summary": SummaryPage,
    "recheck": RecheckPage,
    "candidates": CandidatesPage,
    "report": ReportPage,
    "archive": EndedPage,
    "ended": EndedPage,
}
