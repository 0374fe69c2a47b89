"""Payload bytes: what is signed is what is read, and nothing else is read."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.errors import RecordMalformed
from evalclient.core.records.envelope import (
    MAX_PAYLOAD,
    TYPE_LINE,
    Payload,
    Seen,
    decode_payload,
    digest,
    encode_payload,
    record_id,
)

GOOD = Payload(
    evaluation="0" * 64,
    kind="draft.saved",
    author="m1",
    session="1" * 64,
    seq=3,
    prev="2" * 64,
    round=2,
    seen=Seen(7, "3" * 64),
    at="2026-11-24T02:00:00.000Z",
    nonce="4" * 32,
    body=msgspec.Raw(b'{"topic":"x","cipher":""}'),
    blobs=("5" * 64,),
)


def test_the_body_keeps_its_exact_bytes() -> None:
    spaced = msgspec.structs.replace(GOOD, body=msgspec.Raw(b'{ "cipher":"",  "topic":"\\u0078" }'))
    assert bytes(decode_payload(encode_payload(spaced)).body) == b'{ "cipher":"",  "topic":"\\u0078" }'


def test_an_id_is_the_hash_of_the_payload() -> None:
    data = encode_payload(GOOD)
    assert data.startswith(TYPE_LINE)
    assert record_id(data) == hashlib.sha256(data).hexdigest()
    assert record_id(data, "sm3") == digest(data, "sm3") != record_id(data)


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        TYPE_LINE,
        TYPE_LINE + b"null",
        TYPE_LINE + b"[" * 100_000,
        TYPE_LINE + b'{"evaluation":"\xff"}',
        b"evalclient-record/2\n" + encode_payload(GOOD)[len(TYPE_LINE) :],
        b"evalclient-login/1\n" + encode_payload(GOOD)[len(TYPE_LINE) :],
        encode_payload(GOOD) + b"x",
        TYPE_LINE + b" " * MAX_PAYLOAD,
    ],
)
def test_what_is_not_a_payload_is_malformed(untrusted: bytes) -> None:
    with pytest.raises(RecordMalformed) as refusal:
        decode_payload(untrusted)
    assert refusal.value.zh
    assert refusal.value.en


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("evaluation", "0" * 63),
        ("evaluation", "G" * 64),
        ("kind", "Draft.saved"),
        ("kind", "draftsaved"),
        ("author", "M1"),
        ("author", ""),
        ("author", "bidder:" + "0" * 63),
        ("session", "1" * 65),
        ("seq", -1),
        ("round", 0),
        ("at", "2026-11-24T02:00:00Z"),
        ("at", "2026-11-24T02:00:00.000+08:00"),
        ("nonce", "4" * 31),
        ("seen", {"size": -1, "root": "3" * 64}),
        ("blobs", ["5"]),
        ("more", 1),
    ],
)
def test_each_field_is_checked(field: str, value: object) -> None:
    fields = msgspec.json.decode(encode_payload(GOOD)[len(TYPE_LINE) :])
    fields[field] = value
    with pytest.raises(RecordMalformed):
        decode_payload(TYPE_LINE + msgspec.json.encode(fields))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_payload_or_malformed(untrusted: bytes) -> None:
    with pytest.raises(RecordMalformed):
        decode_payload(TYPE_LINE + untrusted)


@given(st.data())
def test_one_changed_byte_gives_another_id_or_is_malformed(data: st.DataObject) -> None:
    good = encode_payload(GOOD)
    place = data.draw(st.integers(0, len(good) - 1))
    changed = bytearray(good)
    changed[place] ^= data.draw(st.integers(1, 255))
    try:
        read = decode_payload(bytes(changed))
    except RecordMalformed:
        return
    assert read != GOOD or encode_payload(read) != bytes(changed)
    assert record_id(bytes(changed)) != record_id(good)
