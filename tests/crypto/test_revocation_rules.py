"""How old a list or an OCSP answer may be, under each rule, and what is said of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.demo.issuing import key_file
from evalclient.crypto.demo.pki import DemoAuthority, DemoPki, event_authority
from evalclient.crypto.event_authority import issue, new_request, read_request
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.trust.certificate_verdict import CertificateVerdict
from evalclient.crypto.trust.certificates import TrustStore, fingerprint
from tests.builders.revocations import answer, issuer_of, revocation_list, root_of

HOUR = timedelta(hours=1)


class Case:
    """One person of one authority, whose root has said today that its intermediate is good."""

    def __init__(self, pki: DemoPki, day: datetime) -> None:
        self.at = day
        self.authority: DemoAuthority = pki.authorities[1]
        self.roots = pki.roots
        self.holder = self.authority.issue("张伟", "某某大学", pin="1").certificate
        self.of_the_root = revocation_list(root_of(self.authority), day - HOUR, timedelta(days=90))

    def listed(self, age: timedelta, **given: Any) -> bytes:
        return revocation_list(issuer_of(self.authority), self.at - age, **given)

    def answered(self, age: timedelta, **given: Any) -> bytes:
        return answer(self.holder, issuer_of(self.authority), self.at - age, **given)

    def verdict(self, rule: RevocationRule, *evidence: bytes, at: datetime | None = None) -> CertificateVerdict:
        store = TrustStore(self.roots, (self.of_the_root, *evidence), rule=rule)
        return store.validate(self.holder, [self.authority.intermediate_der], at or self.at)


@pytest.fixture
def case(pki: DemoPki, day: datetime) -> Case:
    return Case(pki, day)


WARN, REFUSE = RevocationRule(), RevocationRule(unknown="refuse")


def accept(hours: int) -> RevocationRule:
    return RevocationRule(unknown="accept", hours=hours)


@pytest.mark.parametrize(
    ("rule", "age", "reason", "clearance"),
    [
        (WARN, None, "accepted", "unknown"),
        (WARN, 5, "accepted", "current"),
        (WARN, 30, "accepted", "stale"),
        (REFUSE, None, "unknown_status", "unknown"),
        (REFUSE, 5, "accepted", "current"),
        (REFUSE, 24, "accepted", "current"),
        (REFUSE, 25, "unknown_status", "unknown"),
        (accept(48), None, "unknown_status", "unknown"),
        (accept(48), 5, "accepted", "current"),
        (accept(2), 5, "accepted", "current"),
        (accept(48), 48, "accepted", "aged"),
        (accept(48), 49, "unknown_status", "unknown"),
    ],
)
@pytest.mark.parametrize("kind", ["list", "answer"])
def test_the_rule_says_how_old_is_too_old(
    rule: RevocationRule, age: int | None, reason: str, clearance: str, kind: str, case: Case
) -> None:
    make = case.listed if kind == "list" else case.answered
    evidence = () if age is None else (make(age * HOUR, term=timedelta(days=1)),)
    verdict = case.verdict(rule, *evidence)
    assert (verdict.reason, verdict.clearance) == (reason, clearance), verdict.en


def test_a_list_revokes_however_old_it_is_and_a_later_one_takes_nothing_back(case: Case) -> None:
    old = case.listed(900 * HOUR, revoked={case.holder: case.at - 901 * HOUR})
    for rule in (WARN, REFUSE, accept(1)):
        for evidence in ((old,), (old, case.listed(HOUR)), (case.answered(HOUR), old)):
            verdict = case.verdict(rule, *evidence)
            assert verdict.reason == "revoked"
            assert "37 days 12 hours old" in verdict.en
            assert "37 天 12 小时" in verdict.zh


def test_what_is_revoked_later_was_good_before(case: Case) -> None:
    later = case.listed(-2 * HOUR, revoked={case.holder: case.at + HOUR})
    for rule in (WARN, REFUSE):
        assert case.verdict(rule, later).accepted
        assert "made later" in case.verdict(rule, later).revocation.en
        assert case.verdict(rule, later, at=case.at + HOUR).reason == "revoked", "from that very second on"
        assert case.verdict(rule, later, at=case.at + HOUR - timedelta(seconds=1)).accepted


def test_the_words_name_the_list_its_maker_and_its_age(case: Case) -> None:
    verdict = case.verdict(WARN, case.listed(27 * HOUR, term=30 * HOUR))
    assert verdict.revocation.en == (
        "Not revoked, by the revocation list of 东湖演示签发CA Donghu DEMO Issuing of 2026-11-23 06:30 UTC "
        "(1 day 3 hours old)."
    )
    assert "已 1 天 3 小时" in verdict.revocation.zh
    assert "OCSP" in case.verdict(WARN, case.answered(timedelta(minutes=5))).revocation.zh
    assert "no list or OCSP answer of 东湖演示签发CA" in case.verdict(REFUSE).en


def test_the_newest_clears_and_the_worst_certificate_of_the_path_is_told(case: Case) -> None:
    both = case.verdict(WARN, case.listed(20 * HOUR), case.answered(timedelta(minutes=5)))
    assert "the OCSP answer" in both.revocation.en
    assert "5 minutes old" in both.revocation.en
    case.of_the_root = revocation_list(root_of(case.authority), case.at - 40 * HOUR)
    worst = case.verdict(WARN, case.listed(HOUR))
    assert worst.clearance == "stale"
    assert "Donghu DEMO Root" in worst.revocation.en


def test_an_answer_without_a_term_serves_half_an_hour(case: Case) -> None:
    assert case.verdict(REFUSE, case.answered(timedelta(minutes=30), term=None)).accepted
    late = case.answered(timedelta(minutes=31), term=None)
    assert not case.verdict(REFUSE, late).accepted
    assert case.verdict(accept(1), late).clearance == "aged"


def test_what_is_remembered_ages_too(case: Case) -> None:
    store = TrustStore(case.roots, (case.of_the_root, case.listed(HOUR)), rule=REFUSE)
    chain = [case.authority.intermediate_der]
    assert store.validate(case.holder, chain, case.at).accepted
    assert store.validate(case.holder, chain, case.at + 24 * HOUR).reason == "unknown_status"
    assert store.validate(case.holder, chain, case.at + 22 * HOUR).accepted


def test_forgiving_lets_through_what_nothing_clears_but_not_what_is_revoked(case: Case) -> None:
    store = TrustStore(case.roots, rule=REFUSE)
    chain = [case.authority.intermediate_der]
    assert not store.validate(case.holder, chain, case.at).accepted
    assert store.forgiving.validate(case.holder, chain, case.at).accepted
    revoked = TrustStore(case.roots, [case.listed(HOUR, revoked={case.holder: case.at - HOUR})], rule=REFUSE)
    assert revoked.forgiving.validate(case.holder, chain, case.at).reason == "revoked"


def test_a_certificate_for_a_day_needs_nothing_to_clear_it_and_a_longer_one_does_not_count(case: Case) -> None:
    event = event_authority("rules", case.at)
    authority = Pkcs12Key.open(
        key_file("event", [(event.issuing_key, event.intermediate_der)], [event.root_der], "1"), "1"
    )
    _, request = new_request("周明", "某某大学", "1")
    day = issue(read_request(request), authority, case.at, HOUR)
    longer = event.issue("周明", "某某大学", pin="1").certificate
    bare = TrustStore(case.roots, rule=REFUSE, event_authority=event.intermediate_der)
    store = bare.seating((fingerprint(day), fingerprint(longer)), "sha256")
    assert bare.validate(day, (), case.at).reason == "unknown_authority", "nobody stands for it yet"
    for trust in (store, store.with_lists((case.of_the_root,)), store.forgiving):
        verdict = trust.validate(day, (), case.at)
        assert (verdict.reason, verdict.clearance) == ("accepted", "current"), verdict.en
        assert "for one day" in verdict.revocation.en
    assert store.validate(longer, (), case.at).reason == "unknown_authority"
    listed = revocation_list(issuer_of(event), case.at, revoked={day: case.at})
    assert store.with_lists((listed,)).validate(day, (), case.at).reason == "revoked"
    assert TrustStore(case.roots, rule=REFUSE).validate(day, (), case.at).reason == "unknown_authority"
