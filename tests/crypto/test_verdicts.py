"""One verdict for every signature, whatever is signed; CAdES-T with ``openssl`` looking on."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
import pytest

from evalclient.core.records.envelope import Payload, Record, Seen, encode_payload
from evalclient.crypto.cms.cades_t import stamp_imprint, timestamp_token, with_timestamp
from evalclient.crypto.cms.signatures import sign_detached, verify_detached
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import SignatureRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.session import new_session_keys
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import request, token_of_response
from evalclient.crypto.verdicts import detached_verdicts, pdf_verdicts, record_verdicts, timestamp_verdict
from tests.builders.openssl import openssl
from tests.builders.samples import sample_act
from tests.builders.signed_pdf import AT, pki, stamped, trust
from tests.builders.time_authority import STAMPS, TimeAuthority, now
from tests.builders.time_tokens import token


@cache
def todays() -> DemoPki:
    """Authorities for ``openssl ts``, which stamps by the machine's clock."""
    return DemoPki.create("cades t", now(), ("ec", "ec", "ec"))


CONTENT = "记录".encode()
LATER = AT + timedelta(days=1)


@pytest.fixture(scope="module")
def person() -> Pkcs12Key:
    return Pkcs12Key.open(pki().authorities[1].issue("张文远", "评标专家", pin="1").p12, "1")


@pytest.fixture(scope="module")
def stamper() -> Pkcs12Key:
    return Pkcs12Key.open(pki().authorities[2].issue("时间戳 DEMO TSA", "演示时间戳服务", STAMPS, pin="1").p12, "1")


def record_bytes() -> bytes:
    body = msgspec.Raw(msgspec.json.encode(sample_act("report.signed")))
    return encode_payload(
        Payload("0" * 64, "report.signed", "m1", "0" * 64, 3, "0" * 64, 1, Seen(1, "0" * 64), "2026-11-24T12:30:05.000Z",
                "0" * 32, body)
    )  # fmt: skip


def stamped_signature(person: Pkcs12Key, stamper: Pkcs12Key, at: datetime = AT) -> bytes:
    signature = sign_detached(CONTENT, person, AT)
    return with_timestamp(signature, token(stamper, stamp_imprint(signature), at))


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_openssl_accepts_a_signature_with_its_time_stamp(tmp_path: Path, kind: str) -> None:
    today = todays()
    authority = TimeAuthority(tmp_path, today)
    issued = today.authorities[0].issue("张文远", "评标专家", pin="1", kind="ec" if kind == "ec" else "rsa")
    signature = sign_detached(CONTENT, Pkcs12Key.open(issued.p12, "1"), now())
    asked = request(stamp_imprint(signature))
    with_stamp = with_timestamp(signature, token_of_response(authority.answer(asked.der), asked))
    (tmp_path / "signature").write_bytes(with_stamp)
    (tmp_path / "content").write_bytes(CONTENT)
    told = openssl(
        "cms", "-verify", "-cades", "-inform", "DER", "-binary", "-in", tmp_path / "signature",
        "-content", tmp_path / "content", "-CAfile", authority.roots, "-purpose", "any",
    )  # fmt: skip
    assert told == CONTENT
    printed = openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", tmp_path / "signature")
    assert b"id-smime-aa-timeStampToken" in printed
    verdicts = detached_verdicts(CONTENT, with_stamp, TrustStore(today.roots), now())
    assert [verdict.kind for verdict in verdicts] == ["signature", "timestamp"]
    assert all(verdict.holds for verdict in verdicts)
    assert verdicts[0].proven_at == verdicts[1].at


def test_a_stamp_goes_in_and_out_without_touching_what_was_signed(person: Pkcs12Key, stamper: Pkcs12Key) -> None:
    signature = sign_detached(CONTENT, person, AT)
    made = with_timestamp(signature, token(stamper, stamp_imprint(signature), AT))
    assert timestamp_token(signature) is None
    assert verify_detached(CONTENT, made) == verify_detached(CONTENT, signature)
    assert stamp_imprint(made) == stamp_imprint(signature)
    assert with_timestamp(made, timestamp_token(made) or b"") == made
    for garbage in (b"", b"\x30\x00", b"x" * 99, made[:-1]):
        for call in (stamp_imprint, timestamp_token):
            with pytest.raises(SignatureRefused):
                call(garbage)
    with pytest.raises(SignatureRefused):
        with_timestamp(signature, b"no token")


