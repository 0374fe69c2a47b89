"""Opening packages whose seal is another's or another evaluation's: listed as failed with the reason, the rest opens."""

from __future__ import annotations

import io

from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.records import found
from evalclient.desk.organiser import Organiser
from tests.builders.archives import AT, certified_key
from tests.builders.opening import OpeningEvening


class ForeignSeals(OpeningEvening):
    """The first bidder's package is sealed with another certificate, the second's for another evaluation."""

    def package(self, bidder: str) -> str:
        place = self.bidders.index(bidder)
        if place > 1:
            return super().package(bidder)
        custodians = tuple(party.certificate for party in found(self.genesis.record).founding.custodians)
        evaluation = self.evaluation.fingerprint if place == 0 else "ab" * 32
        key = certified_key("另一家公司", "bidder 9") if place == 0 else self.keys[bidder]
        buffer = io.BytesIO()
        document = SourceDocument("technical", "plan.txt", "技术方案", "text/plain", io.BytesIO(b"plan"))
        quotes = {"identity": {"name": self.names[place]}, "price": {"price": self.prices[place]}}
        write_package(buffer, [document], quotes, TenderKeys(evaluation, custodians, 2, True), key, at=AT)  # type: ignore[arg-type]
        name = digest(buffer.getvalue())
        self.packages[name] = buffer.getvalue()
        return name


def test_a_package_of_another_signer_or_evaluation_is_not_opened() -> None:
    evening = ForeignSeals()
    evening.appoint()
    evening.hand_in()
    evening.release_shares((evening.bidders[0],))
    lines = Organiser(evening.desk("organiser")).read_bids(evening.file)
    assert [line.failure for line in lines] == ["revoked", "revoked", "", "", "", ""]
    assert "不是由递交它的投标人封装的" in lines[0].note
    assert "为另一个项目封装" in lines[1].note
    assert [line.price for line in lines[:2]] == ["0", "0"]
