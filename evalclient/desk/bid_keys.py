"""Keys of the bid packages: from released shares at the organiser's desk, from a grant at a member's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import Bid
from evalclient.core.evaluation.views import reviewed_bids
from evalclient.core.records.acts_bids import COMPARTMENTS, Compartment
from evalclient.core.workflow.reading import may_read_bids
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.cms import envelop
from evalclient.crypto.custody import join_key
from evalclient.crypto.errors import EnvelopeRefused, NotARecipient, SharesRefused
from evalclient.desk.signed_in import SignedIn

Keys = dict[str, dict[Compartment, bytes]]
#: compartment → one holder's share
Shares = Mapping[str, bytes]


class SharesMissing(EvalclientError):
    """Too few shares of a package's keys have been released."""


@dataclass(frozen=True, slots=True)
class TrueShares:
    """Holder → his released shares as the bidder gave them; and who has released false ones."""

    shares: Mapping[str, Shares]
    false: tuple[str, ...]


def true_shares(desk: SignedIn, bid: Bid, reader: PackageReader) -> TrueShares:
    """Compare the shares released to the organiser's session with the commitments in the bidder's signed package."""
    certificates: dict[str, bytes | None] = {
        party.person: party.encryption_certificate for party in desk.evaluation.founding.custodians
    }
    certificates[bid.bidder] = None
    released = _released(desk, bid)
    false = tuple(holder for holder, own in released.items() if not _true(reader, certificates[holder], own))
    return TrueShares({holder: own for holder, own in released.items() if holder not in false}, false)


def compartment_keys(desk: SignedIn, bid: Bid) -> dict[Compartment, bytes]:
    """The keys of a package, joined from the shares with which it was opened; SharesMissing, SharesRefused."""
    named = bid.opened.holders if bid.opened else ()
    released = _released(desk, bid)
    return join_shares(
        desk, bid, {holder: own for holder, own in released.items() if not named or holder in (*named, bid.bidder)}
    )


def join_shares(desk: SignedIn, bid: Bid, shares: Mapping[str, Shares]) -> dict[Compartment, bytes]:
    """The keys of one package out of holder → shares; SharesMissing, SharesRefused."""
    custodians = [theirs for holder, theirs in shares.items() if holder != bid.bidder]
    own = shares.get(bid.bidder)
    founding = desk.evaluation.founding
    if len(custodians) < founding.threshold or (founding.bidder_share and own is None):
        raise SharesMissing(
            f"投标文件的解密份额不足：保管方 {len(custodians)}/{founding.threshold}"
            f"{'，缺投标人本人份额' if founding.bidder_share and own is None else ''}，请等候提交。",
            f"Shares are missing: {len(custodians)} of {founding.threshold} custodians"
            f"{', and the bidder has not released his own' if founding.bidder_share and own is None else ''}; wait.",
        )
    names = set.intersection(*(set(one) for one in (*custodians, *([own] if own else []))))
    return {
        name: join_key([theirs[name] for theirs in custodians], own[name] if own else None, founding.threshold)
        for name in COMPARTMENTS
        if name in names
    }


def _released(desk: SignedIn, bid: Bid) -> dict[str, Shares]:
    """A share that does not open counts as not released: nobody can hold up an opening by releasing garbage."""
    return {holder: own for holder, shares in bid.shares.items() if (own := _opened(desk, shares)) is not None}


def _opened(desk: SignedIn, shares: Mapping[str, bytes]) -> Shares | None:
    try:
        return {name: desk.open_for_me(share) for name, share in shares.items()}
    except EnvelopeRefused:
        return None


def _true(reader: PackageReader, certificate: bytes | None, shares: Shares) -> bool:
    """Whether a holder has released, for every compartment, the share the bidder gave him."""
    try:
        for compartment in reader.compartments:
            reader.check_share(certificate, compartment, shares.get(compartment, b""))
    except (SharesRefused, NotARecipient):
        return False
    return True


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
