"""Which of a person's certificates signs and which one others encrypt to (双证书, GM/T 0015)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evalclient.crypto.primitives.public_keys import load_certificate, parse_certificate

_SIGNS = frozenset(("digital_signature", "non_repudiation"))
_OPENS = frozenset(("key_encipherment", "data_encipherment", "key_agreement"))


def signing_and_encryption(certificates: Sequence[bytes], at: datetime | None) -> tuple[int, int]:
    """Where in ``certificates`` (DER, at least one, each with its key) the two stand; the same where there is one.

    A certificate without key usage serves for both. Of those that serve, one that is valid ``at`` (aware) goes before one
    that is not, then one for its purpose alone before one for both, then the one that begins last: who has renewed his
    certificate often keeps the old one beside it. Without ``at`` validity is not looked at. The encryption certificate
    must name the same person as the signing one. CertificateRefused.
    """
    signing = min(range(len(certificates)), key=lambda one: _rank(certificates[one], _SIGNS, _OPENS, at))
    subject = parse_certificate(certificates[signing]).subject
    same = [one for one, each in enumerate(certificates) if parse_certificate(each).subject == subject]
    encryption = min(same, key=lambda one: _rank(certificates[one], _OPENS, _SIGNS, at, goes_first=one == signing))
    return signing, encryption


def _rank(
    certificate: bytes,
    wanted: frozenset[str],
    other: frozenset[str],
    at: datetime | None,
    *,
    goes_first: bool = False,
) -> tuple[bool, bool, bool, bool, float]:
    """The smallest goes first: of the wanted purpose, valid, of that purpose alone, the latest."""
    usage = parse_certificate(certificate).key_usage_value
    allowed = usage.native if usage is not None else wanted | other
    term = load_certificate(certificate)
    begins, ends = term.not_valid_before_utc, term.not_valid_after_utc
    out_of_term = at is not None and not begins <= at <= ends
    return not wanted & allowed, out_of_term, bool(other & allowed), not goes_first, -begins.timestamp()
