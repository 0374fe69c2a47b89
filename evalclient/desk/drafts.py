"""Drafts: each field is committed to disk and synchronised encrypted to its author, so any seat resumes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from evalclient.core.errors import EvalclientError
from evalclient.core.records.acts_ending import DraftSaved
from evalclient.crypto.sealing import decrypt_draft, encrypt_draft
from evalclient.desk.desk import Desk

T = TypeVar("T")


def save_draft(desk: Desk, topic: str, content: object) -> None:
    """Commit ``content`` under ``topic``; on disk when this returns."""
    cipher = encrypt_draft(desk.keys.draft_key, topic, msgspec.json.encode(content))
    desk.do(DraftSaved(topic=topic, cipher=cipher))


def drafts(desk: Desk, prefix: str, content: type[T]) -> Iterator[tuple[str, T]]:
    """(topic, content) of one's own latest drafts whose topic begins with ``prefix``.

    A draft that does not open (another draft key, damaged) is left out: it is still in the log, nothing is lost.
    """
    for (author, topic), draft in desk.evaluation.drafts.items():
        if author != desk.person or not topic.startswith(prefix):
            continue
        try:
            yield topic, msgspec.json.decode(decrypt_draft(desk.keys.draft_key, topic, draft.cipher), type=content)
        except (EvalclientError, msgspec.DecodeError):
            continue
