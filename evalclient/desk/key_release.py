"""A holder releases the key shares he owes (提交解密份额): at the command line, or at somebody else's window.

Shares of the bids after the deadline; shares of a sealed body once the organiser has asked for it by record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from evalclient.core.errors import EvalclientError, Refused
from evalclient.core.ports import Clock, KeyHandle
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.records import found
from evalclient.crypto.trust.certificates import common_name
from evalclient.desk.desk import Genesis
from evalclient.desk.outsiders import ShareHolder, ShareUnreadable
from evalclient.desk.places import NoPlace, bidder_place, find_place
from evalclient.desk.seat import Seat

#: as the seat of a session that only releases is called
SEAT: Final = "release-key"
#: opens the store of a person's session, or raises
OpenSeat = Callable[[str], Seat]


class NoShare(EvalclientError):
    """The certificate holds no share in this evaluation."""


@dataclass(frozen=True, slots=True)
class Release:
    """Who has released how many shares, and why others could not be; ``receipts`` of them are in the store."""

    name: str
    released: int
    failures: tuple[Bilingual, ...]
    receipts: int


def holder_place(url: str, genesis: Genesis, certificate: bytes) -> str:
    """Whose shares the holder of a certificate (DER) releases: a custodian's, else those of a bidder for his own bid.

    NoShare where the certificate has another office; CentreUnreachable.
    """
    roster = found(genesis.record).roster
    try:
        person = find_place(url, genesis, certificate)
    except NoPlace:
        return bidder_place(genesis, certificate)
    if roster.role(person) != "custodian":
        raise NoShare(
            "该证书在本项目中另有岗位，不持有密钥份额；请用密钥保管方或投标人本人的证书。",
            "This certificate has another office in the evaluation and holds no key share; use a custodian's, or the "
            "bidder's own.",
        )
    return person


def require_due(seat: Seat) -> None:
    """Refused before the deadline of record 0."""
    if seat.desk.clock.now() < seat.founding.deadline:
        raise Refused(
            f"未到投标截止时间（{seat.founding.deadline}），不得提交解密份额，请到时再办理。",
            f"No share may be released before the deadline ({seat.founding.deadline}); come back then.",
            seat.desk.evaluation.rules.article("early"),
        )


def release_owed(seat: Seat) -> Release:
    """Release every share that whoever has signed in at ``seat`` owes, and send it.

    A package or a sealed body that is wrong must not hold up the others: it is told in ``failures``. NoShare for somebody who holds
    none: a custodian whose certificate was renewed or lost cannot open what was sealed for the old one, and is not needed
    as long as the others suffice. OrganiserAbsent, CentreUnreachable.
    """
    desk = seat.desk
    holder = ShareHolder(desk)
    _require_holder(seat)
    records: list[str] = []
    failures: list[Bilingual] = []
    steps = [
        *(partial(holder.release, bidder, package, seat.open_package) for bidder, package in holder.owed()),
        *(partial(holder.release_recovery, seal) for seal in holder.recovery_owed()),
    ]
    for step in steps:
        try:
            records.append(step())
        except ShareUnreadable as error:
            failures.append(error.sentence)
    seat.turn()
    received = {kept.record_id for kept in desk.log.receipts()}
    return Release(common_name(desk.handle.certificate), len(records), tuple(failures), len(received & set(records)))


def release_here(genesis: Genesis, url: str, folder: Path, key: KeyHandle, clock: Clock) -> Release:
    """Sign in with ``key`` in a store of its own below ``folder``, release, and leave. Errors as the steps raise them."""
    person = holder_place(url, genesis, key.certificate)
    seat = Seat(folder, url, genesis, person, clock)
    try:
        require_due(seat)
        seat.enter(key, SEAT)
        return release_owed(seat)
    finally:
        seat.close()


def _require_holder(seat: Seat) -> None:
    evaluation, person = seat.desk.evaluation, seat.desk.person
    if evaluation.roster.role(person) == "custodian" or person in evaluation.bids:
        return
    founding = evaluation.founding
    raise NoShare(
        f"该证书在本项目中没有密钥份额，也没有递交过投标文件。证书换发或遗失的保管方无法使用原份额：其余保管方中有 "
        f"{founding.threshold} 位提交即可。",
        "This certificate holds no share here and has handed in no bid. A custodian whose certificate was renewed or lost "
        f"cannot use the old share: it takes {founding.threshold} of the custodians, and the others will do.",
    )
