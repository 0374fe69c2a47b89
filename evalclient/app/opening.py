"""From an evaluation, a key file and a PIN to a seat at work. No Qt; runs on the desk lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from evalclient.app.folders import Folders
from evalclient.core.errors import CentreUnreachable, EvalclientError
from evalclient.core.ports import KeyHandle, LogEntry
from evalclient.core.records.act import Role
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.keys import REGISTERED, Libraries, open_key, release_key
from evalclient.crypto.records import found, trust_of, trust_on_arrival
from evalclient.desk.certificate_states import CertificateState, own_state
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Desk, Genesis
from evalclient.desk.places import NoPlace, await_place
from evalclient.desk.seat import Absorb, Seat, open_or_set_aside

Progress = Callable[[Bilingual], None]

_READING = Bilingual("正在打开证书…", "Opening the certificate …")
_PLACE = Bilingual("正在核对席位…", "Finding your place …")
_STORE = Bilingual("正在打开本席位的数据…", "Opening this seat's data …")
_SIGNING = Bilingual("正在签名登录并与评标中心同步…", "Signing in and catching up with the centre …")


class NoWindow(EvalclientError):
    """The certificate has a place, but not one that works at a window."""


@dataclass(frozen=True, slots=True)
class SignInOrder:
    """What a person has chosen at sign-in. ``pin`` is used once; ``patience`` seconds to wait to be appointed.

    ``set_aside``: a damaged store may be moved out of the way.
    """

    genesis: Genesis
    centre: str
    key: str
    pin: str = field(repr=False)
    seat: str = ""
    patience: float = 0.0
    set_aside: bool = False
    libraries: Libraries = REGISTERED


class Absorber:
    """Where entries of the log go: straight to the desk while signing in, over its lane once there is a window."""

    def __init__(self, target: Absorb) -> None:
        self.target = target

    def __call__(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        self.target(entries, checkpoint)


@dataclass(frozen=True, slots=True)
class Opened:
    """A seat somebody has signed in to.

    ``online`` says whether the centre answered; ``set_aside`` where a damaged store was moved, if there was one.
    ``certificate`` is how the key's certificate stood then, by what is known here.
    """

    seat: Seat
    person: str
    role: Role
    key: KeyHandle
    absorber: Absorber
    centre: str
    online: bool
    certificate: CertificateState
    set_aside: Path | None = None


def open_seat(order: SignInOrder, folders: Folders, progress: Progress) -> Opened:
    """Open key and store, sign in, catch up once. Each thing that can be wrong raises its own sentence.

    WrongPin and what else ``open_key`` raises, CertificateRefused, NoPlace, NoWindow, CentreUnreachable (only where this seat has never
    been in touch), StoreInUse, StoreDamaged, StoreOfAnother, LogDishonest, Refused.
    """
    progress(_READING)
    key = open_key(order.key, order.pin, order.libraries, datetime.fromisoformat(SystemClock().now()))
    try:
        return _opened_seat(order, key, folders, progress)
    except BaseException:
        release_key(key)
        raise


def _opened_seat(order: SignInOrder, key: KeyHandle, folders: Folders, progress: Progress) -> Opened:
    founded = found(order.genesis.record)
    clock = SystemClock()
    trust_on_arrival(trust_of(founded.founding), key.certificate).check(key.certificate, key.chain, clock.now())
    folder = folders.seat(founded.record.id, key.certificate)
    progress(_PLACE)
    person = _place(order, key, folder.place(key.certificate))
    progress(_STORE)

    def sign_in() -> Opened:
        seat = Seat(folder.path, order.centre, order.genesis, person, clock)
        try:
            return _sign_in(seat, order, person, key, progress)
        except BaseException:
            seat.close()
            raise

    opened, moved = open_or_set_aside(sign_in, folder.path, agreed=order.set_aside)
    folders.remember(founded.record.id, order.genesis)
    folder.remember_place(key.certificate, person)
    return replace(opened, set_aside=moved)


def _place(order: SignInOrder, key: KeyHandle, remembered: str) -> str:
    """The centre knows; without it, what this seat remembers."""
    try:
        return await_place(order.centre, order.genesis, key.certificate, 0.0 if remembered else order.patience)
    except CentreUnreachable:
        if not remembered:
            raise
        return remembered


def _sign_in(seat: Seat, order: SignInOrder, person: str, key: KeyHandle, progress: Progress) -> Opened:
    progress(_SIGNING)
    absorber = Absorber(seat.desk.absorb)
    online = True
    try:
        seat.enter(key, order.seat or person, absorber)
    except CentreUnreachable:
        online = False
    role = _role(seat.desk, person, online=online)
    return Opened(seat, person, role, key, absorber, order.centre, online, own_state(seat.desk))


def _role(desk: Desk, person: str, *, online: bool) -> Role:
    role = desk.evaluation.roster.role(person)
    if role is None:
        if not online:
            raise CentreUnreachable(
                "本席位尚未与评标中心同步过，首次登录须能连接评标中心，请检查网络后重试。",
                "This seat has never been in touch with the centre; the first sign-in needs it. Check the network and"
                " try again.",
            )
        raise NoPlace(
            "组织方尚未为该证书安排席位，请核对项目或联系组织方。",
            "The organiser has given this certificate no place in the evaluation; check the project or ask him.",
        )
    if role in ("custodian", "bidder"):
        raise NoWindow(
            "该证书属于投标人或密钥保管方，请使用 evalclient submit、release-key 等命令办理，不在评标席位登录。",
            "This certificate belongs to a bidder or a custodian: use the commands evalclient submit and release-key,"
            " not a seat in the evaluation room.",
        )
    return role
