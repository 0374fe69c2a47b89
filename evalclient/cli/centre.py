"""The centre at the command line: its address, and what is true of a command that it did not answer."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from evalclient.core.errors import CentreUnreachable, EvalclientError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evalclient.core.records.act import Act
    from evalclient.desk.seat import Seat


class AddressRefused(EvalclientError):
    """What stands after ``--centre`` is no address of a centre."""


def centre_address(text: str) -> str:
    """``text``, an http or https URL; AddressRefused."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        sound = False
    if not sound:
        raise AddressRefused(
            f"评标中心地址“{text}”不是网址，请核对 --centre，形如 https://中心域名:端口。",
            f"The address of the centre, “{text}”, is no URL; check --centre, for example https://centre.example:8443.",
        )
    return text


@contextmanager
def unanswered(zh: str, en: str) -> Iterator[None]:
    """CentreUnreachable inside says what the window says; at a command nothing is sent later: say ``zh`` and ``en``.

    Both are clauses without a full stop that tell how far the command has come.
    """
    try:
        yield
    except CentreUnreachable as error:
        raise CentreUnreachable(
            f"{error.cause_zh}，{zh}；请检查网络或中心地址后重新执行本命令。",
            f"{error.cause_en}; {en}. Check the network or the address of the centre, then run this command again.",
        ) from error


def waiting(seat: Seat, *kinds: type[Act]) -> int:
    """How many acts of these kinds an earlier run left without a receipt: the centre may have them or not.

    They go out first when their author comes back.
    """
    from evalclient.core.records.catalogue import decode_act
    from evalclient.core.records.envelope import decode_payload

    return sum(isinstance(decode_act(decode_payload(record.payload)), kinds) for record in seat.log.outbox())
