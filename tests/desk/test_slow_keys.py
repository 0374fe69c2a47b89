"""A certificate that takes its time: other records of the session go on, and the signature takes its turn behind them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evalclient.core.errors import Refused
from evalclient.core.ports import KeyHandle, WrappedKey
from evalclient.core.records.acts_committee import Score
from evalclient.desk.desk import SIGNATURES, Desk
from evalclient.desk.expert import Expert
from tests.builders.desks import Desks, desks_at


class SlowKey:
    """A person's key; ``meanwhile`` happens while it signs."""

    def __init__(self, key: KeyHandle, meanwhile: Callable[[], None]) -> None:
        self._key = key
        self._meanwhile = meanwhile
        self.signatures = 0

    @property
    def certificate(self) -> bytes:
        return self._key.certificate

    @property
    def encryption_certificate(self) -> bytes:
        return self._key.encryption_certificate

    @property
    def chain(self) -> tuple[bytes, ...]:
        return self._key.chain

    def sign(self, data: bytes) -> bytes:
        self.signatures += 1
        self._meanwhile()
        return self._key.sign(data)

    def unwrap(self, wrapped: WrappedKey) -> bytes:
        return self._key.unwrap(wrapped)


@pytest.fixture
def desks() -> Desks:
    desks = desks_at("scoring")
    sheet = desks.sheet_of("m1", {})
    expert = Expert(desks.desk("m1"))
    for bidder, scores in sheet.scores.items():
        for item, score in scores.items():
            expert.save_score(bidder, item, score)
    return desks


def slow(desk: Desk, meanwhile: Callable[[], None]) -> SlowKey:
    key = SlowKey(desk.handle, meanwhile)
    desk._handle = key
    return key


def test_a_record_made_while_the_key_signs_keeps_its_place_and_the_key_signs_again(desks: Desks) -> None:
    desk, bidder = desks.desk("m1"), desks.bidders[0]
    saved: list[str] = []

    def save_once() -> None:
        if not saved:
            saved.append(bidder)
            Expert(desk).save_score(bidder, "plan", Score("11"))

    key = slow(desk, save_once)
    before = desk.evaluation.roster.sessions[desk.session].seq
    seal = Expert(desk).seal_sheet()
    assert key.signatures == 2
    assert desk.evaluation.roster.sessions[desk.session].seq == before + 2
    assert desk.evaluation.seals[seal].author == "m1"
    desks.share()
    assert desks.desk("m2").evaluation.seals[seal].author == "m1", "the others take the records in their order"


def test_an_act_that_is_always_overtaken_is_refused_with_what_to_do(desks: Desks) -> None:
    desk, bidder = desks.desk("m1"), desks.bidders[0]
    values = iter(["11", "12", "13"])
    seals = dict(desk.evaluation.seals)
    key = slow(desk, lambda: Expert(desk).save_score(bidder, "plan", Score(next(values))))
    with pytest.raises(Refused, match="sign once more"):
        Expert(desk).seal_sheet()
    assert key.signatures == SIGNATURES
    assert desk.evaluation.seals == seals


def test_what_became_unlawful_while_the_key_signed_is_not_kept(desks: Desks) -> None:
    desk = desks.desk("m1")
    slow(desk, desk.leave)
    before = len(desk.log.pending())
    with pytest.raises(Refused, match="another seat"):
        Expert(desk).seal_sheet()
    assert len(desk.log.pending()) == before
