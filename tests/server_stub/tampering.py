"""What a dishonest operator does: he holds the database and the log key, and edits history while the centre is down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlcipher3 import dbapi2

from tests.builders.centre import CentreProcess


def rewrite_received(process: CentreProcess, fingerprint: str, index: int, received: str) -> None:
    """Claim another time of receipt for one record: the one thing in a leaf that no person signed."""
    _edit(process, "UPDATE entry SET received = ? WHERE fingerprint = ? AND idx = ?", (received, fingerprint, index))


def drop_entries(process: CentreProcess, fingerprint: str, start: int) -> None:
    """Forget the entries from ``start`` on."""
    _edit(process, "DELETE FROM entry WHERE fingerprint = ? AND idx >= ?", (fingerprint, start))


def _edit(process: CentreProcess, sql: str, parameters: Sequence[object]) -> None:
    connection = dbapi2.connect(str(process.data / "centre.db"))
    with connection:
        for act in ("update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS entry_no_{act}")
        assert connection.execute(sql, parameters).rowcount > 0
    connection.close()
