"""Signing and checking a report of twelve pages with five visible signatures, and the time stamp beside it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import partial

from evalclient.crypto.demo.pki import DemoPki, Purpose
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import stamp, verify_pdf
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import request, token_of_response, verify_token
from evalclient.demo.time_authority import answer
from evalclient.paper.report_pdf import render_report
from tests.bench.figures import Measured, milliseconds, spread
from tests.builders.reporting import busy_evening, content_of

_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
_ROUNDS = 5
_STAMPING: tuple[Purpose, ...] = ("timestamp",)
_SIGNING: tuple[Purpose, ...] = ("sign",)


def measure() -> Measured:
    pki = DemoPki.create("bench", _AT, ("ec", "ec", "ec"))
    lists = pki.crls(_AT)
    trust = TrustStore(pki.roots, lists)
    keys = [
        Pkcs12Key.open(pki.authorities[place % 3].issue(f"评委{place}", "专家库", _SIGNING, pin="1").p12, "1")
        for place in range(5)
    ]
    plain = render_report(content_of(busy_evening()))
    signed = _signed(plain, keys, trust, lists)
    signing = [milliseconds(partial(_signed, plain, keys, trust, lists)) / len(keys) for _ in range(_ROUNDS)]
    checking = [milliseconds(partial(_checked, signed, trust)) for _ in range(_ROUNDS)]
    authority = Pkcs12Key.open(pki.authorities[1].issue("时间戳", "时间戳服务", _STAMPING, pin="1").p12, "1")
    imprint = hashlib.sha256(signed).digest()
    asked = request(imprint)
    token = token_of_response(answer(asked.der, authority, _AT), asked)
    stamps = [milliseconds(partial(verify_token, token, imprint, "sha256", trust)) for _ in range(200)]
    figures = (
        *spread("put one visible signature on a report, evidence included", signing, {0.5: 100})[:1],
        *spread("judge all five signatures of a report", checking, {0.5: 500})[:1],
        *spread("check a time stamp, warm", stamps, {0.5: 3})[:1],
    )
    return Measured(
        figures, (f"a report of {len(plain) >> 10} kB, {len(signed) >> 10} kB with five signatures; P-256",)
    )


def _signed(pdf: bytes, keys: list[Pkcs12Key], trust: TrustStore, lists: tuple[bytes, ...]) -> bytes:
    for place, key in enumerate(keys):
        box = (-1, 60.0, 80.0 + 110 * place, 280.0, 180.0 + 110 * place)
        lines = (f"评委{place}", "电子签名 2026-11-24 17:30:00", "项目指纹 c67c c1c2 4fab b742")
        pdf = stamp(pdf, key, f"signature-m{place}", box, lines, _AT, trust=trust, revocations=lists)
    return pdf


def _checked(pdf: bytes, trust: TrustStore) -> None:
    found = verify_pdf(pdf, trust)
    if len(found) != 5 or not all(one.bottom_line for one in found):
        raise AssertionError([one.verdict.reason for one in found])
