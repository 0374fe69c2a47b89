"""Time-stamp tokens made by hand, honest or not: what no ``openssl ts`` would give out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from asn1crypto import tsp

from evalclient.core.errors import TimestampUnreachable
from evalclient.crypto.keys import Pkcs12Key
from evalclient.demo.time_authority import answer, token_over


def token(
    key: Pkcs12Key,
    imprint: bytes,
    at: datetime,
    *,
    algorithm: str = "sha256",
    named: bytes = b"",
    change_info: Callable[[dict[str, Any]], None] = lambda info: None,
    **changed: Any,
) -> bytes:
    """A token by ``key``; ``named`` is the certificate that the signature names, ``changed`` are attributes put in."""
    info: dict[str, Any] = {
        "version": "v1",
        "policy": "1.2.3.4.1",
        "message_imprint": {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": imprint},
        "serial_number": 7,
        "gen_time": at.replace(microsecond=0),
    }
    change_info(info)
    return token_over(tsp.TSTInfo(info).dump(), key, named, **changed)


class Stamper:
    """The demo's authority without a network (``core.ports.TimestampService``), by the clock it is given."""

    def __init__(self, key: Pkcs12Key, clock: Callable[[], datetime]) -> None:
        self.key = key
        self.clock = clock
        self.asked = 0
        self.reachable = True

    def answer(self, request: bytes) -> bytes:
        """The whole answer to a request."""
        self.asked += 1
        if not self.reachable:
            raise TimestampUnreachable("时间戳服务机构无法连接。", "The time-stamping authority cannot be reached.")
        return answer(request, self.key, self.clock())
