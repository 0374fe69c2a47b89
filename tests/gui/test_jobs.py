"""Lanes: results on the GUI thread, weak receivers, cancellation, shutdown."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from evalclient.ui.jobs import BEHIND, CancelToken, Lane, Lanes


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: set[int] = set()

    def take(self, value: object) -> None:
        self.got.append(value)
        self.threads.add(threading.get_ident())


@pytest.fixture
def lane(qapp: object) -> Iterator[Lane]:
    lane = Lane("desk")
    yield lane
    assert lane.stop()


def test_work_runs_elsewhere_and_its_result_arrives_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    receiver = Receiver()
    lane.submit(threading.get_ident, done=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.got) == 1)
    assert receiver.got != [threading.get_ident()]
    assert receiver.threads == {threading.get_ident()}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows priorities of threads")
def test_a_lane_behind_leaves_the_processors_to_the_others(qapp: object, qtbot: QtBot) -> None:
    receiver = Receiver()
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    behind = Lane("transfer", behind=True)
    behind.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), done=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.got) == 1)
    assert behind.stop()
    assert receiver.got == [BEHIND]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == own


def test_jobs_keep_their_order(lane: Lane, qtbot: QtBot) -> None:
    receiver = Receiver()
    for number in range(50):
        lane.submit(int, number, done=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.got) == 50)
    assert receiver.got == list(range(50))


def test_an_exception_goes_to_failed(lane: Lane, qtbot: QtBot) -> None:
    receiver = Receiver()
    lane.submit(int, "x", done=receiver.take, failed=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.got) == 1)
    assert isinstance(receiver.got[0], ValueError)


def test_an_exception_nobody_takes_is_raised_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        lane.submit(int, "x")
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ValueError


@pytest.mark.parametrize("receiver", [print, lambda value: None, threading.Event().set])
def test_only_bound_methods_of_qobjects_may_receive(lane: Lane, receiver: object) -> None:
    with pytest.raises(TypeError):
        lane.submit(int, done=receiver)  # type: ignore[arg-type]


def test_a_receiver_that_is_gone_is_skipped(lane: Lane, qtbot: QtBot) -> None:
    gone, last = Receiver(), Receiver()
    gate = threading.Event()
    lane.submit(gate.wait, done=gone.take)
    lane.submit(int, done=last.take)
    del gone
    gc.collect()
    gate.set()
    qtbot.waitUntil(lambda: last.got == [0])


def test_a_deleted_cpp_receiver_is_skipped(lane: Lane, qtbot: QtBot) -> None:
    import shiboken6

    gone, last = Receiver(), Receiver()
    gate = threading.Event()
    lane.submit(gate.wait, done=gone.take)
    lane.submit(int, done=last.take)
    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: last.got == [0])
    assert gone.got == []


def test_a_cancelled_job_is_not_run_and_delivers_nothing(lane: Lane, qtbot: QtBot) -> None:
    receiver = Receiver()
    ran: list[int] = []
    gate = threading.Event()
    blocked = lane.submit(gate.wait, done=receiver.take)
    waiting = lane.submit(ran.append, 1, done=receiver.take)
    last = Receiver()
    blocked.cancel()
    waiting.cancel()
    gate.set()
    lane.submit(int, done=last.take)
    qtbot.waitUntil(lambda: last.got == [0])
    assert ran == []
    assert receiver.got == []


def test_a_running_job_can_stop_itself(lane: Lane, qtbot: QtBot) -> None:
    receiver = Receiver()
    started = threading.Event()

    def spin(token: CancelToken) -> None:
        started.set()
        while True:
            token.check()

    token = CancelToken()
    lane.submit(spin, token, failed=receiver.take, token=token)
    assert started.wait(5)
    token.cancel()
    last = Receiver()
    lane.submit(int, done=last.take)
    qtbot.waitUntil(lambda: last.got == [0])
    assert receiver.got == []


def test_progress_is_relayed_to_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    receiver = Receiver()
    tell = lane.relay(receiver.take)

    def count() -> None:
        for number in range(3):
            tell(number)

    lane.submit(count)
    qtbot.waitUntil(lambda: receiver.got == [0, 1, 2])
    assert receiver.threads == {threading.get_ident()}


def test_stop_finishes_what_was_promised_and_refuses_more(qapp: object) -> None:
    lane = Lane("desk")
    saved: list[int] = []
    for number in range(10):
        lane.submit(saved.append, number)
    assert lane.stop()
    assert saved == list(range(10))
    with pytest.raises(RuntimeError):
        lane.submit(int)


def test_stop_reports_a_job_that_does_not_end(qapp: object) -> None:
    lane = Lane("key")
    gate = threading.Event()
    lane.submit(gate.wait)
    assert not lane.stop(timeout=0.01)
    gate.set()
    assert lane.stop()


def test_lanes_stop_together_and_name_the_slow_one(qapp: object) -> None:
    lanes = Lanes.start()
    gate = threading.Event()
    entered = threading.Event()

    def hang() -> None:
        entered.set()
        gate.wait()

    lanes.key.submit(hang)
    assert entered.wait(5)
    assert lanes.stop(timeout=0.05) == ("key",)
    gate.set()
    assert lanes.stop() == ()
