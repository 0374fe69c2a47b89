"""What ``verify_record`` finds about the certificate behind a record, at the time the centre received it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from evalclient.core.records.act import Party
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.envelope import Record, record_id
from evalclient.core.records.roster import Roster
from evalclient.crypto.demo.pki import DemoAuthority, DemoPki
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.records import RecordRefused, found, trust_of, verify_record
from evalclient.crypto.trust.certificates import TrustStore
from tests.builders.centre import Author, founding, record_zero
from tests.builders.centre import key_of as key_at_centre

DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
AFTER = DAY + timedelta(hours=2)
Issue = Callable[[DemoPki], Pkcs12Key]


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@pytest.fixture
def authorities() -> DemoPki:
    """Authorities of one's own: a test revokes with them."""
    return DemoPki.create("records and certificates", DAY)


def _key(authority: DemoAuthority, valid: tuple[datetime, datetime] | None = None) -> Pkcs12Key:
    return Pkcs12Key.open(authority.issue("沈知远", "专家库", pin="1", valid=valid).p12, "1")


def _founded(authorities: DemoPki, key: Pkcs12Key, revocations: tuple[bytes, ...] = ()) -> EvaluationCreated:
    act = founding("centre+00000000+AAAA")
    supervisor = Party("supervisor", key.certificate)
    changes = {"supervisor": supervisor, "roots": authorities.roots, "revocations": revocations}
    return msgspec.structs.replace(act, **changes)


def _signed_in(act: EvaluationCreated, key: Pkcs12Key) -> tuple[Roster, TrustStore, Record]:
    genesis = record_zero(act, key_at_centre("organiser"))
    founded = found(genesis)
    author = Author("supervisor", record_id(genesis.payload), key=key)
    return founded.roster, trust_of(act), author.open_session()


def test_a_certificate_that_expires_during_the_evening_counts_until_then(authorities: DemoPki) -> None:
    key = _key(authorities.authorities[1], (DAY - timedelta(days=90), DAY + timedelta(hours=1)))
    roster, trust, record = _signed_in(_founded(authorities, key), key)
    for _ in range(2):
        early = verify_record(record, roster, trust, index=1, received=_moment(DAY))
        late = verify_record(record, roster, trust, index=1, received=_moment(AFTER))
        assert early.doubt is None
        assert late.doubt is not None
        assert "过期" in late.doubt.zh
        assert "expired" in late.doubt.en
    fresh = trust_of(_founded(authorities, key))
    assert verify_record(record, roster, fresh, index=1, received=_moment(AFTER)).doubt == late.doubt


def test_a_revocation_list_of_record_0_counts_from_its_date_on(authorities: DemoPki) -> None:
    issuer = authorities.authorities[2]
    key = _key(issuer)
    issuer.revoke(key.certificate, DAY + timedelta(hours=1))
    act = _founded(authorities, key, authorities.crls(AFTER))
    roster, trust, record = _signed_in(act, key)
    late = verify_record(record, roster, trust, index=1, received=_moment(AFTER)).doubt
    assert late is not None
    assert "吊销" in late.zh
    assert verify_record(record, roster, trust, index=1, received=_moment(DAY)).doubt is None
    unpinned = trust_of(_founded(authorities, key))
    assert verify_record(record, roster, unpinned, index=1, received=_moment(AFTER)).doubt is None


def test_an_authority_that_record_0_does_not_name_does_not_count(authorities: DemoPki) -> None:
    key = _key(DemoPki.create("strangers", DAY).authorities[1])
    roster, trust, record = _signed_in(_founded(authorities, key), key)
    doubt = verify_record(record, roster, trust, index=1, received=_moment(DAY)).doubt
    assert doubt is not None
    assert "authority" in doubt.en


def test_while_it_waits_a_record_is_judged_by_the_time_its_author_claims(authorities: DemoPki) -> None:
    now = datetime.now(UTC)  # noqa: TID251 - the builder's records claim the true time
    current = DemoPki.create("records and certificates now", now)
    ended = _key(current.authorities[1], (now - timedelta(days=90), now - timedelta(hours=1)))
    roster, trust, record = _signed_in(_founded(current, ended), ended)
    assert verify_record(record, roster, trust).doubt is not None
    assert verify_record(record, roster, trust, index=1, received=_moment(now - timedelta(days=1))).doubt is None


def test_a_certificate_of_somebody_else_is_still_refused_outright(authorities: DemoPki) -> None:
    key, other = _key(authorities.authorities[1]), _key(authorities.authorities[2])
    roster, trust, _ = _signed_in(_founded(authorities, key), key)
    forged = Author("supervisor", roster.fingerprint, key=other).open_session()
    with pytest.raises(RecordRefused, match="not the one this place is held by"):
        verify_record(forged, roster, trust, index=1, received=_moment(DAY))


def test_roots_and_lists_that_cannot_be_read_are_no_basis(authorities: DemoPki) -> None:
    act = founding("centre+00000000+AAAA")
    for changed in ({"roots": (b"junk",)}, {"revocations": (b"junk",)}):
        with pytest.raises(CertificateRefused):
            trust_of(msgspec.structs.replace(act, **changed))


def test_record_0_of_the_sm_suite_hashes_by_sm3() -> None:
    act = msgspec.structs.replace(founding("centre+00000000+AAAA"), suite="sm", hash="sha256")
    with pytest.raises(RecordRefused, match="another hash than SM3"):
        found(record_zero(act))
    assert found(record_zero(msgspec.structs.replace(act, hash="sm3"))).roster.suite == "sm"
