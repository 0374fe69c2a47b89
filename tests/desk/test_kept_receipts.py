"""A person's receipts as files of his own, taken out of the store of a closed seat."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.cli.dispatch import run_command
from evalclient.core.checkpoint import origin_of, parse_verifier_key, verify_checkpoint, verify_receipt
from evalclient.crypto.primitives.notes import verify_note
from tests.builders.centre import CentreProcess, centre_process
from tests.builders.real_seats import Place

__all__ = ["centre_process"]


def test_receipts_leave_the_store_as_files_that_verify(
    centre_process: CentreProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(centre_process, tmp_path)
    seat = place.sit("m1")
    entries = tuple(seat.log.entries())
    out = tmp_path / "usb" / "receipts"
    arguments = ["receipts", "--tender", str(place.announcement), "--store", str(seat.folder), "-o", str(out)]
    assert run_command(arguments) == 2, "the store is in use"
    assert not out.exists()
    seat.close()
    assert run_command(arguments) == 0
    receipts = sorted(out.glob("receipt-*.txt"))
    (checkpoint,) = out.glob("checkpoint-*.txt")
    assert len(receipts) == 1, "of his session"
    key, origin = parse_verifier_key(centre_process.log_key), origin_of(place.fingerprint)
    index = int(receipts[0].stem.removeprefix("receipt-"))
    proved = verify_receipt(receipts[0].read_text("utf-8"), entries[index].record, origin, [key], verify_note)
    assert (proved.index, proved.received) == (index, entries[index].received)
    assert verify_checkpoint(checkpoint.read_text("utf-8"), origin, [key], verify_note).size == len(entries)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run_command([*arguments[:4], str(empty), *arguments[5:]]) == 2
    assert list(empty.iterdir()) == []
    capsys.readouterr()
