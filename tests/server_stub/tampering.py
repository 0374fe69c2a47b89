"""What a dishonest operator does: he holds the database and the log key, and edits history while the centre is down."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.builders.centre import CentreProcess


def snapshot(process: CentreProcess, folder: Path) -> Path:
    """A sound copy of the database as it is now; the centre may be running."""
    folder.mkdir()
    with dbapi2.connect(str(process.data / "centre.db")) as connection:
        connection.execute("VACUUM INTO ?", (str(folder / "centre.db"),))
    connection.close()
    return folder / "centre.db"


def restore(process: CentreProcess, copy: Path) -> None:
    """Put an older database in place of the present one; the centre is stopped."""
    for name in ("centre.db", "centre.db-wal", "centre.db-shm"):
        (process.data / name).unlink(missing_ok=True)
    shutil.copy(copy, process.data / "centre.db")


def rewrite_received(process: CentreProcess, fingerprint: str, index: int, received: str) -> None:
    """Claim another time of receipt for one record: the one thing in a leaf that no person signed."""
    with dbapi2.connect(str(process.data / "centre.db")) as connection:
        connection.execute("DROP TRIGGER entry_no_update")
        connection.execute(
            "UPDATE entry SET received = ? WHERE fingerprint = ? AND idx = ?", (received, fingerprint, index)
        )
    connection.close()
