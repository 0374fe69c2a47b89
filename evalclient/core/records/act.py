"""What every act is made of: the base struct, stages, parties, sealed bodies."""

from __future__ import annotations

from typing import Literal

import msgspec

from evalclient.core.records.fields import Digest, Name, PersonId

Trade = Literal["construction", "procurement"]
Stage = Literal[
    "opening",
    "ready",
    "checkin",
    "pledge",
    "leader",
    "release",
    "preliminary",
    "scoring",
    "settlement",
    "price",
    "summary",
    "recheck",
    "candidates",
    "report",
    "archive",
    "ended",
]
#: at which point of the meeting something is drawn
DrawTime = Literal["opening", "before_review", "after_review"]
Role = Literal["organiser", "supervisor", "custodian", "administrator", "member", "bidder"]
MemberKind = Literal["expert", "representative"]


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body of a record: one thing a person did. Each subclass is one kind of the catalogue."""

    @property
    def files(self) -> tuple[str, ...]:
        """Digests of the files that this act hands over: its record lists them as blobs."""
        return ()


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person or office named in record 0, with the certificate (DER) that signs for it.

    ``encryption`` is the certificate that others encrypt to, where a person has two (双证书), b"" where he has one.
    """

    person: PersonId
    certificate: bytes
    encryption: bytes = b""

    @property
    def encryption_certificate(self) -> bytes:
        """The certificate (DER) that others encrypt to."""
        return self.encryption or self.certificate


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place of evaluation (主场/副场)."""

    id: PersonId
    name: Name
    main: bool = False


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body that nobody can read before its author publishes the key (密封).

    ``cipher`` is nonce ‖ AES-256-GCM (in the SM suite SM4-GCM) of the JSON content, ``commitment`` the digest of the key under its type line,
    ``author_key`` the key enveloped (CMS) to the author's own vault key, ``recovery`` custodian → a share of the key,
    enveloped to that custodian's encryption certificate.
    """

    cipher: bytes
    commitment: Digest
    author_key: bytes
    recovery: dict[PersonId, bytes] = {}


class SealedShare(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A share of a draw that nobody knows before its author publishes it; what is committed to is the share itself.

    ``commitment`` is its digest under the type line of keys, ``author_key`` the share (32 random bytes) for its author
    alone, ``recovery`` custodian → a part of it, enveloped, as in ``Sealed``.
    """

    commitment: Digest
    author_key: bytes
    recovery: dict[PersonId, bytes] = {}
