"""The tender document (招标项目): what is bought, by whom, and the papers a member signs for."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.errors import DocumentMalformed
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.fields import Bilingual, DecimalText, Digest, Moment, Name

Sector = Literal["general", "water"]
PaperKind = Literal["tender", "amendment", "background", "pledge"]


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper of the tender kept as a blob: the tender text, an amendment, the background note, the pledge."""

    kind: PaperKind
    title: Bilingual
    media_type: str
    digest: Digest


class Committee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The committee (评标委员会) the tender asks for."""

    size: Annotated[int, Meta(ge=3)]
    representatives: Annotated[int, Meta(ge=0)]


class Tender(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One lot (标段/采购包) under evaluation.

    ``code`` is the organiser's project number, ``trade_id`` the 统一交易标识码; ``budget`` the ceiling price in yuan;
    ``compartments`` those a package must have; ``sealed_price`` is true where the tender says two envelopes (not founded
    yet); ``sector`` is the trade's branch where it has rules of its own (water: 水利); ``language`` is that of the
    tender's papers; ``notice_media`` where the notice was published (招标公告刊登的媒体).
    """

    version: Literal[1]
    code: Name
    trade_id: Name
    trade: Trade
    title: Bilingual
    lot: Bilingual
    purchaser: Bilingual
    agency: Bilingual
    place: Bilingual
    budget: DecimalText
    currency: Literal["CNY"] = "CNY"
    deadline: Moment
    committee: Committee
    compartments: tuple[Compartment, ...]
    language: Literal["zh", "en"] = "zh"
    sealed_price: bool = False
    sector: Sector = "general"
    papers: tuple[Paper, ...]
    notice_media: tuple[Bilingual, ...] = ()


def load_tender(untrusted: bytes) -> Tender:
    """Parse a tender document; DocumentMalformed names the path that is wrong."""
    try:
        return msgspec.json.decode(untrusted, type=Tender)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentMalformed(
            f"招标项目文件不合格式（{error}），请组织方重新生成后再发布。",
            f"The tender document does not follow its format ({error}); the organiser must make it again.",
        ) from error


def dump_tender(tender: Tender) -> bytes:
    """The tender as bytes to publish; its digest stands in record 0."""
    return msgspec.json.format(msgspec.json.encode(tender), indent=1)
