"""What an authority signed and yet does not count: other uses, old roots, weak digests, hidden revocations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from asn1crypto import algos
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Use

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.cms.signatures import sign_detached
from evalclient.crypto.demo.pki import DemoAuthority, DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import stamp
from evalclient.crypto.trust.certificates import TrustStore, revocations_made_by
from evalclient.crypto.verdicts import detached_verdicts, pdf_verdicts
from tests.builders.revocations import answer, certificate, issuer_of, revocation_list, root_of
from tests.builders.signed_pdf import box, page

DAY = timedelta(days=1)
REFUSE = RevocationRule(unknown="refuse")
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "张伟")])
SIGNS = x509.KeyUsage(
    digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
    key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
)  # fmt: skip


@pytest.fixture
def authority(pki: DemoPki) -> DemoAuthority:
    return pki.authorities[1]


def certified(authority: DemoAuthority, at: datetime, *extensions: tuple[x509.ExtensionType, bool]) -> bytes:
    made, _ = certificate(issuer_of(authority), NAME, "张伟", at, ((SIGNS, True), *extensions))
    return made.public_bytes(Encoding.DER)


@pytest.mark.parametrize("use", [Use.SERVER_AUTH, Use.CODE_SIGNING, Use.TIME_STAMPING, Use.OCSP_SIGNING])
def test_who_is_certified_for_a_machines_use_alone_signs_nothing_in_person(
    use: x509.ObjectIdentifier, authority: DemoAuthority, day: datetime
) -> None:
    store = TrustStore([authority.root_der])

    def reason(uses: list[x509.ObjectIdentifier], critical: bool) -> str:
        holder = certified(authority, day, (x509.ExtendedKeyUsage(uses), critical))
        return store.validate(holder, [authority.intermediate_der], day).reason

    assert reason([use], critical=True) == "wrong_usage"
    assert reason([use, Use.EMAIL_PROTECTION], critical=True) == "accepted"
    assert reason([Use.EMAIL_PROTECTION], critical=True) == "accepted"


def test_an_authority_signs_nothing_in_person(authority: DemoAuthority, day: datetime) -> None:
    holder = certified(authority, day, (x509.BasicConstraints(ca=False, path_length=None), True))
    store = TrustStore([authority.root_der])
    assert store.validate(holder, [authority.intermediate_der], day).accepted
    above, _ = certificate(
        root_of(authority), NAME, "sub", day, ((x509.BasicConstraints(ca=True, path_length=0), True),)
    )
    assert store.validate(above.public_bytes(Encoding.DER), (), day).reason == "wrong_usage"
    assert store.validate(above.public_bytes(Encoding.DER), (), day, "any").accepted


def test_a_root_that_has_expired_vouches_for_nobody(authority: DemoAuthority, day: datetime) -> None:
    until = authority.root.not_valid_after_utc
    own = x509.CertificateBuilder().subject_name(NAME).issuer_name(authority.root.subject)
    own = own.public_key(ec.generate_private_key(ec.SECP256R1()).public_key()).serial_number(7)
    own = own.not_valid_before(day).not_valid_after(until + 9 * DAY).add_extension(SIGNS, critical=True)
    holder = own.sign(root_of(authority)[1], hashes.SHA256()).public_bytes(Encoding.DER)
    store = TrustStore([authority.root_der])
    assert store.validate(holder, (), until).accepted
    late = store.validate(holder, (), until + timedelta(seconds=1))
    assert late.reason == "irregular"
    assert "root expired" in late.en


def over_sha1(der: bytes, authority: DemoAuthority) -> bytes:
    """The same list or answer, signed over SHA-1."""
    weak = algos.SignedDigestAlgorithm({"algorithm": "sha1_ecdsa"})
    whole: Any = asn1_crl.CertificateList.load(der)
    try:
        whole["tbs_cert_list"]["signature"] = weak
        holder, content, signature = whole, whole["tbs_cert_list"], "signature"
    except ValueError:
        whole = asn1_ocsp.OCSPResponse.load(der)
        holder = whole["response_bytes"]["response"].parsed
        content, signature = holder["tbs_response_data"], "signature"
    holder["signature_algorithm"] = weak
    holder[signature] = issuer_of(authority)[1].sign(content.dump(force=True), ec.ECDSA(hashes.SHA1()))
    made: bytes = whole.dump(force=True)
    return made


@pytest.mark.parametrize("kind", ["list", "answer"])
def test_what_is_signed_over_sha1_neither_clears_nor_revokes(
    kind: str, authority: DemoAuthority, day: datetime
) -> None:
    holder, chain = certified(authority, day), [authority.intermediate_der]
    above = revocation_list(root_of(authority), day)

    def made(revoked: datetime | None) -> bytes:
        if kind == "answer":
            return answer(holder, issuer_of(authority), day, revoked=revoked)
        return revocation_list(issuer_of(authority), day, revoked={holder: revoked} if revoked else {})

    for revoked, reason in ((None, "accepted"), (day - DAY, "revoked")):
        good = made(revoked)
        assert revocations_made_by(good, authority.intermediate_der)
        assert (
            TrustStore([authority.root_der], [above, good], rule=REFUSE).validate(holder, chain, day).reason == reason
        )
        weak = over_sha1(good, authority)
        assert not revocations_made_by(weak, authority.intermediate_der)
        informed = TrustStore([authority.root_der], [above, weak], rule=REFUSE)
        assert informed.validate(holder, chain, day).reason == "unknown_status"


def test_an_answer_that_names_a_later_revocation_clears_as_a_list_does(authority: DemoAuthority, day: datetime) -> None:
    holder, chain = certified(authority, day - 9 * DAY), [authority.intermediate_der]
    above = revocation_list(root_of(authority), day)
    since = day - 2 * DAY
    for evidence in (
        revocation_list(issuer_of(authority), day, revoked={holder: since}),
        answer(holder, issuer_of(authority), day, revoked=since),
    ):
        store = TrustStore([authority.root_der], [above, evidence], rule=REFUSE)
        before = store.validate(holder, chain, since - DAY)
        assert (before.reason, before.clearance) == ("accepted", "current"), before.en
        assert store.validate(holder, chain, since).reason == "revoked"
    other = DemoPki.create("another", day).authorities[1]
    forged = answer(holder, issuer_of(authority), day, revoked=since, responder=issuer_of(other))
    store = TrustStore([authority.root_der], [above, forged], rule=REFUSE)
    assert store.validate(holder, chain, since - DAY).reason == "unknown_status"


def expired_and_revoked(day: datetime, *, revoked: bool = True) -> tuple[Pkcs12Key, TrustStore]:
    """A key whose certificate was revoked 60 days ago and has expired 20 days ago, and what knows of it."""
    authority = DemoPki.create("backwards", day - 300 * DAY).authorities[1]
    issued = authority.issue("张伟", "某某大学", pin="1", valid=(day - 200 * DAY, day - 20 * DAY))
    if revoked:
        authority.revoke(issued.certificate, day - 60 * DAY)
    return Pkcs12Key.open(issued.p12, "1"), TrustStore([authority.root_der], authority.crls(day))


def test_a_revoked_certificate_cannot_be_dated_back_though_it_has_expired_since(day: datetime) -> None:
    for revoked in (True, False):
        key, trust = expired_and_revoked(day, revoked=revoked)
        expected = "revoked" if revoked else "holds"
        signature = sign_detached(b"x", key, day - 90 * DAY)
        assert [one.reason for one in detached_verdicts(b"x", signature, trust, day)] == [expected]
        pdf = stamp(page(), key, "signature-m1", box(0), ("张伟",), day - 90 * DAY)
        assert [one.reason for one in pdf_verdicts(pdf, trust, day)] == [expected]
        proven = detached_verdicts(b"x", signature, trust, day, proven_at=day - 90 * DAY)
        assert [one.reason for one in proven] == ["holds"]


def test_a_time_in_the_future_cannot_be(authority: DemoAuthority, day: datetime) -> None:
    key = Pkcs12Key.open(authority.issue("张伟", "某某大学", pin="1").p12, "1")
    trust = TrustStore([authority.root_der])
    for ahead, reason in ((timedelta(minutes=5), "holds"), (timedelta(minutes=6), "time")):
        signature = sign_detached(b"x", key, day + ahead)
        assert [one.reason for one in detached_verdicts(b"x", signature, trust, day)] == [reason]
        pdf = stamp(page(), key, "signature-m1", box(0), ("张伟",), day + ahead)
        assert [one.reason for one in pdf_verdicts(pdf, trust, day)] == [reason]
