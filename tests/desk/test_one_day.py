"""A member whose own certificate cannot be used: identified twice, a certificate for the day, and what it is no good for."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from evalclient.archive.verification import one_day_told
from evalclient.core.errors import Refused
from evalclient.core.records.acts_founding import CertificateIssued, IdentityWitnessed
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.compose import report_content
from evalclient.core.report.history import events_of_entries
from evalclient.crypto.errors import CertificateRefused, WrongPin
from evalclient.crypto.event_authority import (
    RequestRefused,
    issue,
    key_file,
    new_request,
    read_request,
)
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.administrator import Administrator
from evalclient.desk.organiser import NEVER, Organiser
from tests.builders.desks import Desks
from tests.builders.one_day import PIN, START, TWO, Evening, authority, authority_of, evening_at_checkin
from tests.builders.openssl import openssl, pem_file
from tests.contract.memory_record_log import MemoryRecordLog


@pytest.fixture
def evening() -> Evening:
    return evening_at_checkin()


def test_a_member_without_a_usable_certificate_goes_through_the_whole_evening(evening: Evening) -> None:
    request = evening.witness()
    certificate = evening.issue(request)
    Organiser(evening.desk("organiser")).issue_certificate("m4", certificate, ("id_card", "phone_call"))
    evening.take(certificate)
    evening.until("report")
    evaluation = evening.evaluation
    assert evaluation.without_effect == ()
    member = evaluation.members["m4"]
    assert (member.one_day.ground, member.one_day.administrator) == ("lost", "admin-a")
    signed = [entry.record for _, entry in evening.tape if b'"author":"m4"' in entry.record.payload]
    assert len(signed) > 3
    events = events_of_entries([entry for _, entry in evening.tape], "sha256")
    told = _texts(report_content(evaluation, events, {}, "0" * 64))
    assert any("一日有效证书" in text for text in told)
    assert "遗失" in told
    (note,) = one_day_told(evaluation)
    assert note.zh.startswith("陈志远")


def test_who_signs_in_with_the_old_certificate_and_then_with_the_new_goes_on(evening: Evening) -> None:
    evening.until("scoring")
    request = evening.witness()
    certificate = evening.issue(request)
    Organiser(evening.desk("organiser")).issue_certificate("m4", certificate, TWO)
    evening.share()
    evening._desks.pop("m4")
    key = evening.take(certificate)
    desk = evening.fresh_desk("m4")
    desk.sign_in(key, "a-9")
    evening._desks["m4"] = desk
    evening.share()
    evening.until("settlement")
    assert evening.evaluation.without_effect == ()


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"by": "another"}, "不是首条记录所列机构", "not issued by the authority"),
        ({"request": "another"}, "密钥不符", "not for the key"),
        ({"at": datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)}, "不在有效期", "not valid at this time"),
        ({"at": datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC)}, "不在有效期", "not valid at this time"),
        ({"certificate": b"\x30\x03\x02\x01\x01"}, "不合格式", "malformed"),
        ({"certificate": "authority"}, "不符", "not for the key"),
    ],
)
def test_a_certificate_that_is_not_right_has_no_effect(
    changes: dict[str, Any], zh: str, en: str, evening: Evening
) -> None:
    request = evening.witness()
    if changes.pop("request", ""):
        request = read_request(new_request("陈志远", "某某大学", PIN)[1])
    if changes.get("by"):
        changes["by"] = authority_of("当日证书机构", ec.generate_private_key(ec.SECP256R1()))
    certificate = changes.pop("certificate", None) or evening.issue(request, **changes)
    certificate = authority().certificate if certificate == "authority" else certificate
    organiser = Organiser(evening.desk("organiser"))
    with pytest.raises(CertificateRefused, match=en) as refusal:
        organiser.issue_certificate("m4", certificate, TWO)
    assert zh in refusal.value.zh
    # the same, by a client that does not ask: it stands in the log without effect
    seen = evening.evaluation.members["m4"].one_day
    organiser.desk.do(CertificateIssued(member="m4", witnessed=seen.witnessed, certificate=certificate, factors=TWO))
    (idle,) = evening.evaluation.without_effect
    assert zh in idle.reason.zh
    assert evening.evaluation.roster.one_day == {}


def test_a_certificate_for_longer_than_a_day_has_no_effect(evening: Evening) -> None:
    request = evening.witness()
    at = datetime.datetime.fromisoformat(evening.clock.now())
    day = x509.load_der_x509_certificate(evening.issue(request, lasts=datetime.timedelta(days=30)))
    assert day.not_valid_after_utc - day.not_valid_before_utc == datetime.timedelta(hours=24)
    private = authority()._signing.private
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    week = x509.CertificateBuilder(
        day.issuer, day.subject, day.public_key(), day.serial_number, at, at + datetime.timedelta(days=7),
        list(day.extensions),
    ).sign(private, hashes.SHA256())  # fmt: skip
    with pytest.raises(CertificateRefused, match="more than a day"):
        Organiser(evening.desk("organiser")).issue_certificate("m4", week.public_bytes(Encoding.DER), TWO)


def test_nothing_is_issued_before_the_administrator_has_witnessed(evening: Evening) -> None:
    request = read_request(new_request("陈志远", "某某大学", PIN)[1])
    with pytest.raises(Refused, match="has not identified"):
        Organiser(evening.desk("organiser")).issue_certificate("m4", evening.issue(request), TWO)
    assert NEVER not in evening.evaluation.roster.witnessed


def test_an_administrator_witnesses_for_his_own_site_and_by_two_things(evening: Evening) -> None:
    for admin, factors, words in (("admin-b", TWO, "your own site"), ("admin-a", ("face", "face"), "two different")):
        with pytest.raises(Refused, match=words):
            evening.witness(admin, factors)


def test_nobody_is_identified_who_is_no_member_or_by_one_thing_alone(evening: Evening) -> None:
    organiser = Organiser(evening.desk("organiser"))
    with pytest.raises(Refused, match="not a present member"):
        evening.witness(member="m9")
    certificate = evening.issue(evening.witness())
    with pytest.raises(Refused, match="not a present member"):
        organiser.issue_certificate("m9", certificate, TWO)
    with pytest.raises(Refused, match="two different factors"):
        organiser.issue_certificate("m4", certificate, ("face", "face"))


def test_what_another_sites_administrator_witnesses_is_nothing_to_issue_by(evening: Evening) -> None:
    request = read_request(new_request("陈志远", "某某大学", PIN)[1])
    act = IdentityWitnessed(member="m4", key=digest(request.spki), factors=TWO, ground="lost")
    desk = evening.desk("admin-b")
    record = desk._keep(desk._signed(desk._payload(act, ())))
    evening.share()
    assert record not in evening.evaluation.roster.witnessed
    assert [entry.record for entry in evening.evaluation.without_effect] == [record]


def test_without_an_event_authority_there_is_no_such_certificate() -> None:
    usual = Desks().until("checkin")
    request = read_request(new_request("陈志远", "某某大学", PIN)[1])
    with pytest.raises(Refused, match="names no authority"):
        Administrator(usual.desk("admin-a")).witness_identity("m4", request, TWO, "locked")
    with pytest.raises(Refused, match="names no authority"):
        Organiser(usual.desk("organiser")).issue_certificate("m4", issue(request, authority(), START), TWO)


def test_the_certificate_is_good_for_its_day_alone(evening: Evening) -> None:
    request = evening.witness()
    certificate = evening.issue(request)
    Organiser(evening.desk("organiser")).issue_certificate("m4", certificate, TWO)
    evening.share()
    key = evening.take(certificate)
    evening.clock.moment += datetime.timedelta(hours=13)
    with pytest.raises(CertificateRefused, match="expired"):
        evening.fresh_desk("m4").sign_in(key, "a-1")


def test_the_authority_vouches_for_nobody_else(evening: Evening) -> None:
    """Its certificate in the place of a member, appointed as if it were anybody's own."""
    locked, request = new_request("某人", "", PIN)
    certificate = issue(read_request(request), authority(), datetime.datetime.fromisoformat(evening.clock.now()))
    organiser = Organiser(evening.desk("organiser"))
    organiser.appoint("m9", "expert", "a", certificate, replaces="m4", ground="生病")
    evening.share()
    key = Pkcs12Key.open(key_file(locked, certificate, authority().certificate, PIN), PIN)
    with pytest.raises(CertificateRefused, match="not issued by an authority"):
        evening.fresh_desk("m9").sign_in(key, "a-1")
    # at a seat that knows record 0 alone nobody can tell yet
    log = MemoryRecordLog()
    log.absorb(*evening.pages(1)[0])
    evening._desks["m9"] = evening._desk_over("m9", log)
    evening._desks["m9"].sign_in(key, "a-1")
    evening.share()
    assert any("只对经双重核验的评委当日有效" in idle.reason.zh for idle in evening.evaluation.without_effect)
    assert evening.evaluation.roster.session_of("m9") is None


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_openssl_accepts_what_is_asked_for_and_what_is_issued(kind: str, tmp_path: Path) -> None:
    private: Any = ec.generate_private_key(ec.SECP384R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    issuer = authority_of("Event authority", private)
    _, request = new_request("陈志远", "某某大学", PIN)
    (tmp_path / "request.pem").write_bytes(request)
    seen = subprocess.run(
        ["openssl", "req", "-in", tmp_path / "request.pem", "-verify", "-noout"], check=True, capture_output=True
    )
    assert b"OK" in seen.stderr + seen.stdout
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - openssl judges by today
    certificate = issue(read_request(request), issuer, now - datetime.timedelta(minutes=1))
    root, leaf = pem_file(tmp_path / "root.pem", [issuer.certificate]), pem_file(tmp_path / "leaf.pem", [certificate])
    assert openssl("verify", "-CAfile", root, leaf).rstrip().endswith(b": OK")


def test_a_key_file_is_made_with_the_right_pin_and_the_right_certificate() -> None:
    locked, request = new_request("陈志远", "某某大学", PIN)
    certificate = issue(read_request(request), authority(), START)
    with pytest.raises(WrongPin):
        key_file(locked, certificate, authority().certificate, "another")
    other = issue(read_request(new_request("陈志远", "某某大学", PIN)[1]), authority(), START)
    with pytest.raises(CertificateRefused, match="not for the key"):
        key_file(locked, other, authority().certificate, PIN)
    key = Pkcs12Key.open(key_file(locked, certificate, authority().certificate, PIN), PIN)
    assert (key.certificate, key.chain) == (certificate, (authority().certificate,))


_REQUEST = new_request("陈志远", "某某大学", PIN)[1]


@given(st.integers(0, len(_REQUEST) - 1), st.integers(1, 255))
def test_a_damaged_request_is_refused_or_the_same(at: int, change: int) -> None:
    mutant = bytearray(_REQUEST)
    mutant[at] ^= change
    try:
        read = read_request(bytes(mutant))
    except RequestRefused:
        return
    assert read == read_request(_REQUEST)


def _texts(content: Any) -> set[str]:
    """Every Chinese text of a report's content."""
    found: set[str] = set()
    stack = [content]
    while stack:
        part = stack.pop()
        if isinstance(part, Bilingual):
            found.add(part.zh)
        elif isinstance(part, tuple | list):
            stack.extend(part)
        elif hasattr(part, "__dataclass_fields__"):
            stack.extend(getattr(part, name) for name in part.__dataclass_fields__)
    return found
