"""Visible signatures in a PDF: our own check and poppler's agree, and every later change is noticed."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.pdf_utils import generic as pdf_objects
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.demo.pki import DemoPki, Purpose
from evalclient.crypto.errors import PdfRefused, SignatureRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import MAX_PDF, stamp, verify_pdf
from evalclient.crypto.pdf.evidence import add_evidence
from evalclient.crypto.trust.certificates import TrustStore
from tests.builders.revocations import answer, issuer_of
from tests.builders.signed_pdf import AT, box, key, page, pki, stamped, trust, updated

SIGNS: tuple[Purpose, ...] = ("sign",)
STAMPS: tuple[Purpose, ...] = ("timestamp",)
generic: Any = pdf_objects  # its constructors have no types


_certificate_store: Any = SimpleCertificateStore


def reasons(pdf: bytes) -> list[str]:
    return [one.verdict.reason for one in verify_pdf(pdf, trust())]


def time_stamped(pdf: bytes) -> bytes:
    """With a document time stamp (ETSI.RFC3161), as programs add it for the long term."""
    credential = pki().authorities[0].issue("时间戳", "服务机构", STAMPS, pin="1", kind="rsa")
    private = load_pkcs12(credential.p12, b"1").key
    assert isinstance(private, rsa.RSAPrivateKey)
    held = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = asn1_x509.Certificate.load(credential.certificate)
    chain: Any = _certificate_store()
    chain.register(asn1_x509.Certificate.load(pki().authorities[0].intermediate_der))
    authority = DummyTimeStamper(certificate, PrivateKeyInfo.load(held), chain, fixed_dt=AT)
    output = io.BytesIO()
    PdfTimeStamper(authority).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256", output=output)
    return output.getvalue()


def test_each_signature_is_a_revision_of_its_own_and_holds() -> None:
    pdf = stamped(3)
    found = verify_pdf(pdf, trust())
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
    assert [signature.holds for signature in verify_pdf(bytes(pdf), trust())] == [False, False]
    late = bytearray(stamped(2))
    late[len(stamped(1)) + 40] ^= 1
    first = verify_pdf(stamped(1), trust())[0]
    assert first.bottom_line
    try:
        judged = verify_pdf(bytes(late), trust())
    except PdfRefused:
        return
    assert not all(signature.bottom_line for signature in judged)


def test_an_update_after_the_signatures_that_changes_a_page_is_noticed() -> None:
    def change(writer: Any) -> None:
        content = writer.root["/Pages"]["/Kids"][1].raw_get("/Contents")
        writer.mark_update(content)
        stream = content.get_object()
        stream._data = b"BT /F1 12 Tf 72 700 Td (total 19.00) Tj ET"
        stream._encoded_data = None

    (signature,) = verify_pdf(updated(stamped(1), change), trust())
    assert signature.holds
    assert not signature.unchanged
    assert not signature.bottom_line
    assert not signature.whole_file
    assert signature.verdict.reason == "changed_after"


def test_bytes_after_the_last_signature_are_noticed() -> None:
    found = verify_pdf(stamped(2) + b"\n% something\n", trust())
    assert not any(signature.whole_file for signature in found)
    assert [signature.verdict.reason for signature in found] == ["holds", "added_after"]


def test_a_title_written_anew_after_the_last_signature_is_told() -> None:
    def title(writer: Any) -> None:
        writer.trailer["/Info"][generic.pdf_name("/Title")] = generic.pdf_string("评标报告（更正）")
        writer.mark_update(writer.trailer.raw_get("/Info"))

    assert reasons(updated(stamped(2), title)) == ["holds", "added_after"]
    assert reasons(time_stamped(updated(stamped(2), title))) == ["holds", "added_after", "holds"]
    assert reasons(time_stamped(stamped(2))) == ["holds"] * 3


def test_evidence_may_be_added_after_the_last_signature_and_not_be_taken_away() -> None:
    authority, signer = pki().authorities[1], key(1)
    told = stamp(page(), signer, "a", box(0), ("李晓梅",), AT, trust=trust(), revocations=authority.crls(AT))

    def more(writer: Any) -> None:
        add_evidence(writer, [pki().authorities[2].intermediate_der], pki().authorities[2].crls(AT))

    def emptied(writer: Any) -> None:
        writer.root[generic.pdf_name("/DSS")] = writer.add_object(generic.DictionaryObject())
        writer.update_root()

    def emptied_in_place(writer: Any) -> None:
        store = writer.root["/DSS"]
        for name in ("/Certs", "/CRLs"):
            store[generic.pdf_name(name)] = generic.ArrayObject()
        writer.update_container(store)

    assert reasons(updated(told, more)) == ["holds"]
    assert reasons(updated(updated(told, more), more)) == ["holds"]
    assert reasons(updated(told, emptied)) == ["added_after"]
    assert reasons(updated(told, emptied_in_place)) == ["added_after"]
    later = updated(told, more)
    assert later.startswith(told)
    told_otherwise = later[len(told) :].replace(b"pdf:Producer=", b"pdf:Keywords=")
    assert reasons(told + told_otherwise) == ["added_after"]
    assert reasons(later + b"% something\n") == ["added_after"]


def test_an_unknown_authority_is_not_trusted() -> None:
    strangers = DemoPki.create("strangers", AT)
    for roots in (strangers.roots, ()):
        (signature,) = verify_pdf(stamped(1), TrustStore(roots))
        assert signature.holds
        assert not signature.trusted
        assert not signature.bottom_line


def test_trust_is_judged_at_the_moment_given() -> None:
    (signature,) = verify_pdf(stamped(1), trust(), AT + timedelta(days=365 * 20))
    assert signature.holds
    assert not signature.trusted


def test_signatures_of_every_suite_stand_in_one_file() -> None:
    sm2 = Pkcs12Key.open(pki().authorities[1].issue("国密", "评标专家", SIGNS, pin="1", kind="sm2").p12, "1")
    pdf = stamp(stamped(2), sm2, "signature-m3", box(2), ("国密",), AT, reason="同意", trust=trust())
    found = verify_pdf(pdf, trust())
    assert [signature.verdict.reason for signature in found] == ["holds"] * 3
    assert found[-1].certificate == sm2.certificate
    assert found[-1].whole_file
    changed = pdf.replace(b"total 91.00", b"total 19.00")
    assert [signature.verdict.reason for signature in verify_pdf(changed, trust())] == ["changed"] * 3


def test_a_file_that_brings_list_and_answer_holds_where_unknown_status_is_refused() -> None:
    authority, signer = pki().authorities[1], key(1)
    strict = TrustStore(pki().roots, rule=RevocationRule(unknown="refuse"))
    brought = (authority.crls(AT)[0], answer(signer.certificate, issuer_of(authority), AT))
    bare = stamp(page(), signer, "a", box(0), ("李晓梅",), AT)
    told = stamp(page(), signer, "a", box(0), ("李晓梅",), AT, trust=trust(), revocations=brought)
    assert verify_pdf(bare, strict)[0].verdict.reason == "unknown_status"
    (found,) = verify_pdf(told, strict)
    assert found.bottom_line
    assert found.whole_file
    assert "Not revoked" in found.verdict.clearance.en


def test_a_field_is_signed_once() -> None:
    with pytest.raises(PdfRefused):
        stamp(stamped(1), key(1), "signature-m1", box(0), ("又一次",), AT)


@pytest.mark.parametrize("untrusted", [b"", b"%PDF-1.7\n", b"not a pdf at all" * 100])
def test_what_is_no_pdf_is_refused_in_one_sentence(untrusted: bytes) -> None:
    with pytest.raises(PdfRefused, match="PDF"):
        verify_pdf(untrusted, TrustStore(()))
    with pytest.raises(PdfRefused, match="PDF"):
        stamp(untrusted, key(1), "f", box(0), ("名",), AT)


def test_a_truncated_pdf_is_refused_or_shows_no_whole_signature() -> None:
    whole = stamped(2)
    for cut in range(1000, len(whole), len(whole) // 12):
        try:
            found = verify_pdf(whole[:cut], trust())
        except PdfRefused:
            continue
        assert not any(signature.whole_file and signature.bottom_line for signature in found)


def test_a_pdf_beyond_any_report_is_not_even_opened() -> None:
    with pytest.raises(PdfRefused, match="too large"):
        verify_pdf(bytes(MAX_PDF + 1), TrustStore(()))


def test_an_unsigned_pdf_has_no_signatures() -> None:
    assert verify_pdf(page(), trust()) == ()


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
