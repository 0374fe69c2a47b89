"""Mutated tender documents and rule packs: accepted, or one error of the product, never anything else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError, RecordMalformed
from evalclient.core.records.envelope import TYPE_LINE, decode_payload
from evalclient.core.rules import in_force, load_rules
from evalclient.core.tender import dump_tender, load_tender
from tests.builders.documents import tender_of
from tests.builders.mutations import damaged, in_words, odd_json
from tests.core.records.test_payload import GOOD

RULES = sorted((Path(__file__).parents[2] / "resources/rules").glob("*.json"))
TENDER = dump_tender(tender_of("construction"))


def load_and_apply(untrusted: bytes) -> None:
    in_force(load_rules(untrusted), "2026-11-24")


@settings(max_examples=120)
@given(st.one_of(odd_json(TENDER), damaged(TENDER)))
def test_a_tender_document(untrusted: bytes) -> None:
    try:
        deadline = load_tender(untrusted).deadline
    except EvalclientError as error:
        in_words(error)
    else:
        assert datetime.fromisoformat(deadline).tzinfo is not None


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
@settings(max_examples=80)
@given(data=st.data())
def test_a_rule_pack(file: Path, data: st.DataObject) -> None:
    valid = file.read_bytes()
    untrusted = data.draw(st.one_of(odd_json(valid), damaged(valid)))
    try:
        load_and_apply(untrusted)
    except EvalclientError as error:
        in_words(error)


@pytest.mark.parametrize("load", [load_tender, load_rules])
def test_deep_nesting_is_malformed(load: object) -> None:
    with pytest.raises(EvalclientError):
        load(b'{"id":' + b"[" * 100_000)  # type: ignore[operator]


@pytest.mark.parametrize(
    "at",
    ["2026-13-01T00:00:00.000Z", "2026-02-30T00:00:00.000Z", "2025-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z",
     "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z", "0000-01-01T00:00:00.000Z"],
)  # fmt: skip
def test_a_moment_that_there_is_not_is_malformed(at: str) -> None:
    """A report or an audit that reads a claimed time must never trip over it."""
    payload = TYPE_LINE + msgspec.json.encode(msgspec.structs.replace(GOOD, at=at))
    with pytest.raises(RecordMalformed):
        decode_payload(payload)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59)))  # noqa: DTZ001 - the zone is written as Z
def test_every_moment_that_there_is_is_read(at: datetime) -> None:
    text = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
    payload = TYPE_LINE + msgspec.json.encode(msgspec.structs.replace(GOOD, at=text))
    assert decode_payload(payload).at == text
