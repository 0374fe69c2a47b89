"""Whose lists and OCSP answers count: responders, makers of lists by another key, delta lists, and none that are not theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.trust.certificate_paths import linked
from evalclient.crypto.trust.certificate_verdict import CertificateVerdict
from evalclient.crypto.trust.certificates import TrustStore, revocations_made_by
from tests.builders.revocations import (
    Issuer,
    answer,
    certificate,
    der,
    issuer_of,
    responder,
    revocation_list,
    root_of,
)

HOUR = timedelta(hours=1)
REFUSE = RevocationRule(unknown="refuse")


class Case:
    """A person, his issuer and what the root says of that issuer."""

    def __init__(self, pki: DemoPki, at: datetime) -> None:
        self.at, self.pki = at, pki
        self.authority, self.stranger = pki.authorities[1], pki.authorities[2]
        self.issuer = issuer_of(self.authority)
        self.holder = self.authority.issue("张伟", "某某大学", pin="1").certificate
        self.of_the_root = revocation_list(root_of(self.authority), at - HOUR)

    def verdict(self, *evidence: bytes, others: tuple[bytes, ...] = ()) -> CertificateVerdict:
        store = TrustStore(self.pki.roots, (self.of_the_root, *evidence), others, REFUSE)
        return store.validate(self.holder, [self.authority.intermediate_der], self.at)

    def stapled(self, *evidence: bytes) -> CertificateVerdict:
        store = TrustStore(self.pki.roots, (self.of_the_root,), rule=REFUSE)
        return store.validate(self.holder, [self.authority.intermediate_der], self.at, stapled=evidence)


@pytest.fixture
def case(pki: DemoPki, day: datetime) -> Case:
    return Case(pki, day)


@pytest.mark.parametrize("no_check", [True, False])
def test_a_responder_of_the_issuer_answers_for_it(case: Case, no_check: bool) -> None:
    maker = responder(case.issuer, case.at, no_check=no_check)
    good = answer(case.holder, case.issuer, case.at - HOUR / 2, responder=maker)
    assert case.verdict(good).clearance == "current"
    assert case.stapled(good).clearance == "current"
    assert revocations_made_by(good, case.authority.intermediate_der)
    revoked = answer(case.holder, case.issuer, case.at - HOUR / 2, responder=maker, revoked=case.at - HOUR)
    for verdict in (case.verdict(revoked), case.stapled(revoked)):
        assert verdict.reason == "revoked"
        assert "DEMO responder" in verdict.en


def test_nobody_else_answers_for_it(case: Case) -> None:
    person = case.authority.issue("王强", "某某大学", pin="1").certificate
    without_usage = responder(case.issuer, case.at, usage=False)
    of_another = responder(issuer_of(case.stranger), case.at)
    for maker in (without_usage, of_another, issuer_of(case.stranger), root_of(case.authority)):
        untrusted = answer(case.holder, case.issuer, case.at - HOUR / 2, responder=maker)
        assert case.verdict(untrusted).reason == "unknown_status"
        assert case.stapled(untrusted).reason == "unknown_status"
        assert not revocations_made_by(untrusted, case.authority.intermediate_der)
    about_another = answer(person, case.issuer, case.at - HOUR / 2)
    assert case.verdict(about_another).reason == "unknown_status"


def test_an_answer_counts_no_longer_once_a_list_strikes_its_responder(case: Case) -> None:
    checked, unchecked = responder(case.issuer, case.at), responder(case.issuer, case.at, no_check=True)
    struck = {der(checked): case.at - HOUR, der(unchecked): case.at - HOUR}
    old_list = revocation_list(case.issuer, case.at - 50 * HOUR, revoked=struck)
    for maker, reason in ((checked, "unknown_status"), (unchecked, "accepted")):
        good = answer(case.holder, case.issuer, case.at - HOUR / 2, responder=maker)
        assert case.verdict(good, old_list).reason == reason, "the responder says that it need not be looked for"


def test_a_list_by_another_key_of_the_issuer_counts_with_its_certificate(case: Case) -> None:
    usage = x509.KeyUsage(False, False, False, False, False, False, True, False, False)
    maker = certificate(root_of(case.authority), case.authority.issuing.subject, "list key", case.at, [(usage, True)])
    clear = revocation_list(maker, case.at - HOUR)
    assert case.verdict(clear).reason == "unknown_status", "whose list it is cannot be known"
    assert case.verdict(clear, others=(der(maker),)).clearance == "current"
    assert revocations_made_by(clear, der(maker))
    names_him = revocation_list(maker, case.at - HOUR, revoked={case.holder: case.at - 2 * HOUR})
    assert case.verdict(names_him, others=(der(maker),)).reason == "revoked"
    case.of_the_root = revocation_list(root_of(case.authority), case.at - HOUR, revoked={der(maker): case.at - HOUR})
    assert case.verdict(clear, others=(der(maker),)).reason == "unknown_status", "its maker is revoked"


def test_a_person_makes_no_lists(case: Case) -> None:
    no_usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    person = certificate(case.issuer, case.authority.issuing.subject, "a person", case.at, [(no_usage, True)])
    clear = revocation_list(person, case.at - HOUR)
    assert not revocations_made_by(clear, der(person))
    assert case.verdict(clear, others=(der(person),)).reason == "unknown_status"


def test_a_delta_list_counts_with_its_base_alone(case: Case) -> None:
    where = x509.FreshestCRL(
        [x509.DistributionPoint([x509.UniformResourceIdentifier("http://demo/d")], None, None, None)]
    )
    base = revocation_list(case.issuer, case.at - 2 * HOUR, extensions=[(where, False)])
    indicator = x509.DeltaCRLIndicator(int((case.at - 2 * HOUR).timestamp()))

    def delta(revoked: dict[bytes, datetime]) -> bytes:
        return revocation_list(case.issuer, case.at - HOUR, revoked=revoked, extensions=[(indicator, True)])

    assert case.verdict(delta({})).reason == "unknown_status"
    assert case.verdict(base).reason == "unknown_status", "it names a newer part that is not there"
    assert case.verdict(base, delta({})).clearance == "current"
    assert case.verdict(base, delta({case.holder: case.at - HOUR})).reason == "revoked"


def test_a_response_with_too_much_in_it_is_none(case: Case) -> None:
    crowd = [responder(case.issuer, case.at, no_check=bool(number % 2)) for number in range(9)]
    builder = ocsp.OCSPResponseBuilder().responder_id(ocsp.OCSPResponderEncoding.NAME, case.issuer[0])
    builder = builder.add_response(
        cert=x509.load_der_x509_certificate(case.holder),
        issuer=case.issuer[0],
        algorithm=hashes.SHA1(),
        cert_status=ocsp.OCSPCertStatus.GOOD,
        this_update=case.at,
        next_update=None,
        revocation_time=None,
        revocation_reason=None,
    )
    few, many = (
        builder.certificates([one[0] for one in crowd[:count]]).sign(case.issuer[1], hashes.SHA256())
        for count in (8, 9)
    )
    assert case.stapled(few.public_bytes(Encoding.DER)).accepted
    assert not case.stapled(many.public_bytes(Encoding.DER)).accepted


def test_sm2_paths_and_lists_are_judged_alike(day: datetime) -> None:
    pki = DemoPki.create("SM2 all along", day, ("sm2", "sm2", "ec"))
    authority = pki.authorities[0]
    good, bad = (authority.issue(name, "某某大学", pin="1", kind="sm2").certificate for name in ("张伟", "王强"))
    authority.revoke(bad, day - HOUR)
    store = TrustStore(pki.roots, authority.crls(day - HOUR), rule=REFUSE)
    chain = [authority.intermediate_der]
    assert store.validate(good, chain, day).clearance == "current"
    assert store.validate(bad, chain, day).reason == "revoked"
    around = TrustStore([pki.roots[1]], pki.crls(day), pki.cross_certificates, REFUSE)
    assert around.validate(good, chain, day).path[-1] == pki.roots[1]
    damaged = good[:-3] + bytes((good[-3] ^ 1,)) + good[-2:]
    assert store.validate(damaged, chain, day).reason == "irregular"


@pytest.mark.parametrize("untrusted", [b"", b"junk", b"0\x03\x0a\x01\x06", b"\x30\x82\xff\xff"])
def test_what_is_neither_list_nor_answer_is_refused_and_left_out_where_a_signature_brings_it(
    case: Case, untrusted: bytes
) -> None:
    with pytest.raises(CertificateRefused, match="neither"):
        case.verdict(untrusted)
    assert not revocations_made_by(untrusted, case.authority.root_der)
    good = answer(case.holder, case.issuer, case.at - HOUR / 2)
    assert case.stapled(untrusted, good).accepted


def test_damage_anywhere_in_what_is_signed_clears_nobody(case: Case) -> None:
    made = revocation_list(case.issuer, case.at - HOUR)
    answered = answer(case.holder, case.issuer, case.at - HOUR / 2)
    for sound, signed in (
        (made, x509.load_der_x509_crl(made).tbs_certlist_bytes),
        (answered, ocsp.load_der_ocsp_response(answered).tbs_response_bytes),
    ):
        assert case.stapled(sound).accepted
        start = sound.index(signed)
        for place in range(start, start + len(signed), 3):
            flipped = sound[:place] + bytes((sound[place] ^ 1,)) + sound[place + 1 :]
            assert not case.stapled(flipped).accepted, place
            assert not case.stapled(sound[:place]).accepted, place


def test_a_revoked_cross_certificate_closes_only_the_way_through_it(day: datetime) -> None:
    """Which of two paths is found first depends on names; either must do while the other's is revoked."""
    pki = DemoPki.create("ways around", day)
    one, two = pki.authorities[1], pki.authorities[2]
    holder, chain = two.issue("张伟", "某某大学", pin="1").certificate, [two.intermediate_der]
    cross = one.certify(two)
    lists = [
        revocation_list(root_of(one), day - HOUR, revoked={cross: day - HOUR}),
        revocation_list(root_of(two), day - HOUR),
        revocation_list(issuer_of(two), day - HOUR),
    ]
    both = TrustStore([one.root_der, two.root_der], lists, [cross], REFUSE).validate(holder, chain, day)
    assert both.accepted
    assert both.path[-1] == two.root_der
    only_through_it = TrustStore([one.root_der], lists, [cross], REFUSE).validate(holder, chain, day)
    assert only_through_it.reason == "revoked"


def test_certificates_that_no_recognised_authority_issued_start_no_search(case: Case) -> None:
    """Thirty of one name and one key would otherwise be put in every order, some 10**32 of them."""
    name = case.authority.issuing.subject
    forged: Issuer = certificate(issuer_of(case.stranger), name, "forger", case.at)
    usage = (x509.BasicConstraints(True, None), True)
    crowd = [der(certificate((forged[0], forged[1]), name, "forger", case.at, [usage])) for _ in range(30)]
    assert linked(crowd, case.pki.roots) == ()
    holder = certificate(forged, x509.Name([]), "victim", case.at)
    verdict = TrustStore(case.pki.roots).validate(der(holder), crowd, case.at)
    assert verdict.reason == "unknown_authority"


def test_a_responder_that_names_itself_by_its_key_is_called_that(case: Case) -> None:
    by_key = answer(case.holder, case.issuer, case.at - HOUR / 2, by_key=True)
    told = case.verdict(by_key).revocation
    assert "OCSP answer of a responder named by its key of" in told.en
    assert "以密钥标识的响应方" in told.zh
