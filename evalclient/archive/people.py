"""Who stands behind the records of an archive: names as people's own certificates give them, offices as they are called."""

from __future__ import annotations

from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import Roster
from evalclient.core.workflow.stages import ROLE_TITLES
from evalclient.crypto.trust.certificates import common_name


def names_of(roster: Roster) -> dict[str, str]:
    """Person → name in the certificate behind his session."""
    return {person: common_name(roster.sessions[session].certificate) for person, session in roster.current.items()}


def called(roster: Roster, person: str) -> Bilingual:
    """A record's author by name and office; by what the record calls him where the roster knows neither."""
    session = roster.session_of(person)
    name = common_name(session.certificate) if session else ""
    role = roster.role(person)
    if role is None:
        return Bilingual(name or person, name or person)
    office = ROLE_TITLES[role]
    # Several may hold one office: without a name the record's own word tells them apart.
    who = name or ("" if role in ("organiser", "supervisor") else person)
    return Bilingual(f"{who}，{office.zh}", f"{who}, {office.en}") if who else office
