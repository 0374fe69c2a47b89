"""Which records of a submission enter the log. The centre refuses little: verdicts on time and stage are the fold's.

Refused for good: malformed records, wrong signatures, authors and kinds the roster does not allow, a broken chain, a
claim to have seen a log that never was, a file handed over but not listed. Not yet: a predecessor, an appointment or a
blob that may still come; and a share of a bid's keys before the deadline, which nobody may hold by then, not even as a
record without effect.
"""

from __future__ import annotations

from collections.abc import Callable

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import Answer, LogEntry
from evalclient.core.records.act import Act
from evalclient.core.records.acts_bids import ShareReleased
from evalclient.core.records.catalogue import vouched_states
from evalclient.core.records.envelope import Payload, Record, decode_payload, record_id
from evalclient.core.records.verified import VerifiedRecord
from evalclient.crypto.records import verify_record
from server_stub.evaluation_log import EvaluationLog


class NotYet(EvalclientError):
    """The record may become acceptable."""


class FileUnlisted(EvalclientError):
    """The record hands a file over that it does not list among its blobs: nobody would have to upload it."""


class SeenRefused(EvalclientError):
    """The record claims a checkpoint that this log never had."""


class Admission:
    """One submission to one log, whose lock the caller holds."""

    def __init__(self, log: EvaluationLog, received: str, has_blob: Callable[[str], bool]) -> None:
        self._log = log
        self._roster = log.roster
        self._trust = log.trust
        self._received = received
        self._has_blob = has_blob
        self._stopped = False
        self._ids: set[str] = set()
        self.admitted: list[tuple[LogEntry, VerifiedRecord]] = []

    def consider(self, untrusted: Record) -> Answer | None:
        """Admit the next record (None), or say why not. After the first refusal nothing new is admitted."""
        identity = record_id(untrusted.payload, self._log.algorithm)
        if identity in self._ids or self._log.index(identity) is not None:
            return None
        if self._stopped:
            return Answer(
                identity,
                None,
                "同一批中前面的记录未被接收，本条未处理，将自动重试。",
                "An earlier record of the batch was refused; this one was not considered and will be sent again.",
                retry=True,
            )
        try:
            self._admit(untrusted)
        except EvalclientError as error:
            self._stopped = True
            return Answer(identity, None, error.zh, error.en, retry=isinstance(error, NotYet))
        return None

    def _admit(self, untrusted: Record) -> None:
        payload = decode_payload(untrusted.payload)
        self._require_known(payload)
        index = len(self._log) + len(self.admitted)
        verified = verify_record(untrusted, self._roster, self._trust, index=index, received=self._received)
        self._require_seen(payload)
        self._require_due(verified.act)
        self._require_listed(payload, verified.act)
        self._require_blobs(payload)
        self._roster = self._roster.after(verified)
        self._ids.add(verified.id)
        self.admitted.append((LogEntry(index, self._received, untrusted), verified))

    def _require_known(self, payload: Payload) -> None:
        """Author and predecessor are there; what does not fit them is refused later, and for good."""
        if payload.evaluation == self._roster.fingerprint and self._roster.role(payload.author) is None:
            raise NotYet(
                "组织方尚未为该人员安排席位，稍后自动重试；请联系组织方。",
                "The organiser has not given this person a place yet; it will be sent again. Ask the organiser.",
            )
        session = self._roster.sessions.get(payload.session)
        if payload.session and (session is None or payload.seq > session.seq + 1):
            raise NotYet(
                "该记录的前一条尚未到达中心，稍后自动重试。",
                "The record's predecessor has not reached the centre yet; it will be sent again.",
            )

    def _require_seen(self, payload: Payload) -> None:
        tree = self._log.tree
        if any(
            state.size > len(tree) or tree.root(state.size).hex() != state.root for state in vouched_states(payload)
        ):
            raise SeenRefused(
                "记录引用的日志检查点与本中心的日志不符，请停止操作并报告监督人员。",
                "The record names a checkpoint that this log never had; stop and report it to the supervisor.",
            )

    def _require_due(self, act: Act | None) -> None:
        """By the centre's clock: who is a little ahead of it sends again."""
        if isinstance(act, ShareReleased) and self._received < self._log.founding.deadline:
            raise NotYet(
                "未到投标截止时间，评标中心不接收解密份额，截止后自动重新提交。",
                "The centre takes no key share before the deadline; it will be sent again afterwards.",
            )

    def _require_listed(self, payload: Payload, act: Act | None) -> None:
        if act is not None and not set(act.files) <= set(payload.blobs):
            raise FileUnlisted(
                "该记录递交的文件未列入其附件清单，不予接收，请用本软件重新递交。",
                "The record hands over a file that it does not list as attached; hand it in again with this program.",
            )

    def _require_blobs(self, payload: Payload) -> None:
        if not all(self._has_blob(name) for name in payload.blobs):
            raise NotYet(
                "该记录所附的文件尚未上传到中心，上传后自动重试。",
                "A file that belongs to the record is not at the centre yet; it will be sent again after the upload.",
            )
