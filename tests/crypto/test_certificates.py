"""Which certificates are trusted: three authorities, cross-certificates, time, revocation, usage."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.trust.certificates import TrustStore, common_name, fingerprint, organisation

HOUR = timedelta(hours=1)


@pytest.fixture
def fresh(day: datetime) -> DemoPki:
    """Authorities of one's own: tests revoke with them."""
    return DemoPki.create("certificate tests", day)


@pytest.mark.parametrize("authority", [0, 1, 2])
@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_people_of_all_three_authorities_are_accepted(authority: int, kind: Any, pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[authority]
    credential = issuer.issue("张伟", "某某大学", pin="1", kind=kind)
    verdict = TrustStore(pki.roots, pki.crls(day)).validate(credential.certificate, [issuer.intermediate_der], day)
    assert verdict.accepted
    assert verdict.path == (credential.certificate, issuer.intermediate_der, issuer.root_der)


@pytest.mark.parametrize("trusted", [0, 1, 2])
def test_one_root_and_the_cross_certificates_are_enough(trusted: int, pki: DemoPki, day: datetime) -> None:
    store = TrustStore([pki.roots[trusted]], pki.crls(day), pki.cross_certificates)
    for issuer in pki.authorities:
        credential = issuer.issue("张伟", "某某大学", pin="1")
        verdict = store.validate(credential.certificate, [issuer.intermediate_der], day)
        assert verdict.accepted, verdict.en
        assert verdict.path[-1] == pki.roots[trusted]


def test_an_authority_that_is_not_recognised_is_named_as_the_reason(pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[1]
    credential = issuer.issue("张伟", "某某大学", pin="1")
    for roots, chain in ((pki.roots[2:], [issuer.intermediate_der]), (pki.roots, [])):
        verdict = TrustStore(roots).validate(credential.certificate, chain, day)
        assert verdict.reason == "unknown_authority"
        assert "张伟" in verdict.zh


def test_an_authority_of_the_same_name_but_another_key_is_not_recognised(day: datetime) -> None:
    genuine, forged = DemoPki.create("one", day), DemoPki.create("two", day)
    issuer = forged.authorities[1]
    credential = issuer.issue("张伟", "某某大学", pin="1")
    verdict = TrustStore(genuine.roots).validate(credential.certificate, [issuer.intermediate_der], day)
    assert not verdict.accepted


def test_validity_counts_at_the_time_of_the_act(pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[1]
    until = day - timedelta(days=2)
    expired = issuer.issue("张伟", "某某大学", pin="1", valid=(until - timedelta(days=30), until)).certificate
    store = TrustStore(pki.roots, pki.crls(day))
    chain = [issuer.intermediate_der]
    assert store.validate(expired, chain, until - HOUR).accepted
    late, early = store.validate(expired, chain, day), store.validate(expired, chain, until - timedelta(days=31))
    assert (late.reason, early.reason) == ("expired", "not_yet_valid")
    assert "2026-11-22" in late.zh
    assert store.validate(expired, chain, until - HOUR).accepted


def test_revocation_counts_from_its_date_on_also_by_a_list_that_is_out_of_date(fresh: DemoPki, day: datetime) -> None:
    issuer = fresh.authorities[2]
    credential = issuer.issue("张伟", "某某大学", pin="1")
    issuer.revoke(credential.certificate, day)
    store = TrustStore(fresh.roots, fresh.crls(day))
    chain = [issuer.intermediate_der]
    assert store.validate(credential.certificate, chain, day - HOUR).accepted
    assert store.validate(credential.certificate, chain, day + HOUR).reason == "revoked"
    assert store.validate(credential.certificate, chain, day + timedelta(days=300)).reason == "revoked"
    assert store.validate(credential.certificate, chain, day - HOUR).accepted
    with pytest.raises(CertificateRefused, match="revoked"):
        store.check(credential.certificate, tuple(chain), (day + HOUR).isoformat())


def test_a_revocation_list_of_another_authority_of_the_same_name_revokes_nothing(day: datetime) -> None:
    genuine, forged = DemoPki.create("one", day), DemoPki.create("two", day)
    issuer = genuine.authorities[2]
    credential = issuer.issue("张伟", "某某大学", pin="1")
    forged.authorities[2].revoke(credential.certificate, day - HOUR)
    store = TrustStore(genuine.roots, forged.crls(day))
    assert store.validate(credential.certificate, [issuer.intermediate_der], day).accepted


def test_a_remembered_verdict_is_not_used_outside_the_paths_validity(pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[1]
    end = day + timedelta(days=5)
    certificate = issuer.issue("张伟", "某某大学", pin="1", valid=(day, end)).certificate
    store = TrustStore(pki.roots)
    assert store.validate(certificate, [issuer.intermediate_der], day).accepted
    assert store.validate(certificate, [issuer.intermediate_der], end).accepted
    assert not store.validate(certificate, [issuer.intermediate_der], end + timedelta(seconds=1)).accepted
    assert not store.validate(certificate, [], day).accepted


def test_usage_must_fit_the_act(pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[1]
    store = TrustStore(pki.roots)
    chain = [issuer.intermediate_der]
    for purposes, accepted, refused in ((["encrypt"], "encrypt", "sign"), (["sign"], "sign", "encrypt")):
        certificate = issuer.issue("张伟", "某某大学", purposes, pin="1").certificate  # type: ignore[arg-type]
        assert store.validate(certificate, chain, day, accepted).accepted  # type: ignore[arg-type]
        assert store.validate(certificate, chain, day, refused).reason == "wrong_usage"  # type: ignore[arg-type]
        assert store.validate(certificate, chain, day, "any").accepted


def test_a_person_is_no_authority(pki: DemoPki, person: Any, day: datetime) -> None:
    """A chain in which an end entity's certificate stands where an authority's should."""
    one, two = person("张伟"), person("李娜")
    verdict = TrustStore([one.certificate]).validate(two.certificate, [one.certificate], day)
    assert not verdict.accepted


def test_malformed_input_is_a_verdict_or_a_refusal_never_a_traceback(pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[1]
    certificate = issuer.issue("张伟", "某某大学", pin="1").certificate
    store = TrustStore(pki.roots)
    assert store.validate(b"junk", [], day).reason == "malformed"
    assert store.validate(certificate, [b"junk"], day).reason == "malformed"
    assert store.validate(certificate, [issuer.intermediate_der] * 40, day).reason == "malformed"
    for cut in range(0, len(certificate), 5):
        assert not store.validate(certificate[:cut], [issuer.intermediate_der], day).accepted
        flipped = certificate[:cut] + bytes((certificate[cut] ^ 4,)) + certificate[cut + 1 :]
        assert not store.validate(flipped, [issuer.intermediate_der], day).accepted
    with pytest.raises(CertificateRefused):
        TrustStore([b"junk"])
    with pytest.raises(CertificateRefused):
        TrustStore(pki.roots, [b"junk"])


def test_names_and_fingerprint(pki: DemoPki) -> None:
    certificate = pki.authorities[0].issue("张伟", "某某大学", pin="1").certificate
    assert (common_name(certificate), organisation(certificate)) == ("张伟", "某某大学")
    assert len(fingerprint(certificate)) == 64
    with pytest.raises(CertificateRefused):
        common_name(b"junk")


def test_validation_leaves_no_event_loop_behind(pki: DemoPki, day: datetime) -> None:
    issuer = pki.authorities[1]
    certificate = issuer.issue("张伟", "某某大学", pin="1").certificate

    async def inside_a_loop() -> bool:
        return TrustStore(pki.roots).validate(certificate, [issuer.intermediate_der], day).accepted

    assert asyncio.run(inside_a_loop())
