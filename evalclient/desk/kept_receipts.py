"""The centre's receipts (回执) of one's own records, and its last checkpoint, as files that the person keeps himself.

With them anybody can show later that an archive holds another log than the one he was shown.
"""

from __future__ import annotations

from pathlib import Path

from evalclient.core.checkpoint import parse_proof, read_checkpoint
from evalclient.core.ports import RecordLog
from evalclient.desk.chosen_files import not_written, write_chosen
from evalclient.desk.desk import Genesis
from evalclient.desk.kept_log import kept_log


def save_receipts(store: Path, genesis: Genesis, folder: Path) -> tuple[Path, ...]:
    """Write ``receipt-000012.txt`` (by index) and ``checkpoint-000034.txt`` (by size); returns the files.

    FileUnusable where ``store`` holds no store, StoreInUse while its window is open, StoreOfAnother for another tender.
    """
    with kept_log(store, genesis) as log:
        return write_receipts(log, folder)


def write_receipts(log: RecordLog, folder: Path) -> tuple[Path, ...]:
    """The same out of an open store; FileNotWritten."""
    texts = {f"receipt-{parse_proof(kept.proof).index:06d}.txt": kept.proof for kept in log.receipts()}
    note = log.checkpoint()
    if note:
        texts[f"checkpoint-{read_checkpoint(note).size:06d}.txt"] = note
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder) from error
    return tuple(write_chosen(folder / name, text.encode()) for name, text in sorted(texts.items()))
