"""PDF without its metadata, through pikepdf (qpdf): a new file of what its pages need, with no earlier revision in it."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Final

import pikepdf

from evalclient.core.errors import DocumentMalformed
from evalclient.core.records.fields import Bilingual
from evalclient.desk.metadata.cleaning import Cleaning
from evalclient.desk.metadata.image import clean_jpeg

#: entries of any object that hold XMP, traces of the drawing program, or the time of its last change (ISO 32000-1)
_ENTRIES: Final = {"/Metadata": "XMP", "/PieceInfo": "PieceInfo", "/LastModified": "LastModified"}
#: markup annotations, whose /T is a person (12.5.6.2); that of a form field is the field's name
_MARKUP: Final = frozenset(
    f"/{kind}"
    for kind in (
        "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly",
        "StrikeOut", "Caret", "Stamp", "Ink", "Popup", "FileAttachment", "Redact",
    )
)  # fmt: skip
_OF_AN_AUTHOR: Final = ("/T", "/M", "/CreationDate", "/NM")
_SIGNED: Final = Bilingual(
    "含有电子签章，保持原样（清除元数据会使签章失效）；其中的作者等信息仍在",
    "carries an electronic signature and stays as it is, since cleaning would break it; what it says of its author is in it",
)


def clean_pdf(path: Path) -> Cleaning:
    """See ``clean``; DocumentMalformed for a password that opening needs, and for what is no PDF."""
    try:
        with pikepdf.open(path) as pdf:
            if _is_signed(pdf):
                return Cleaning(None, kept=_SIGNED)
            removed = _removed(pdf)
            return Cleaning(_written(pdf), tuple(dict.fromkeys(removed)))
    except pikepdf.PasswordError as error:
        raise DocumentMalformed(
            f"{path.name} 有打开口令，评标委员会将无法阅读，请另存为不加密的 PDF 后再封装。",
            f"{path.name} opens by a password only, so the committee could not read it; save it without one, seal again.",
        ) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as error:
        raise DocumentMalformed(
            f"{path.name} 不是完好的 PDF 文件，请重新生成后再封装。",
            f"{path.name} is no sound PDF; make it anew and seal again.",
        ) from error


def _written(pdf: pikepdf.Pdf) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of forms as they were: nothing is copied here
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    return any(isinstance(one, pikepdf.Dictionary) and "/ByteRange" in one for one in pdf.objects)


def _removed(pdf: pikepdf.Pdf) -> list[str]:
    """Take it out of the open file; what it was."""
    removed = []
    if "/Info" in pdf.trailer:
        removed += sorted(key.removeprefix("/") for key in pdf.docinfo.keys())  # noqa: SIM118 - not a mapping to mypy
        del pdf.docinfo
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            removed += _of_object(one)
        if isinstance(one, pikepdf.Stream) and one.get("/Filter") == "/DCTDecode":
            removed += _of_picture(one)
    return removed


def _of_object(one: pikepdf.Object) -> list[str]:
    removed = []
    for entry, name in _ENTRIES.items():
        if entry in one:
            del one[entry]
            removed.append(name)
    if str(one.get("/Subtype", "")) in _MARKUP and ("/Rect" in one or "/Parent" in one):
        present = [entry for entry in _OF_AN_AUTHOR if entry in one]
        for entry in present:
            del one[entry]
        removed += ["annotation author"] if "/T" in present else []
    return removed


def _of_picture(one: pikepdf.Stream) -> list[str]:
    with suppress(pikepdf.PdfError):
        content, removed = clean_jpeg(one.read_raw_bytes(), upright=False)
        if removed:
            parameters = one.get("/DecodeParms")
            known = parameters if isinstance(parameters, pikepdf.Dictionary) else None
            one.write(content, filter=pikepdf.Name("/DCTDecode"), decode_parms=known)
            return [f"picture {name}" for name in removed]
    return []
