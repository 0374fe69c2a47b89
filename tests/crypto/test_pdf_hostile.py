"""PDF files whose signatures were moved, copied, wrapped or added to: each gets its own negative verdict or one refusal."""

from __future__ import annotations

import io
import random
import re
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic as pdf_objects

from evalclient.crypto.demo.pki import Purpose
from evalclient.crypto.errors import PdfRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import stamp, verify_pdf
from evalclient.crypto.pdf.checking import MAX_SIGNATURES
from evalclient.crypto.trust.certificates import TrustStore
from tests.builders.signed_pdf import AT, NAMES, box, key, page, pki, stamped, trust, updated

generic: Any = pdf_objects  # its constructors have no types
REAL = Path(__file__).parents[3] / "shared" / "data" / "pdf"


def reasons(pdf: bytes) -> list[str]:
    return [one.verdict.reason for one in verify_pdf(pdf, trust())]


def range_of(pdf: bytes, number: int) -> tuple[re.Match[bytes], list[int]]:
    """Where the ``number``-th /ByteRange stands, and its numbers."""
    found = list(re.finditer(rb"/ByteRange \[([0-9 ]+)\]", pdf))[number]
    return found, [int(one) for one in found[1].split()]


def with_range(pdf: bytes, numbers: str) -> bytes:
    """The last signature's range written anew in its own place."""
    found, _ = range_of(pdf, -1)
    width = found.end(1) - found.start(1)
    assert len(numbers) <= width
    return pdf[: found.start(1)] + numbers.ljust(width).encode() + pdf[found.end(1) :]


def contents(pdf: bytes, number: int) -> tuple[int, int]:
    """Begin and end of the hexadecimal digits of a signature."""
    _, (_, length, start, _) = range_of(pdf, number)
    return length + 1, start - 1


@pytest.mark.parametrize("game", ["{0} {1} {2} 10", "{0} {1} 9 {3}", "5 {1} {2} {3}", "{0} {1} {2}", "{0} 9 99999 9"])
def test_a_range_that_leaves_out_more_than_the_signature_does_not_hold(game: str) -> None:
    _, numbers = range_of(stamped(2), -1)
    assert reasons(with_range(stamped(2), game.format(*numbers))) == ["added_after", "moved"]


def test_a_signature_moved_from_another_file_does_not_hold() -> None:
    other = stamp(page() + b"\n", key(1), "signature-m1", box(0), (NAMES[1],), AT)
    own = stamp(page(), key(0), "signature-m1", box(0), (NAMES[0],), AT)
    begin, end = contents(own, -1)
    other_begin, other_end = contents(other, -1)
    taken = other[other_begin:other_end][: end - begin].ljust(end - begin, b"0")
    (found,) = verify_pdf(own[:begin] + taken + own[end:], trust())
    assert found.verdict.reason == "changed"
    assert not found.bottom_line


def test_a_copy_of_a_signature_in_a_second_field_is_found() -> None:
    def change(writer: Any) -> None:
        fields = writer.root["/AcroForm"].raw_get("/Fields")
        first = fields[0].get_object()
        copied = generic.DictionaryObject(first)
        copied["/T"] = generic.TextStringObject("signature-m9")
        fields.append(writer.add_object(copied))
        writer.update_container(fields)
        kids = writer.root["/Pages"]["/Kids"][1]["/Annots"]
        kids.append(fields[-1])
        writer.update_container(kids)

    found = verify_pdf(updated(stamped(1), change), trust())
    assert len(found) == 2
    assert [one.verdict.reason for one in found][1] == "moved"
    assert not all(one.bottom_line for one in found)
    assert not any(one.whole_file for one in found)


def test_an_annotation_over_a_figure_is_a_change_after_signing() -> None:
    def change(writer: Any) -> None:
        name = generic.pdf_name
        note = generic.DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/FreeText"),
                name("/Rect"): generic.ArrayObject([generic.NumberObject(one) for one in (60, 690, 200, 720)]),
                name("/Contents"): generic.TextStringObject("total 19.00"),
                name("/DA"): generic.TextStringObject("/Helv 12 Tf 0 g"),
            }
        )
        annotations = writer.root["/Pages"]["/Kids"][1]["/Annots"]
        annotations.append(writer.add_object(note))
        writer.update_container(annotations)

    assert reasons(updated(stamped(2), change)) == ["changed_after", "changed_after"]


