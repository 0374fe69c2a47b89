"""Names of people, as their certificates give them; of those whom record 0 does not name, once they have signed in."""

from __future__ import annotations

from evalclient.core.evaluation.state import Evaluation
from evalclient.crypto.trust.certificates import common_name


def certificate_name(certificate: bytes) -> str:
    """The name in a certificate (DER) that record 0 lists; CertificateRefused."""
    return common_name(certificate)


def display_name(evaluation: Evaluation, person: str) -> str:
    """The name in the certificate behind a person's session; "" while that person has not signed in."""
    session = evaluation.roster.session_of(person)
    return common_name(session.certificate) if session else ""
