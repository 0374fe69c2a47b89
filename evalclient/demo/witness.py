"""A second client, thrown away afterwards, that meets a dishonest centre: what does it say?

Run as ``python -m evalclient.demo.witness STORE --centre URL --genesis FILE --scratch FOLDER``. It works on a copy of a
person's store, so that no record is made and the evidence it keeps stays out of the evaluation's way.
"""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from evalclient.core.errors import EvalclientError, LogDishonest
from evalclient.crypto.keys import Pkcs12Key
from evalclient.demo.people import load_person
from evalclient.demo.person import tell
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Genesis
from evalclient.desk.founding import fingerprint_of, load_genesis
from evalclient.desk.seat import STORE_FILE, Seat
from evalclient.store.record_log import StoredRecordLog
from evalclient.store.room_key import KEY_FILE, room_key


def main(argv: Sequence[str] | None = None) -> int:
    """Say ``alarm`` with its sentence, or ``believed`` with the size of the log where nothing was wrong."""
    parser = ArgumentParser(prog="evalclient.demo.witness")
    parser.add_argument("store", type=Path)
    parser.add_argument("--centre", required=True)
    parser.add_argument("--genesis", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    arguments = parser.parse_args(argv)
    try:
        copy_store(arguments.store, arguments.scratch, fingerprint_of(arguments.genesis.read_bytes()))
        _read_on(arguments.scratch, arguments.centre, load_genesis(arguments.genesis.read_bytes()))
    except EvalclientError as error:
        tell("failed", zh=error.zh, en=error.en)
        return 1
    finally:
        shutil.rmtree(arguments.scratch, ignore_errors=True)
    return 0


def copy_store(folder: Path, target: Path, fingerprint: str) -> None:
    """A sound copy of the store of evaluation ``fingerprint`` in ``folder``, with what opens it; StoreInUse, StoreDamaged."""
    target.mkdir(mode=0o700)
    log = StoredRecordLog(folder / STORE_FILE, room_key(folder), fingerprint)
    try:
        log.backup(target / STORE_FILE)
    finally:
        log.close()
    for name in (KEY_FILE, "key.p12", "pin", "person.json"):
        shutil.copy(folder / name, target / name)


def _read_on(folder: Path, centre: str, genesis: Genesis) -> None:
    seat = Seat(folder, centre, genesis, load_person(folder).person, SystemClock())
    try:
        known = len(tuple(seat.log.entries()))
        key = Pkcs12Key.open((folder / "key.p12").read_bytes(), (folder / "pin").read_text("utf-8"))
        if not seat.desk.resume(key):
            raise LookupError("this store holds no open session; the witness may not make one")
        seat.sign_in(key, "witness")
        seat.turn()
        tell("believed", known=known, size=seat.desk.logged.size)
    except LogDishonest as error:
        tell("alarm", zh=error.zh, en=error.en, known=known, size=seat.desk.logged.size)
    finally:
        seat.close()


if __name__ == "__main__":
    raise SystemExit(main())
