"""A small PDF with visible signatures of three persons, each of another authority, for tests that misuse it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import Box, stamp
from evalclient.crypto.trust.certificates import TrustStore

AT = datetime(2026, 11, 24, 12, 30, 5, tzinfo=UTC)
NAMES = ("张文远", "李晓梅", "欧阳建国")


@lru_cache
def pki() -> DemoPki:
    return DemoPki.create("pdf", AT)


@lru_cache
def trust() -> TrustStore:
    return TrustStore(pki().roots)


@lru_cache
def key(number: int) -> Pkcs12Key:
    """Number 0 is RSA, the others EC, each of another authority."""
    authority = pki().authorities[number % 3]
    credential = authority.issue(NAMES[number], "评标专家", pin="1", kind="rsa" if number == 0 else "ec")
    return Pkcs12Key.open(credential.p12, "1")


@lru_cache
def page() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=0)
    canvas.drawString(72, 700, "first")
    canvas.showPage()
    canvas.drawString(72, 700, "total 91.00")
    canvas.save()
    return buffer.getvalue()


def box(number: int) -> Box:
    return (-1, 60.0, 100.0 + 120 * number, 280.0, 200.0 + 120 * number)


@lru_cache
def stamped(count: int) -> bytes:
    """The page with ``count`` signatures, one revision each."""
    if count == 0:
        return page()
    number = count - 1
    lines = (NAMES[number], "电子签名 2026-11-24 20:30:05", "项目指纹 c67c c1c2 4fab b742")
    return stamp(stamped(number), key(number), f"signature-m{count}", box(number), lines, AT, reason="同意评标结论")


def updated(pdf: bytes, change: Callable[[Any], None]) -> bytes:
    """The file with one more revision, in which ``change`` may do anything to the library's writer."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()
