"""Sealing a bid: from a folder of documents to one package file, without what the documents say of their authors."""

from __future__ import annotations

import mimetypes
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, cast

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.ports import Clock, KeyHandle
from evalclient.core.records.acts_bids import COMPARTMENTS, READ_OUT, Compartment
from evalclient.core.records.fields import Name
from evalclient.core.records.quote import quote_problem
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.bid_package.manifest import valid_name, valid_title
from evalclient.crypto.bid_package.suites import suite_called
from evalclient.crypto.records import found, trust_of
from evalclient.desk.chosen_files import read_bounded
from evalclient.desk.desk import Genesis
from evalclient.desk.metadata import CleanedStream, Cleaning
from evalclient.desk.plain_files import appear, require_free

Progress = Callable[[int], None]
#: the list of a bid, in either form
LISTS: Final = ("bid.json", "bid.toml")
_ANY_TYPE: Final = "application/octet-stream"
_MOST_LIST: Final = 16 << 20
#: where in a list something is wrong, as the decoder's words say it
_PLACE: Final = re.compile(r"`(\$[^`]*)`")


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of a bid: its compartment, its title, and on which pages (from 1) it answers which criterion."""

    file: Name
    compartment: Compartment
    title: Name
    media_type: Name = "application/pdf"
    links: dict[str, tuple[int, ...]] = {}


class BidFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``bid.json`` or ``bid.toml``: the files of a bid, and what is read out at opening (``quote``: compartment → name → text).

    Without ``files`` each file in a sub-folder named after a compartment is one.
    """

    quote: dict[Compartment, dict[str, str]]
    files: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One document as it went into the package; ``cleaning`` without its content."""

    name: str
    compartment: Compartment
    cleaning: Cleaning


@dataclass(frozen=True, slots=True)
class SealedBid:
    """``size`` of the package in bytes; ``left_out`` are files of the folder that the list does not name."""

    size: int
    files: tuple[SealedFile, ...]
    left_out: tuple[str, ...]


def seal_bid(
    folder: Path, genesis: Genesis, signer: KeyHandle, output: Path, clock: Clock, progress: Progress | None = None
) -> SealedBid:
    """Write the package of ``folder`` for the tender's custodians to ``output``, metadata taken out of its documents.

    The package appears under its name when it is complete. FileUnusable where that is taken, DocumentMalformed where the
    list or a document is wrong, CertificateRefused where the signer's certificate is not one this evaluation accepts now,
    PackageRefused for more than a package can hold.
    """
    require_free(output)
    bid, places = _load(folder)
    _require_readable(bid)
    _require_recordable(bid)
    founding = found(genesis.record)
    trust_of(founding.founding).forgiving.check(signer.certificate, signer.chain, clock.now())
    keys = TenderKeys(
        evaluation=founding.record.id,
        custodians=tuple(party.encryption_certificate for party in founding.founding.custodians),
        threshold=founding.founding.threshold,
        bidder_share=founding.founding.bidder_share,
        suite=suite_called(founding.founding.suite),
    )
    sealed: list[SealedFile] = []

    def told(source: SourceFile, cleaning: Cleaning) -> None:
        sealed.append(SealedFile(source.file, source.compartment, replace(cleaning, content=None)))

    documents = [
        SourceDocument(
            compartment=source.compartment,
            name=source.file,
            title=source.title,
            media_type=source.media_type,
            path=cast(BinaryIO, CleanedStream(place, partial(told, source))),
            links=source.links,
        )
        for source, place in zip(bid.files, places, strict=True)
    ]
    part = output.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            write_package(file, documents, bid.quote, keys, signer, progress, at=datetime.fromisoformat(clock.now()))
            file.flush()
            os.fsync(file.fileno())
        appear(part, output)
    finally:
        part.unlink(missing_ok=True)
    return SealedBid(output.stat().st_size, tuple(sealed), _left_out(folder, set(places), output))


def _load(folder: Path) -> tuple[BidFolder, tuple[Path, ...]]:
    """The list, and where each of its files lies."""
    path = next((folder / name for name in LISTS if (folder / name).is_file()), folder / LISTS[0])
    try:
        content = read_bounded(path, _MOST_LIST)
        decoder = msgspec.toml if path.suffix == ".toml" else msgspec.json
        bid = decoder.decode(content, type=BidFolder)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        raise DocumentMalformed(
            f"投标文件清单 {path.name} 缺失或不合格式{f'（{place[1]}）' if place else ''}，请改正后再封装。",
            f"{path.name} is missing or malformed ({error}); correct it and seal again.",
        ) from error
    if not bid.files:
        bid, places = _by_folder(folder, bid)
        _require_own_files(folder, places)
        return bid, places
    names = [(source.compartment, source.file) for source in bid.files]
    if len(set(names)) != len(names):
        raise DocumentMalformed(
            "清单中同一部分有重名文件，请改名后再封装。",
            "The list names two files of a part alike; give one another name and seal again.",
        )
    for source in bid.files:
        if "/" in source.file or "\\" in source.file or not (folder / source.file).is_file():
            raise DocumentMalformed(
                f"清单中的文件 {source.file} 不在文件夹中，请补齐后再封装。",
                f"The file {source.file} of the list is not in the folder; add it and seal again.",
            )
    places = tuple(folder / source.file for source in bid.files)
    _require_own_files(folder, places)
    return bid, places


def _require_own_files(folder: Path, places: tuple[Path, ...]) -> None:
    """A link would seal a file that lies elsewhere, and its name would say nothing of that."""
    for place in places:
        for link in (place.parent, place):
            if link != folder and link.is_symlink():
                raise DocumentMalformed(
                    f"{link.name} 是链接，不是文件夹中的文件；请改为放入文件本身后再封装。",
                    f"{link.name} is a link and no file of the folder; put the file itself there and seal again.",
                )


def _require_readable(bid: BidFolder) -> None:
    """A package holds no name or title that is overlong, breaks the line, deceives, or that some system cannot store."""
    for source in bid.files:
        if not valid_name(source.file) or not valid_title(source.title):
            shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in source.file)[:80]
            raise DocumentMalformed(
                f"文件名或标题不能用于投标文件（过长、空白，或含冒号、控制字符、改变文字方向的字符，或为 Windows 设备名）：{shown}，请改名后再封装。",
                f"A file's name or title cannot stand in a bid (too long, blank, with a colon, controls or signs that turn "
                f"the direction of reading, or the name of a device): {shown}; rename it and seal again.",
            )


def _require_recordable(bid: BidFolder) -> None:
    """What the opening record cannot hold would make the bid fail at the opening."""
    quote = {name: text for part in READ_OUT for name, text in bid.quote.get(part, {}).items()}
    problem = quote_problem(quote)
    if problem is not None:
        raise DocumentMalformed(
            f"清单中的开标一览表（quote）不能用于开标：{problem.zh}，请改正后再封装。",
            f"What the list quotes for the opening cannot be read out: {problem.en}; correct it and seal again.",
        )


def _by_folder(folder: Path, bid: BidFolder) -> tuple[BidFolder, tuple[Path, ...]]:
    """Sub-folders named after compartments say what belongs where; DocumentMalformed where they hold nothing."""
    places = [place for name in COMPARTMENTS if (folder / name).is_dir() for place in sorted((folder / name).iterdir())]
    for place in places:
        if not place.is_file():
            raise DocumentMalformed(
                f"{place.parent.name} 中的 {place.name} 不是文件；各部分的文件直接放在该文件夹内。",
                f"{place.name} in {place.parent.name} is no file; the documents of a part lie in its folder directly.",
            )
    if not places:
        raise DocumentMalformed(
            f"没有可封装的文件：请在清单中列出，或者放入文件夹 {'、'.join(COMPARTMENTS)}。",
            f"There is nothing to seal: list the files, or put them into folders named {', '.join(COMPARTMENTS)}.",
        )
    files = tuple(
        SourceFile(
            file=place.name,
            compartment=cast(Compartment, place.parent.name),
            title=place.stem,
            media_type=mimetypes.guess_type(place.name)[0] or _ANY_TYPE,
        )
        for place in places
    )
    return msgspec.structs.replace(bid, files=files), tuple(places)


def _left_out(folder: Path, places: set[Path], output: Path) -> tuple[str, ...]:
    """Files below ``folder`` that did not go into the package: a bidder must hear of a forgotten document."""
    known = {*places, *(folder / name for name in LISTS), output}
    found_there = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(str(path.relative_to(folder)) for path in found_there if path not in known)
