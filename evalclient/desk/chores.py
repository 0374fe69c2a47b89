"""Carrying out duties: publishing the keys of own seals, handing the bids' keys to members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalclient.core.records.acts_bids import AccessGranted
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.workflow.duties import Duty, GrantAccess, OpenSeal
from evalclient.crypto.sealing import own_key
from evalclient.desk.bid_keys import envelope_for_member

if TYPE_CHECKING:
    from evalclient.desk.desk import Desk


def carry_out(desk: Desk, duty: Duty) -> None:
    """Do what the log asks of this person's client; session-signed, so nobody is asked for a PIN."""
    match duty:
        case OpenSeal(seal=seal):
            entry = desk.evaluation.roster.sealed[seal]
            act = SealOpened(seal=seal, key=own_key(entry.sealed, desk.keys.draft_key))
            desk.do(act)
        case GrantAccess(member=member, session=session):
            compartments, keys = envelope_for_member(desk, session)
            desk.do(AccessGranted(member=member, session=session, compartments=compartments, keys=keys))
