"""Names of people, as their own certificates give them: known once they have signed in, not before."""

from __future__ import annotations

from evalclient.core.evaluation.state import Evaluation
from evalclient.crypto.certificates import common_name


def display_name(evaluation: Evaluation, person: str) -> str:
    """The name in the certificate behind a person's session; "" while that person has not signed in."""
    session = evaluation.roster.session_of(person)
    return common_name(session.certificate) if session else ""
