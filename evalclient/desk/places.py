"""Finding one's own place: which person of an evaluation a certificate stands for."""

from __future__ import annotations

import time

from evalclient.core.errors import CentreUnreachable, EvalclientError
from evalclient.core.records.envelope import digest
from evalclient.core.records.roster import BIDDER_PREFIX
from evalclient.crypto.records import found
from evalclient.desk.desk import Genesis
from evalclient.sync.register import Register


class NoPlace(EvalclientError):
    """The organiser has not given this certificate a place in the evaluation."""


def find_place(url: str, genesis: Genesis, certificate: bytes) -> str:
    """The person id that ``certificate`` (DER) may sign for; NoPlace where there is none (yet)."""
    founded = found(genesis.record)
    name = digest(certificate, founded.founding.hash)
    for place in founded.roster.places.values():
        if place.certificate == name:
            return place.person
    register = Register(url)
    try:
        person = register.place(founded.record.id, name)
    finally:
        register.close()
    if not person:
        raise NoPlace(
            "组织方尚未为该证书安排席位，请核对项目或联系组织方。",
            "The organiser has given this certificate no place in the evaluation; check the project or ask him.",
        )
    return person


def bidder_place(genesis: Genesis, certificate: bytes) -> str:
    """The id under which the holder of ``certificate`` bids: anyone may."""
    return BIDDER_PREFIX + digest(certificate, found(genesis.record).founding.hash)


def await_place(url: str, genesis: Genesis, certificate: bytes, patience: float = 120.0) -> str:
    """``find_place``, asking again for ``patience`` seconds while the organiser has not appointed yet."""
    until = time.monotonic() + patience
    while True:
        try:
            return find_place(url, genesis, certificate)
        except (NoPlace, CentreUnreachable):
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
