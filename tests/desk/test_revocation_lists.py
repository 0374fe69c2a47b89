"""A certificate revoked during the evening: from the list on, what it signs has no effect, for everybody, and in the archive."""

from __future__ import annotations

import io
from base64 import b64encode
from datetime import timedelta

import pytest
from cryptography import x509

from evalclient.archive import verify
from evalclient.core.errors import Refused
from evalclient.core.records.acts_founding import RecusalDeclared
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import CertificateRefused
from evalclient.desk.expert import Expert
from evalclient.desk.organiser import Organiser
from tests.builders.archives import AT, archive_of, signed_at

NO_CONFLICT = RecusalDeclared(conflict=False)


def list_against(certificate: bytes) -> bytes:
    """The list of the authority that issued it; made of the same seed, so that the other tests' authorities revoke nothing."""
    issuer = x509.load_der_x509_certificate(certificate).issuer
    (authority,) = [one for one in DemoPki.create("archives", AT).authorities if one.issuing.subject == issuer]
    authority.revoke(certificate, AT)
    return authority.crls(AT + timedelta(minutes=5))[1]


def test_what_the_revoked_signs_from_then_on_has_no_effect() -> None:
    evening = signed_at("preliminary")
    organiser, member = evening.desk("organiser"), Expert(evening.desk("m2"))
    assert member.desk.may(NO_CONFLICT).allowed
    crl = list_against(evening.keys["m2"].certificate)
    Organiser(organiser).list_revocations(crl)
    evening.share()
    assert organiser.logged.roster.revocations == (crl,)
    assert "m2" in organiser.logged.roster.current, "his pledge and his session stand as they did"
    verdict = member.desk.may(NO_CONFLICT)
    assert verdict.article == "电子签名法 第十三条"
    assert verdict.reason is not None
    assert "吊销" in verdict.reason.zh
    with pytest.raises(Refused, match="was revoked by its issuer"):
        member.declare(conflict=False)
    assert evening.desk("m3").may(NO_CONFLICT).allowed


def test_a_file_that_is_no_list_of_these_authorities_is_refused_before_it_is_signed() -> None:
    evening = signed_at("preliminary")
    organiser = Organiser(evening.desk("organiser"))
    stranger = DemoPki.create("strangers", AT).authorities[1].crls(AT)[1]
    for untrusted in (b"", b"junk", evening.keys["m2"].certificate, stranger):
        with pytest.raises(CertificateRefused, match="not a revocation list"):
            organiser.list_revocations(untrusted)
    for large in (
        bytes((2 << 20) + 1),
        b"-----BEGIN X509 CRL-----\n" + b64encode(bytes(3 << 20)) + b"\n-----END X509 CRL-----",
    ):
        with pytest.raises(CertificateRefused, match="2 MB"):
            organiser.list_revocations(large)
    assert organiser.desk.evaluation.roster.revocations == ()


def test_an_evening_with_a_list_ends_and_its_archive_holds_and_tells_of_it() -> None:
    evening = signed_at("report")
    custodian = evening.evaluation.founding.custodians[0]
    Organiser(evening.desk("organiser")).list_revocations(list_against(custodian.certificate))
    evening.share()
    evening.finish()
    checked = verify(io.BytesIO(archive_of(evening)), evening.evaluation.fingerprint)
    assert checked.problems == ()
    assert any("登记证书吊销列表 1 份" in note.zh for note in checked.notes)
