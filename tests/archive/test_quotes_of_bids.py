"""Names and prices of the opening record are compared with what the bidders signed inside their packages."""

from __future__ import annotations

import io
import zipfile

import msgspec
import pytest

from evalclient.archive import VerificationReport, verify
from evalclient.archive.layout import MANIFESTS, seal_part
from evalclient.core.records.acts_bids import Compartment, OpenedBid
from evalclient.crypto.cms.key_sealed import open_with_content_key
from evalclient.crypto.errors import EnvelopeRefused
from evalclient.desk.organiser import Organiser
from tests.archive.checking import digit_changed
from tests.builders.archives import SignedEvening, archive_of, finished, parts_of, tampered
from tests.builders.opening import released

NOT_OVER = "The evaluation has not ended: there is no record of its end."


def checked(evening: SignedEvening, changes: dict[str, bytes | None] | None = None) -> VerificationReport:
    return verify(io.BytesIO(tampered(archive_of(evening), changes or {})), evening.evaluation.fingerprint)


def problems(report: VerificationReport) -> list[tuple[str, str]]:
    return [(problem.part, problem.text.en) for problem in report.problems if problem.text.en != NOT_OVER]


def test_a_finished_evening_holds_and_says_so() -> None:
    said = [finding.text.en for finding in checked(finished()).findings]
    assert "Opening: 6 names and prices are what the bidders signed inside their packages." in said


def test_what_the_organiser_opens_at_his_desk_can_be_compared() -> None:
    evening = released()
    organiser = Organiser(evening.desk("organiser"))
    organiser.record_opening(organiser.read_bids(evening.file))
    evening.share()
    report = checked(evening)
    assert problems(report) == []
    assert any("Opening: 5 names and prices" in finding.text.en for finding in report.findings), "the sixth failed"


class Misread(SignedEvening):
    """The organiser writes something else into the first bidder's line than the bidder signed."""

    changes: dict[str, object]

    def opening_line(self, bidder: str, name: str, price: str) -> OpenedBid:
        line = super().opening_line(bidder, name, price)
        return msgspec.structs.replace(line, **self.changes) if bidder == self.bidders[0] else line


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price": "1"}, ", 1) is not what the bidder signed"),
        ({"name": "某某公司"}, "the opening record (某某公司, "),
        ({"terms": {"工期": "1 天"}}, "is not what the bidder signed"),
        ({"manifest_keys": {}}, "tells no key to compare the price of"),
    ],
    ids=["price", "name", "terms", "no key"],
)
def test_a_line_that_is_not_what_the_bidder_signed_is_named(changes: dict[str, object], said: str) -> None:
    class Told(Misread):
        pass

    Told.changes = changes
    evening = Told().until("ready")
    ((part, text),) = problems(checked(evening))
    assert part.startswith(f"seals/{evening.evaluation.bids[evening.bidders[0]].package}/")
    assert said in text


def test_a_key_that_opens_nothing_is_named() -> None:
    class WrongKey(Misread):
        changes = {"manifest_keys": {"identity": bytes(32), "price": bytes(32)}}  # noqa: RUF012 - read only

    evening = WrongKey().until("ready")
    package = evening.evaluation.bids[evening.bidders[0]].package
    ((part, _text),) = problems(checked(evening))
    assert part == seal_part(package, MANIFESTS["identity"])


@pytest.mark.parametrize("compartment", ["identity", "price"])
def test_a_changed_or_missing_statement_is_named(compartment: Compartment) -> None:
    evening = finished()
    package = evening.evaluation.bids[evening.bidders[2]].package
    part = seal_part(package, MANIFESTS[compartment])
    data = parts_of(archive_of(evening))[part]
    assert problems(checked(evening, {part: None})) == [(part, "is missing.")]
    for changed in (digit_changed(data), data + b"0"):
        assert problems(checked(evening, {part: changed})) == [
            (part, "is not what the bidder's seal lists: it was changed.")
        ]


def test_another_bidders_statement_does_not_stand_in() -> None:
    evening = finished()
    first, second = (evening.evaluation.bids[bidder].package for bidder in evening.bidders[:2])
    parts = parts_of(archive_of(evening))
    changes: dict[str, bytes | None] = {
        seal_part(first, part): parts[seal_part(second, part)] for part in MANIFESTS.values()
    }
    assert [part for part, _text in problems(checked(evening, changes))] == [seal_part(first, MANIFESTS["identity"])]


def test_the_key_that_is_told_opens_no_document() -> None:
    evening = finished()
    bidder = evening.bidders[0]
    package = evening.packages[evening.evaluation.bids[bidder].package]
    keys = evening.manifest_keys(bidder)
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        volumes = [name for name in parts.namelist() if name.startswith("c/")]
        assert volumes
        assert open_with_content_key(parts.read(MANIFESTS["price"]), keys["price"])
        for name in volumes:
            for key in keys.values():
                with pytest.raises(EnvelopeRefused):
                    open_with_content_key(parts.read(name), key)
