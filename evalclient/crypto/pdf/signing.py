"""Making a visible PAdES signature with pyHanko over a ``KeyHandle``. Imported by ``crypto.pdf`` when first used."""

from __future__ import annotations

import binascii
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from asn1crypto import algos, cms
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from evalclient.core.ports import KeyHandle
from evalclient.crypto.cms.signatures import sign_digest
from evalclient.crypto.cms.suites import suite_of
from evalclient.crypto.errors import PdfRefused
from evalclient.crypto.pdf.appearance import appearance
from evalclient.crypto.pdf.evidence import READER_ERRORS, add_evidence, spoken_of
from evalclient.crypto.primitives.public_keys import parse_certificate, public_key_of
from evalclient.crypto.trust.certificates import TrustStore

#: room in the file for a signature without its certificates, in bytes
_SIGNATURE_ROOM: Final = 3 << 10
_CHUNK: Final = 1 << 20  # the library's default of 4 KiB makes digests forty times slower
_ERRORS: Final = (*READER_ERRORS, SigningError)


def add_signature(
    pdf: bytes,
    handle: KeyHandle,
    field_name: str,
    box: tuple[int, float, float, float, float],
    lines: Sequence[str],
    at: datetime,
    reason: str,
    trust: TrustStore | None,
    revocations: Sequence[bytes],
) -> bytes:
    """See ``crypto.pdf.stamp``."""
    page, x1, y1, x2, y2 = box
    content = _ImportedPage(appearance(lines, x2 - x1, y2 - y1))
    style = StaticStampStyle(background=content, background_opacity=1.0, border_width=0, background_layout=_WHOLE_BOX)
    key_signer = _HandleSigner(handle)
    metadata = PdfSignatureMetadata(
        field_name=field_name,
        md_algorithm=key_signer.suite.digest,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason or None,
        name=lines[0] if lines else None,
    )
    field = SigFieldSpec(field_name, on_page=page, box=(x1, y1, x2, y2))  # type: ignore[arg-type]  # points, not whole
    signer = _Dated(metadata, key_signer, stamp_style=style, new_field_spec=field)
    signer.at = at
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        if any(name == field_name for name, _value, _ref in enumerate_sig_fields(writer.prev)):
            raise ValueError(f"the field {field_name} exists")
        if trust is not None:
            path = trust.validate(handle.certificate, handle.chain, at).path or (handle.certificate, *handle.chain)
            add_evidence(writer, path, spoken_of(path, revocations))
        room = _SIGNATURE_ROOM + sum(len(der) for der in (handle.certificate, *handle.chain))
        signed = signer.sign_pdf(writer, bytes_reserved=2 * room, chunk_size=_CHUNK)
    except _ERRORS as error:
        raise PdfRefused(
            "该 PDF 无法加盖签章，请重新生成报告后再签。",
            f"The PDF cannot be signed ({error}); make the report again and sign then.",
        ) from error
    data: bytes = signed.getvalue()
    return data


class _Dated(PdfSigner):
    """Signs with the time it is given: the library would read the machine's clock."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _HandleSigner(Signer):
    """The library's signer over our key handle; the signature is built by the product, in the suite of the key."""

    def __init__(self, handle: KeyHandle) -> None:
        self.suite = suite_of(public_key_of(handle.certificate))
        super().__init__(
            signing_cert=parse_certificate(handle.certificate),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": self.suite.signature}),
        )
        self._handle = handle

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *_: Any, **__: Any) -> cms.ContentInfo:
        if digest_algorithm != self.suite.digest:
            raise ValueError(digest_algorithm)
        return cms.ContentInfo.load(sign_digest(data_digest, self._handle))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        raise NotImplementedError("the whole signature is built by async_sign")


class _ImportedPage(PdfContent):
    """A page of another PDF, kept in memory, as content of this one."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page
        reader = PdfFileReader(io.BytesIO(page))
        x1, y1, x2, y2 = reader.root["/Pages"]["/Kids"][0]["/MediaBox"]
        self.box = BoxConstraints(width=float(x2 - x1), height=float(y2 - y1))

    def render(self) -> bytes:
        """Import the page as a form and draw it."""
        form = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)), page_ix=0)
        name = b"/Stamp" + binascii.hexlify(self._page[-16:])
        self.resources.xobject[name.decode("ascii")] = form
        return name + b" Do"


_WHOLE_BOX: Final = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
)
