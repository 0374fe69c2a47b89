"""Logins by session key: a challenge to sign, then a token. Both live in memory and end with the process."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Final

CHALLENGE_SECONDS: Final = 60
TOKEN_SECONDS: Final = 12 * 3600
MOST_CHALLENGES: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Pass:
    fingerprint: str
    session: str
    ends: float


class Logins:
    """Open challenges and valid tokens. Tokens are kept as digests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._challenges: dict[str, _Pass] = {}
        self._tokens: dict[str, _Pass] = {}

    def challenge(self, fingerprint: str, session: str) -> str:
        """A fresh challenge (64 hex digits) for a session."""
        challenge = secrets.token_hex(32)
        with self._lock:
            _sweep(self._challenges)
            while len(self._challenges) >= MOST_CHALLENGES:
                self._challenges.pop(next(iter(self._challenges)))
            self._challenges[challenge] = _Pass(fingerprint, session, time.monotonic() + CHALLENGE_SECONDS)
        return challenge

    def take_challenge(self, fingerprint: str, session: str, challenge: str) -> bool:
        """Whether this challenge was given to this session; it is used up by asking."""
        with self._lock:
            given = self._challenges.pop(challenge, None)
        return (
            given is not None
            and (given.fingerprint, given.session) == (fingerprint, session)
            and given.ends > time.monotonic()
        )

    def issue(self, fingerprint: str, session: str) -> str:
        """A fresh token for a session."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            _sweep(self._tokens)
            self._tokens[_name(token)] = _Pass(fingerprint, session, time.monotonic() + TOKEN_SECONDS)
        return token

    def session(self, fingerprint: str, token: str) -> str | None:
        """The session behind a token of this evaluation, or None."""
        with self._lock:
            held = self._tokens.get(_name(token))
        if held is None or held.fingerprint != fingerprint or held.ends <= time.monotonic():
            return None
        return held.session


def _name(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sweep(passes: dict[str, _Pass]) -> None:
    now = time.monotonic()
    for name in [name for name, given in passes.items() if given.ends <= now]:
        del passes[name]
