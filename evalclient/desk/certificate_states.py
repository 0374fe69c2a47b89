"""How the certificates of those who are signed in stand now: by which list or answer, and how old that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from evalclient.core.records.fields import Bilingual
from evalclient.crypto.trust.certificate_verdict import CertificateVerdict
from evalclient.crypto.trust.certificates import MAX_CHAIN
from evalclient.desk.authorities import known_authorities
from evalclient.desk.desk import Desk

#: ``counts``; ``caution``: counts, though nothing current clears it of revocation; ``refused``: does not count
Standing = Literal["counts", "caution", "refused"]


@dataclass(frozen=True, slots=True)
class CertificateState:
    """One person's certificate, in words."""

    person: str
    standing: Standing
    words: Bilingual


@dataclass(frozen=True, slots=True)
class CertificateStates:
    """Everybody's at a time (RFC 3339)."""

    at: str
    states: tuple[CertificateState, ...]


def certificate_states(desk: Desk) -> CertificateStates:
    """Of everybody who has an active session, in the order of the roster."""
    at = desk.clock.now()
    moment = datetime.fromisoformat(at)
    chain = tuple(der for der in known_authorities(desk) if der not in desk.trust.roots)[:MAX_CHAIN]
    found = []
    for person in desk.evaluation.roster.current:
        session = desk.evaluation.roster.session_of(person)
        if session is not None:
            verdict = desk.trust.validate(session.certificate, chain, moment)
            found.append(CertificateState(person, standing_of(verdict), words_of(verdict)))
    return CertificateStates(at, tuple(found))


def own_state(desk: Desk) -> CertificateState:
    """Of who is signed in at this desk."""
    key = desk.handle
    verdict = desk.trust.validate(key.certificate, key.chain, datetime.fromisoformat(desk.clock.now()))
    return CertificateState(desk.person, standing_of(verdict), words_of(verdict))


def standing_of(verdict: CertificateVerdict) -> Standing:
    """The verdict in one word."""
    if not verdict.accepted:
        return "refused"
    return "counts" if verdict.caution is None else "caution"


def words_of(verdict: CertificateVerdict) -> Bilingual:
    """Why it is refused, or by what it is cleared."""
    return verdict.revocation if verdict.accepted else Bilingual(verdict.zh, verdict.en)
