"""Names of people, as their own certificates give them: known once they have signed in, not before."""

from __future__ import annotations

from functools import lru_cache

from cryptography import x509
from cryptography.x509.oid import NameOID

from evalclient.core.evaluation.state import Evaluation


def display_name(evaluation: Evaluation, person: str) -> str:
    """The name in the certificate behind a person's session; "" while that person has not signed in."""
    session = evaluation.roster.session_of(person)
    return _common_name(session.certificate) if session else ""


@lru_cache(maxsize=256)
def _common_name(certificate: bytes) -> str:
    """The subject's common name; "" where there is none. The certificate was checked when its session was verified."""
    names = x509.load_der_x509_certificate(certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""
