"""One person, several stores, the real centre: a damaged store, another seat, drafts that come too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evalclient.core.errors import CentreUnreachable, Refused, SessionSuperseded, StoreDamaged
from evalclient.core.records.acts_committee import Score
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.desk.expert import Expert
from evalclient.desk.late_drafts import adopt_late_drafts, late_drafts
from evalclient.desk.seat import STORE_FILE, Seat, open_or_set_aside
from evalclient.store.room_key import KEY_FILE
from tests.builders.centre import CentreProcess, key_of
from tests.builders.real_seats import Place, drafted


@pytest.fixture
def place(centre_process: CentreProcess, tmp_path: Path) -> Place:
    return Place(centre_process, tmp_path)


def cut(seat: Seat) -> Seat:
    """The same seat with its line cut."""
    seat.centre._transport._url = "http://127.0.0.1:9"
    return seat


def mend(seat: Seat, place: Place) -> None:
    seat.centre._transport._url = place.process.url


# -- a damaged store -------------------------------------------------------------------------------------------------


def damage_page(home: Path) -> Path:
    path = home / STORE_FILE
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def damage_key(home: Path) -> Path:
    (home / KEY_FILE).write_bytes(b"short")
    return home / KEY_FILE


def lose_key(home: Path) -> Path:
    """Another key of the right length: the store does not open, and its own key may still be found."""
    (home / KEY_FILE).write_bytes(bytes(32))
    return home / STORE_FILE


def shorten_wal(home: Path) -> Path:
    path = home / STORE_FILE
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    return path


@pytest.mark.parametrize("damage", [damage_page, damage_key, lose_key, shorten_wal])
def test_a_damaged_store_is_set_aside_and_everything_comes_back(place: Place, damage: Callable[[Path], Path]) -> None:
    seat = place.sit("m1")
    Expert(seat.desk).save_score("bid", "plan", Score("12.5"))
    Expert(seat.desk).save_score("bid", "quality", Score("9"))
    seat.turn()
    (seat.folder / "packages" / ("ab" * 32)).write_bytes(b"ciphertext")
    seat.close()
    harmed = damage(seat.folder)
    before = harmed.read_bytes()

    def sign_in() -> Seat:
        return place.open("m1")

    with pytest.raises(StoreDamaged) as caught:
        open_or_set_aside(sign_in, seat.folder, agreed=False)
    assert "移开损坏的数据" in caught.value.zh
    assert "--set-aside" in caught.value.en
    assert harmed.read_bytes() == before, "nothing is moved before the person agrees"

    fresh, moved = open_or_set_aside(sign_in, seat.folder, agreed=True)
    assert moved == seat.folder / "damaged-1"
    assert (moved / harmed.name).read_bytes() == before, "it is set aside as it was"
    fresh.sign_in(key_of("m1"), "A-01")
    fresh.turn()
    assert drafted(fresh, "bid") == {"plan": "12.5", "quality": "9"}, "the drafts have come back from the log"
    assert (seat.folder / "packages" / ("ab" * 32)).read_bytes() == b"ciphertext"
    Expert(fresh.desk).save_score("bid", "plan", Score("13"))
    fresh.turn()
    assert drafted(fresh, "bid")["plan"] == "13"
    assert fresh.log.outbox() == ()
    fresh.close()
    again, moved = open_or_set_aside(sign_in, seat.folder, agreed=True)
    assert moved is None, "a sound store stays where it is"
    again.close()


# -- another seat ----------------------------------------------------------------------------------------------------


@pytest.fixture
def two(place: Place) -> Iterator[tuple[Seat, Seat]]:
    """m1 has scored at the first seat and cut the line there; then he signs in at the second, whose store is empty."""
    first = place.sit("m1")
    Expert(first.desk).save_score("bid", "plan", Score("11"))
    first.turn()
    cut(first)
    second = place.sit("m1", "-second")
    yield first, second
    first.close()
    second.close()


def test_drafts_come_along_and_the_former_seat_says_that_it_is_over(place: Place, two: tuple[Seat, Seat]) -> None:
    first, second = two
    assert drafted(second, "bid") == {"plan": "11"}
    assert second.desk.session != first.desk.session
    opened = second.desk.evaluation.roster.sessions[second.desk.session]
    assert opened.seat == "m1-second"
    mend(first, place)
    with pytest.raises(SessionSuperseded) as caught:
        first.turn()
    assert "另一席位登录" in caught.value.zh
    assert "another, newer seat" in caught.value.en
    first.desk.leave()
    with pytest.raises(Refused, match="signed in at another seat"):
        Expert(first.desk).save_score("bid", "plan", Score("1"))
    assert drafted(first, "bid") == {"plan": "11"}, "what stands there is still to be read"
    Expert(second.desk).save_score("bid", "plan", Score("12"))
    second.turn()
    assert drafted(second, "bid") == {"plan": "12"}


def test_a_feed_that_waits_while_the_person_moves_shows_it_by_the_log(place: Place) -> None:
    """The log itself says so where the centre's answer was under way: chores stop, acts are refused."""
    first = place.sit("m1")
    entries = place.sit("organiser")
    second = place.sit("m1", "-second")
    entries.turn()
    known = sum(1 for _ in first.log.entries())
    page = second.centre.feed(known, 0.0)
    first.desk.absorb([(record_id(entry.record.payload), entry) for entry in page.entries], page.checkpoint)
    assert first.desk.superseded
    assert not second.desk.superseded
    with pytest.raises(Refused, match="signed in at another seat"):
        Expert(first.desk).save_score("bid", "plan", Score("1"))
    for seat in (first, second, entries):
        seat.close()


