"""The state is only ever the fold of the log: from one founding, in order, refused records without effect."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import msgspec
import pytest

from evalclient.core.errors import DocumentMalformed, Refused
from evalclient.core.evaluation.effects_ending import sign_report
from evalclient.core.evaluation.fold import Documents, author_of, found_evaluation
from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.evaluation.verdict import YES, no
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_ending import DraftSaved, ReportSigned
from evalclient.core.workflow.gates import replay
from tests.builders.evening import Evening, evening_at
from tests.builders.ledger import unchanged


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_folding_at_once_or_piece_by_piece_gives_the_same(trade: Trade) -> None:
    evening = evening_at("ended", trade)
    founded = found_evaluation(evening.records[0], evening.documents)
    at_once = replay(founded, evening.records[1:])
    assert at_once == evening.evaluation
    for cut in (1, 17, 60, 120):
        assert replay(replay(founded, evening.records[1:cut]), evening.records[cut:]) == at_once


def test_a_state_never_changes() -> None:
    evening = evening_at("scoring")
    before = evening.evaluation
    copy = replace(before)
    evening.until("ended")
    assert before == copy
    with pytest.raises(FrozenInstanceError):
        before.stage = "ended"  # type: ignore[misc]


def test_a_bid_keeps_when_the_centre_received_it() -> None:
    evening = evening_at("ready")
    received = {record.id: record.received for record in evening.records}
    for bid in evening.evaluation.bids.values():
        assert bid.received == received[bid.record] != ""


def test_a_kind_of_a_later_version_stays_in_the_log_and_in_its_chain() -> None:
    evening = evening_at("scoring")
    before = evening.evaluation
    record = evening.put("m1", None, kind="clarification.asked")
    after = evening.evaluation
    assert after.unknown == ("clarification.asked",)
    assert after.size == before.size + 1
    assert after.roster.sessions[after.roster.current["m1"]].last == record
    assert replace(after, unknown=(), size=before.size, roster=before.roster) == before
    assert evening.until("ended").evaluation.ending is not None


def test_a_refused_record_changes_nothing_and_says_why() -> None:
    evening = evening_at("scoring")
    before = evening.evaluation
    record = evening.put("m2", evening.closing_act())
    (entry,) = evening.evaluation.without_effect
    assert unchanged(before, evening.evaluation)
    assert (entry.record, entry.kind, entry.author, entry.article) == (record, "stage.closed", "m2", "12号令 第九条")
    assert entry.reason.zh
    assert evening.why_without_effect(record) == entry.reason.en


def test_the_log_tells_the_time_where_it_has_it_the_author_else() -> None:
    evening = evening_at("scoring")
    record = evening.record("m1", DraftSaved(topic="x", cipher=b""))
    logged = replace(record, received="2026-11-24T09:00:00.000Z")
    pending = replace(record, received="", index=None)
    assert author_of(logged).at == "2026-11-24T09:00:00.000Z"
    assert author_of(pending).at == record.payload.at
    assert author_of(logged).session == evening.evaluation.roster.current["m1"]


def test_drafts_keep_the_latest_per_topic() -> None:
    evening = evening_at("scoring")
    for cipher in (b"one", b"two"):
        evening.do("m1", DraftSaved(topic="score|a", cipher=cipher))
    evening.do("m2", DraftSaved(topic="score|a", cipher=b"three"))
    found = {key: draft.cipher for key, draft in evening.evaluation.drafts.items()}
    assert found == {("m1", "score|a"): b"two", ("m2", "score|a"): b"three"}


def test_the_stages_are_in_order() -> None:
    assert [stage_index(stage) for stage in STAGES] == list(range(len(STAGES)))


def test_a_signature_without_a_report_is_a_mistake_in_the_gates() -> None:
    evening = evening_at("report")
    act = ReportSigned(document="0" * 64)
    with pytest.raises(ValueError, match="not there"):
        sign_report(evening.evaluation, act, evening.record("m1", act))


# -- verdicts ----------------------------------------------------------------------------------------------------------


def test_a_verdict_allows_or_says_why_not() -> None:
    assert YES.allowed
    YES.require()
    refusal = no("不可以。", "No.", "某法 第一条")
    assert not refusal.allowed
    with pytest.raises(Refused) as raised:
        refusal.require()
    assert (raised.value.zh, raised.value.en, raised.value.article) == ("不可以。", "No.", "某法 第一条")
    assert raised.value.sentence == refusal.reason


# -- founding ----------------------------------------------------------------------------------------------------------


def test_the_log_begins_with_a_founding() -> None:
    evening = evening_at("scoring")
    with pytest.raises(DocumentMalformed, match="does not begin with the creation"):
        found_evaluation(evening.records[1], evening.documents)


@pytest.mark.parametrize("name", ["tender", "method", "rules"])
def test_each_document_is_the_one_that_record_0_pins(name: str) -> None:
    evening = Evening()
    changed = {**{key: getattr(evening.documents, key) for key in ("tender", "method", "rules")}}
    changed[name] += b" "
    with pytest.raises(DocumentMalformed, match=f"The {name} document is not the one that record 0 pins"):
        found_evaluation(evening.records[0], Documents(**changed))


def test_the_fingerprint_is_the_id_of_record_0() -> None:
    evening = Evening()
    assert evening.evaluation.fingerprint == evening.records[0].id
    assert {record.payload.evaluation for record in evening_at("ready").records[1:]} == {
        evening_at("ready").records[0].id
    }
    assert msgspec.to_builtins(evening.founding)["trade"] == "construction"
