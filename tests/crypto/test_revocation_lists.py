"""Revocation lists of the evening: who must have signed one, and that it counts from its place in the log on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from evalclient.core.records.act import Party
from evalclient.core.records.acts_founding import RevocationListed
from evalclient.core.records.roster import Roster
from evalclient.core.records.verified import VerifiedRecord
from evalclient.crypto.certificates import TrustStore
from evalclient.crypto.demo_pki import DemoAuthority, DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.records import found, trust_of, verify_record
from tests.builders.centre import Author, founding, record_zero

DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
REVOKED = DAY + timedelta(hours=1)


class Log:
    """A log whose supervisor holds a certificate of a demonstration authority."""

    def __init__(self) -> None:
        self.pki = DemoPki.create("lists of the evening", DAY)
        self.issuer: DemoAuthority = self.pki.authorities[2]
        key = Pkcs12Key.open(self.issuer.issue("沈知远", "专家库", pin="1").p12, "1")
        act = msgspec.structs.replace(
            founding("centre+00000000+AAAA"),
            supervisor=Party("supervisor", key.certificate),
            roots=self.pki.roots,
            revocations=(),
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
