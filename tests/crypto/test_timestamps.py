"""Time stamps: both ways with ``openssl ts``, and whatever is wrong with a token is one refusal."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core, tsp
from cryptography import x509

from evalclient.core.records.envelope import HashName
from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import TimestampRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import (
    MAX_TOKEN,
    read_token,
    request,
    response_of,
    token_in,
    token_of_response,
    verify_token,
)
from tests.builders.openssl import openssl
from tests.builders.revocations import answer, issuer_of, revocation_list
from tests.builders.time_authority import STAMPS, TimeAuthority, now
from tests.builders.time_tokens import token

NOW = now()
DATA = "评标报告".encode()
IMPRINT = hashlib.sha256(DATA).digest()


@pytest.fixture(scope="module")
def pki() -> DemoPki:
    return DemoPki.create("time stamps", NOW)


@pytest.fixture(scope="module")
def trust(pki: DemoPki) -> TrustStore:
    return TrustStore(pki.roots)


@pytest.fixture(scope="module")
def stamper(pki: DemoPki) -> Pkcs12Key:
    credential = pki.authorities[1].issue("时间戳 DEMO TSA", "演示时间戳服务", STAMPS, pin="1")
    return Pkcs12Key.open(credential.p12, "1")


@pytest.mark.parametrize(("authority", "kind", "digest", "named_by"), [
    (0, "rsa", "sha256", "sha256"), (0, "rsa", "sha512", "sha1"), (1, "ec", "sha384", "sha256"),
])  # fmt: skip
@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_openssl_stamps_and_both_agree(
    tmp_path: Path,
    pki: DemoPki,
    trust: TrustStore,
    authority: int,
    kind: KeyKind,
    digest: str,
    named_by: str,
    algorithm: HashName,
) -> None:
    tsa = TimeAuthority(tmp_path, pki, authority, kind, digest=digest, named_by=named_by)
    imprint = hashlib.new(algorithm, DATA).digest()
    asked = request(imprint, algorithm)
    (tmp_path / "asked.tsq").write_bytes(asked.der)
    told = openssl("ts", "-query", "-in", tmp_path / "asked.tsq", "-text").decode()
    assert int(told.split("Nonce: ")[1].split()[0], 16) == asked.nonce
    assert "Certificate required: yes" in told
    found = token_of_response(tsa.answer(asked.der), asked)
    before, after = now() - timedelta(minutes=1), now()
    stamp = verify_token(found, imprint, algorithm, trust, not_before=before, not_after=after)
    assert before < stamp.at <= after
    assert stamp.accuracy == timedelta(seconds=1)
    assert stamp.policy == "1.2.3.4.1"
    assert stamp.authority == tsa.credential.certificate
    assert tsa.accepts(response_of(found), DATA)
    assert not tsa.accepts(response_of(found), DATA + b"!")
    assert token_in(response_of(found)) == token_in(found) == found


def test_a_policy_asked_for_is_the_policy_given(tmp_path: Path, pki: DemoPki) -> None:
    tsa = TimeAuthority(tmp_path, pki)
    asked = request(IMPRINT, policy="1.2.3.4.5")
    assert read_token(token_of_response(tsa.answer(asked.der), asked), IMPRINT).policy == "1.2.3.4.5"
    refused = request(IMPRINT, policy="1.2.3.9.9")
    with pytest.raises(TimestampRefused, match="rejection") as caught:
        token_of_response(tsa.answer(refused.der), refused)
    assert "拒绝受理" in caught.value.zh


def test_what_openssl_stamps_without_being_asked_by_us_is_read(tmp_path: Path, pki: DemoPki, trust: TrustStore) -> None:
    tsa = TimeAuthority(tmp_path, pki)
    (tmp_path / "data").write_bytes(DATA)
    query = openssl("ts", "-query", "-data", tmp_path / "data", "-sha256", "-cert", "-no_nonce")
    stamp = verify_token(token_in(tsa.answer(query)), IMPRINT, "sha256", trust)
    assert stamp.nonce is None


def test_an_answer_to_another_request_is_refused(tmp_path: Path, pki: DemoPki) -> None:
    tsa = TimeAuthority(tmp_path, pki)
    one, other = request(IMPRINT), request(IMPRINT)
    with pytest.raises(TimestampRefused, match="not to this request"):
        token_of_response(tsa.answer(one.der), other)
    third = request(hashlib.sha256(b"other").digest())
    with pytest.raises(TimestampRefused, match="for something else"):
        token_of_response(tsa.answer(third.der), one)


@pytest.mark.parametrize(("hours", "word"), [(1, "future"), (-1, "earlier")])
def test_a_stamp_from_the_future_or_older_than_what_it_covers_is_refused(
    stamper: Pkcs12Key, trust: TrustStore, hours: int, word: str
) -> None:
    made = token(stamper, IMPRINT, NOW + timedelta(hours=hours))
    with pytest.raises(TimestampRefused, match=word):
        verify_token(made, IMPRINT, "sha256", trust, not_before=NOW, not_after=NOW)
    near = NOW.replace(microsecond=0) + timedelta(minutes=hours * 4)
    made = token(stamper, IMPRINT, near)
    assert verify_token(made, IMPRINT, "sha256", trust, not_before=NOW, not_after=NOW).at == near


def test_only_a_certificate_for_time_stamps_alone_counts(pki: DemoPki, trust: TrustStore, stamper: Pkcs12Key) -> None:
    person = pki.authorities[1].issue("张文远", "评标专家", pin="1")
    with pytest.raises(TimestampRefused, match="not one for time stamps"):
        read_token(token(Pkcs12Key.open(person.p12, "1"), IMPRINT, NOW), IMPRINT)
    strangers = TrustStore([pki.authorities[0].root_der])
    made = token(stamper, IMPRINT, NOW)
    assert verify_token(made, IMPRINT, "sha256", trust).authority == stamper.certificate
    with pytest.raises(TimestampRefused, match="does not count"):
        verify_token(made, IMPRINT, "sha256", strangers)


def test_a_revoked_or_expired_authority_does_not_count(pki: DemoPki, stamper: Pkcs12Key) -> None:
    superseded = ((x509.CRLReason(x509.ReasonFlags.superseded), False),)
    revoking = TrustStore(pki.roots, [struck(pki, stamper, superseded)])
    before = token(stamper, IMPRINT, NOW - timedelta(minutes=1))
    assert verify_token(before, IMPRINT, "sha256", revoking).authority == stamper.certificate
    with pytest.raises(TimestampRefused, match="revoked"):
        verify_token(token(stamper, IMPRINT, NOW + timedelta(minutes=1)), IMPRINT, "sha256", revoking)
    with pytest.raises(TimestampRefused, match="expired"):
        verify_token(token(stamper, IMPRINT, NOW + timedelta(days=365 * 4)), IMPRINT, "sha256", revoking)


@pytest.mark.parametrize("reason", [None, x509.ReasonFlags.key_compromise, x509.ReasonFlags.ca_compromise])
def test_who_may_have_lost_his_key_has_stamped_nothing_for_certain(
    reason: x509.ReasonFlags | None, pki: DemoPki, stamper: Pkcs12Key
) -> None:
    told = ((x509.CRLReason(reason), False),) if reason is not None else ()
    before = token(stamper, IMPRINT, NOW - timedelta(days=1))
    assert verify_token(before, IMPRINT, "sha256", TrustStore(pki.roots)).authority == stamper.certificate
    issuer = issuer_of(pki.authorities[1])
    for evidence in (
        struck(pki, stamper, told),
        answer(stamper.certificate, issuer, NOW + timedelta(hours=1), revoked=NOW, reason=reason),
    ):
        with pytest.raises(TimestampRefused, match="revoked"):
            verify_token(before, IMPRINT, "sha256", TrustStore(pki.roots, [evidence]))


def struck(pki: DemoPki, stamper: Pkcs12Key, entry: Sequence[tuple[x509.ExtensionType, bool]]) -> bytes:
    """A list that names the stamper as revoked since now."""
    issuer = issuer_of(pki.authorities[1])
    return revocation_list(issuer, NOW + timedelta(hours=1), revoked={stamper.certificate: NOW}, entry=entry)


def two_signers(made: bytes) -> bytes:
    outer = cms.ContentInfo.load(made)
    signers = outer["content"]["signer_infos"]
    signers.append(signers[0].copy())
    forged: bytes = outer.dump(force=True)
    return forged


def test_dishonest_tokens_are_refused(stamper: Pkcs12Key, pki: DemoPki) -> None:
    def critical(info: dict[str, Any]) -> None:
        info["extensions"] = [{"extn_id": "1.2.3.4", "critical": True, "extn_value": b"\x05\x00"}]

    honest = token(stamper, IMPRINT, NOW)
    assert read_token(honest, IMPRINT).at == NOW.replace(microsecond=0)
    forged = {
        "critical extension": token(stamper, IMPRINT, NOW, change_info=critical),
        "names no certificate": token(stamper, IMPRINT, NOW, signing_certificate_v2=None),
        "names another": token(stamper, IMPRINT, NOW, named=pki.authorities[0].root_der),
        "other digest": token(stamper, IMPRINT, NOW, message_digest=core.OctetString(bytes(32))),
        "plain data": token(stamper, IMPRINT, NOW, content_type=cms.ContentType("data")),
        "another algorithm": token(stamper, IMPRINT, NOW, algorithm="sha512"),
        "two signers": two_signers(honest),
        "trailing byte": honest + b"\0",
        "nothing": b"",
        "huge": bytes(MAX_TOKEN + 1),
        "a signature": cms.ContentInfo({"content_type": "data", "content": b"x"}).dump(),
    }
    for name, made in forged.items():
        with pytest.raises(TimestampRefused) as caught:
            read_token(made, IMPRINT)
        assert caught.value.zh, name
    with pytest.raises(TimestampRefused):
        read_token(honest, hashlib.sha256(b"other").digest())


def test_no_mutant_of_a_token_says_anything_else(stamper: Pkcs12Key, trust: TrustStore) -> None:
    honest = token(stamper, IMPRINT, NOW)
    wanted = verify_token(honest, IMPRINT, "sha256", trust)
    chance = random.Random(31)
    for _ in range(400):
        mutant = bytearray(honest)
        mutant[chance.randrange(len(mutant))] ^= 1 << chance.randrange(8)
        try:
            stamp = verify_token(bytes(mutant), IMPRINT, "sha256", trust)
        except TimestampRefused:
            continue
        assert (stamp.at, stamp.authority, stamp.serial) == (wanted.at, wanted.authority, wanted.serial)
    for cut in range(0, len(honest), 37):
        with pytest.raises(TimestampRefused):
            read_token(honest[:cut], IMPRINT)


def test_garbage_answers_are_refused() -> None:
    asked = request(IMPRINT)
    empty = tsp.TimeStampResp({"status": {"status": "waiting"}, "time_stamp_token": {"content_type": "data"}})
    for garbage in (b"", b"\x30\x00", b"<html>", bytes(MAX_TOKEN + 1), empty["status"].dump(), asked.der):
        with pytest.raises(TimestampRefused):
            token_of_response(garbage, asked)
        with pytest.raises(TimestampRefused):
            read_token(token_in(garbage), IMPRINT)
