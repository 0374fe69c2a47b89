"""Sealing a bid: from a folder of documents and ``bid.json`` to one package file."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.ports import Clock, KeyHandle
from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.fields import Name
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.records import found, trust_of
from evalclient.desk.desk import Genesis

Progress = Callable[[int], None]


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of a bid: its compartment, its title, and on which pages (from 1) it answers which criterion."""

    file: Name
    compartment: Compartment
    title: Name
    media_type: Name = "application/pdf"
    links: dict[str, tuple[int, ...]] = {}


class BidFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``bid.json``: the files of a bid, and what is read out at opening (``quote``: compartment → name → text)."""

    files: tuple[SourceFile, ...]
    quote: dict[Compartment, dict[str, str]]


def seal_bid(
    folder: Path, genesis: Genesis, signer: KeyHandle, output: Path, clock: Clock, progress: Progress | None = None
) -> int:
    """Write the package of ``folder`` for the tender's custodians to ``output``; its size.

    The package appears under its name when it is complete. DocumentMalformed where ``bid.json`` is wrong,
    CertificateRefused where the signer's certificate is not one this evaluation accepts now.
    """
    bid = _load(folder / "bid.json")
    founding = found(genesis.record)
    trust_of(founding.founding).check(signer.certificate, signer.chain, clock.now())
    keys = TenderKeys(
        evaluation=founding.record.id,
        custodians=tuple(party.certificate for party in founding.founding.custodians),
        threshold=founding.founding.threshold,
        bidder_share=founding.founding.bidder_share,
    )
    documents = [
        SourceDocument(
            compartment=source.compartment,
            name=source.file,
            title=source.title,
            media_type=source.media_type,
            path=folder / source.file,
            links=source.links,
        )
        for source in bid.files
    ]
    part = output.with_suffix(output.suffix + ".part")
    with part.open("wb") as file:
        write_package(file, documents, bid.quote, keys, signer, progress, at=datetime.fromisoformat(clock.now()))
        file.flush()
        os.fsync(file.fileno())
    part.replace(output)
    return output.stat().st_size


def _load(path: Path) -> BidFolder:
    try:
        bid = msgspec.json.decode(path.read_bytes(), type=BidFolder)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentMalformed(
            f"投标文件清单 bid.json 缺失或不合格式（{error}），请改正后再封装。",
            f"bid.json is missing or malformed ({error}); correct it and seal again.",
        ) from error
    for source in bid.files:
        if "/" in source.file or "\\" in source.file or not (path.parent / source.file).is_file():
            raise DocumentMalformed(
                f"清单中的文件 {source.file} 不在文件夹中，请补齐后再封装。",
                f"The file {source.file} of the list is not in the folder; add it and seal again.",
            )
    return bid
