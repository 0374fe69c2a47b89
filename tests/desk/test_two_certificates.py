"""Everybody has one certificate for signing and another for encryption (双证书): bids, vaults and recovery go to the latter."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest

from evalclient.core.evaluation.views import scores, seal_by
from evalclient.core.records.acts_founding import RevocationRule
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.cms import open_envelope
from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.errors import NotARecipient
from evalclient.crypto.keys import KeyPair, Pkcs12Key
from evalclient.crypto.trust.certificate_verdict import meant_for
from evalclient.desk.organiser import Organiser
from evalclient.desk.outsiders import ShareHolder
from evalclient.desk.tender_folder import TenderFolderRefused, files_of, read_tender_folder
from tests.builders.archives import pki
from tests.builders.opening import OpeningEvening

AT = "2026-11-24T01:00:00.000Z"
#: by turns, so that every kind seals for every other
KINDS: tuple[KeyKind, ...] = ("ec", "rsa", "sm2")


@lru_cache(maxsize=64)
def pair_of(name: str, place: str) -> Pkcs12Key:
    authority = pki().authorities[len(place) % 3]
    kind = KINDS[sum(place.encode()) % 3]
    return Pkcs12Key.open(authority.issue_pair(name, place, pin="1", kind=kind).p12, "1")


class PairedEvening(OpeningEvening):
    def key(self, name: str, place: str) -> Pkcs12Key:
        return pair_of(name, place)


@pytest.fixture(scope="module")
def handed_in() -> PairedEvening:
    evening = PairedEvening()
    evening.appoint()
    evening.hand_in()
    return evening


def test_signing_and_encryption_are_two_certificates_of_one_person(handed_in: PairedEvening) -> None:
    assert len({key.certificate for key in handed_in.keys.values()}) == len(handed_in.keys)
    for key in handed_in.keys.values():
        assert meant_for(key.certificate, "sign")
        assert not meant_for(key.certificate, "encrypt")
        assert meant_for(key.encryption_certificate, "encrypt")
        assert not meant_for(key.encryption_certificate, "sign")
    founding = handed_in.evaluation.founding
    assert all(keeper.encryption for keeper in (*founding.custodians, *founding.recovery_custodians))


def test_bids_are_sealed_to_encryption_certificates_and_open_with_them(handed_in: PairedEvening) -> None:
    evening = handed_in.fork()
    bidder = evening.bidders[0]
    package = evening.packages[evening.evaluation.bids[bidder].package]
    reader = PackageReader(io.BytesIO(package))
    assert reader.signer.certificate == evening.keys[bidder].certificate
    for holder in ("custodian-1", "custodian-2", "custodian-3", bidder):
        key = evening.keys[holder]
        assert reader.recover_shares(key)
        swapped = Pkcs12Key(KeyPair(key._signing.private, key.certificate))
        with pytest.raises(NotARecipient):
            reader.recover_shares(swapped)
    evening.release_shares()
    opened = Organiser(evening.desk("organiser")).read_bids(evening.file)
    assert not any(line.failure for line in opened)
    assert {line.name for line in opened} == set(evening.names)


def test_another_seat_opens_the_vault_with_the_encryption_key(handed_in: PairedEvening) -> None:
    evening = handed_in.fork()
    key = evening.keys["m1"]
    before = evening.desk("m1").evaluation.roster.session_of("m1")
    evening.share()
    later = evening.fresh_desk("m1")
    later.sign_in(key, "main-9")
    session = later.evaluation.roster.session_of("m1")
    assert before is not None
    assert session is not None
    assert session.predecessor == before.id
    assert later.keys.draft_key == evening.desk("m1").keys.draft_key
    assert open_envelope(session.vault, key)
    with pytest.raises(NotARecipient):
        open_envelope(session.vault, Pkcs12Key(KeyPair(key._signing.private, key.certificate)))


def test_recovery_custodians_open_with_their_encryption_keys(handed_in: PairedEvening) -> None:
    evening = handed_in.fork()
    evening.release_shares()
    evening._record_opening()
    evening.close()
    evening.until("scoring")
    evening.seal_sheets("m4")
    evening._desks.pop("m4")  # his machine is gone, and with it the key
    evening.seal_sheets("m1", "m2", "m3", "m5")
    seal = seal_by(evening.evaluation, "m4", "sheet.sealed")
    assert seal is not None
    evening.clock.moment += timedelta(minutes=11)
    Organiser(evening.desk("organiser")).request_recovery(seal.record, "评委终端损坏")
    evening.share()
    for keeper in ("recovery-1", "recovery-2"):
        ShareHolder(evening.desk(keeper)).release_recovery(seal.record)
        evening.share()
    assert set(scores(evening.evaluation)) == {"m1", "m2", "m3", "m4", "m5"}


def test_a_folder_names_both_certificates_and_refuses_one_that_cannot_encrypt(
    handed_in: PairedEvening, tmp_path: Path
) -> None:
    genesis = handed_in.genesis
    papers = handed_in.blobs
    folder = write(tmp_path / "two", files_of(genesis, papers.__getitem__))
    again = read_tender_folder(folder, AT)
    assert {keeper.encryption for keeper in again.founding(b"", "").custodians} == {
        handed_in.keys[keeper].encryption_certificate for keeper in ("custodian-1", "custodian-2", "custodian-3")
    }
    arrangement = folder / "evaluation.json"
    stripped = msgspec.json.decode(arrangement.read_bytes())
    del stripped["encryption"]["custodian-2"]
    arrangement.write_bytes(msgspec.json.encode(stripped))
    with pytest.raises(TenderFolderRefused) as caught:
        read_tender_folder(folder, AT)
    (problem,) = caught.value.problems
    assert "encryption" in problem.en
    assert "加密证书" in problem.zh


def test_the_rule_of_the_folder_comes_into_record_0_and_back(handed_in: PairedEvening, tmp_path: Path) -> None:
    files = files_of(handed_in.genesis, handed_in.blobs.__getitem__)
    folder = write(tmp_path / "rule", files)
    assert read_tender_folder(folder, AT).founding(b"", "").revocation_rule == RevocationRule()
    arrangement = msgspec.json.decode(files["evaluation.json"])
    arrangement["revocation_rule"] = {"unknown": "accept", "hours": 48}
    (folder / "evaluation.json").write_bytes(msgspec.json.encode(arrangement))
    founded = read_tender_folder(folder, AT).founding(b"", "")
    assert founded.revocation_rule == RevocationRule(unknown="accept", hours=48)


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder
