"""Drafts that a closed session of one's own sent too late (迟到草稿): without effect until their author adopts them."""

from __future__ import annotations

from collections.abc import Mapping

from evalclient.core.errors import EvalclientError
from evalclient.core.records.acts_ending import DraftSaved
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.crypto.sealing import decrypt_draft, encrypt_draft
from evalclient.desk.desk import Desk


def late_drafts(desk: Desk) -> Mapping[str, bytes]:
    """Topic → content (JSON) of the last late draft, where nothing newer on the topic stands.

    What was claimed to be made before the standing draft has been overtaken at the present seat and is left out.
    """
    evaluation = desk.evaluation
    names = {
        entry.record
        for entry in evaluation.without_effect
        if entry.author == desk.person and entry.kind == "draft.saved"
    }
    found: dict[str, bytes] = {}
    for entry in desk.log.entries(1) if names else ():
        if record_id(entry.record.payload, evaluation.founding.hash) not in names:
            continue
        payload = decode_payload(entry.record.payload)
        act = decode_act(payload)
        if not isinstance(act, DraftSaved) or payload.session == desk.session:
            continue
        standing = evaluation.drafts.get((desk.person, act.topic))
        if standing is not None and standing.at >= payload.at:
            continue
        try:
            found[act.topic] = decrypt_draft(desk.keys.draft_key, act.topic, act.cipher, evaluation.founding.suite)
        except EvalclientError:
            continue
    return found


def adopt_late_drafts(desk: Desk) -> int:
    """Save every late draft anew in the present session; how many there were."""
    late = late_drafts(desk)
    for topic, content in late.items():
        cipher = encrypt_draft(desk.keys.draft_key, topic, content, desk.evaluation.founding.suite)
        desk.do(DraftSaved(topic=topic, cipher=cipher))
    return len(late)
