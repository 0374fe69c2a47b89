"""Keys of a bid package out of an archive: with the organiser's key by the shares he was sent, with a member's by his grant.

What was enveloped to a session opens with the session's key, which lies in the record of its sign-in, enveloped to the
person's certificate. So an archive opens bids for whom it did then, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.ports import KeyHandle
from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.cms import open_envelope
from evalclient.crypto.cms.key_agreement import BareKey
from evalclient.crypto.errors import EnvelopeRefused, SharesRefused
from evalclient.crypto.session import VaultRefused, encryption_key_from, open_vault
from evalclient.desk.package_opening import Shares, holder_of, joined_keys, shares_of


class NothingArchived(EvalclientError):
    """The archive gives this certificate no key of this package."""


def archived_keys(evaluation: Evaluation, reader: PackageReader, key: KeyHandle) -> dict[Compartment, bytes]:
    """The keys that ``key`` has of the package; of the parts granted to him, if he was a member.

    NothingArchived where the package is no bid of the evaluation, or its holder received nothing; TooFewShares where the
    organiser was not sent enough.
    """
    bid = next((one for one in evaluation.bids.values() if one.seal == reader.seal_digest), None)
    if bid is None:
        raise NothingArchived(
            "档案中没有这份投标文件，请核对 --archive 是否同一项目。",
            "The archive knows no such bid; check whether --archive is of the same evaluation.",
        )
    certificate = digest(key.certificate, evaluation.founding.hash)
    person = next((place.person for place in evaluation.roster.places.values() if place.certificate == certificate), "")
    own = _session_keys(evaluation, person, key)
    granted = _granted(evaluation, person, bid, own, reader)
    if granted:
        return granted
    sent = _sent(bid, own, reader) if person == evaluation.founding.organiser.person else []
    if not sent:
        raise NothingArchived(
            "档案没有向该证书提供这份投标文件的密钥；请用组织方或获得开放的评委的证书，或者用保管方的 --key。",
            "The archive gives this certificate no key of this bid; use the organiser's, that of a member who was granted "
            "access, or custodians' with --key.",
        )
    return joined_keys(reader, shares_of(reader, sent))


def _session_keys(evaluation: Evaluation, person: str, key: KeyHandle) -> dict[str, BareKey]:
    """Session → its private encryption key; one key operation each."""
    found = {}
    for session in evaluation.roster.sessions.values():
        if session.author == person:
            with suppress(VaultRefused):
                found[session.id] = encryption_key_from(open_vault(session.vault, key)[0])
    return found


def _granted(
    evaluation: Evaluation, person: str, bid: Bid, own: dict[str, BareKey], reader: PackageReader
) -> dict[Compartment, bytes]:
    for session, key in own.items():
        envelope = evaluation.grants.get((person, session))
        if envelope is not None:
            rows = msgspec.json.decode(open_envelope(envelope, key), type=dict[str, dict[Compartment, str]])
            keys = {name: bytes.fromhex(text) for name, text in rows.get(bid.bidder, {}).items()}
            for name, value in keys.items():
                reader.check_key(name, value)
            return keys
    return {}


def _sent(bid: Bid, own: dict[str, BareKey], reader: PackageReader) -> list[Shares]:
    """True shares released to the organiser; false ones and garbage are left out, as they were at the opening."""
    opened = (_opened(shares, tuple(own.values())) for shares in bid.shares.values())
    return list(_true((shares for shares in opened if shares is not None), reader))


def _opened(shares: object, keys: Sequence[BareKey]) -> Shares | None:
    envelopes = msgspec.convert(shares, dict[Compartment, bytes])
    for key in keys:
        with suppress(EnvelopeRefused):
            return {name: open_envelope(envelope, key) for name, envelope in envelopes.items()}
    return None


def _true(every: Iterator[Shares], reader: PackageReader) -> Iterator[Shares]:
    for shares in every:
        with suppress(SharesRefused):
            holder_of(reader, shares)
            yield shares
