"""NIST PKITS (sections 4.1 to 4.16, 2011 edition): every test path against the product's own verdict.

``pkits.tsv`` beside this file holds, for each of the 224 tests, what PKITS expects under its default settings, what the
product says, and why where it refuses; certificates and lists come from the package ``cryptography-vectors``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import cryptography_vectors
import pytest

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.trust.certificates import TrustStore, fingerprint

_DATA = Path(cryptography_vectors.__file__).parent / "x509" / "PKITS_data"
_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_SECTIONS = {
    1: 6,
    2: 8,
    3: 11,
    4: 21,
    5: 8,
    6: 17,
    7: 5,
    8: 20,
    9: 8,
    10: 14,
    11: 11,
    12: 10,
    13: 38,
    14: 35,
    15: 10,
    16: 2,
}

#: paths that PKITS has accepted and the product refuses, and why
STRICTER = {
    "4.1.4": "DSA keys are not accepted: RSA, P-256, P-384, P-521 and SM2 are",
    "4.1.5": "the same, with parameters inherited from the issuer's key",
}
#: subtests that ask for settings which the product does not have, since no tender restricts certificate policies:
#: initial-policy-set, initial-explicit-policy, initial-policy-mapping-inhibit, initial-inhibit-any-policy. Their paths
#: are tried under the default settings.
SETTINGS_NOT_OFFERED = {
    "4.8.1": "1-4", "4.8.2": "2", "4.8.3": "2-3", "4.8.6": "2-3", "4.8.10": "2-3", "4.8.11": "2", "4.8.13": "1-3",
    "4.8.14": "1-2", "4.8.18": "1-2", "4.8.20": "only", "4.10.1": "1-3", "4.10.2": "2", "4.10.3": "1-2", "4.10.5": "1-2",
    "4.10.6": "1-2", "4.10.12": "1-2", "4.12.3": "2",
}  # fmt: skip


class _Case(NamedTuple):
    number: str
    expected: str
    reason: str
    path: tuple[str, ...]
    lists: tuple[str, ...]


def _cases() -> list[_Case]:
    rows = (Path(__file__).parent / "pkits.tsv").read_text().splitlines()[1:]
    cells = [(row + "\t").split("\t") for row in rows]
    return [_Case(row[0], row[1], row[2], tuple(row[3].split()), tuple(row[4].split())) for row in cells]


CASES = _cases()


def _certificate(name: str) -> bytes:
    return (_DATA / "certs" / f"{name}.crt").read_bytes()


def _list(name: str) -> bytes:
    return (_DATA / "crls" / f"{name}.crl").read_bytes()


def _store(case: _Case, unknown: str = "refuse") -> TrustStore:
    lists = [_list(name) for name in ("TrustAnchorRootCRL", *case.lists)]
    return TrustStore([_certificate("TrustAnchorRootCertificate")], lists, rule=RevocationRule(unknown=unknown))  # type: ignore[arg-type]


def test_the_table_holds_every_test() -> None:
    counted = {section: sum(case.number.startswith(f"4.{section}.") for case in CASES) for section in _SECTIONS}
    assert counted == _SECTIONS
    assert {case.number for case in CASES} >= STRICTER.keys() | SETTINGS_NOT_OFFERED.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.number)
def test_path(case: _Case) -> None:
    holder, chain = _certificate(case.path[-1]), [_certificate(name) for name in case.path[:-1]]
    verdict = _store(case).validate(holder, chain, _AT, "any")
    assert verdict.reason == case.reason, verdict.en
    accepted = case.expected == "valid" and case.number not in STRICTER
    assert verdict.accepted == accepted, verdict.en
    if accepted:
        assert fingerprint(verdict.path[0]) == fingerprint(holder)
        assert verdict.clearance == "current"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.reason in {"revoked", "unknown_status"}], ids=lambda case: case.number
)
def test_what_is_not_known_is_refused_or_told_by_the_rule_and_what_is_revoked_under_both(case: _Case) -> None:
    holder, chain = _certificate(case.path[-1]), [_certificate(name) for name in case.path[:-1]]
    verdict = _store(case, "warn").validate(holder, chain, _AT, "any")
    if case.reason == "revoked":
        assert verdict.reason == "revoked"
    else:
        assert verdict.accepted
        assert verdict.clearance in {"stale", "unknown"}
        assert "known" in verdict.revocation.en
