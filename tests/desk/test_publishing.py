"""Publishing from a tender folder at a real centre: once, by one organiser, whole or taken up where it broke down."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from evalclient.core.records.fields import Bilingual
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.records import found
from evalclient.desk.clock import SystemClock, moment
from evalclient.desk.desk import Genesis
from evalclient.desk.founding import create
from evalclient.desk.publishing import AlreadyPublished, Announcement, Publishing
from evalclient.desk.seat import Seat
from evalclient.desk.tender_folder import TenderFolder, TenderFolderRefused, read_tender_folder
from evalclient.sync.register import Register
from tests.builders.centre import CentreProcess, centre_process, key_of
from tests.builders.real_seats import genesis_for
from tests.builders.tender_folders import write_tender_folder

__all__ = ["centre_process"]


class Bureau:
    """An organiser's machine."""

    def __init__(self, process: CentreProcess, home: Path) -> None:
        self.process, self.home = process, home
        self.told: list[Bilingual] = []
        self.path = write_tender_folder(home / "tender", genesis_for(process.log_key).documents)

    def read(self) -> TenderFolder:
        return read_tender_folder(self.path, SystemClock().now())

    def open_seat(self, genesis: Genesis, person: str) -> Seat:
        folder = self.home / found(genesis.record).record.id[:8]
        folder.mkdir(exist_ok=True)
        return Seat(folder, self.process.url, genesis, person, SystemClock())

    def publish(self, key: Pkcs12Key, publishing: Publishing | None = None) -> Announcement:
        started = publishing or Publishing(self.read(), self.process.url, SystemClock())
        return started.run(key, self.open_seat, self.told.append)

    def register(self, genesis: Genesis) -> None:
        """What a machine had done when it broke down right after."""
        register = Register(self.process.url)
        register.publish(genesis.record, genesis.documents.tender, genesis.documents.method, genesis.documents.rules)
        register.close()

    def holds_papers(self, announced: Announcement) -> bool:
        seat = self.open_seat(announced.genesis, "organiser")
        try:
            seat.enter(key_of("organiser"), "look")
            return all(seat.courier.has_blob(paper.digest) for paper in seat.desk.evaluation.tender.papers)
        finally:
            seat.close()


@pytest.fixture
def bureau(centre_process: CentreProcess, tmp_path: Path) -> Bureau:
    return Bureau(centre_process, tmp_path)


def test_a_folder_is_published_with_its_papers_and_only_once(bureau: Bureau) -> None:
    announced = bureau.publish(key_of("organiser"))
    assert bureau.holds_papers(announced)
    assert [text.en for text in bureau.told][-1] == "Handing in papers: 4 of 4 …"
    with pytest.raises(AlreadyPublished, match=announced.fingerprint[:16]):
        bureau.publish(key_of("organiser"))
    with pytest.raises(AlreadyPublished, match=announced.fingerprint[:16]):
        bureau.publish(key_of("another-organiser"))


def test_who_broke_down_after_registering_goes_on_with_the_same_record(bureau: Bureau) -> None:
    begun = create(bureau.read(), key_of("organiser"), bureau.process.log_key, SystemClock())
    bureau.register(begun)
    announced = bureau.publish(key_of("organiser"))
    assert announced.genesis == begun
    assert bureau.holds_papers(announced)


def test_the_same_publishing_signs_record_0_once_and_may_be_run_again(bureau: Bureau) -> None:
    publishing = Publishing(bureau.read(), bureau.process.url, SystemClock())
    first = bureau.publish(key_of("organiser"), publishing)
    assert bureau.publish(key_of("organiser"), publishing) == first


def test_a_folder_of_another_method_for_the_same_tender_is_refused(bureau: Bureau) -> None:
    bureau.publish(key_of("organiser"))
    method = bureau.path / "method.json"
    method.write_bytes(method.read_bytes() + b"\n")
    with pytest.raises(AlreadyPublished):
        bureau.publish(key_of("organiser"))


def test_everything_wrong_with_a_folder_is_told_at_once(bureau: Bureau) -> None:
    (bureau.path / "tender.json").write_text("[]", "utf-8")
    (bureau.path / "roots" / "root-1").unlink()
    (bureau.path / "parties" / "recovery-one").write_bytes(b"")
    with pytest.raises(TenderFolderRefused) as refused:
        bureau.read()
    told = [problem.en for problem in refused.value.problems]
    assert len(told) == 3
    assert sum("roots/root-1" in text for text in told) == 1
    assert sum("parties/recovery-one" in text for text in told) == 1
    assert sum("The tender document does not follow its format" in text for text in told) == 1


def test_an_office_whose_certificate_ends_before_the_deadline_is_named(bureau: Bureau) -> None:
    later = moment(datetime.fromisoformat(SystemClock().now()) + timedelta(days=9000))
    tender = bureau.path / "tender.json"
    text = tender.read_text("utf-8").replace(bureau.read().tender.deadline, later)
    tender.write_text(text, "utf-8")
    with pytest.raises(TenderFolderRefused) as refused:
        bureau.read()
    told = {problem.zh for problem in refused.value.problems}
    for office in ("supervisor", "custodian-agency", "custodian-platform", "recovery-one", "recovery-two"):
        assert any(text.startswith(f"{office}的证书有效期至") for text in told), told
