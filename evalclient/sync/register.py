"""The centre's public part: which evaluations there are, what founds them, publishing a new one."""

from __future__ import annotations

from dataclasses import dataclass

from evalclient.core.errors import CentreRefused, RecordMalformed
from evalclient.core.ports import Receipt
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import Record, decode_payload, digest
from evalclient.sync.transport import Transport
from evalclient.sync.wire import (
    CentreTime,
    Genesis,
    Health,
    Listing,
    Listings,
    Place,
    Publication,
    Published,
    RecordMessage,
)


@dataclass(frozen=True, slots=True)
class PublishedEvaluation:
    """Record 0 and its documents, whose digests fit the fingerprint; who signed record 0 is for ``crypto`` to check."""

    fingerprint: str
    record: Record
    received: str
    founding: EvaluationCreated
    tender: bytes
    method: bytes
    rules: bytes


class Register:
    """What anyone may ask a centre, without a login. Raises CentreUnreachable or CentreRefused."""

    def __init__(self, url: str, *, patience: float = 20.0, authority: str | None = None) -> None:
        self._transport = Transport(url, patience=patience, authority=authority)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def log_key(self) -> str:
        """The centre's verifier key (vkey) that record 0 has to name."""
        return self._transport.exchange("GET", "/v1/health", Health).log_key

    def now(self) -> str:
        """The centre's time (RFC 3339)."""
        return self._transport.exchange("GET", "/v1/time", CentreTime).now

    def evaluations(self) -> tuple[Listing, ...]:
        """The public list, newest first."""
        return self._transport.exchange("GET", "/v1/evaluations", Listings).evaluations

    def publish(self, genesis: Record, tender: bytes, method: bytes, rules: bytes) -> tuple[str, Receipt]:
        """Found an evaluation; returns its fingerprint and the receipt of record 0. Idempotent."""
        message = Publication(RecordMessage.of(genesis), tender, method, rules)
        published = self._transport.exchange("POST", "/v1/evaluations", Published, message)
        return published.fingerprint, Receipt(published.fingerprint, published.answer.proof)

    def place(self, fingerprint: str, certificate: str) -> str:
        """The person id that the certificate with this digest signs for, or "" while it has none."""
        path = f"/v1/evaluations/{fingerprint}/places/{certificate}"
        return self._transport.exchange("GET", path, Place).person

    def evaluation(self, fingerprint: str) -> PublishedEvaluation:
        """Record 0 of ``fingerprint`` with its documents, each checked against the fingerprint."""
        found = self._transport.exchange("GET", f"/v1/evaluations/{fingerprint}/genesis", Genesis)
        try:
            act = decode_act(decode_payload(found.record.payload))
        except RecordMalformed as error:
            raise _differs() from error
        if not isinstance(act, EvaluationCreated) or digest(found.record.payload, act.hash) != fingerprint:
            raise _differs()
        for pinned, document in ((act.tender, found.tender), (act.method, found.method), (act.rules, found.rules)):
            if digest(document, act.hash) != pinned:
                raise _differs()
        return PublishedEvaluation(
            fingerprint, found.record.record(), found.received, act, found.tender, found.method, found.rules
        )


def _differs() -> CentreRefused:
    return CentreRefused(
        "评标中心给出的项目文件与公告中的项目指纹不符，请核对指纹并报告监督人员。",
        "The centre's documents do not match the fingerprint in the announcement; compare it and tell the supervisor.",
    )
