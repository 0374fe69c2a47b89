"""Tables of the store, as migrations. A released migration is never changed; a later one follows it."""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations: Final = Migrations("evalclient-store")

#: records, log entries and receipts are evidence: nothing rewrites or removes them, this program included
APPEND_ONLY: Final = ("record", "entry", "own", "receipt", "checkpoint", "refusal", "meta")


@migrations()
def m0001_first_tables(db: Database) -> None:
    """Records and the log over them, own records and their way to the centre, secrets and small blobs."""
    db.table("meta").create({"name": str, "value": str}, pk="name", not_null={"value"})
    db.table("record").create(
        {"id": str, "payload": bytes, "signature": bytes}, pk="id", not_null={"payload", "signature"}
    )
    # ``signature`` is set where the log holds another signature of the same payload than we made
    db.table("entry").create(
        {"idx": int, "record_id": str, "received": str, "signature": bytes},
        pk="idx",
        not_null={"record_id", "received"},
        foreign_keys=[("record_id", "record", "id")],
    )
    db.table("entry").create_index(["record_id"], unique=True)
    for name in ("own", "outbox"):
        db.table(name).create(
            {"position": int, "record_id": str},
            pk="position",
            not_null={"record_id"},
            foreign_keys=[("record_id", "record", "id")],
        )
        db.table(name).create_index(["record_id"], unique=True)
    db.table("receipt").create(
        {"record_id": str, "size": int, "proof": str},
        pk="record_id",
        not_null={"size", "proof"},
        foreign_keys=[("record_id", "record", "id")],
    )
    db.table("refusal").create(
        {"record_id": str, "reason": str},
        pk="record_id",
        not_null={"reason"},
        foreign_keys=[("record_id", "record", "id")],
    )
    db.table("checkpoint").create({"size": int, "note": str}, pk="size", not_null={"note"})
    db.table("secret").create({"name": str, "value": bytes}, pk="name", not_null={"value"})
    db.table("blob").create({"digest": str, "data": bytes}, pk="digest", not_null={"data"})
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
