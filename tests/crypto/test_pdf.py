"""Visible signatures in a PDF: our own check and poppler's agree, and every later change is noticed."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from evalclient.crypto.demo_pki import DemoPki
from evalclient.crypto.errors import PdfRefused, SignatureRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import MAX_PDF, Box, stamp, verify_pdf

AT = datetime(2026, 11, 24, 12, 30, 5, tzinfo=UTC)
NAMES = ("张文远", "李晓梅", "欧阳建国")


@lru_cache
def pki() -> DemoPki:
    return DemoPki.create("pdf", AT)


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
    if count == 0:
        return page()
    number = count - 1
    lines = (NAMES[number], "电子签名 2026-11-24 20:30:05", "项目指纹 c67c c1c2 4fab b742")
    return stamp(stamped(number), key(number), f"signature-m{count}", box(number), lines, AT, reason="同意评标结论")


def test_each_signature_is_a_revision_of_its_own_and_holds() -> None:
    pdf = stamped(3)
    found = verify_pdf(pdf, pki().roots)
    assert [signature.field for signature in found] == ["signature-m1", "signature-m2", "signature-m3"]
    for number, signature in enumerate(found):
        assert signature.bottom_line
        assert signature.holds
        assert signature.trusted
        assert signature.unchanged
        assert signature.certificate == key(number).certificate
        assert signature.claimed_at == AT
        assert signature.reason == "同意评标结论"
        assert pdf[: signature.revision] == stamped(number + 1)
    assert [signature.whole_file for signature in found] == [False, False, True]
    assert pdf.startswith(page())


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")
def test_poppler_calls_each_valid_and_the_last_total(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(stamped(3))
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 3
    assert told.count("  - Total document signed") == 1
    assert "  - Total document signed" in told.split("Signature #3:")[1]
    assert "ETSI.CAdES.detached" in told


def test_the_stamp_can_be_read_on_the_page() -> None:
    document = pypdfium2.PdfDocument(stamped(2))
    document.init_forms()
    try:
        drawn = document[1].render(scale=2, may_draw_forms=True).to_numpy()
        bare = pypdfium2.PdfDocument(page())[1].render(scale=2).to_numpy()
    finally:
        document.close()
    assert drawn.shape == bare.shape
    rows = drawn.shape[0]
    inside = slice(rows - 2 * 200, rows - 2 * 100), slice(2 * 60, 2 * 280)
    assert (drawn[inside] != bare[inside]).any()
    outside = slice(0, rows - 2 * 330), slice(0, drawn.shape[1])
    assert (drawn[outside] == bare[outside]).all()


def test_a_changed_byte_breaks_the_signatures_over_it_and_no_other() -> None:
    pdf = bytearray(stamped(2))
    at = pdf.index(b"total 91.00")
    pdf[at + 6 : at + 8] = b"19"
    assert [signature.holds for signature in verify_pdf(bytes(pdf), pki().roots)] == [False, False]
    late = bytearray(stamped(2))
    late[len(stamped(1)) + 40] ^= 1
    first = verify_pdf(stamped(1), pki().roots)[0]
    assert first.bottom_line
    try:
        judged = verify_pdf(bytes(late), pki().roots)
    except PdfRefused:
        return
    assert not all(signature.bottom_line for signature in judged)


def test_an_update_after_the_signatures_that_changes_a_page_is_noticed() -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(stamped(1)))
    content = writer.root["/Pages"]["/Kids"][1].raw_get("/Contents")
    writer.mark_update(content)
    stream = content.get_object()
    assert isinstance(stream, generic.StreamObject)
    stream._data = b"BT /F1 12 Tf 72 700 Td (total 19.00) Tj ET"
    stream._encoded_data = None
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    (signature,) = verify_pdf(output.getvalue(), pki().roots)
    assert signature.holds
    assert not signature.unchanged
    assert not signature.bottom_line
    assert not signature.whole_file


def test_bytes_after_the_last_signature_are_noticed() -> None:
    found = verify_pdf(stamped(2) + b"\n% something\n", pki().roots)
    assert not any(signature.whole_file for signature in found)


def test_an_unknown_authority_is_not_trusted() -> None:
    strangers = DemoPki.create("strangers", AT)
    for roots in (strangers.roots, ()):
        (signature,) = verify_pdf(stamped(1), roots)
        assert signature.holds
        assert not signature.trusted
        assert not signature.bottom_line


def test_trust_is_judged_at_the_moment_given() -> None:
    (signature,) = verify_pdf(stamped(1), pki().roots, AT + timedelta(days=365 * 20))
    assert signature.holds
    assert not signature.trusted


def test_a_field_is_signed_once() -> None:
    with pytest.raises(PdfRefused):
        stamp(stamped(1), key(1), "signature-m1", box(0), ("又一次",), AT)


@pytest.mark.parametrize("untrusted", [b"", b"%PDF-1.7\n", b"not a pdf at all" * 100])
def test_what_is_no_pdf_is_refused_in_one_sentence(untrusted: bytes) -> None:
    with pytest.raises(PdfRefused, match="PDF"):
        verify_pdf(untrusted, ())
    with pytest.raises(PdfRefused, match="PDF"):
        stamp(untrusted, key(1), "f", box(0), ("名",), AT)


def test_a_truncated_pdf_is_refused_or_shows_no_whole_signature() -> None:
    whole = stamped(2)
    for cut in range(1000, len(whole), len(whole) // 12):
        try:
            found = verify_pdf(whole[:cut], pki().roots)
        except PdfRefused:
            continue
        assert not any(signature.whole_file and signature.bottom_line for signature in found)


def test_a_pdf_beyond_any_report_is_not_even_opened() -> None:
    with pytest.raises(PdfRefused, match="too large"):
        verify_pdf(bytes(MAX_PDF + 1), ())


def test_an_unsigned_pdf_has_no_signatures() -> None:
    assert verify_pdf(page(), pki().roots) == ()


def test_a_time_without_zone_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        stamp(page(), key(1), "f", box(0), ("名",), datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_key_that_answers_with_a_wrong_signature_is_refused() -> None:
    class Broken(Pkcs12Key):
        def sign(self, data: bytes) -> bytes:
            return super().sign(data + b"!")

    right = key(1)
    broken = Broken(right._signing, chain=right.chain)
    with pytest.raises(SignatureRefused):
        stamp(page(), broken, "f", box(0), ("名",), AT)
