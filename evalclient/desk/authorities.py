"""The authorities whose certificates this log has shown: who may have signed a revocation list."""

from __future__ import annotations

from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.envelope import decode_payload
from evalclient.crypto.cms import verify_detached
from evalclient.desk.desk import Desk


def known_authorities(desk: Desk) -> tuple[bytes, ...]:
    """Certificates (DER): roots, intermediates and the event authority of record 0, then what came with the log's signatures."""
    founding = desk.evaluation.founding
    found = dict.fromkeys((*founding.roots, *founding.between))
    if founding.event_authority:
        found[founding.event_authority] = None
    for entry in desk.log.entries():
        kind = KINDS.get(decode_payload(entry.record.payload).kind)
        if kind is not None and kind.signer == "certificate":
            found |= dict.fromkeys(verify_detached(entry.record.payload, entry.record.signature).chain)
    return tuple(found)
