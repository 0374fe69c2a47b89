"""The catalogue is closed and complete; every body survives its journey; nothing malformed gets through."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.core.errors import RecordMalformed
from evalclient.core.evaluation.fold import EFFECTS
from evalclient.core.evaluation.state import STAGES
from evalclient.core.records import acts_bids, acts_committee, acts_draw, acts_ending, acts_founding, acts_recovery
from evalclient.core.records.act import Act
from evalclient.core.records.acts_committee import Opinion, Review, Score, ScoreSheet, Vote
from evalclient.core.records.catalogue import KINDS, SEALED_CONTENT, decode_act, decode_sealed, kind_of
from evalclient.core.records.envelope import Payload, Seen, decode_payload, encode_payload
from tests.builders.samples import acts_of, sample_act

MODULES = (acts_founding, acts_bids, acts_committee, acts_draw, acts_recovery, acts_ending)


def payload_of(kind: str, body: bytes) -> Payload:
    return Payload(
        evaluation="0" * 64,
        kind=kind,
        author="m1",
        session="1" * 64,
        seq=1,
        prev="2" * 64,
        round=1,
        seen=Seen(0, "3" * 64),
        at="2026-11-24T02:00:00.000Z",
        nonce="4" * 32,
        body=msgspec.Raw(body),
    )


def test_every_act_is_in_the_catalogue_once() -> None:
    written = {
        member
        for module in MODULES
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Act) and member is not Act
    }
    assert written == {kind.act for kind in KINDS.values()}
    assert len({kind.act for kind in KINDS.values()}) == len(KINDS)


def test_every_kind_but_the_founding_has_an_effect() -> None:
    assert set(EFFECTS) == {kind.act for name, kind in KINDS.items() if name != "evaluation.created"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_row_is_filled_in(kind: object) -> None:
    row = next(entry for entry in KINDS.values() if entry is kind)
    assert row.roles
    assert row.title.zh
    assert row.title.en
    assert set(row.stages) <= set(STAGES)
    assert len(set(row.stages)) == len(row.stages)
    assert kind_of(sample_act(row.name)) is row
    assert (row.act.__doc__ or "").strip()


def test_what_binds_a_person_is_signed_with_the_certificate() -> None:
    by_session = {name for name, kind in KINDS.items() if kind.signer == "session"}
    assert by_session == {
        "access.granted",
        "seal.opened",
        "draft.saved",
        "practice.filled",
        "checkpoint.cosigned",
        "report.timestamped",
        "log.timestamped",
    }


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8)
@given(data=st.data())
def test_a_body_survives_encoding(kind: str, data: st.DataObject) -> None:
    act = data.draw(acts_of(kind))
    payload = payload_of(kind, msgspec.json.encode(act))
    travelled = decode_payload(encode_payload(payload))
    assert travelled == payload
    assert decode_act(travelled) == act
    assert encode_payload(travelled) == encode_payload(payload)


def test_a_kind_of_a_later_version_is_not_understood_but_not_refused() -> None:
    assert decode_act(payload_of("clarification.asked", b'{"anything": 1}')) is None


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_field_is_refused_in_both_languages(kind: str) -> None:
    body = msgspec.json.decode(msgspec.json.encode(sample_act(kind)))
    body["more"] = 1
    with pytest.raises(RecordMalformed) as refusal:
        decode_act(payload_of(kind, msgspec.json.encode(body)))
    assert KINDS[kind].title.zh in refusal.value.zh
    assert kind in refusal.value.en


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=60))
def test_a_body_of_any_bytes_is_an_act_or_malformed(kind: str, untrusted: bytes) -> None:
    try:
        act = decode_act(payload_of(kind, untrusted))
    except RecordMalformed:
        return
    assert isinstance(act, KINDS[kind].act)


@given(st.sampled_from(sorted(KINDS)), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_any_json_is_an_act_or_malformed(kind: str, body: object) -> None:
    try:
        act = decode_act(payload_of(kind, msgspec.json.encode(body)))
    except RecordMalformed:
        return
    assert isinstance(act, KINDS[kind].act)


def test_a_body_nested_too_deeply_is_malformed() -> None:
    with pytest.raises(RecordMalformed):
        decode_act(payload_of("draft.saved", b'{"topic": ' + b"[" * 100_000))


def test_sealed_content_is_typed_by_its_kind() -> None:
    contents = {
        "vote.sealed": Vote("m1"),
        "review.sealed": Review({"m1": {"seal": Opinion(False, "未盖章")}}),
        "sheet.sealed": ScoreSheet({"m1": {"plan": Score("7.5", "好", (1, 2))}}),
    }
    assert set(contents) == set(SEALED_CONTENT)
    for kind, content in contents.items():
        assert decode_sealed(kind, msgspec.json.encode(content)) == content
        for other in set(contents) - {kind}:
            with pytest.raises(RecordMalformed, match="counts as not submitted"):
                decode_sealed(other, msgspec.json.encode(content))


@given(st.sampled_from(sorted(SEALED_CONTENT)), st.binary(max_size=60))
def test_sealed_garbage_is_malformed(kind: str, untrusted: bytes) -> None:
    with pytest.raises(RecordMalformed):
        decode_sealed(kind, untrusted)


@pytest.mark.parametrize("value", ["1e3", "07", "1.", ".5", "NaN", "1,5", "+1", "1.1234567", "１", "1\n"])
def test_a_score_is_an_exact_decimal(value: str) -> None:
    with pytest.raises(RecordMalformed):
        decode_sealed("sheet.sealed", msgspec.json.encode({"scores": {"m1": {"plan": {"value": value}}}}))
