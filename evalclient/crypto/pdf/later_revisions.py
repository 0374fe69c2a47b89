"""What may follow the last person's signature in a PDF: certificates, lists, answers and time stamps, and nothing else.

pyHanko's own policy lets title and author be written anew, the XMP metadata be exchanged and evidence be taken away:
none of it changes a page, all of it changes what a reader is told. Imported with ``checking``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from xml.parsers import expat

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)

from evalclient.crypto.pdf.evidence import READER_ERRORS, read_evidence

#: of the catalogue: what evidence needs
_CATALOGUE: Final = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
#: of the document's information: which program wrote last, and when
_WRITER: Final = frozenset({"/ModDate", "/Producer"})
#: the same in XMP (ISO 16684-1), and what belongs to its frame
_XMP_WRITER: Final = frozenset(
    {
        "http://ns.adobe.com/xap/1.0/ ModifyDate",
        "http://ns.adobe.com/xap/1.0/ MetadataDate",
        "http://ns.adobe.com/xap/1.0/mm/ InstanceID",
        "http://ns.adobe.com/pdf/1.3/ Producer",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns# about",
        "adobe:ns:meta/ xmptk",
    }
)


def only_evidence_after(signature: Any, pdf: bytes, end: int) -> bool:
    """Whether nothing but evidence follows ``end``, where the revision of ``signature`` (pyHanko's) ends."""
    if not pdf[end:].strip():
        return True
    if not pdf.rstrip().endswith(b"%%EOF"):
        return False
    found = _POLICY.review_file(
        signature.reader,
        signature.signed_revision,
        field_mdp_spec=signature.fieldmdp,
        doc_mdp=signature.docmdp_level,
    )
    return isinstance(found, DiffResult) and found.modification_level == ModificationLevel.LTA_UPDATES


class _InformationKept(DocInfoRule):
    def apply(self, old: Any, new: Any) -> Iterable[Any]:
        if _information(old) != _information(new):
            raise SuspiciousModification("the document's information was changed")
        yield from super().apply(old, new)


class _EvidenceKept(DSSCompareRule):
    def apply(self, old: Any, new: Any) -> Iterable[Any]:
        before, after = read_evidence(old), read_evidence(new)
        gone = {*before.certificates, *before.revocations} - {*after.certificates, *after.revocations}
        if gone:
            raise SuspiciousModification("evidence was taken away")
        yield from super().apply(old, new)


class _MetadataKept(MetadataUpdateRule):
    def apply(self, old: Any, new: Any) -> Iterable[Any]:
        if _xmp(old) != _xmp(new):
            raise SuspiciousModification("the document's metadata was changed")
        yield from super().apply(old, new)


def _xmp(revision: Any) -> list[tuple[str, str]]:
    """What the metadata say, in any order, but for who wrote them last."""
    if "/Metadata" not in revision.root:
        return []
    try:
        return _statements(revision.root["/Metadata"].read_data(DecodePurpose.XMP_METADATA))
    except (*READER_ERRORS, expat.ExpatError) as error:
        raise SuspiciousModification("the document's metadata cannot be read") from error


def _statements(untrusted_xmp: bytes) -> list[tuple[str, str]]:
    parser = expat.ParserCreate(namespace_separator=" ")
    said: list[tuple[str, str]] = []
    names: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        names.append(name)
        said.extend((key, value) for key, value in attributes.items() if key not in _XMP_WRITER)

    def text(data: str) -> None:
        if data.strip() and names[-1] not in _XMP_WRITER:
            said.append((names[-1], data.strip()))

    def refuse(*_: object) -> None:
        raise SuspiciousModification("the document's metadata declare types of their own")

    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = begin, text
    parser.EndElementHandler, parser.StartDoctypeDeclHandler = (lambda _name: names.pop()), refuse
    parser.Parse(untrusted_xmp, True)
    return sorted(said)


def _information(revision: Any) -> dict[str, object]:
    reference = revision.trailer_view.get_value_as_reference("/Info", optional=True)
    held = revision.get_object(reference) if reference is not None else {}  # as it was then: the trailer sees today's
    return {name: held[name] for name in held if name not in _WRITER}


_catalogue_rule: Any = CatalogModificationRule  # the library gives these no types
_creation_rule: Any = SigFieldCreationRule
_metadata_rule: Any = _MetadataKept
_POLICY: Final = StandardDiffPolicy(
    global_rules=[
        _catalogue_rule(ignored_keys=_CATALOGUE),
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (_InformationKept(), _metadata_rule(), XrefStreamRule(), ObjectStreamRule(), _EvidenceKept())
        ),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[_creation_rule(), SigFieldModificationRule(), GenericFieldModificationRule()]
    ),
)
