"""Revocation lists and OCSP responses that a CMS signature carries with it (RFC 5652, 10.2.1; RFC 5940)."""

from __future__ import annotations

from asn1crypto import cms

#: of one signer there is one path
MOST_STAPLED = 8
_OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2"


def stapled_to(signed: cms.SignedData) -> tuple[bytes, ...]:
    """The first lists and OCSP responses (DER) in a signature, in order; of unknown kinds nothing."""
    found: list[bytes] = []
    for choice in signed["crls"]:
        if choice.name == "certificate_list":
            found.append(choice.chosen.dump())
        elif choice.chosen["other_rev_info_format"].dotted == _OCSP_RESPONSE:
            found.append(choice.chosen["other_rev_info"].dump())
    return tuple(found[:MOST_STAPLED])
