"""Revocation lists of the evening: who must have signed one, and that it counts from its place in the log on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from evalclient.core.records.act import Party
from evalclient.core.records.acts_ending import RollbackApproved
from evalclient.core.records.acts_founding import RevocationListed, RevocationRule
from evalclient.core.records.roster import Roster
from evalclient.core.records.verified import VerifiedRecord
from evalclient.crypto.demo.pki import DemoAuthority, DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.records import found, trust_of, verify_record
from evalclient.crypto.trust.certificates import TrustStore
from tests.builders.centre import Author, founding, record_zero
from tests.builders.revocations import answer, issuer_of, responder, with_stapled

DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
REVOKED = DAY + timedelta(hours=1)


class Log:
    """A log whose supervisor holds a certificate of a demonstration authority."""

    def __init__(self, rule: RevocationRule = RevocationRule()) -> None:  # noqa: B008
        self.pki = DemoPki.create("lists of the evening", DAY)
        self.issuer: DemoAuthority = self.pki.authorities[2]
        key = Pkcs12Key.open(self.issuer.issue("沈知远", "专家库", pin="1").p12, "1")
        act = msgspec.structs.replace(
            founding("centre+00000000+AAAA"),
            supervisor=Party("supervisor", key.certificate),
            roots=self.pki.roots,
            revocations=(),
            revocation_rule=rule,
        )
        founded = found(record_zero(act))
        self.trust: TrustStore = trust_of(act)
        self.roster: Roster = founded.roster
        self.supervisor = Author("supervisor", founded.record.id, key=key)
        self.key = key
        self.take(self.supervisor.open_session(), DAY)

    def take(self, record: object, at: datetime) -> VerifiedRecord:
        """One more record, received at ``at``."""
        received = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        verified = verify_record(record, self.roster, self.trust, index=1, received=received)  # type: ignore[arg-type]
        self.roster = self.roster.after(verified)
        return verified

    def bring(self, crl: bytes, issuer: bytes, at: datetime = DAY) -> VerifiedRecord:
        return self.take(self.supervisor.sign(RevocationListed(crl=crl, issuer=issuer)), at)

    def lists(self, revoked: Sequence[bytes] = ()) -> tuple[bytes, bytes]:
        for certificate in revoked:
            self.issuer.revoke(certificate, REVOKED)
        return self.issuer.crls(REVOKED)


def test_it_counts_from_its_place_in_the_log_on_and_by_its_date() -> None:
    log = Log()
    late = REVOKED + timedelta(minutes=1)
    _, crl = log.lists([log.key.certificate])
    assert log.bring(*_empty(log), at=late).doubt is None, "nobody has said so yet"
    assert log.bring(crl, log.issuer.intermediate_der, late).doubt is None
    assert len(log.roster.revocations) == 2
    after = log.bring(*_empty(log), at=late)
    assert after.doubt is not None
    assert "吊销" in after.doubt.zh
    assert len(log.roster.revocations) == 2, "what the revoked brings does not count"
    assert log.bring(*_empty(log), at=REVOKED - timedelta(minutes=1)).doubt is None, "by what it says of the time"


def _empty(log: Log) -> tuple[bytes, bytes]:
    """The root's own list, which revokes nothing."""
    root_list, _ = DemoPki.create("lists of the evening", DAY).authorities[2].crls(DAY)
    return root_list, log.issuer.root_der


@pytest.mark.parametrize(
    ("crl", "issuer", "saying"),
    [
        (b"junk", "its own", "malformed, or not signed"),
        ("its own", b"junk", "malformed, or not signed"),
        ("its own", "another's", "malformed, or not signed"),
        ("a stranger's", "a stranger's", "was not issued by an authority"),
    ],
)
def test_what_no_recognised_authority_signed_revokes_nobody(crl: bytes | str, issuer: bytes | str, saying: str) -> None:
    log = Log()
    stranger = DemoPki.create("strangers", DAY).authorities[2]
    lists = {"its own": log.lists([log.key.certificate])[1], "a stranger's": stranger.crls(REVOKED)[1]}
    issuers = {
        "its own": log.issuer.intermediate_der,
        "another's": log.pki.authorities[1].intermediate_der,
        "a stranger's": stranger.intermediate_der,
    }
    brought = log.bring(
        lists[crl] if isinstance(crl, str) else crl, issuers[issuer] if isinstance(issuer, str) else issuer
    )
    assert brought.doubt is not None
    assert saying in brought.doubt.en
    assert log.roster.revocations == ()


