"""A bidder or an author who hands his holders nonsense: told of, while what others sealed is released all the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest

from evalclient.core.evaluation.views import scores, seal_by
from evalclient.core.records.acts_committee import SheetSealed
from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import PackageReader, PackageRefused, names
from evalclient.crypto.bid_package.manifest import SHARES_LINE, encode
from evalclient.crypto.cms import envelop
from evalclient.crypto.records import found
from evalclient.crypto.sealing import seal_body
from evalclient.desk.key_release import Release, release_owed
from evalclient.desk.organiser import Organiser
from tests.builders.archives import AT, HOLDERS
from tests.builders.desks import desks_at
from tests.builders.holder_seats import HolderSeat
from tests.builders.opening import OpeningEvening
from tests.builders.packages import parts_of, sealed_again

#: the hostile bidder stands among the others
HOSTILE = 2


class NonsenseShares(OpeningEvening):
    """The third bidder envelopes ``nonsense`` to the custodians as theirs of every compartment."""

    nonsense = "zz"

    def package(self, bidder: str) -> str:
        name = super().package(bidder)
        if self.bidders.index(bidder) != HOSTILE:
            return name
        parts = parts_of(self.packages[name])
        content = encode(SHARES_LINE, dict.fromkeys(("identity", "price", "technical"), self.nonsense))
        for number, party in enumerate(found(self.genesis.record).founding.custodians, start=1):
            parts[names.share_part(number)] = envelop(content, [party.encryption_certificate])
        package = sealed_again(parts, self.keys[bidder], AT)
        self.packages[digest(package)] = package
        return digest(package)


def released_by(evening: OpeningEvening, holder: str) -> Release:
    return release_owed(HolderSeat(evening.desk(holder), evening))  # type: ignore[arg-type]


@pytest.mark.parametrize("share", ["zz", "", "份额", "00", "ab" * 34, "0x" + "ab" * 32, "AB" * 33, "ab" * 33 + "\n"])
def test_a_share_that_is_none_holds_up_no_other_bid(share: str) -> None:
    evening = NonsenseShares()
    evening.nonsense = share
    evening.appoint()
    evening.hand_in()
    hostile = evening.bidders[HOSTILE]
    package = evening.evaluation.bids[hostile].package
    with evening.file(package) as file, pytest.raises(PackageRefused, match=r"META-INF/keys\.1\.p7m is malformed"):
        PackageReader(file).recover_shares(evening.keys["custodian-1"])
    for holder in HOLDERS:
        release = released_by(evening, holder)
        assert release.released == len(evening.bidders) - 1
        [failure] = release.failures
        assert package[:16] in failure.en
        assert "密钥" not in failure.zh
        assert "内容不合格式" in failure.zh
    bids = evening.evaluation.bids
    assert {bidder for bidder in evening.bidders if set(HOLDERS) <= set(bids[bidder].shares)} == {
        *evening.bidders[:HOSTILE],
        *evening.bidders[HOSTILE + 1 :],
    }


class OneUnreadable(HolderSeat):
    """The seat's disk has a folder where one package should be."""

    def open_package(self, digest: str) -> BinaryIO:
        if digest == self.desks.evaluation.bids[self.desks.bidders[HOSTILE]].package:
            return Path(__file__).parent.open("rb")
        return super().open_package(digest)


def test_a_file_that_cannot_be_read_holds_up_no_other_bid() -> None:
    evening = OpeningEvening()
    evening.appoint()
    evening.hand_in()
    release = release_owed(OneUnreadable(evening.desk(HOLDERS[0]), evening))  # type: ignore[arg-type]
    assert release.released == len(evening.bidders) - 1
    assert "its file cannot be read" in release.failures[0].en


def test_a_sealed_body_whose_shares_are_garbage_holds_up_no_other() -> None:
    """m3's client has enveloped nothing to the recovery custodians; m4's has, and both are gone."""
    desks = desks_at("scoring").fork()
    desk = desks.desk("m3")
    founding = desk.evaluation.founding
    sealed = seal_body(
        msgspec.json.encode(desks.sheet_of("m3", {})),
        kind="sheet.sealed",
        author="m3",
        fingerprint=desk.evaluation.fingerprint,
        algorithm=founding.hash,
        suite=founding.suite,
        draft_key=desk.keys.draft_key,
        recovery={party.person: party.encryption_certificate for party in founding.recovery_custodians},
        threshold=founding.recovery_threshold,
    )
    nothing = dict.fromkeys(sealed.recovery, b"nothing")
    desk.do(SheetSealed(sealed=msgspec.structs.replace(sealed, recovery=nothing)))
    desks.share()
    desks.seal_sheets("m4")
    for gone in ("m3", "m4"):
        desks._desks.pop(gone)
    desks.seal_sheets("m1", "m2", "m5")
    desks.clock.moment += timedelta(minutes=11)
    for member in ("m3", "m4"):
        seal = seal_by(desks.evaluation, member, "sheet.sealed")
        assert seal is not None
        Organiser(desks.desk("organiser")).request_recovery(seal.record, "评委终端损坏")
    desks.share()
    for keeper in ("recovery-1", "recovery-2"):
        release = release_owed(HolderSeat(desks.desk(keeper), desks))  # type: ignore[arg-type]
        assert release.released == 1
        assert "gives no share" in release.failures[0].en
    assert "m4" in scores(desks.evaluation)
