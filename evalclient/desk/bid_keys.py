"""Keys of the bid packages: from released shares at the organiser's desk, from a grant at a member's."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import Bid
from evalclient.core.evaluation.views import reviewed_bids
from evalclient.core.records.acts_bids import COMPARTMENTS, Compartment
from evalclient.core.workflow.reading import may_read_bids
from evalclient.crypto.cms import envelop
from evalclient.crypto.custody import join_key
from evalclient.crypto.errors import EnvelopeRefused
from evalclient.desk.signed_in import SignedIn

Keys = dict[str, dict[Compartment, bytes]]


class SharesMissing(EvalclientError):
    """Too few shares of a package's keys have been released."""


def compartment_keys(desk: SignedIn, bid: Bid) -> dict[Compartment, bytes]:
    """The keys of one package, joined from the shares released to the organiser's session; SharesMissing, SharesRefused.

    A share that does not open counts as not released: nobody can hold up an opening by releasing garbage.
    """
    opened = {holder: own for holder, shares in bid.shares.items() if (own := _opened(desk, shares)) is not None}
    founding = desk.evaluation.founding
    own = opened.pop(bid.bidder, None)
    if len(opened) < founding.threshold or (founding.bidder_share and own is None):
        raise SharesMissing(
            f"投标文件的解密份额不足：保管方 {len(opened)}/{founding.threshold}"
            f"{'，缺投标人本人份额' if founding.bidder_share and own is None else ''}，请等候提交。",
            f"Shares are missing: {len(opened)} of {founding.threshold} custodians"
            f"{', and the bidder has not released his own' if founding.bidder_share and own is None else ''}; wait.",
        )
    names = set.intersection(*(set(shares) for shares in opened.values()))
    return {
        name: join_key([shares[name] for shares in opened.values()], own[name] if own else None, founding.threshold)
        for name in COMPARTMENTS
        if name in names
    }


def _opened(desk: SignedIn, shares: Mapping[str, bytes]) -> dict[str, bytes] | None:
    try:
        return {name: desk.open_for_me(share) for name, share in shares.items()}
    except EnvelopeRefused:
        return None


def envelope_for_member(desk: SignedIn, session: str) -> tuple[tuple[Compartment, ...], bytes]:
    """All bids' keys, enveloped to a member's session encryption key, and the compartments they open."""
    withheld: set[str] = {"qualification"} if desk.evaluation.rules.qualification.by == "organiser" else set()
    keys = {
        bid.bidder: {name: key.hex() for name, key in compartment_keys(desk, bid).items() if name not in withheld}
        for bid in reviewed_bids(desk.evaluation)
    }
    names = tuple(name for name in COMPARTMENTS if any(name in row for row in keys.values()))
    recipient = desk.evaluation.roster.sessions[session].encryption_key
    return names, envelop(msgspec.json.encode(keys), [recipient])


def granted_keys(desk: SignedIn) -> Keys:
    """The keys granted to this member's session; Refused before the release."""
    may_read_bids(desk.evaluation, desk.person).require()
    session = desk.evaluation.roster.current[desk.person]
    content = desk.open_for_me(desk.evaluation.grants[desk.person, session])
    rows = msgspec.json.decode(content, type=dict[str, dict[Compartment, str]])
    return {bidder: {name: bytes.fromhex(key) for name, key in row.items()} for bidder, row in rows.items()}