def test_under_a_rule_that_refuses_who_may_bring_lists_ends_the_uncertainty() -> None:
    """Nothing clears anybody at first: the supervisor signs in and brings lists all the same, and then acts count."""
    log = Log(RevocationRule(unknown="refuse"))
    assert [session.doubt for session in log.roster.sessions.values()] == [None]
    act = RollbackApproved(request=log.roster.fingerprint)
    refused = log.take(log.supervisor.sign(act), DAY)
    assert refused.doubt is not None
    assert "吊销状态不明" in refused.doubt.zh
    of_the_root, of_the_issuer = log.lists()
    assert log.bring(of_the_issuer, log.issuer.intermediate_der, REVOKED).doubt is None, (
        "its own issuer is not cleared yet"
    )
    assert log.take(log.supervisor.sign(act), REVOKED).doubt is not None, "nor is it"
    assert log.bring(of_the_root, log.issuer.root_der, REVOKED).doubt is None
    assert log.take(log.supervisor.sign(act), REVOKED).doubt is None
    later = REVOKED + timedelta(days=31)
    doubt = log.take(log.supervisor.sign(act), later).doubt
    assert doubt is not None
    assert "31 days 0 hours old" in doubt.en


def test_an_answer_of_the_evening_counts_like_a_list() -> None:
    log = Log(RevocationRule(unknown="accept", hours=2))
    issuer = issuer_of(log.issuer)
    act = RollbackApproved(request=log.roster.fingerprint)
    log.bring(log.lists()[0], log.issuer.root_der, REVOKED)
    made = answer(log.key.certificate, issuer, REVOKED, responder=responder(issuer, DAY))
    assert log.bring(made, log.issuer.intermediate_der, REVOKED).doubt is None
    assert log.take(log.supervisor.sign(act), REVOKED + timedelta(hours=2)).doubt is None
    assert log.take(log.supervisor.sign(act), REVOKED + timedelta(hours=2, minutes=1)).doubt is not None
    forged = answer(log.key.certificate, issuer, REVOKED, responder=issuer_of(log.pki.authorities[1]))
    refused = log.bring(forged, log.issuer.intermediate_der, REVOKED)
    assert refused.doubt is not None
    assert "OCSP" in refused.doubt.zh


def test_what_a_signature_brings_clears_its_signer() -> None:
    """A response inside the CMS (RFC 5940), as other tools staple it, counts for that signature alone."""
    log = Log(RevocationRule(unknown="refuse"))
    log.bring(log.lists()[0], log.issuer.root_der, REVOKED)
    act = RollbackApproved(request=log.roster.fingerprint)
    good = answer(log.key.certificate, issuer_of(log.issuer), REVOKED)
    record = log.supervisor.sign(act)
    assert log.take(with_stapled(record, good), REVOKED).doubt is None
    assert log.take(log.supervisor.sign(act), REVOKED).doubt is not None


def test_under_the_rule_that_accepts_everything_the_record_says_what_was_not_known() -> None:
    log = Log()
    act = RollbackApproved(request=log.roster.fingerprint)
    told = log.take(log.supervisor.sign(act), REVOKED)
    assert told.doubt is None
    assert told.caution is not None
    assert "no list or OCSP answer of" in told.caution.en
    of_the_root, of_the_issuer = log.lists()
    log.bring(of_the_root, log.issuer.root_der, REVOKED)
    log.bring(of_the_issuer, log.issuer.intermediate_der, REVOKED)
    assert log.take(log.supervisor.sign(act), REVOKED).caution is None
    later = log.take(log.supervisor.sign(act), REVOKED + timedelta(days=31)).caution
    assert later is not None
    assert "past its term" in later.en