def test_late_drafts_are_kept_without_effect_until_they_are_adopted(place: Place, two: tuple[Seat, Seat]) -> None:
    first, second = two
    # off the line the first seat cannot know that it is over
    with pytest.raises(CentreUnreachable):
        first.turn()
    Expert(first.desk).save_score("bid", "quality", Score("8"))
    Expert(first.desk).save_score("other", "plan", Score("7"))
    Expert(second.desk).save_score("bid", "service", Score("3"))  # later than the first seat's work on this bid
    second.turn()
    mend(first, place)
    with pytest.raises(SessionSuperseded):
        first.turn()
    assert first.log.outbox() == (), "what was saved there has been handed in"
    second.turn()
    late = [entry for entry in second.desk.logged.without_effect if entry.author == "m1"]
    assert [entry.kind for entry in late] == ["draft.saved", "draft.saved"]
    assert "请在当前席位确认后重新提交" in late[0].reason.zh
    assert drafted(second, "bid") == {"plan": "11", "service": "3"}
    assert drafted(second, "other") == {}
    assert set(late_drafts(second.desk)) == {"score|other"}, "the standing draft of the other bid is newer"
    assert adopt_late_drafts(second.desk) == 1
    assert drafted(second, "other") == {"plan": "7"}
    assert adopt_late_drafts(second.desk) == 0, "adopting twice changes nothing"
    second.turn()
    assert drafted(second, "other") == {"plan": "7"}
    records = [decode_payload(entry.record.payload) for entry in second.log.entries()]
    assert sum(record.session == first.desk.session for record in records) == 3, "the late records stay in the log"


def test_signing_in_again_at_the_former_seat_makes_it_the_present_one(place: Place, two: tuple[Seat, Seat]) -> None:
    first, second = two
    Expert(second.desk).save_score("bid", "plan", Score("14"))
    second.turn()
    first.close()
    back = place.open("m1")
    former = back.desk.evaluation.roster.current["m1"]
    back.enter(key_of("m1"), "A-01")  # its store still believes in the former session
    assert back.desk.session != former
    assert not back.desk.superseded
    assert drafted(back, "bid") == {"plan": "14"}
    with pytest.raises(SessionSuperseded):
        second.turn()
    back.close()
