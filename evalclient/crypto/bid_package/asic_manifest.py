"""ASiCManifest (EN 319 162-1, annex A.4): the digest of every sealed part, in the XML that other tools read."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from evalclient.crypto.bid_package import names
from evalclient.crypto.bid_package.suites import INTERNATIONAL, PackageSuite, suite_named

_ASIC: Final = "http://uri.etsi.org/02918/v1.2.1#"
_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_P7S: Final = "application/pkcs7-signature"
_REFERENCE: Final = [f"{_ASIC} ASiCManifest", f"{_ASIC} DataObjectReference"]
_MOST_DEPTH: Final = 8
_MOST_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class SealedDigests:
    """What a seal says: the digest of each part, by which suite."""

    suite: PackageSuite
    parts: dict[str, bytes]

    def fits(self, part: str, content: bytes | memoryview) -> bool:
        """Whether ``content`` is what was sealed as ``part``."""
        return self.parts.get(part) == self.suite.digest(content)


def encode(digests: Mapping[str, bytes], suite: PackageSuite) -> bytes:
    """The manifest of ``digests`` (part → digest by the suite), in their order."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<asic:ASiCManifest xmlns:asic="{_ASIC}" xmlns:ds="{_DS}">',
        f'<asic:SigReference URI="{names.SIGNATURE}" MimeType="{_P7S}"/>',
    ]
    for part, digest in digests.items():
        value = base64.b64encode(digest).decode()
        lines.append(
            f'<asic:DataObjectReference URI="{part}"><ds:DigestMethod Algorithm="{suite.method}"/>'
            f"<ds:DigestValue>{value}</ds:DigestValue></asic:DataObjectReference>"
        )
    lines.append("</asic:ASiCManifest>\n")
    return "\n".join(lines).encode()


def decode(untrusted: bytes) -> SealedDigests:
    """The digests of the parts, all by one suite; PackageRefused when it is no such manifest. Call it after the signature over it was checked.

    Who signed is not yet known to be honest: no tree is built, so the memory it takes is that of the digests.
    """
    try:
        reading = _Reading()
        reading.parser.Parse(untrusted, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise names.irregular(f"{names.SEAL} 不合格式", f"{names.SEAL} is malformed") from error
    return SealedDigests(reading.suite or INTERNATIONAL, reading.digests)


class _Reading:
    """Follows the elements of one manifest."""

    def __init__(self) -> None:
        self.digests: dict[str, bytes] = {}
        self.suite: PackageSuite | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = _refuse_declaration
        self._path: list[str] = []
        self._part = self._method = self._value = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) > _MOST_DEPTH or self._path[0] != f"{_ASIC} ASiCManifest":
            raise ValueError("another structure")
        if self._path == _REFERENCE:
            self._part, self._method, self._value = attributes["URI"], "", ""
        elif self._path == [*_REFERENCE, f"{_DS} DigestMethod"]:
            self._method = attributes["Algorithm"]

    def _text(self, text: str) -> None:
        if self._path == [*_REFERENCE, f"{_DS} DigestValue"]:
            self._value += text
            if len(self._value) > _MOST_TEXT:
                raise ValueError("digest has the wrong length")

    def _end(self, _name: str) -> None:
        if self._path == _REFERENCE:
            digest = base64.b64decode(self._value.strip(), validate=True)
            suite = suite_named(self._method)
            if self.suite not in (None, suite) or len(digest) != 32:
                raise ValueError("digests are not of one kind")
            self.suite = suite
            if self._part in self.digests:
                raise ValueError("a part stands twice")
            self.digests[self._part] = digest
        self._path.pop()


def _refuse_declaration(*_declaration: object) -> None:
    raise ValueError("declarations are not accepted")
