"""An evening to its end whose report and log an authority has stamped."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.timestamping import ask, record, stamps_due
from tests.builders.archives import SignedEvening, pki, signed_at
from tests.builders.time_authority import STAMPS
from tests.builders.time_tokens import Stamper


@lru_cache
def stamper_key() -> Pkcs12Key:
    """An authority for time stamps under one of the recognised roots."""
    return Pkcs12Key.open(pki().authorities[1].issue("时间戳 DEMO TSA", "演示时间戳服务", STAMPS, pin="1").p12, "1")


def stamper_of(evening: SignedEvening) -> Stamper:
    """The authority by the evening's clock."""
    return Stamper(stamper_key(), lambda: datetime.fromisoformat(evening.clock.now()))


def stamp_all(evening: SignedEvening, person: str = "organiser") -> list[str]:
    """Everything that is due at a person's desk, recorded and shared; the records' ids."""
    desk, service = evening.desk(person), stamper_of(evening)
    records = [record(desk, ask(service, due)) for due in stamps_due(desk)]
    evening.share()
    return records


@lru_cache
def stamped_evening() -> SignedEvening:
    """An evening with both stamps, made once; two members' signatures on the report carry a stamp, a third's a false one."""
    evening = signed_at("report")
    honest = stamper_of(evening)
    false = Stamper(stamper_key(), lambda: honest.clock() + timedelta(hours=3))
    for person, service in zip(evening.members, (honest, honest, false), strict=False):
        evening.desk(person).authority = service
    evening.finish()
    stamp_all(evening)
    return evening
