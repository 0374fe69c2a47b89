"""Acts around bid packages: submission, opening, release to the committee."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.records.act import Act
from evalclient.core.records.fields import DecimalText, Digest, Name, PersonId, RecordId, Text

Compartment = Literal["identity", "qualification", "technical", "price"]
COMPARTMENTS: tuple[Compartment, ...] = ("identity", "qualification", "technical", "price")
#: the compartments whose quotes are read out at the opening (开标一览表)
READ_OUT: tuple[Compartment, ...] = ("identity", "price")


class BidSubmitted(Act, frozen=True):
    """A bidder hands in his sealed package; a later one before the deadline replaces it (投标文件递交).

    ``seal`` is the SHA-256 of the package's ``META-INF/ASiCManifest.xml``, which stays in the archive.
    """

    package: Digest
    seal: Digest
    size: Annotated[int, Meta(ge=1)]

    @property
    def files(self) -> tuple[str, ...]:
        return (self.package,)


class BidWithdrawn(Act, frozen=True):
    """A bidder takes his bid back before the deadline (撤回)."""

    package: Digest
    ground: Text = ""


class ShareReleased(Act, frozen=True):
    """A custodian, or the bidder himself, releases his share of one package's keys to the organiser (解密).

    ``shares`` maps compartment → the share, enveloped to the organiser's session encryption key.
    """

    bidder: PersonId
    package: Digest
    shares: dict[Compartment, bytes]


class OpenedBid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the opening record.

    ``failure``: "" opened, ``revoked`` (撤销, the bidder's own failure) or ``withdrawn`` (撤回, another's). ``holders``
    are the custodians whose shares opened it, each found true by the package's commitments. ``manifest_keys`` (compartment
    → 32 bytes) opens what the bidder signed of identity and price, so that anybody can compare it with this line; it opens
    no document.
    """

    bidder: PersonId
    package: Digest
    name: Name
    price: DecimalText
    terms: dict[str, Text] = {}
    failure: Literal["", "revoked", "withdrawn"] = ""
    note: Text = ""
    holders: tuple[PersonId, ...] = ()
    manifest_keys: dict[Compartment, Annotated[bytes, Meta(min_length=32, max_length=32)]] = {}


class Objection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An objection at opening and its answer on the spot (条例 第四十四条)."""

    by: Name
    objection: Text
    answer: Text


class OpeningRecorded(Act, frozen=True):
    """The organiser records the opening: names and prices read out, failures, objections (开标记录)."""

    bids: tuple[OpenedBid, ...]
    objections: tuple[Objection, ...] = ()


class Qualification(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One bidder's qualification result."""

    bidder: PersonId
    qualified: bool
    reason: Text = ""


class QualificationRecorded(Act, frozen=True):
    """Procurement: the purchaser or agent, not the committee, reviewed qualification (资格审查, 87号令 第四十四条).

    Between the opening record and the end of the opening, which closes over it: whether enough bids are left to be
    evaluated follows from the result, and the committee meets only then.
    """

    results: tuple[Qualification, ...]


class AccessGranted(Act, frozen=True):
    """The organiser gives a member's session the keys of the bids (releases to the committee).

    ``keys`` is a CMS envelope to the session's encryption key; inside, JSON ``{bidder: {compartment: hex key}}``.
    """

    member: PersonId
    session: RecordId
    compartments: tuple[Compartment, ...]
    keys: bytes
