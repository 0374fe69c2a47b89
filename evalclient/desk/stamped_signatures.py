"""Signatures that carry the time at which they were there (CAdES-T), where a time-stamping authority can be reached.

Of the records those whose very moment may be in dispute with the centre: a bid, its withdrawal, a member's signature on
the report, the end. All others have the log's time, which the stamp over the log to its end bounds.
"""

from __future__ import annotations

import logging
from typing import Final

from evalclient.core.errors import TimestampUnreachable
from evalclient.core.ports import TimestampService
from evalclient.core.records.envelope import Record
from evalclient.crypto.cms.cades_t import stamp_imprint, with_timestamp
from evalclient.crypto.errors import TimestampRefused
from evalclient.crypto.trust.timestamps import request, token_of_response

_log = logging.getLogger(__name__)
STAMPED: Final = frozenset({"bid.submitted", "bid.withdrawn", "report.signed", "evaluation.ended"})


def stamp_signature(service: TimestampService, signature: bytes) -> bytes:
    """A signature (CMS, DER) with a time stamp in it, not yet trusted. TimestampUnreachable, TimestampRefused."""
    asked = request(stamp_imprint(signature))
    return with_timestamp(signature, token_of_response(service.answer(asked.der), asked))


def stamped_if_reached(service: TimestampService, record: Record) -> Record:
    """The record with a time stamp in its signature; as it was where the authority gives none: nobody waits for it twice."""
    try:
        return Record(record.payload, stamp_signature(service, record.signature))
    except (TimestampUnreachable, TimestampRefused) as error:
        _log.info("signed without a time stamp: %s", error.en)
        return record
