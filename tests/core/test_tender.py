"""The tender document: it survives printing and refuses what is not one."""

from __future__ import annotations

import json

import pytest

from evalclient.core.errors import DocumentMalformed
from evalclient.core.records.act import Trade
from evalclient.core.records.fields import decimal
from evalclient.core.tender import dump_tender, load_tender
from tests.builders.documents import tender_of


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_a_tender_survives_printing(trade: Trade) -> None:
    tender = tender_of(trade)
    assert load_tender(dump_tender(tender)) == tender
    assert decimal(tender.budget) == 9_990_000


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("trade", "lease"),
        ("budget", 9_990_000),
        ("budget", "1e7"),
        ("budget", "1\n"),
        ("deadline", "2026-11-24"),
        ("deadline", "２026-11-24T01:30:00.000Z"),
        ("committee", {"size": 2, "representatives": 0}),
        ("compartments", ["secret"]),
        ("currency", "USD"),
        ("papers", [{"kind": "gossip"}]),
        ("more", 1),
    ],
)
def test_each_field_is_checked(field: str, value: object) -> None:
    fields = json.loads(dump_tender(tender_of("construction")))
    fields[field] = value
    with pytest.raises(DocumentMalformed) as refusal:
        load_tender(json.dumps(fields).encode())
    assert "招标项目文件" in refusal.value.zh
    assert "tender document" in refusal.value.en


@pytest.mark.parametrize("untrusted", [b"", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_tender_is_refused(untrusted: bytes) -> None:
    with pytest.raises(DocumentMalformed):
        load_tender(untrusted)
