"""A quote that no opening record can hold fails that one bid, in words; the gate says no to it, and sealing refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from evalclient.core.errors import DocumentMalformed, Refused
from evalclient.core.evaluation.views import opened_bids
from evalclient.crypto.bid_package import Manifest
from evalclient.desk.clock import SystemClock
from evalclient.desk.organiser import Organiser
from evalclient.desk.package_seal import misread
from evalclient.desk.sealing import BidFolder, seal_bid
from evalclient.ui.pages.money import yuan
from tests.builders.archives import finished
from tests.builders.centre import key_of
from tests.builders.mutations import in_words
from tests.builders.opening import OpeningEvening, released
from tests.builders.real_seats import write_bid_folder
from tests.desk.test_files_hostile import genesis

#: what a bid quotes → what is said of it
BAD: dict[str, tuple[dict[str, str], str, str]] = {
    "unit": ({"price": "123万元"}, "报价“123万元”不是以元为单位的数字", "is no number in CNY"),
    "no number": ({"price": "NaN"}, "报价“NaN”不是", "is no number"),
    "signalling": ({"price": "sNaN"}, "报价“sNaN”不是", "is no number"),
    "separators": ({"price": "1,234.00"}, "报价“1,234.00”不是", "is no number"),
    "exponent": ({"price": "1e5"}, "报价“1e5”不是", "is no number"),
    "zero": ({"price": "0.00"}, "报价“0.00”不大于零", "is not above zero"),
    "below zero": ({"price": "-5"}, "报价“-5”不大于零", "is not above zero"),
    "endless price": ({"price": "9" * 5000}, f"报价“{'9' * 40}…”不是", "is no number"),
    "long name": ({"name": "名" * 201}, "投标人名称超过 200 字", "more than 200 characters"),
    "blank name": ({"name": " "}, "未写明投标人名称或报价", "not stated"),
    "long term": ({"工期": "x" * 4001}, "填报内容“工期”无名称或过长", "too long"),
    "many terms": ({f"项{number}": "x" * 3999 for number in range(6)}, "合计超过 20000 字", "more than 20000"),
}


class BadQuotes(OpeningEvening):
    """The first bids quote what is in ``bad``."""

    bad: tuple[Mapping[str, str], ...] = ()

    def package(self, bidder: str) -> str:
        place = self.bidders.index(bidder)
        kept = self.names, self.prices, self.terms
        if place < len(self.bad):
            quote = self.bad[place]
            self.names = tuple(quote.get("name", name) for name in self.names)
            self.prices = tuple(quote.get("price", price) for price in self.prices)
            self.terms = {term: text for term, text in quote.items() if term not in ("name", "price")}
        try:
            return super().package(bidder)
        finally:
            self.names, self.prices, self.terms = kept


@pytest.mark.parametrize("first", range(0, len(BAD), 3))
def test_a_bad_quote_fails_that_bid_and_no_other(first: int) -> None:
    cases = list(BAD.values())[first : first + 3]
    evening = BadQuotes()
    evening.bad = tuple(quote for quote, _, _ in cases)
    evening.appoint()
    evening.hand_in()
    evening.release_shares()
    organiser = Organiser(evening.desk("organiser"))
    lines = organiser.read_bids(evening.file)
    assert [line.failure for line in lines] == ["revoked"] * 3 + [""] * 3
    for line, (_, zh, _) in zip(lines, cases, strict=False):
        assert zh in line.note
        assert len(line.note) < 200
    organiser.record_opening(lines)
    evening.share()
    assert [bid.opened.price for bid in opened_bids(evening.evaluation) if bid.opened] == list(evening.prices[3:])


@pytest.mark.parametrize(("quote", "zh", "en"), BAD.values(), ids=BAD)
def test_the_gate_says_no_to_a_bad_quote(quote: Mapping[str, str], zh: str, en: str) -> None:
    evening = released()
    organiser = Organiser(evening.desk("organiser"))
    first, *rest = organiser.read_bids(evening.file)
    terms = {name: text for name, text in quote.items() if name not in ("name", "price")}
    changed = msgspec.structs.replace(
        first, name=quote.get("name", first.name), price=quote.get("price", first.price), terms=terms or first.terms
    )
    with pytest.raises(Refused) as caught:
        organiser.record_opening((changed, *rest))
    assert zh in caught.value.zh
    assert en in caught.value.en


@pytest.mark.parametrize(("quote", "zh", "en"), BAD.values(), ids=BAD)
def test_sealing_refuses_what_could_not_be_read_out(tmp_path: Path, quote: Mapping[str, str], zh: str, en: str) -> None:
    folder = write_bid_folder(tmp_path / "bid")
    listed = msgspec.json.decode((folder / "bid.json").read_bytes(), type=BidFolder)
    own = {"price": {**listed.quote["price"], **quote}}
    own["identity"] = {"name": own["price"].pop("name", "甲公司")}
    (folder / "bid.json").write_bytes(msgspec.json.encode(msgspec.structs.replace(listed, quote=own)))
    with pytest.raises(DocumentMalformed) as caught:
        seal_bid(folder, genesis(), key_of("bidder-one"), tmp_path / "bid.asice", SystemClock())
    in_words(caught.value)
    assert zh in caught.value.zh
    assert en in caught.value.en
    assert not list(tmp_path.glob("bid.asice*"))


@pytest.mark.parametrize("price", ["123万元", "NaN", "sNaN", "1,234.00", ""])
def test_a_price_that_is_none_is_shown_as_it_stands(price: str) -> None:
    assert price.casefold()[:3] in yuan(price).casefold()
    bid = next(bid for bid in finished().evaluation.bids.values() if bid.opened)
    said = misread(bid, [Manifest("", "price", (), {"price": price})])
    assert said is not None
    assert "不一致" in said.zh
