"""Demonstration authorities and people that the crypto tests share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key

PIN = "口令 4711"
Person = Callable[..., Pkcs12Key]


@pytest.fixture(scope="session")
def day() -> datetime:
    return datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def pki(day: datetime) -> DemoPki:
    return DemoPki.create("crypto tests", day)


@pytest.fixture(scope="session")
def person(pki: DemoPki) -> Person:
    """A key of the given kind, issued by authority 0 (RSA), 1 or 2 (EC); the same person is issued once."""
    known: dict[tuple[str, int, KeyKind], Pkcs12Key] = {}

    def issued(name: str, authority: int = 1, kind: KeyKind = "ec") -> Pkcs12Key:
        key = (name, authority, kind)
        if key not in known:
            credential = pki.authorities[authority].issue(name, "某某大学", pin=PIN, kind=kind)
            known[key] = Pkcs12Key.open(credential.p12, PIN)
        return known[key]

    return issued
