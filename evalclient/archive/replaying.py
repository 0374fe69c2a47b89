"""The evaluation that an archive holds, for who needs its state and not a verdict on every part."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from evalclient.archive import layout
from evalclient.archive.errors import unreadable
from evalclient.archive.log_check import read_log
from evalclient.archive.packing import read_parts
from evalclient.archive.record_check import check_records
from evalclient.core.evaluation.state import Evaluation
from evalclient.crypto.records import found, trust_of


def evaluation_in(untrusted_archive: Path | BinaryIO) -> Evaluation:
    """Every record verified and folded; ArchiveUnreadable where one does not hold. Whether it is anchored is not asked."""
    parts = read_parts(untrusted_archive)
    if layout.payload_part(0) not in parts.files or layout.LOG not in parts.files:
        raise unreadable("其中没有评标日志", "there is no evaluation log in it")
    log = read_log(parts.files, parts.damaged)
    if not log.entries:
        raise unreadable("评标日志已损坏", "its evaluation log is damaged")
    founded = found(log.entries[0].record)
    replayed = check_records(log, founded, parts.files, trust_of(founded.founding))
    if replayed.evaluation is None:
        raise unreadable("评标日志不成立，请先用 verify 核验", "its log does not hold; check it with verify first")
    return replayed.evaluation
