"""A small evaluation at a real centre for tests of single seats: real tender, real certificates, key files on disk.

place = Place(centre_process, tmp_path)      # published; the organiser has signed in and appointed ``m1`` to ``m3``
seat = place.sit("m1")                       # a seat with a store of its own, signed in and in step
place.sit("m1", "other")                     # the same person at another seat
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from evalclient.core.errors import Refused
from evalclient.core.evaluation.fold import Documents
from evalclient.core.ports import KeyHandle
from evalclient.core.records.act import Site
from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.envelope import HashName, digest, record_id
from evalclient.core.tender import load_tender
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Genesis
from evalclient.desk.expert import Expert
from evalclient.desk.founding import dump_genesis
from evalclient.desk.organiser import Organiser
from evalclient.desk.sealing import BidFolder, SourceFile
from evalclient.desk.seat import Seat
from evalclient.sync.register import Register
from server_stub.service import moment
from tests.builders.centre import PIN, CentreProcess, authorities, founding, key_of, record_zero
from tests.builders.documents import documents_of, tender_of
from tests.builders.samples_pdf import small_pdf

MEMBERS = ("m1", "m2", "m3")


@lru_cache
def key_file(person: str, authority: int = 1, *, expired: bool = False) -> bytes:
    """The PKCS#12 file that goes with ``tests.builders.centre.key_of``; ``expired`` gives one that was valid last year."""
    today = datetime.now(UTC)  # noqa: TID251 - validity is about today
    valid = (today - timedelta(days=400), today - timedelta(days=35)) if expired else None
    return authorities().authorities[authority].issue(person, "测试单位", pin=PIN, valid=valid).p12


def genesis_for(
    log_key: str, hours: float = 1.0, more: Mapping[str, object] | None = None, organiser: KeyHandle | None = None
) -> Genesis:
    """A construction tender whose bids are due ``hours`` from now, founded for the centre with this log key; ``more`` changes record 0."""
    due = moment(datetime.now(UTC) + timedelta(hours=hours))  # noqa: TID251 - the deadline is about today
    tender = msgspec.structs.replace(tender_of("construction"), deadline=due)
    documents = documents_of("construction", tender=tender)
    algorithm: HashName = "sm3" if (more or {}).get("suite") == "sm" else "sha256"
    changes: dict[str, object] = {
        "title": tender.title,
        "tender": digest(documents.tender, algorithm),
        "method": digest(documents.method, algorithm),
        "rules": digest(documents.rules, algorithm),
        "deadline": due,
        "sites": (Site("main", "主场", True), Site("a", "副场", False)),
        **(more or {}),
    }
    return Genesis(record_zero(founding(log_key, algorithm, changes), organiser), documents)


class Place:
    """One published evaluation below ``folder``."""

    def __init__(
        self, process: CentreProcess, folder: Path, hours: float = 1.0, more: Mapping[str, object] | None = None
    ) -> None:
        self.process, self.folder = process, folder
        self.genesis = genesis_for(process.log_key, hours, more)
        self.fingerprint = record_id(self.genesis.record.payload)
        self.announcement = folder / "announcement.json"
        self.announcement.write_bytes(dump_genesis(self.genesis))
        documents: Documents = self.genesis.documents
        register = Register(process.url)
        register.publish(self.genesis.record, documents.tender, documents.method, documents.rules)
        register.close()
        organiser = self.sit("organiser")
        for person in MEMBERS:
            Organiser(organiser.desk).appoint(person, "expert", "main", key_of(person).certificate)
        organiser.turn()
        organiser.close()

    def home(self, person: str, seat: str = "") -> Path:
        """The folder of a seat, with the person's key file and PIN file in it."""
        home = self.folder / f"{person}{seat}"
        home.mkdir(exist_ok=True)
        if not (home / "key.p12").exists():
            (home / "key.p12").write_bytes(key_file(person))
            (home / "pin").write_text(PIN, "utf-8")
        return home

    def open(self, person: str, seat: str = "") -> Seat:
        """The seat over its store; nobody has signed in."""
        return Seat(self.home(person, seat), self.process.url, self.genesis, person, SystemClock())

    def sit(self, person: str, seat: str = "") -> Seat:
        """The person's seat, signed in and in step with the centre."""
        opened = self.open(person, seat)
        opened.sign_in(key_of(person), f"{person}{seat}")
        opened.turn()
        return opened

    def bid_folder(self, name: str = "bid") -> Path:
        """Documents and ``bid.json`` as ``evalclient seal`` takes them."""
        return write_bid_folder(self.folder / name)


class TooLate(Exception):
    """This machine is too slow today for the deadline chosen."""


def bids_in_time(
    process: CentreProcess,
    folder: Path,
    hand_in: Callable[[Place], None],
    more: Mapping[str, object] | None = None,
) -> Place:
    """An evaluation whose bids were handed in by ``hand_in`` before a near deadline, which has passed when this returns.

    ``hand_in`` raises TooLate or Refused where it did not manage: then again with three times as long.
    """
    for seconds in (4.0, 12.0, 36.0, 108.0):
        own = folder / f"{seconds:.0f}"
        own.mkdir()
        place = Place(process, own, seconds / 3600, more)
        try:
            hand_in(place)
        except (TooLate, Refused):
            continue
        while SystemClock().now() < load_tender(place.genesis.documents.tender).deadline:
            time.sleep(0.05)
        return place
    raise TooLate


def write_bid_folder(folder: Path) -> Path:
    """A small bid: one document to a compartment, and what is read out at opening."""
    folder.mkdir(exist_ok=True)
    files = []
    for compartment in ("identity", "technical", "price"):
        (folder / f"{compartment}.pdf").write_bytes(small_pdf(f"{compartment} of {folder.name}"))
        files.append(SourceFile(file=f"{compartment}.pdf", compartment=compartment, title=compartment))
    quote: dict[Compartment, dict[str, str]] = {"identity": {"name": folder.name}, "price": {"price": SECRET_PRICE}}
    (folder / "bid.json").write_bytes(msgspec.json.encode(BidFolder(files=tuple(files), quote=quote)))
    return folder


#: a price that no log and no output may ever show before the opening
SECRET_PRICE = "8642097531"


def drafted(seat: Seat, bidder: str) -> dict[str, str]:
    """The scores that stand in a member's draft for one bid."""
    return {item: score.value for item, score in Expert(seat.desk).sheet().get(bidder, {}).items()}


def key_with(untrusted: bytes) -> Pkcs12Key:
    """A key file opened with the tests' PIN."""
    return Pkcs12Key.open(untrusted, PIN)
