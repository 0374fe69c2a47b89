"""What the archive refuses."""

from __future__ import annotations

from evalclient.core.errors import EvalclientError


class ArchiveUnreadable(EvalclientError):
    """The file is no archive of ours, or so damaged that nothing can be said about what it holds."""


class ArchiveIncomplete(EvalclientError):
    """An archive cannot be made, because something that belongs in it is not at hand."""


def unreadable(zh: str, en: str) -> ArchiveUnreadable:
    """A refusal to read, with what to do."""
    return ArchiveUnreadable(
        f"无法读取评标档案：{zh}。请向档案保管单位重新索取。",
        f"The archive cannot be read: {en}. Ask its keeper for another copy.",
    )


def incomplete(zh: str, en: str) -> ArchiveIncomplete:
    """A refusal to make an archive, with what to do."""
    return ArchiveIncomplete(
        f"归档材料不齐全：{zh}。请与评标中心同步后再归档。",
        f"Something is missing for the archive: {en}. Synchronise with the centre and try again.",
    )
