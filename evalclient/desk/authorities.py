"""The authorities whose certificates this log has shown: who may have signed a revocation list."""

from __future__ import annotations

from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.envelope import decode_payload
from evalclient.crypto.cms import verify_detached
from evalclient.desk.desk import Desk


def known_authorities(desk: Desk) -> tuple[bytes, ...]:
    """Certificates (DER): the roots of record 0, then what came with the signatures in the log."""
    found = dict.fromkeys(desk.evaluation.founding.roots)
    for entry in desk.log.entries():
        kind = KINDS.get(decode_payload(entry.record.payload).kind)
        if kind is not None and kind.signer == "certificate":
            found |= dict.fromkeys(verify_detached(entry.record.payload, entry.record.signature).chain)
    return tuple(found)
