"""A time-stamping authority over HTTP (RFC 3161, 3.4): one request, one answer, within a total deadline."""

from __future__ import annotations

from typing import Final

import requests
from urllib3.exceptions import HTTPError

from evalclient.core.errors import TimestampUnreachable
from evalclient.sync.deadline import Deadline, WatchedAdapter

PATIENCE: Final = 10.0
CONNECT_SECONDS: Final = 5.0
_MOST: Final = 64 << 10
_CHUNK: Final = 16 << 10


class HttpTimestamping:
    """Implements ``core.ports.TimestampService`` for the authority at ``url``; ``patience`` seconds for all of it.

    Environment settings (proxies, .netrc) are left aside, as with the centre. The answer is untrusted: it is looked at by
    ``crypto.trust.timestamps``.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        self.url = url
        self._patience = patience
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"Accept-Encoding": "identity", "User-Agent": "evalclient"})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchedAdapter())

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def answer(self, request: bytes) -> bytes:
        """The authority's answer to a time-stamp request (DER); TimestampUnreachable where there is none."""
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        with Deadline(self._patience) as deadline:
            try:
                with self._session.post(
                    self.url,
                    data=request,
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=(CONNECT_SECONDS, self._patience),
                ) as response:
                    untrusted = _read(response)
            except (requests.RequestException, HTTPError, OSError) as error:
                raise _unreachable() from error
            if deadline.expired:  # cut off, headers and bodies without a length look complete
                raise _unreachable()
        return untrusted


def _read(response: requests.Response) -> bytes:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if response.status_code != 200 or kind != "application/timestamp-reply":
        raise _no_authority()
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > _MOST:
            raise _no_authority()
    return bytes(body)


def _unreachable() -> TimestampUnreachable:
    return TimestampUnreachable(
        "时间戳服务机构无法连接或响应过慢，时间戳稍后补盖，不影响其他工作。",
        "The time-stamping authority cannot be reached or is too slow; the stamp is asked for again later, all else goes on.",
    )


def _no_authority() -> TimestampUnreachable:
    return TimestampUnreachable(
        "对方的回答不是时间戳服务机构的格式，请核对设置中的时间戳服务地址。",
        "The answer is not that of a time-stamping authority; check its address in the settings.",
    )
