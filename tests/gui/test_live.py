"""The living desk: acts off the GUI thread, changes and refusals back on it, saved and received told apart."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_committee import Score, SealWithdrawn
from evalclient.desk.desk import Desk
from evalclient.desk.expert import Expert
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live, Refusal
from tests.builders.desks import Desks, desks_at


class Watcher(QObject):
    """Remembers what a live desk told it, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[Evaluation, Evaluation]] = []
        self.results: list[object] = []
        self.refusals: list[Refusal] = []
        self.threads: set[int] = set()

    def change(self, new: Evaluation, old: Evaluation) -> None:
        self.changes.append((new, old))
        self.threads.add(threading.get_ident())

    def result(self, value: object) -> None:
        self.results.append(value)
        self.threads.add(threading.get_ident())

    def refusal(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)
        self.threads.add(threading.get_ident())


@dataclass
class Sitting:
    desks: Desks
    live: Live
    watcher: Watcher


@pytest.fixture
def sitting(qapp: object) -> Iterator[Sitting]:
    desks = desks_at("scoring")
    lane, key = Lane("desk"), Lane("key")
    live = Live(desks.desk("m1"), lane, key)
    desks.attend("m1", live)
    watcher = Watcher()
    live.changed.connect(watcher.change)
    live.refused.connect(watcher.refusal)
    yield Sitting(desks, live, watcher)
    assert key.stop()
    assert lane.stop()


def save(desks: Desks, value: str) -> object:
    return lambda desk: Expert(desk).save_score(desks.bidders[0], "plan", Score(value))


def test_an_act_runs_elsewhere_and_its_change_arrives_here(sitting: Sitting, qtbot: QtBot) -> None:
    ran_in: list[int] = []

    def verb(desk: Desk) -> str:
        ran_in.append(threading.get_ident())
        Expert(desk).save_score(sitting.desks.bidders[0], "plan", Score("15"))
        return "done"

    before = sitting.live.evaluation
    sitting.live.act(verb, done=sitting.watcher.result)
    assert sitting.live.evaluation is before, "nothing happens on the GUI thread before the event loop turns"
    qtbot.waitUntil(lambda: sitting.watcher.results == ["done"])
    (new, old), *_ = sitting.watcher.changes
    assert old is before
    assert new is sitting.live.evaluation
    assert sitting.watcher.threads == {threading.get_ident()}
    assert ran_in != [threading.get_ident()]


def test_a_refusal_is_a_sentence_with_its_article(sitting: Sitting, qtbot: QtBot) -> None:
    sitting.live.act(lambda desk: Expert(desk).read_sheet("m2"))
    qtbot.waitUntil(lambda: len(sitting.watcher.refusals) == 1)
    refusal = sitting.watcher.refusals[0]
    assert refusal.article == "招标投标法 第四十四条"
    assert "封存" in refusal.sentence.zh
    assert "sealed" in refusal.sentence.en


def test_a_page_may_take_a_refusal_itself(sitting: Sitting, qtbot: QtBot) -> None:
    mine = Watcher()
    sitting.live.act(lambda desk: Expert(desk).read_sheet("m2"), failed=mine.refusal)
    qtbot.waitUntil(lambda: len(mine.refusals) == 1)
    assert sitting.watcher.refusals == []


def test_a_fault_of_the_program_is_not_shown_as_a_refusal(sitting: Sitting, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        sitting.live.act(lambda desk: desk.log.missing)  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is AttributeError
    assert sitting.watcher.refusals == []


def test_a_receiver_that_is_gone_is_skipped(sitting: Sitting, qtbot: QtBot) -> None:
    gone = Watcher()
    sitting.live.act(lambda desk: desk.person, done=gone.result)
    shiboken6.delete(gone)
    sitting.live.act(lambda desk: desk.person, done=sitting.watcher.result)
    qtbot.waitUntil(lambda: sitting.watcher.results == ["m1"])
    assert gone.results == []


def test_saved_here_is_not_yet_received_there(sitting: Sitting, qtbot: QtBot) -> None:
    topic = ("m1", f"score|{sitting.desks.bidders[0]}")
    sitting.live.act(save(sitting.desks, "15"), done=sitting.watcher.result)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(sitting.watcher.results) == 1)
    assert topic in sitting.live.evaluation.drafts
    assert topic not in sitting.live.logged.drafts
    sitting.desks.share()
    qtbot.waitUntil(lambda: topic in sitting.live.logged.drafts)


def test_the_certificate_at_work_is_told(sitting: Sitting, qtbot: QtBot) -> None:
    told: list[bool] = []
    sitting.live.signing.connect(told.append)
    sheet = sitting.desks.sheet_of("m1", {})

    def score_all(desk: Desk) -> str:
        expert = Expert(desk)
        for bidder, scores in sheet.scores.items():
            for item, score in scores.items():
                expert.save_score(bidder, item, score)
        return expert.seal_sheet()

    sitting.live.key_act(score_all, done=sitting.watcher.result)
    qtbot.waitUntil(lambda: len(sitting.watcher.results) == 1, timeout=10_000)
    assert told == [True, False]
    seal = sitting.live.evaluation.seals[str(sitting.watcher.results[0])]
    assert seal.author == "m1"


def test_scores_are_saved_while_a_token_takes_its_time(sitting: Sitting, qtbot: QtBot) -> None:
    answered = threading.Event()
    held = threading.Event()

    def withdraw(desk: Desk) -> str:
        held.set()
        assert answered.wait(20)
        return desk.do(SealWithdrawn(seal="0" * 64, ground="-"))

    sitting.live.key_act(withdraw)
    assert held.wait(20)
    sitting.live.act(save(sitting.desks, "15"), done=sitting.watcher.result)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(sitting.watcher.results) == 1)
    assert sitting.watcher.refusals == []
    answered.set()
    qtbot.waitUntil(lambda: len(sitting.watcher.refusals) == 1)


def test_what_was_saved_before_a_signature_is_there_when_it_is_made(sitting: Sitting, qtbot: QtBot) -> None:
    topic = ("m1", f"score|{sitting.desks.bidders[0]}")
    held = threading.Event()
    sitting.live.act(lambda _desk: held.wait(20))
    sitting.live.act(save(sitting.desks, "15"))  # type: ignore[arg-type]
    sitting.live.key_act(lambda desk: topic in desk.evaluation.drafts, done=sitting.watcher.result)
    qtbot.wait(50)
    assert sitting.watcher.results == []
    held.set()
    qtbot.waitUntil(lambda: sitting.watcher.results == [True], timeout=10_000)


def test_the_sync_loop_hands_over_what_others_did(sitting: Sitting, qtbot: QtBot) -> None:
    sitting.desks.seal_sheets("m2")
    qtbot.waitUntil(lambda: any(seal.author == "m2" for seal in sitting.live.evaluation.seals.values()))
    net = threading.Thread(target=lambda: sitting.live.absorb([], sitting.desks._checkpoint()))
    net.start()
    qtbot.waitUntil(lambda: not net.is_alive())


def test_names_come_from_the_certificates(sitting: Sitting) -> None:
    assert sitting.live.name("m2") == "李慧敏"
    assert sitting.live.name("nobody") == "nobody"
