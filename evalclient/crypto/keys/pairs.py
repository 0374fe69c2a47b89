"""Which of a person's certificates signs and which one others encrypt to (双证书, GM/T 0015)."""

from __future__ import annotations

from collections.abc import Sequence

from evalclient.crypto.primitives.public_keys import parse_certificate

_SIGNS = frozenset(("digital_signature", "non_repudiation"))
_OPENS = frozenset(("key_encipherment", "data_encipherment", "key_agreement"))


def signing_and_encryption(certificates: Sequence[bytes]) -> tuple[int, int]:
    """Where in ``certificates`` (DER, at least one, each with its key) the two stand; the same where there is one.

    A certificate without key usage serves for both. One that serves for its purpose alone goes before one that serves
    for both; the encryption certificate must name the same person as the signing one. CertificateRefused.
    """
    signing = min(range(len(certificates)), key=lambda at: _rank(certificates[at], _SIGNS, _OPENS))
    subject = parse_certificate(certificates[signing]).subject
    same = [at for at, each in enumerate(certificates) if parse_certificate(each).subject == subject]
    encryption = min(same, key=lambda at: (_rank(certificates[at], _OPENS, _SIGNS), at != signing))
    return signing, encryption


def _rank(certificate: bytes, wanted: frozenset[str], other: frozenset[str]) -> int:
    """0 for a certificate of this purpose alone, 1 for one of both, 2 for one of the other."""
    usage = parse_certificate(certificate).key_usage_value
    allowed = usage.native if usage is not None else wanted | other
    if not wanted & allowed:
        return 2
    return 1 if other & allowed else 0
