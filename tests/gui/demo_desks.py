"""A committee at real desks over the demonstration's own tender: its items, its bidders, its documents."""

from __future__ import annotations

from functools import lru_cache

from evalclient.assets import asset
from evalclient.core.evaluation.fold import Documents
from evalclient.core.records.act import Stage
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.tender import Committee, Paper, Tender, dump_tender
from evalclient.demo.documents.bid_documents import bid_documents
from evalclient.demo.documents.model import DemoTender
from evalclient.demo.documents.tender_files import tender_files
from evalclient.demo.documents.tender_texts import demo_tender
from evalclient.demo.method_document import bilingual, method_document
from evalclient.ui.pages.room import BidDocument, PageLink
from tests.builders.desks import Desks
from tests.builders.documents import DEADLINE

_SMALL = 1_500_000
_TITLES = {
    "tender": Bilingual("招标文件", "Tender document"),
    "amendment": Bilingual("答疑补遗文件", "Amendment"),
    "background": Bilingual("项目背景说明", "Background note"),
    "pledge": Bilingual("评标纪律与承诺书", "Discipline and pledge"),
}


@lru_cache
def the_tender(language: str = "zh") -> DemoTender:
    """The demonstration's construction tender."""
    return demo_tender("construction", language)  # type: ignore[arg-type]


@lru_cache
def papers_of(language: str = "zh") -> tuple[tuple[Paper, bytes], ...]:
    """Every paper of the tender with its bytes."""
    tender = the_tender(language)
    found = [(file.role, file.media_type, file.content) for file in tender_files(tender)]
    pledge = tender.pledge_text.zh if language == "zh" else tender.pledge_text.en
    return tuple(
        (Paper(kind=role, title=_TITLES[role], media_type=media, digest=digest(content)), content)  # type: ignore[arg-type]
        for role, media, content in [*found, ("pledge", "text/plain; charset=utf-8", pledge.encode())]
    )


@lru_cache
def bid_of(place: int, language: str = "zh") -> tuple[tuple[BidDocument, bytes], ...]:
    """One bid's documents with their bytes."""
    tender = the_tender(language)
    made = bid_documents(tender, tender.bidders[place], _SMALL)
    return tuple(
        (BidDocument(entry.name, entry.title, entry.media_type, len(entry.content), entry.compartment), entry.content)
        for entry in made
    )


@lru_cache
def links_of(place: int, language: str = "zh") -> dict[str, tuple[PageLink, ...]]:
    """Item → the pages the bidder names."""
    tender = the_tender(language)
    links: dict[str, tuple[PageLink, ...]] = {}
    for entry in bid_documents(tender, tender.bidders[place], _SMALL):
        for link in entry.links:
            links[link.criterion] = (*links.get(link.criterion, ()), PageLink(entry.name, link.page))
    return links


class DemoDesks(Desks):
    """Six bidders of the demonstration, in either language."""

    def __init__(self, language: str = "zh") -> None:
        tender = the_tender(language)
        self.names = tuple(bilingual(bidder.name).text(language) for bidder in tender.bidders)
        self.prices = tuple(bidder.price for bidder in tender.bidders)
        papers = papers_of(language)
        core = Tender(
            version=1,
            code=tender.project_code,
            trade_id=tender.trade_id,
            trade=tender.kind,
            title=bilingual(tender.title),
            lot=bilingual(tender.lot),
            purchaser=bilingual(tender.purchaser),
            agency=bilingual(tender.agency),
            place=bilingual(tender.sites[0].name),
            budget=tender.ceiling_price,
            deadline=DEADLINE,
            committee=Committee(5, 0),
            compartments=("identity", "qualification", "technical", "price"),
            language=tender.language,
            papers=tuple(paper for paper, _ in papers),
        )
        rules = asset("rules/cn-construction.json").read_bytes()
        super().__init__("construction", documents=Documents(dump_tender(core), method_document(tender), rules))
        self.blobs = {paper.digest: content for paper, content in papers}


@lru_cache
def _course(stage: Stage, language: str) -> DemoDesks:
    desks = DemoDesks(language)
    desks.until(stage)
    return desks


def demo_desks_at(stage: Stage, language: str = "zh") -> Desks:
    """An evening over the demonstration's tender at ``stage``."""
    return _course(stage, language).fork()
