"""HTTP to the centre: total deadlines, bounded answers, and every failure as one of two errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from evalclient.core.errors import CentreRefused, CentreUnreachable, FeedWithheld, NotAtCentre, SessionSuperseded
from evalclient.sync.deadline import Deadline, WatchedAdapter
from evalclient.sync.wire import MOST_MESSAGE, M, Message, MessageMalformed, Problem, decode, encode

CHUNK: Final = 256 << 10
CONNECT_SECONDS: Final = 5.0
#: a stream slower than this is given up and continued later, bytes per second
SLOWEST: Final = 16 << 10


class LoginNeeded(CentreRefused):
    """The centre wants a login, or the token has ended."""


class Transport:
    """One centre at ``url``. ``patience`` is the total time of one exchange in seconds, waiting asked for apart.

    ``authority`` is a file of certificates to trust for https instead of the usual ones. Environment settings (proxies,
    .netrc) are left aside: an evaluation room's network is told to the client, not guessed.
    """

    def __init__(self, url: str, *, patience: float = 20.0, authority: str | None = None) -> None:
        self._url = url.rstrip("/")
        self._patience = patience
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = authority or True
        self._session.headers.update({"Accept-Encoding": "identity", "User-Agent": "evalclient"})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter())

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def exchange(
        self,
        method: str,
        path: str,
        kind: type[M],
        message: Message | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        wait: float = 0.0,
    ) -> M:
        """Send a message and decode the answer. Raises CentreUnreachable, CentreRefused or LoginNeeded."""
        body = encode(message) if message is not None else None
        seconds = self._patience + wait + len(body or b"") / SLOWEST
        with self.stream(method, path, seconds=seconds, headers=headers, body=body) as response:
            untrusted = _read(response)
        try:
            return decode(untrusted, kind)
        except MessageMalformed as error:
            raise _not_a_centre() from error

    @contextmanager
    def stream(
        self,
        method: str,
        path: str,
        *,
        seconds: float,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        accept: frozenset[int] = frozenset(),
    ) -> Iterator[requests.Response]:
        """An answer of status 2xx, or one of ``accept``, whose body the caller reads inside the block.

        The answer has to begin within ``seconds``; its body may then take as long again, and longer by its length.
        """
        with Deadline(seconds) as deadline:
            try:
                response = self._begin(deadline, method, path, seconds, headers, body)
                with response:
                    _require_time(deadline)
                    deadline.restart(seconds + _announced_bytes(response) / SLOWEST)
                    if response.status_code not in accept and not 200 <= response.status_code < 300:
                        _raise_for(response)
                    yield response
                    _require_time(deadline)
            except (requests.RequestException, HTTPError, OSError) as error:
                raise _unreachable(timed_out=deadline.expired) from error

    def _begin(
        self,
        deadline: Deadline,
        method: str,
        path: str,
        seconds: float,
        headers: Mapping[str, str] | None,
        body: object,
    ) -> requests.Response:
        """The beginning of an answer.

        A connection kept open may be closed by the centre at the very moment it is used again; then, and only where the
        body can be sent anew, the request goes out once more. Every exchange may be repeated: records go by their ids,
        blobs by their digests.
        """

        def send() -> requests.Response:
            return self._session.request(
                method,
                self._url + path,
                data=body,  # type: ignore[arg-type]
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, seconds),
            )

        try:
            return send()
        except requests.ConnectionError as error:
            broken = not isinstance(error, requests.Timeout) and not deadline.expired
            if not broken or not isinstance(body, bytes | None):
                raise
            return send()


def _require_time(deadline: Deadline) -> None:
    """Cut off by the deadline, headers and bodies without a length look complete."""
    if deadline.expired:
        raise _unreachable(timed_out=True)


def _announced_bytes(response: requests.Response) -> int:
    announced = response.headers.get("Content-Length", "0")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def chunks(response: requests.Response, most: int | None = None) -> Iterator[bytes]:
    """The body in chunks; CentreUnreachable beyond ``most`` bytes. A truncated body raises inside ``stream``."""
    read = 0
    for chunk in response.iter_content(CHUNK):
        read += len(chunk)
        if most is not None and read > most:
            raise _not_a_centre()
        yield chunk


def _read(response: requests.Response) -> bytes:
    return b"".join(chunks(response, MOST_MESSAGE))


def _raise_for(response: requests.Response) -> None:
    status = response.status_code
    if status == 401:
        raise LoginNeeded(
            "登录已失效，请重新登录席位。", "The login at the centre has ended; sign in at your seat again."
        )
    try:
        problem = decode(b"".join(chunks(response, 64 << 10)), Problem)
    except MessageMalformed as error:
        raise _not_a_centre() from error
    if status == 404:
        raise NotAtCentre(problem.zh, problem.en)
    if status == 410:
        raise SessionSuperseded(problem.zh, problem.en)
    if status == 425:
        raise FeedWithheld(problem.zh, problem.en)
    if 400 <= status < 500:
        raise CentreRefused(problem.zh, problem.en)
    raise CentreUnreachable(problem.zh, problem.en)


def _unreachable(*, timed_out: bool) -> CentreUnreachable:
    if timed_out:
        return CentreUnreachable(
            "评标中心响应过慢，请继续工作，数据已保存在本机，稍后自动发送。",
            "The centre answers too slowly; go on working, everything is saved here and will be sent later.",
            "评标中心响应过慢",
            "The centre answers too slowly",
        )
    return CentreUnreachable(
        "无法连接评标中心，请继续工作，数据已保存在本机，恢复后自动发送；长时间不通请联系场地技术人员。",
        "The centre cannot be reached; go on working, everything is saved here and will be sent by itself. If it lasts,"
        " call the site's technician.",
        "无法连接评标中心",
        "The centre cannot be reached",
    )


def _not_a_centre() -> CentreUnreachable:
    return CentreUnreachable(
        "对方的回答不是评标中心的格式，请核对中心地址或联系场地技术人员。",
        "The answer is not that of an evaluation centre; check its address or call the site's technician.",
        "对方的回答不是评标中心的格式",
        "The answer is not that of an evaluation centre",
    )
