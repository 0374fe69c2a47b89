"""A tender folder that names the SM suite: record 0 and every digest follow it, and the folder comes back out of record 0."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import PackageRefused, TenderKeys, write_package
from evalclient.crypto.bid_package.suites import INTERNATIONAL, SM
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.records import found
from evalclient.demo.preparation import announce, prepare
from evalclient.demo.scenario import Scenario
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import create
from evalclient.desk.outsiders import require_own_package
from evalclient.desk.tender_folder import TenderFolderRefused, files_of, read_tender_folder
from tests.builders.centre import CentreProcess, centre_process

__all__ = ["centre_process"]


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    scenario = Scenario(out=str(tmp_path), bidders=3, suite="sm")
    now = datetime.now(UTC)  # noqa: TID251 - a deadline has to lie ahead
    everybody, pki = prepare(scenario, now)
    announce(scenario, everybody, pki, now, 600)
    return scenario


def key_of(scenario: Scenario, person: str) -> Pkcs12Key:
    home = scenario.people / person
    return Pkcs12Key.open((home / "key.p12").read_bytes(), (home / "pin").read_text("utf-8"))


def test_record_0_and_every_digest_follow_the_suite(scenario: Scenario, centre_process: CentreProcess) -> None:
    folder = read_tender_folder(scenario.tender, SystemClock().now())
    key = key_of(scenario, "organiser")
    genesis = create(folder, key, centre_process.log_key, SystemClock())
    founded = found(genesis.record)
    founding = founded.founding
    assert (founding.hash, founding.suite, founded.roster.suite) == ("sm3", "sm", "sm")
    assert founded.record.id == digest(genesis.record.payload, "sm3")
    named = [digest(part, "sm3") for part in (folder.documents.tender, folder.documents.method, folder.documents.rules)]
    assert [founding.tender, founding.method, founding.rules] == named
    assert [paper.digest for paper in folder.tender.papers] == [digest(paper, "sm3") for paper in folder.papers]
    assert all(party.encryption for party in founding.custodians)

    papers = dict(zip((paper.digest for paper in folder.tender.papers), folder.papers, strict=True))
    again = scenario.folder / "again"
    for name, content in files_of(genesis, papers.__getitem__).items():
        (again / name).parent.mkdir(parents=True, exist_ok=True)
        (again / name).write_bytes(content)
    assert create(
        read_tender_folder(again, SystemClock().now()), key, centre_process.log_key, SystemClock()
    ).documents == (genesis.documents)


def test_a_bid_sealed_by_the_other_suites_algorithms_is_not_handed_in(
    scenario: Scenario, centre_process: CentreProcess
) -> None:
    folder = read_tender_folder(scenario.tender, SystemClock().now())
    organiser, bidder = key_of(scenario, "organiser"), key_of(scenario, "b1")
    genesis = create(folder, organiser, centre_process.log_key, SystemClock())
    founding = found(genesis.record)
    custodians = tuple(party.encryption_certificate for party in founding.founding.custodians)
    for suite in (SM, INTERNATIONAL):
        out = io.BytesIO()
        keys = TenderKeys(founding.record.id, custodians, 2, True, suite)
        write_package(out, [], {"price": {"price": "1"}}, keys, bidder, at=datetime.now(UTC))  # noqa: TID251
        if suite is SM:
            assert require_own_package(out, genesis, bidder.certificate).suite == "sm"
        else:
            with pytest.raises(PackageRefused, match="other algorithms"):
                require_own_package(out, genesis, bidder.certificate)


def test_papers_named_by_the_other_suites_digest_are_refused(scenario: Scenario) -> None:
    arrangement = scenario.tender / "evaluation.json"
    content = {**json.loads(arrangement.read_bytes()), "suite": "international"}
    arrangement.write_text(json.dumps(content), "utf-8")
    with pytest.raises(TenderFolderRefused, match="not the one that tender"):
        read_tender_folder(scenario.tender, SystemClock().now())
