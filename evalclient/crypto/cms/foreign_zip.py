"""A zip archive inside one envelope, as many bidding tools make it: listed, and unpacked block by block.

Nothing is unpacked to list it, and nothing that a sound tool would not have packed: paths that leave their folder, doubled
or hidden entries, entries that share bytes, and content that grows beyond what was declared, or out of proportion.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from evalclient.crypto.cms.foreign import ForeignContent
from evalclient.crypto.errors import ZipRefused
from evalclient.crypto.primitives.bounded_zip import MALFORMED_ZIP, open_zip
from evalclient.crypto.primitives.readable import is_file_name

MAX_MEMBERS: Final = 20_000
MAX_DIRECTORY: Final = 4 << 20
#: the most all members together may unpack to, in bytes
MAX_CONTENT: Final = 16 << 30
#: deflate packs at most about 1 032 to 1; documents stay far below, priced lists in XML at some tens to 1
_MOST_RATIO: Final = 100
#: below this a member, or all of them together, may be packed as well as can be
_RATIO_FROM: Final = 1 << 20
_TOTAL_RATIO_FROM: Final = 64 << 20
_LOCAL_HEADER: Final = struct.Struct("<4s5H3I2H")
_LOCAL_SIGNATURE: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 1 << 0
_DESCRIPTOR: Final = 1 << 3
_UTF8: Final = 1 << 11
_MOST_PARTS: Final = 32
_MOST_NAME: Final = 1000
#: a data descriptor with signature and 64-bit sizes
_MOST_DESCRIPTOR: Final = 24
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: its path within (parts joined by ``/``) and its declared size in bytes."""

    name: str
    size: int


class ForeignZip:
    """The archive in a seekable file; ZipRefused when it is none, or unsafe."""

    def __init__(self, untrusted: BinaryIO | ForeignContent) -> None:
        self._file = cast(BinaryIO, untrusted)
        try:
            self._zip = open_zip(self._file, MAX_DIRECTORY)
            self._infos = self._checked()
        except MALFORMED_ZIP as error:
            raise _damaged("不是 ZIP 压缩包或已损坏", "no zip archive, or damaged") from error
        self.members = tuple(Member(name, info.file_size) for name, info in self._infos.items())

    def blocks(self, name: str) -> Iterator[bytes]:
        """The content of a member in blocks of at most 1 MiB; KeyError for no such member.

        Its length and check sum are known at its end alone: ZipRefused may come after blocks, which then count for nothing.
        """
        info = self._infos[name]
        left = info.file_size
        try:
            with self._zip.open(info) as member:
                while block := member.read(min(_BLOCK, left + 1)):
                    left -= len(block)
                    if left < 0:
                        raise ValueError("longer than declared")
                    yield block
        except (*MALFORMED_ZIP, zlib.error) as error:
            raise _damaged(f"{name} 已损坏", f"{name} is damaged") from error
        if left:
            raise _damaged(f"{name} 不完整", f"{name} is incomplete")

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """Files by name, once the whole archive is found to be one entry after another."""
        entries = sorted(self._zip.infolist(), key=lambda entry: entry.header_offset)
        if len(entries) > MAX_MEMBERS:
            raise _unsafe("文件过多", "too many files")
        _require_proportion(entries)
        infos: dict[str, zipfile.ZipInfo] = {}
        taken: set[str] = set()
        end = slack = 0
        for entry in entries:
            if not end <= entry.header_offset <= end + slack:
                raise _unsafe("文件之间有隐藏或重叠的数据", "hidden or shared data between the files")
            end = self._end_of(entry)
            slack = _MOST_DESCRIPTOR if entry.flag_bits & _DESCRIPTOR else 0
            name = _name(entry)
            if entry.is_dir():
                continue
            if name.casefold() in taken:
                raise _unsafe(f"{name[:60]} 重复", f"{name[:60]} stands twice")
            taken.add(name.casefold())
            infos[name] = entry
        _require_no_file_as_folder(taken)
        if not end <= self._zip.start_dir <= end + slack:
            raise _unsafe("文件之间有隐藏或重叠的数据", "hidden or shared data between the files")
        return infos

    def _end_of(self, entry: zipfile.ZipInfo) -> int:
        """Where the entry's bytes end, by its local header; what no member may be is refused."""
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _unsafe(
                "压缩包另行加密或压缩方式不被认可", "encrypted once more, or packed in a way that is not accepted"
            )
        if entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * entry.compress_size:
            raise _unsafe("压缩比异常", "it unpacks to far more than it should")
        self._file.seek(entry.header_offset)
        fields = _LOCAL_HEADER.unpack(self._file.read(_LOCAL_HEADER.size))
        if fields[0] != _LOCAL_SIGNATURE:
            raise ValueError("no local header")
        return int(entry.header_offset + _LOCAL_HEADER.size + fields[9] + fields[10] + entry.compress_size)


def _require_proportion(entries: Collection[zipfile.ZipInfo]) -> None:
    """All together no more than sound documents unpack to."""
    content = sum(entry.file_size for entry in entries)
    if content > MAX_CONTENT:
        raise _unsafe("解压后过大", "it is too large when unpacked")
    if content > _TOTAL_RATIO_FROM and content > _MOST_RATIO * sum(entry.compress_size for entry in entries):
        raise _unsafe("压缩比异常", "it unpacks to far more than it should")


def _require_no_file_as_folder(taken: Collection[str]) -> None:
    """No file may lie within another: no folder on a disk could hold them."""
    for name in taken:
        if any(name[: slash.start()] in taken for slash in re.finditer("/", name)):
            raise _unsafe(f"{name[:60]} 重复", f"{name[:60]} stands twice")


def _name(entry: zipfile.ZipInfo) -> str:
    """The path as a person reads it; tools in China write names in GBK without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        untrusted = name.encode("cp437")
        try:
            name = untrusted.decode("utf-8")
        except UnicodeDecodeError:
            name = untrusted.decode("gb18030", "replace")
    name = name.replace("\\", "/").removesuffix("/")
    parts = name.split("/")
    if len(parts) > _MOST_PARTS or len(name) > _MOST_NAME or not all(map(is_file_name, parts)):
        raise _unsafe("有不允许的文件名", "a file name that is not allowed")
    return name


def _damaged(what_zh: str, what_en: str) -> ZipRefused:
    return ZipRefused(
        f"压缩包无法读取（{what_zh}），请重新获取，或请发送方重新打包。",
        f"The archive cannot be read ({what_en}); fetch it again, or ask the sender to pack it anew.",
    )


def _unsafe(what_zh: str, what_en: str) -> ZipRefused:
    return ZipRefused(
        f"压缩包不安全，未予解压（{what_zh}），请发送方重新打包。",
        f"The archive is unsafe and was not unpacked ({what_en}); ask the sender to pack it anew.",
    )
