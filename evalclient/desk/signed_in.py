"""What those who work with a person's keys see of his desk; ``Desk`` is one."""

from __future__ import annotations

from typing import Protocol

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.act import Act
from evalclient.crypto.session import SessionKeys


class SignedIn(Protocol):
    """A desk at which somebody has signed in."""

    person: str
    evaluation: Evaluation

    @property
    def keys(self) -> SessionKeys:
        """The session's private keys."""
        ...

    def open_for_me(self, untrusted_envelope: bytes) -> bytes:
        """Open an envelope made for any of this person's sessions."""
        ...

    def do(self, act: Act) -> str:
        """Sign, store and fold an act; the record's id."""
        ...
