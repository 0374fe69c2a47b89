"""ASiCManifest (EN 319 162-1, annex A.4): the digest of every sealed part, in the XML that other tools read."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from evalclient.crypto.bid_package import names

_ASIC: Final = "http://uri.etsi.org/02918/v1.2.1#"
_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_P7S: Final = "application/pkcs7-signature"


def encode(digests: Mapping[str, bytes]) -> bytes:
    """The manifest of ``digests`` (part → SHA-256), in their order."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<asic:ASiCManifest xmlns:asic="{_ASIC}" xmlns:ds="{_DS}">',
        f'<asic:SigReference URI="{names.SIGNATURE}" MimeType="{_P7S}"/>',
    ]
    for part, digest in digests.items():
        value = base64.b64encode(digest).decode()
        lines.append(
            f'<asic:DataObjectReference URI="{part}"><ds:DigestMethod Algorithm="{_SHA256}"/>'
            f"<ds:DigestValue>{value}</ds:DigestValue></asic:DataObjectReference>"
        )
    lines.append("</asic:ASiCManifest>\n")
    return "\n".join(lines).encode()


def decode(untrusted: bytes) -> dict[str, bytes]:
    """Part → SHA-256; PackageRefused when it is no such manifest. Call it after the signature over it was checked."""
    try:
        if b"<!" in untrusted:
            raise ValueError("declarations are not accepted")
        root = ET.fromstring(untrusted)  # noqa: S314 - no declarations, hence no entities; signed by the bidder
        if root.tag != f"{{{_ASIC}}}ASiCManifest":
            raise ValueError("another root element")
        digests: dict[str, bytes] = {}
        for reference in root.iterfind(f"{{{_ASIC}}}DataObjectReference"):
            part, digest = _reference(reference)
            if part in digests:
                raise ValueError("a part stands twice")
            digests[part] = digest
    except (ET.ParseError, ValueError, LookupError) as error:
        raise names.irregular(f"{names.SEAL} 不合格式", f"{names.SEAL} is malformed") from error
    return digests


def _reference(reference: ET.Element) -> tuple[str, bytes]:
    method = reference.find(f"{{{_DS}}}DigestMethod")
    value = reference.findtext(f"{{{_DS}}}DigestValue", "")
    if method is None or method.get("Algorithm") != _SHA256:
        raise ValueError("digest is not SHA-256")
    digest = base64.b64decode(value.strip(), validate=True)
    if len(digest) != 32:
        raise ValueError("digest has the wrong length")
    return reference.attrib["URI"], digest
