"""The window's link: a log kept from a member is trouble, and what is done here does not wait for news."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evalclient.app import link as link_module
from evalclient.app.link import Link, LinkState
from evalclient.core.records.acts_committee import Score
from evalclient.desk.expert import Expert
from evalclient.desk.seat import Seat
from evalclient.sync.round import Round
from evalclient.sync.wire import LONGEST_WAIT, Problem, encode
from evalclient.ui.jobs import Lane
from tests.builders.centre import CentreProcess, centre_process
from tests.builders.real_seats import Place

__all__ = ["centre_process"]


class _Withholding(BaseHTTPRequestHandler):
    """Answers as the centre answers bidders, whoever asks."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = encode(Problem("投标截止前不提供评标日志。", "Not before the deadline."))
        self.send_response(425)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing into the tests' output."""


@pytest.fixture
def withholding() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Withholding) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_log_kept_from_a_member_is_trouble(
    centre_process: CentreProcess, withholding: str, tmp_path: Path, qtbot: QtBot
) -> None:
    seat = Place(centre_process, tmp_path).sit("m1")
    seat.centre._transport._url = withholding
    lane = Lane("net")
    outgoing = Lane("outgoing")
    link = Link(seat, lane, outgoing)
    states: list[LinkState] = []
    link.changed.connect(states.append)
    link.start()
    qtbot.waitUntil(lambda: bool(states), timeout=20_000)
    link.stop()
    assert lane.stop()
    assert outgoing.stop()
    seat.close()
    assert {state.phase for state in states} == {"trouble"}
    (problem,) = {state.problem for state in states}
    assert problem is not None
    assert "立即报告监督人员" in problem.zh
    assert "keeps the log from this seat" in problem.en


def test_what_is_done_here_does_not_wait_for_news(
    centre_process: CentreProcess, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round waits longer than this test would; the record goes out beside it, and is the news that ends the wait."""
    seat = Place(centre_process, tmp_path).sit("m1")
    lane, outgoing = Lane("net"), Lane("outgoing")
    link = Link(seat, lane, outgoing)
    link.start()
    qtbot.waitUntil(lambda: link.state.phase == "online", timeout=20_000)
    began: list[float] = []
    turn = link_module._turn

    def watched(seat: Seat, round_: Round) -> object:
        began.append(link_module.WAIT)
        return turn(seat, round_)

    monkeypatch.setattr(link_module, "WAIT", LONGEST_WAIT)
    monkeypatch.setattr(link_module, "_turn", watched)
    qtbot.waitUntil(lambda: bool(began), timeout=20_000)
    monkeypatch.setattr(link_module, "WAIT", 0.0)
    Expert(seat.desk).save_score("bid", "plan", Score("13.5"))
    assert seat.log.pending()
    link.send()
    qtbot.waitUntil(lambda: not seat.log.pending(), timeout=15_000)
    link.stop()
    assert lane.stop()
    assert outgoing.stop()
    assert began[0] == LONGEST_WAIT
    assert seat.log.receipts()
    seat.close()
