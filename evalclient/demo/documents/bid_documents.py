"""All documents of one bid, to the byte the same for the same tender, bidder and size."""

from __future__ import annotations

from evalclient.demo.documents.commercial import commercial_part, commercial_plan
from evalclient.demo.documents.cover_letter import cover_letter
from evalclient.demo.documents.model import Bidder, BidDocument, DemoTender
from evalclient.demo.documents.parts import Bid
from evalclient.demo.documents.price_list import price_list
from evalclient.demo.documents.qualification import qualification_documents, qualification_plan
from evalclient.demo.documents.scans import Scanner, pages_for
from evalclient.demo.documents.technical import technical_proposal

MEGABYTE = 1_000_000
_TEXT_OF_SCANNED_DOCUMENTS = {"zh": 300_000, "en": 125_000}


def share_of(total_bytes: int, tender: DemoTender) -> int:
    """One bidder's share of the size of all bids together."""
    return total_bytes // len(tender.bidders)


def bid_documents(tender: DemoTender, bidder: Bidder, size_bytes: int) -> list[BidDocument]:
    """The bid letter, qualification, technical, commercial and price documents of one bidder.

    Scanned pages bring them to about ``size_bytes`` together (at least 1.5 MB are needed for what must be there).
    """
    bid = Bid(tender, bidder)
    letter, prices, technical = cover_letter(bid), price_list(bid), technical_proposal(bid)
    used = sum(len(document.content) for document in (letter, prices, technical))
    budget = max(size_bytes - used - _TEXT_OF_SCANNED_DOCUMENTS[bid.language], 0)
    least = sum(len(chapter.sheets) for chapter in qualification_plan(bid, 0)) + commercial_plan(bid, 0).scans
    pages = pages_for(budget, least)
    accounts = (pages - least) // 3
    filed = qualification_plan(bid, accounts)
    plan = commercial_plan(bid, pages - least - accounts)
    scanner = Scanner(budget, pages, bid.language)
    qualification = qualification_documents(bid, filed, scanner)
    commercial = commercial_part(bid, plan, scanner)
    return [letter, qualification, technical, commercial, prices]