def test_pages_exchanged_or_turned_back_after_signing_are_changes() -> None:
    def exchange(writer: Any) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        kids.reverse()
        writer.update_container(kids)

    def other_font(writer: Any) -> None:
        first = writer.root["/Pages"]["/Kids"][1]
        first["/Resources"] = generic.DictionaryObject()
        writer.update_container(first)

    for change in (exchange, other_font):
        assert reasons(updated(stamped(1), change)) == ["changed_after"]
    whole = stamped(2)
    startxref = whole[: len(stamped(1))].rindex(b"startxref")
    turned_back = whole + whole[startxref : len(stamped(1))]  # the end of the first revision once more
    assert not all(one.bottom_line and one.whole_file for one in verify_pdf(turned_back, trust()))


def test_what_hides_in_the_place_of_a_signature_is_found() -> None:
    begin, end = contents(stamped(1), -1)
    pdf = bytearray(stamped(1))
    pdf[end - 8 : end] = b"2f4a5320"
    (found,) = verify_pdf(bytes(pdf), trust())
    assert found.verdict.reason == "malformed"
    assert "something else stands in its place" in found.verdict.why.en
    for filler in (b"00" * ((end - begin) // 2), b"30820000".ljust(end - begin, b"0")):
        hollow = stamped(1)[:begin] + filler + stamped(1)[end:]
        with pytest.raises(PdfRefused):
            verify_pdf(hollow, trust())


def test_a_strangers_signature_after_the_last_holds_for_nobody() -> None:
    two_known = TrustStore([pki().authorities[number].root_der for number in (0, 1)])
    found = verify_pdf(stamped(3), two_known)
    assert [one.verdict.reason for one in found] == ["holds", "holds", "unknown_authority"]


def test_a_revoked_an_expired_and_an_encryption_certificate_are_told_apart() -> None:
    authority = pki().authorities[2]
    lost = Pkcs12Key.open(authority.issue("丢钥匙", "评标专家", pin="1").p12, "1")
    authority.revoke(lost.certificate, AT + timedelta(hours=1))
    lists = authority.crls(AT + timedelta(hours=2))
    old = authority.issue("过期", "评标专家", pin="1", valid=(AT - timedelta(days=9), AT - timedelta(days=1)))
    pdf = stamp(page(), lost, "a", box(0), ("丢钥匙",), AT)
    pdf = stamp(pdf, Pkcs12Key.open(old.p12, "1"), "b", box(1), ("过期",), AT)
    encrypting: tuple[Purpose, ...] = ("encrypt",)
    cipher = authority.issue("加密", "评标专家", encrypting, pin="1")
    pdf = stamp(pdf, Pkcs12Key.open(cipher.p12, "1"), "c", box(2), ("加密",), AT)
    assert reasons(pdf) == ["holds", "expired", "wrong_usage"]
    later = AT + timedelta(hours=3)
    informed = TrustStore(pki().roots, lists)
    # nothing proves that the signature is older than the revocation; a time stamp or a log does
    assert verify_pdf(pdf, informed, None, later)[0].verdict.reason == "revoked"
    assert verify_pdf(pdf, informed, AT + timedelta(minutes=1), later)[0].verdict.reason == "holds"
    assert verify_pdf(pdf, informed, later)[0].verdict.reason == "revoked"


def test_what_a_file_brings_of_revocation_counts() -> None:
    authority = pki().authorities[2]
    lost = Pkcs12Key.open(authority.issue("丢钥匙二", "评标专家", pin="1").p12, "1")
    authority.revoke(lost.certificate, AT + timedelta(hours=1))
    lists = authority.crls(AT + timedelta(hours=2))
    pdf = stamp(page(), lost, "a", box(0), ("丢钥匙",), AT, trust=trust(), revocations=lists)
    (found,) = verify_pdf(pdf, trust(), None, AT + timedelta(hours=3))
    assert found.verdict.reason == "revoked"
    assert found.whole_file


def test_evidence_is_covered_and_garbage_of_it_harms_nobody() -> None:
    lists = pki().crls(AT)
    pdf = page()
    for number in range(3):
        pdf = stamp(pdf, key(number), f"s{number}", box(number), (NAMES[number],), AT, trust=trust(), revocations=lists)
    assert reasons(pdf) == ["holds"] * 3
    assert verify_pdf(pdf, trust())[-1].whole_file
    assert pdf.count(b"/DSS") >= 1

    def add(writer: Any) -> None:
        store = writer.root["/DSS"]
        for name, data in (("/CRLs", b"garbage"), ("/CRLs", b"\x30\x84\xff\xff\xff\xff"), ("/Certs", lists[0])):
            items = store[name]
            items.append(writer.add_object(generic.StreamObject(stream_data=data)))
            writer.update_container(items)
        store["/OCSPs"] = generic.ArrayObject([generic.NullObject(), generic.NumberObject(7)])
        writer.update_container(store)

    try:
        found = verify_pdf(updated(pdf, add), trust())
    except PdfRefused:
        return
    assert [one.holds for one in found] == [True] * 3
    assert not found[-1].whole_file


def test_no_mutant_keeps_every_verdict() -> None:
    whole = stamped(2)
    holes = [contents(whole, number) for number in (0, 1)]
    chance = random.Random(12)
    for _ in range(40):
        at = chance.randrange(len(whole)) if chance.random() < 0.5 else chance.randrange(*holes[chance.randrange(2)])
        mutant = bytearray(whole)
        mutant[at] ^= 1 << chance.randrange(8)
        same = any(begin <= at < end for begin, end in holes) and mutant.lower() == whole.lower()
        try:
            found = verify_pdf(bytes(mutant), trust())
        except PdfRefused:
            continue
        held = len(found) == 2 and all(one.bottom_line for one in found) and found[-1].whole_file
        assert held is same, at


def test_a_hundred_fields_and_deep_nesting_end_soon() -> None:
    deep = (
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 20000 + b"]" * 20000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    looped = page().replace(b"/Type /Pages", b"/Kids [1 0 R]")
    for pdf in (deep, looped, page()[:-40] + b"startxref\n9\n%%EOF"):
        try:
            assert verify_pdf(pdf, trust()) == ()
        except PdfRefused:
            continue


def test_bombs_and_crowds_are_refused_before_they_cost_much() -> None:
    bomb = zlib.compress(bytes(100 << 20), 9)
    head = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    table = b"3 0 obj\n<</Type/XRef/Size 9999999/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % len(
        bomb
    )
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    with pytest.raises(PdfRefused, match="exceeds the limit"):
        verify_pdf(head + table + bomb + tail, trust())

    def crowd(writer: Any) -> None:
        fields = writer.root["/AcroForm"].raw_get("/Fields")
        for number in range(MAX_SIGNATURES):
            copied = generic.DictionaryObject(fields[0].get_object())
            copied["/T"] = generic.TextStringObject(f"x{number}")
            fields.append(writer.add_object(copied))
        writer.update_container(fields)

    with pytest.raises(PdfRefused, match="too many signatures"):
        verify_pdf(updated(stamped(1), crowd), trust())

    def heavy_evidence(writer: Any) -> None:
        stream = generic.StreamObject(stream_data=b"x")
        stream._data, stream._encoded_data = None, bomb
        stream["/Filter"] = generic.pdf_name("/FlateDecode")
        certificates = generic.ArrayObject([writer.add_object(stream)])
        writer.root["/DSS"] = writer.add_object(generic.DictionaryObject({generic.pdf_name("/Certs"): certificates}))
        writer.update_root()

    assert reasons(updated(stamped(1), heavy_evidence)) == ["holds"]


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no folder {REAL} with PDF files of others")
def test_real_files_are_read_or_refused() -> None:
    unsigned = 0
    for file in sorted(REAL.glob("*.pdf")):
        try:
            found = verify_pdf(file.read_bytes(), trust())
        except PdfRefused:
            continue
        if file.name != "signed_verified.pdf":
            assert found == ()
            unsigned += 1
    assert unsigned > 15


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no folder {REAL} with PDF files of others")
def test_a_real_signature_of_another_program_is_judged() -> None:
    pdf = (REAL / "signed_verified.pdf").read_bytes()
    (found,) = verify_pdf(pdf, trust())
    # its range leaves out the digits but covers the brackets around them, which the standard does not allow
    assert found.verdict.reason == "moved"
    assert found.verdict.who == "test-pdf-signer"
    assert not found.trusted


@pytest.mark.skipif(not REAL.is_dir(), reason=f"no folder {REAL} with PDF files of others")
@pytest.mark.parametrize("name", ["tracemonkey.pdf", "rotation.pdf", "TAMReview.pdf", "empty.pdf", "noembed-sjis.pdf"])
def test_real_files_can_be_stamped(name: str) -> None:
    pdf = (REAL / name).read_bytes()
    signed = stamp(pdf, key(1), "signature", (0, 20, 20, 180, 90), (NAMES[1],), AT, trust=trust())
    (found,) = verify_pdf(signed, trust())
    assert found.bottom_line
    assert found.whole_file
    assert signed.startswith(pdf)
    assert io.BytesIO(signed).read(5) == b"%PDF-"
