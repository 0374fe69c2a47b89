"""Carrying out duties: publishing the keys of own and of recovered seals, handing the bids' keys to members."""

from __future__ import annotations

from contextlib import suppress

from evalclient.core.records.acts_bids import AccessGranted
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.workflow.duties import Duty, GrantAccess, OpenRecovered, OpenSeal
from evalclient.crypto.errors import EnvelopeRefused, NotARecipient, SharesRefused
from evalclient.crypto.sealing import own_key, recovered_key
from evalclient.desk.bid_keys import envelope_for_member
from evalclient.desk.signed_in import SignedIn


def carry_out(desk: SignedIn, duty: Duty) -> None:
    """Do what the log asks of this person's client; session-signed, so nobody is asked for a PIN."""
    match duty:
        case OpenSeal(seal=seal):
            entry = desk.evaluation.roster.sealed[seal]
            act = SealOpened(seal=seal, key=own_key(entry.sealed, desk.keys.draft_key, desk.evaluation.founding.suite))
            desk.do(act)
        case OpenRecovered(seal=seal):
            _open_recovered(desk, seal)
        case GrantAccess(member=member, session=session):
            compartments, keys = envelope_for_member(desk, session)
            desk.do(AccessGranted(member=member, session=session, compartments=compartments, keys=keys))


def _open_recovered(desk: SignedIn, seal: str) -> None:
    """A share that is garbage keeps nobody from another custodian's: the next one released is tried with the rest."""
    evaluation = desk.evaluation
    shares = []
    for envelope in evaluation.recovery[seal].shares.values():
        with suppress(EnvelopeRefused, NotARecipient):
            shares.append(desk.open_for_me(envelope))
    founding, entry = evaluation.founding, evaluation.roster.sealed[seal]
    try:
        key = recovered_key(entry.sealed, shares, founding.recovery_threshold, founding.hash)
    except SharesRefused:
        return
    desk.do(SealOpened(seal=seal, key=key))