def test_a_stamp_lets_a_signature_outlive_its_certificate(stamper: Pkcs12Key) -> None:
    authority = pki().authorities[0]
    lost = Pkcs12Key.open(authority.issue("丢钥匙三", "评标专家", pin="1").p12, "1")
    authority.revoke(lost.certificate, AT + timedelta(hours=1))
    informed = TrustStore(pki().roots, authority.crls(AT + timedelta(hours=2)))
    plain = sign_detached(CONTENT, lost, AT)
    assert [one.reason for one in detached_verdicts(CONTENT, plain, informed, LATER)] == ["revoked"]
    assert [one.reason for one in detached_verdicts(CONTENT, plain, informed, LATER, proven_at=AT)] == ["holds"]
    proven = stamped_signature(lost, stamper)
    assert [one.reason for one in detached_verdicts(CONTENT, proven, informed, LATER)] == ["holds", "holds"]
    late = stamped_signature(lost, stamper, AT + timedelta(hours=3))
    assert [one.reason for one in detached_verdicts(CONTENT, late, informed, LATER)] == ["revoked", "holds"]


def test_a_bad_stamp_is_told_and_leaves_the_signature_alone(person: Pkcs12Key, stamper: Pkcs12Key) -> None:
    signature = sign_detached(CONTENT, person, AT)
    for bad in (
        token(stamper, hashlib.sha256(b"other").digest(), AT),
        token(stamper, stamp_imprint(signature), AT - timedelta(hours=1)),
        token(stamper, stamp_imprint(signature), LATER + timedelta(hours=1)),
        token(person, stamp_imprint(signature), AT),
    ):
        own, stamp = detached_verdicts(CONTENT, with_timestamp(signature, bad), trust(), LATER)
        assert own.holds
        assert own.proven_at is None
        assert not stamp.holds
        assert stamp.why.zh
        assert stamp.why.en


def test_a_changed_record_and_a_strangers_are_told(person: Pkcs12Key) -> None:
    payload = record_bytes()
    good = Record(payload, sign_detached(payload, person, AT))
    (verdict,) = record_verdicts(good, trust(), LATER)
    assert verdict.holds
    assert verdict.who == "张文远"
    assert verdict.line("zh").startswith("✓ 记录签名")
    assert json.loads(json.dumps(verdict.plain()))["reason"] == "holds"
    changed = Record(payload.replace(b'"seq":', b'"seq": '), good.signature)
    (broken,) = record_verdicts(changed, trust(), LATER)
    assert broken.reason == "malformed"
    assert broken.line("en").startswith("✗ signature of a record")
    (stranger,) = record_verdicts(good, TrustStore([pki().authorities[0].root_der]), LATER)
    assert stranger.reason == "unknown_authority"


def test_what_a_session_signed_needs_its_key() -> None:
    payload, keys = record_bytes(), new_session_keys()
    record = Record(payload, keys.sign(payload))
    assert record_verdicts(record, trust(), LATER)[0].reason == "unknown_authority"
    assert record_verdicts(record, trust(), LATER, session_key=keys.signing_public)[0].holds
    other = new_session_keys().signing_public
    assert record_verdicts(record, trust(), LATER, session_key=other)[0].reason == "changed"


def test_a_stamp_beside_a_pdf_proves_its_signatures(stamper: Pkcs12Key) -> None:
    pdf = stamped(2)
    imprint = hashlib.sha256(pdf).digest()
    alone = pdf_verdicts(pdf, trust(), LATER)
    assert [(one.kind, one.holds, one.proven_at) for one in alone] == [("pdf", True, None)] * 2
    beside = token(stamper, imprint, AT + timedelta(minutes=2))
    told = pdf_verdicts(pdf, trust(), LATER, beside)
    assert [one.kind for one in told] == ["pdf", "pdf", "timestamp"]
    assert all(one.holds and one.proven_at == told[-1].at for one in told)
    early = pdf_verdicts(pdf, trust(), LATER, token(stamper, imprint, AT - timedelta(hours=1)))
    assert [one.holds for one in early] == [True, True, False]
    assert early[0].proven_at is None
    other = pdf_verdicts(stamped(1), trust(), LATER, beside)
    assert [one.holds for one in other] == [True, False]
    assert not timestamp_verdict(b"garbage", imprint, trust(), LATER).holds
    assert io.BytesIO(pdf).read(4) == b"%PDF"
