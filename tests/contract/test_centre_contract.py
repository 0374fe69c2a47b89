"""What every Centre must do. Run on the one in memory and, over HTTP, on the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from evalclient.core.checkpoint import origin_of, verify_checkpoint, verify_receipt
from evalclient.core.errors import CentreRefused
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import Answer, Centre
from evalclient.core.records.acts_ending import DraftSaved, ReportRendered
from evalclient.core.records.envelope import HashName, Record, digest
from evalclient.crypto.primitives.notes import verify_note
from tests.builders.centre import Beginning, CentreProcess, beginning
from tests.contract.memory_centre import LOG_KEY, MemoryCentre


@dataclass
class Scene:
    """A centre whose log holds record 0 and ``begun.records``, seen by the member."""

    centre: Centre
    begun: Beginning

    @property
    def records(self) -> list[Record]:
        return [self.begun.genesis, *self.begun.records]

    def index(self, answer: Answer, record: Record) -> int:
        """Where the receipt proves that the record stands."""
        assert answer.receipt is not None
        assert answer.receipt.record_id == answer.record_id == digest(record.payload, self.begun.algorithm)
        return verify_receipt(
            answer.receipt.proof,
            record,
            origin_of(self.begun.fingerprint),
            [self.begun.log_key],
            verify_note,
            self.begun.algorithm,
        ).index

    def read(self, start: int = 0) -> list[Record]:
        """All entries from ``start`` on, page by page, every page against its checkpoint."""
        tree, found = Tree(self.begun.algorithm), list[Record]()
        while True:
            page = self.centre.feed(len(found), 0.0)
            for entry in page.entries:
                assert entry.index == len(found)
                tree.append(leaf_bytes(entry.received, entry.record))
                found.append(entry.record)
            checkpoint = verify_checkpoint(
                page.checkpoint, origin_of(self.begun.fingerprint), [self.begun.log_key], verify_note
            )
            assert (checkpoint.size, checkpoint.root) == (len(found), tree.root())
            if not page.entries:
                return found[start:]


class CentreSuite:
    """Subclasses give a fixture ``scene``."""

    def test_the_feed_shows_the_log_under_its_checkpoint(self, scene: Scene) -> None:
        assert scene.read() == scene.records

    def test_a_record_is_received_and_shown(self, scene: Scene) -> None:
        drafts = [scene.begun.member.draft() for _ in range(3)]
        answers = scene.centre.submit(drafts)
        assert [scene.index(*pair) for pair in zip(answers, drafts, strict=True)] == [4, 5, 6]
        assert scene.read(4) == drafts

    def test_handing_in_twice_changes_nothing(self, scene: Scene) -> None:
        draft = scene.begun.member.draft()
        for _ in range(2):
            (answer,) = scene.centre.submit([draft])
            assert scene.index(answer, draft) == 4
        first, second = scene.centre.submit([draft, draft])
        assert scene.index(first, draft) == scene.index(second, draft) == 4
        assert scene.read(4) == [draft]

    def test_nothing_in_nothing_out(self, scene: Scene) -> None:
        assert scene.centre.submit([]) == ()

    def test_a_batch_is_taken_up_to_the_first_refusal(self, scene: Scene) -> None:
        good = scene.begun.member.draft()
        forged = Record(scene.begun.member.draft().payload, bytes(64))
        after = scene.begun.member.draft()
        answers = scene.centre.submit([good, forged, after])
        assert scene.index(answers[0], good) == 4
        assert answers[1].receipt is None
        assert not answers[1].retry
        assert answers[1].refusal_zh
        assert answers[1].refusal_en
        assert answers[2].receipt is None
        assert answers[2].retry
        assert scene.read(4) == [good]

    def test_what_is_no_record_is_refused_for_good(self, scene: Scene) -> None:
        (answer,) = scene.centre.submit([Record(b"nonsense", b"nonsense")])
        assert answer.receipt is None
        assert not answer.retry

    def test_a_record_of_another_evaluation_is_refused_for_good(self, scene: Scene) -> None:
        other = beginning(scene.begun.log_key.text(), scene.begun.algorithm)
        (answer,) = scene.centre.submit([other.records[0]])
        assert answer.receipt is None
        assert not answer.retry

    def test_a_kind_the_role_may_not_make_is_refused_for_good(self, scene: Scene) -> None:
        (answer,) = scene.centre.submit([scene.begun.organiser.sign(DraftSaved(topic="t", cipher=b"c"))])
        assert answer.receipt is None
        assert not answer.retry

    def test_a_gap_in_a_session_waits_for_what_is_missing(self, scene: Scene) -> None:
        first, second = scene.begun.member.draft(), scene.begun.member.draft()
        (answer,) = scene.centre.submit([second])
        assert answer.receipt is None
        assert answer.retry
        answers = scene.centre.submit([first, second])
        assert [scene.index(*pair) for pair in zip(answers, [first, second], strict=True)] == [4, 5]

    def test_a_record_waits_for_its_blobs(self, scene: Scene) -> None:
        data = b"an attachment"
        name = digest(data, scene.begun.algorithm)
        draft = scene.begun.member.draft(blobs=(name,))
        (answer,) = scene.centre.submit([draft])
        assert answer.receipt is None
        assert answer.retry
        scene.centre.put_blob(name, data)
        (answer,) = scene.centre.submit([draft])
        assert scene.index(answer, draft) == 4
        assert scene.centre.blob(name) == data

    def test_a_file_that_is_handed_over_must_be_listed_so_that_it_comes(self, scene: Scene) -> None:
        name = digest(b"a report", scene.begun.algorithm)
        rendered = ReportRendered(document=name, result=name)
        (answer,) = scene.centre.submit([scene.begun.member.sign(rendered)])
        assert answer.receipt is None
        assert not answer.retry
        assert "does not list as attached" in answer.refusal_en
        assert scene.centre.feed(4, 0.0).entries == ()

    def test_blobs_are_kept_under_their_digests_alone(self, scene: Scene) -> None:
        name = digest(b"right", scene.begun.algorithm)
        with pytest.raises(CentreRefused):
            scene.centre.put_blob(name, b"wrong")
        with pytest.raises(CentreRefused):
            scene.centre.blob(name)
        for _ in range(2):
            scene.centre.put_blob(name, b"right")
        assert scene.centre.blob(name) == b"right"

    def test_beyond_the_end_the_checkpoint_tells_the_true_size(self, scene: Scene) -> None:
        page = scene.centre.feed(1000, 0.0)
        checkpoint = verify_checkpoint(
            page.checkpoint, origin_of(scene.begun.fingerprint), [scene.begun.log_key], verify_note
        )
        assert page.entries == ()
        assert checkpoint.size == 4


class TestMemoryCentre(CentreSuite):
    @pytest.fixture
    def scene(self) -> Scene:
        begun = beginning(LOG_KEY.text())
        centre = MemoryCentre(begun.genesis)
        centre.submit(begun.records)
        return Scene(centre, begun)


class TestHttpCentre(CentreSuite):
    @pytest.fixture(params=["sha256", "sm3"])
    def scene(self, centre_process: CentreProcess, request: pytest.FixtureRequest) -> Iterator[Scene]:
        algorithm: HashName = request.param
        begun = centre_process.publish(algorithm)
        centre = centre_process.connect(begun, begun.member)
        yield Scene(centre, begun)
        centre.close()
