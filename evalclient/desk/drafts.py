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


class DraftMalformed(EvalclientError):
    """What was filled in is not of the form that its field takes."""


def save_draft(desk: Desk, topic: str, content: object, kind: object) -> None:
    """Commit ``content``, of type ``kind``, under ``topic``; on disk when this returns.

    DraftMalformed where it could not be read back: the draft that stands stays.
    """
    data = msgspec.json.encode(content)
    try:
        msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise DraftMalformed(
            "填写的内容不合格式（分值须为数字），没有保存，请重新填写。",
            "What was filled in is not of the right form (a score is a number) and was not saved; fill it in again.",
        ) from error
    cipher = encrypt_draft(desk.keys.draft_key, topic, data, desk.evaluation.founding.suite)
    desk.do(DraftSaved(topic=topic, cipher=cipher))


def drafts(desk: Desk, prefix: str, content: type[T]) -> Iterator[tuple[str, T]]:
    """(topic, content) of one's own latest drafts whose topic begins with ``prefix``.

    A draft that does not open (another draft key, damaged) is left out: it is still in the log, nothing is lost.
    """
    for (author, topic), draft in desk.evaluation.drafts.items():
        if author != desk.person or not topic.startswith(prefix):
            continue
        suite = desk.evaluation.founding.suite
        try:
            opened = decrypt_draft(desk.keys.draft_key, topic, draft.cipher, suite)
            yield topic, msgspec.json.decode(opened, type=content)
        except (EvalclientError, msgspec.DecodeError):
            continue
