"""What documents say of their authors goes, what they show stays; a signed one is left alone, and that is told."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evalclient.core.errors import DocumentMalformed
from evalclient.crypto.pdf import stamp
from evalclient.desk.metadata import CleanedStream, Cleaning, clean
from evalclient.desk.metadata.image import clean_jpeg, clean_png
from tests.builders.centre import key_of
from tests.builders.mutations import damaged, in_words
from tests.builders.samples_pdf import small_pdf

#: what no cleaned file may say, anywhere in its bytes
AUTHOR = "Zhang-San-of-Bidder-One"


def jpeg(*, turned: int = 1) -> bytes:
    picture = Image.radial_gradient("L").convert("RGB").crop((0, 0, 60, 30))
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = AUTHOR, turned
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=AUTHOR.encode())
    return written.getvalue()


def png() -> bytes:
    said = PngInfo()
    said.add_text("Author", AUTHOR)
    said.add_itxt("XML:com.adobe.xmp", f"<x>{AUTHOR}</x>")
    written = io.BytesIO()
    Image.radial_gradient("L").save(written, "PNG", pnginfo=said)
    return written.getvalue()


def talkative_pdf() -> bytes:
    """Text and a picture, with Info, XMP, traces of the drawing program, a comment, and an earlier revision."""
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.setAuthor(AUTHOR)
    canvas.drawString(72, 700, "what the page shows")
    canvas.drawImage(ImageReader(io.BytesIO(jpeg())), 72, 500)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(written.getvalue())) as pdf:
        page = pdf.pages[0].obj
        page.PieceInfo = pikepdf.Dictionary(Drawn=pikepdf.Dictionary(Private=pikepdf.String(AUTHOR)))
        comment = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20])
        comment.T, comment.Contents, comment.M = AUTHOR, "a remark", "D:20260101000000Z"
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 0, 0], T="field one"
        )
        page.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(comment), pdf.make_indirect(field)]))
        (picture,) = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Width" in one]
        picture.write(jpeg(), filter=pikepdf.Name.DCTDecode)
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"] = [AUTHOR]
        whole = io.BytesIO()
        with pytest.warns(pikepdf.PageCopyWarning, match="not reachable"):  # a form as sloppy programs leave it
            pdf.save(whole)
    first = whole.getvalue()
    return first + b"\n% an earlier revision was " + AUTHOR.encode() + b"\n" + first[first.rindex(b"startxref") :]


def shown(pdf: bytes) -> bytes:
    document = pdfium.PdfDocument(pdf)
    pixels: bytes = document[0].render(scale=1).to_numpy().tobytes()
    document.close()
    return pixels


def cleaned(folder: Path, name: str, content: bytes) -> Cleaning:
    (folder / name).write_bytes(content)
    return clean(folder / name)


def test_a_pdf_shows_the_same_and_says_nothing_of_its_author(tmp_path: Path) -> None:
    source = talkative_pdf()
    assert source.count(AUTHOR.encode()) >= 3
    found = cleaned(tmp_path, "a.pdf", source)
    assert found.content is not None
    assert found.kept is None
    assert {"Author", "XMP", "PieceInfo", "annotation author", "picture EXIF/XMP"} <= set(found.removed)
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        streams = [one.read_raw_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert AUTHOR.encode() not in found.content + b"".join(streams)
        assert AUTHOR not in "".join(
            str(one.unparse(resolved=True)) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)
        )
        assert "/Info" not in pdf.trailer
        comment, field = pdf.pages[0].obj.Annots
        assert (str(comment.Contents), str(field.T)) == ("a remark", "field one")
    assert shown(found.content) == shown(source)
    again = cleaned(tmp_path, "a.pdf", found.content)
    assert again.removed == (), "nothing is left to take out"


def test_a_signed_pdf_stays_byte_for_byte_and_that_is_told(tmp_path: Path) -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    signed = stamp(small_pdf("signed"), key_of("bidder-one"), "Seal", (0, 50, 50, 200, 120), ("seal",), at)
    found = cleaned(tmp_path, "signed.pdf", signed)
    assert found.content is None
    assert found.kept is not None
    assert "电子签章" in found.kept.zh
    assert CleanedStream(tmp_path / "signed.pdf", lambda _: None).read() == signed


@pytest.mark.parametrize("harm", ["locked", "no PDF", "truncated"])
def test_a_pdf_that_the_committee_could_not_read_is_refused(tmp_path: Path, harm: str) -> None:
    content = b"%PDF-1.7 and nothing of a PDF" if harm == "truncated" else b"no PDF at all"
    if harm == "locked":
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(small_pdf("locked"))) as pdf:
            pdf.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))
        content = written.getvalue()
    with pytest.raises(DocumentMalformed) as caught:
        cleaned(tmp_path, "方案.pdf", content)
    assert "方案.pdf" in caught.value.zh
    assert ("口令" if harm == "locked" else "重新生成") in caught.value.zh


@pytest.mark.parametrize("turned", [1, 6])
def test_a_photograph_keeps_its_pixels_and_how_it_is_turned(tmp_path: Path, turned: int) -> None:
    source = jpeg(turned=turned)
    found = cleaned(tmp_path, "photo.jpg", source)
    assert found.content is not None
    assert AUTHOR.encode() not in found.content
    with Image.open(io.BytesIO(source)) as before, Image.open(io.BytesIO(found.content)) as after:
        assert after.tobytes() == before.tobytes()
        assert after.getexif().get(0x0112, 1) == turned
        assert set(after.getexif()) <= {0x0112}
    assert clean_jpeg(found.content) == (found.content, ())


def test_a_png_keeps_its_pixels(tmp_path: Path) -> None:
    found = cleaned(tmp_path, "plan.png", png() + AUTHOR.encode())
    assert found.content is not None
    assert AUTHOR.encode() not in found.content
    with Image.open(io.BytesIO(png())) as before, Image.open(io.BytesIO(found.content)) as after:
        assert after.tobytes() == before.tobytes()
        assert after.info == {}


@given(st.data())
def test_a_damaged_picture_is_no_fault(data: st.DataObject) -> None:
    for source, cleaner in ((jpeg(turned=6), clean_jpeg), (png(), clean_png)):
        at = data.draw(st.integers(0, len(source) - 1))
        cleaner(source[:at] + data.draw(st.binary(max_size=4)) + source[at + 1 :])


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE: dict[str, dict[str, str | bytes]] = {
    "docx": {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="r2" Type="http://x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
        "docProps/core.xml": f"<c><creator>{AUTHOR}</creator></c>",
        "docProps/app.xml": f"<p><Company>{AUTHOR}</Company></p>",
        "docProps/custom.xml": f"<p>{AUTHOR}</p>",
        "docProps/thumbnail.jpeg": jpeg(),
        "word/document.xml": f'<w:d {W}><w:p w:rsidR="00AB12CD"><w:ins w:author="{AUTHOR}" w:id="1">'
        "<w:t>方案 w:author</w:t></w:ins></w:p></w:d>",
        "word/comments.xml": f'<w:c {W}><w:comment w:author="{AUTHOR}" w:initials="{AUTHOR}"/></w:c>',
        "word/settings.xml": f'<w:s {W}><w:rsids><w:rsid w:val="{AUTHOR}"/></w:rsids></w:s>',
        "word/media/image1.jpeg": jpeg(),
    },
    "xlsx": {
        "[Content_Types].xml": "<Types/>",
        "docProps/core.xml": f"<c><creator>{AUTHOR}</creator></c>",
        "xl/tables/table1.xml": '<table displayName="Prices"/>',
        "xl/comments1.xml": f"<comments><authors><author>{AUTHOR}</author></authors></comments>",
        "xl/persons/person.xml": f'<personList><person displayName="{AUTHOR}" userId="{AUTHOR}"/></personList>',
    },
    "odt": {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "meta.xml": f"<m>{AUTHOR}</m>",
        "content.xml": f'<c xmlns:dc="d"><dc:creator>{AUTHOR}</dc:creator><p>方案</p></c>',
        "META-INF/manifest.xml": '<m xmlns:manifest="m"><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></m>',
        "Thumbnails/thumbnail.png": png(),
    },
}


@pytest.mark.parametrize("kind", OFFICE)
def test_an_office_file_keeps_its_text(tmp_path: Path, kind: str) -> None:
    found = cleaned(tmp_path, f"plan.{kind}", zipped(OFFICE[kind]))
    assert found.content is not None
    assert found.kept is None
    with zipfile.ZipFile(io.BytesIO(found.content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(parts) == [name for name in OFFICE[kind] if "humbnail" not in name]
    assert AUTHOR.encode() not in b"".join(parts.values())
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)
    text = b"".join(parts.values()).decode("utf-8", "replace")
    assert {"docx": "方案 w:author", "xlsx": 'displayName="Prices"', "odt": "<p>方案</p>"}[kind] in text
    assert "humbnail" not in text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old document", "DOC/XLS/WPS"),
        (b"II*\x00 a scan", "TIFF"),
        (b"PK\x03\x04 no zip", "ZIP"),
        ("一份说明".encode(), None),
    ],
)
def test_what_cannot_be_cleaned_stays_and_is_told(tmp_path: Path, content: bytes, told: str | None) -> None:
    found = cleaned(tmp_path, "file", content)
    assert (found.content, found.removed) == (None, ())
    assert (found.kept.en.split()[1] if found.kept else None) == told


def test_a_signed_office_file_stays(tmp_path: Path) -> None:
    found = cleaned(tmp_path, "a.docx", zipped({**OFFICE["docx"], "_xmlsignatures/sig1.xml": "<s/>"}))
    assert found.content is None
    assert found.kept is not None
    assert "电子签名" in found.kept.zh


def zipped(parts: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_a_damaged_document_is_cleaned_kept_or_refused_in_words(tmp_path: Path, kind: str, data: st.DataObject) -> None:
    source = _talkative() if kind == "pdf" else zipped(OFFICE[kind])
    try:
        cleaned(tmp_path, f"plan.{kind}", data.draw(damaged(source)))
    except DocumentMalformed as error:
        in_words(error)


@cache
def _talkative() -> bytes:
    return talkative_pdf()
