"""What lies inside something encrypted, one way for a bid package and for an envelope that another tool made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from evalclient.core.errors import FileUnusable
from evalclient.core.ports import KeyHandle
from evalclient.core.records.acts_bids import Compartment
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.bid_package.manifest import VOLUME_BYTES
from evalclient.crypto.cms.foreign import open_foreign
from evalclient.crypto.cms.foreign_zip import ForeignZip
from evalclient.desk.plain_files import make_last, write_new

_FOLDER_MODE: Final = 0o700
#: the one document of an envelope that is no zip
CONTENT: Final = "content"


@dataclass(frozen=True, slots=True)
class Document:
    """``path`` is its name here, folder included; ``title`` and ``media_type`` are "" where nobody says."""

    path: str
    size: int
    title: str = ""
    media_type: str = ""


class Opened(Protocol):
    """Something that was opened: its documents, read in blocks, each authenticated before it is handed out.

    A document whose blocks end in an error is none: who writes them keeps nothing of it.
    """

    @property
    def documents(self) -> tuple[Document, ...]:
        """In the order of the file."""
        ...

    def blocks(self, document: Document) -> Iterator[bytes | memoryview]:
        """The content of a document; errors of the reader."""
        ...


class OpenedPackage:
    """A bid package with the keys of its compartments."""

    def __init__(self, reader: PackageReader, keys: Mapping[Compartment, bytes]) -> None:
        self._reader = reader
        self._keys = keys
        self.quotes = {name: dict(reader.manifest(name, key).quote) for name, key in keys.items()}
        self._where = {
            f"{name}/{document.name}": (name, document)
            for name, key in keys.items()
            for document in reader.manifest(name, key).documents
        }

    @property
    def documents(self) -> tuple[Document, ...]:
        """By compartment."""
        return tuple(
            Document(path, document.size, document.title, document.media_type)
            for path, (_, document) in self._where.items()
        )

    def blocks(self, document: Document) -> Iterator[bytes | memoryview]:
        """Volume by volume, tag and digest checked."""
        name, sealed = self._where[document.path]
        if not sealed.volumes:
            return
        buffer = memoryview(bytearray(VOLUME_BYTES))
        with self._reader.open_document(name, self._keys[name], sealed.name) as stream:
            while count := stream.readinto(buffer):
                yield buffer[:count]


class OpenedEnvelope:
    """An envelope of another tool, with a zip inside or one document; ``authenticated`` is False for CBC, which has no tag."""

    def __init__(self, untrusted: BinaryIO, key: KeyHandle) -> None:
        self._content = open_foreign(untrusted, key)
        self.authenticated = self._content.authenticated
        self._zip = ForeignZip(self._content) if _is_zip(self._content.read(4)) else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files of the zip, or the one content."""
        if self._zip is None:
            return (Document(CONTENT, self._content.size),)
        return tuple(Document(member.name, member.size) for member in self._zip.members)

    def blocks(self, document: Document) -> Iterator[bytes | memoryview]:
        """A member in blocks, its check sum compared at the end; else the content in pieces."""
        if self._zip is not None:
            yield from self._zip.blocks(document.path)
            return
        self._content.seek(0)
        while block := self._content.read(VOLUME_BYTES):
            yield block


def looks_like_package(untrusted: BinaryIO) -> bool:
    """Whether a file begins as a zip does; it is rewound."""
    head = untrusted.read(4)
    untrusted.seek(0)
    return _is_zip(head)


def document_named(opened: Opened, name: str) -> Document:
    """The document with this path, or this name if no other has it; FileUnusable says which there are."""
    exact = [document for document in opened.documents if document.path == name]
    named = exact or [document for document in opened.documents if document.path.rpartition("/")[2] == name]
    if len(named) == 1:
        return named[0]
    there = ", ".join(document.path for document in (named or opened.documents)[:20])
    if named:
        raise FileUnusable(
            f"“{name}”不止一份，请写明：{there}。", f"There are several named “{name}”; say which: {there}."
        )
    raise FileUnusable(f"没有“{name}”，其中有：{there}。", f"There is no “{name}”; there are: {there}.")


def write_document(opened: Opened, document: Document, path: Path) -> None:
    """Write one document to a new file for the person alone; FileUnusable, OSError, errors of the reader."""
    write_new(path, opened.blocks(document))


def write_all(opened: Opened, folder: Path) -> tuple[Path, ...]:
    """Write every document below ``folder``, which is new or empty; the files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileUnusable(
            f"{folder} 已存在且不是空文件夹，不会写入；请另选文件夹。",
            f"{folder} is there and no empty folder, and nothing is written to it; choose another.",
        )
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    written = []
    for document in opened.documents:
        path = folder.joinpath(*document.path.split("/"))
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        write_new(path, opened.blocks(document), lasting=False)
        written.append(path)
    make_last(written)
    return tuple(written)


def _is_zip(head: bytes) -> bool:
    return head in (b"PK\x03\x04", b"PK\x05\x06")
