"""The centre over HTTP: implements ``core.ports.Centre`` for one evaluation, and streams bid packages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, TypeVar

from requests import Response

from evalclient.core.errors import CentreRefused, CentreUnreachable
from evalclient.core.ports import Answer, FeedPage
from evalclient.core.records.envelope import HashName, Record, digest
from evalclient.sync.transport import SLOWEST, LoginNeeded, Transport, chunks
from evalclient.sync.wire import (
    LONGEST_WAIT,
    Answers,
    Challenge,
    Feed,
    LoginAnswer,
    LoginRequest,
    M,
    Message,
    RecordMessage,
    Submission,
    Token,
    login_message,
)

T = TypeVar("T")
#: most bytes of a blob that is held in memory; packages are streamed
MOST_BLOB: Final = 64 << 20
#: patience for the parts of a stream that are not its bytes, seconds
STREAM_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Login:
    """Who reads: the id of a session in the log, and its key as a callable (64 bytes over a message)."""

    session: str
    sign: Callable[[bytes], bytes]


class HttpCentre:
    """One evaluation at a centre. Not for several threads at once, but for one after another.

    Submitting needs no login, since records prove themselves; feed and blobs do. A login that has ended is renewed.
    Every call raises CentreUnreachable or CentreRefused and nothing else.
    """

    def __init__(
        self,
        url: str,
        fingerprint: str,
        login: Login | None = None,
        *,
        algorithm: HashName = "sha256",
        patience: float = 20.0,
        authority: str | None = None,
    ) -> None:
        self._transport = Transport(url, patience=patience, authority=authority)
        self._fingerprint = fingerprint
        self._base = f"/v1/evaluations/{fingerprint}"
        self._algorithm = algorithm
        self._login = login
        self._token = ""

    def log_in_as(self, login: Login) -> None:
        """Read as another session from now on."""
        self._login = login
        self._token = ""

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
        """Hand in records in order; the valid prefix is accepted, one answer per record."""
        message = Submission(tuple(RecordMessage.of(record) for record in records))
        answers = self._transport.exchange("POST", f"{self._base}/records", Answers, message).answers
        expected = [digest(record.payload, self._algorithm) for record in records]
        if [answer.record_id for answer in answers] != expected:
            raise CentreUnreachable(
                "评标中心的回答与所提交的记录不对应，稍后自动重试；再次出现请联系场地技术人员。",
                "The centre's answers do not belong to the records handed in; they will be sent again. If it happens"
                " again call the site's technician.",
                "评标中心的回答与所提交的记录不对应",
                "The centre's answers do not belong to the records handed in",
            )
        return tuple(answer.answer() for answer in answers)

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        """Log entries from ``start``; waits up to ``wait_seconds`` (25 at most) for the first new one."""
        wait = min(wait_seconds, LONGEST_WAIT)
        page = self._exchange_logged_in("GET", f"{self._base}/feed?from={start}&wait={wait:g}", Feed, wait=wait)
        return FeedPage(tuple(entry.entry() for entry in page.entries), page.checkpoint)

    def has_blob(self, digest: str) -> bool:
        """Whether the centre holds a blob that this session may read."""

        def ask(headers: dict[str, str]) -> bool:
            with self._transport.stream(
                "HEAD", self._blob(digest), seconds=STREAM_PATIENCE, headers=headers, accept=frozenset({403, 404})
            ) as response:
                return response.status_code == 200

        return self._logged_in(ask)

    def put_blob(self, digest: str, data: bytes) -> None:
        """Store a blob; idempotent."""
        if not self.has_blob(digest):
            self._logged_in(lambda headers: self._put(digest, data, len(data), headers))

    def upload(self, digest: str, path: Path, progress: Callable[[int], None] | None = None) -> None:
        """Store a package from a file without holding it in memory; idempotent."""
        if self.has_blob(digest):
            return

        def put(headers: dict[str, str]) -> None:
            with path.open("rb") as file:
                self._put(digest, _Reported(file, progress), path.stat().st_size, headers)

        self._logged_in(put)

    def blob(self, digest: str) -> bytes:
        """A small blob (documents, reports), checked against its digest."""

        def get(headers: dict[str, str]) -> bytes:
            with self._transport.stream(
                "GET", self._blob(digest), seconds=STREAM_PATIENCE, headers=headers
            ) as response:
                return b"".join(chunks(response, MOST_BLOB))

        untrusted = self._logged_in(get)
        if hashlib.new(self._algorithm, untrusted).hexdigest() != digest:
            raise CentreRefused(
                "从评标中心取得的文件与记录中的摘要不符，已丢弃，请报告监督人员。",
                "The file from the centre does not match the digest in the log and was dropped; tell the supervisor.",
            )
        return untrusted

    def download(self, digest: str, offset: int = 0) -> Iterator[bytes]:
        """The bytes of a blob from ``offset`` on, unchecked: ``Shelf.receive`` takes this and checks the digest.

        Raises CentreUnreachable when the connection breaks before the length announced.
        """
        wanted = {"Range": f"bytes={offset}-"} if offset else {}
        with ExitStack() as stack:

            def ask(headers: dict[str, str]) -> Response:
                return stack.enter_context(
                    self._transport.stream(
                        "GET",
                        self._blob(digest),
                        seconds=STREAM_PATIENCE,
                        headers=headers | wanted,
                        accept=frozenset({416}),
                    )
                )

            response = self._logged_in(ask)
            if response.status_code == 416:  # nothing follows: the part is complete already
                return
            skip = 0 if response.status_code == 206 else offset
            for chunk in chunks(response):
                if skip < len(chunk):
                    yield chunk[skip:]
                skip = max(0, skip - len(chunk))

    def _blob(self, digest: str) -> str:
        return f"{self._base}/blobs/{digest}"

    def _put(self, digest: str, body: object, size: int, headers: dict[str, str]) -> None:
        seconds = STREAM_PATIENCE + size / SLOWEST
        headers["Content-Type"] = "application/octet-stream"
        with self._transport.stream("PUT", self._blob(digest), seconds=seconds, headers=headers, body=body):
            return

    def _exchange_logged_in(self, method: str, path: str, kind: type[M], *, wait: float) -> M:
        return self._logged_in(lambda headers: self._transport.exchange(method, path, kind, headers=headers, wait=wait))

    def _logged_in(self, call: Callable[[dict[str, str]], T]) -> T:
        """Make a call with the token, after a fresh login where the token has ended."""
        if self._token:
            try:
                return call(self._headers())
            except LoginNeeded:
                self._token = ""
        self._log_in()
        return call(self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _log_in(self) -> None:
        if self._login is None:
            raise CentreRefused(
                "尚未登录评标中心，请先用证书登录席位。",
                "Not signed in at the centre; sign in with your certificate first.",
            )
        session = self._login.session
        asked: Message = LoginRequest(session)
        challenge = self._transport.exchange("POST", f"{self._base}/login", Challenge, asked).challenge
        signature = self._login.sign(login_message(self._fingerprint, session, challenge))
        answer = LoginAnswer(session, challenge, signature)
        self._token = self._transport.exchange("POST", f"{self._base}/login/answer", Token, answer).token


class _Reported:
    """A file that says how far it has been read; ``requests`` takes its length from ``__len__``."""

    def __init__(self, file: IO[bytes], progress: Callable[[int], None] | None) -> None:
        self._file = file
        self._progress = progress
        self._size = file.seek(0, 2)
        file.seek(0)

    def __len__(self) -> int:
        return self._size

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        if self._progress is not None:
            self._progress(self._file.tell())
        return chunk
