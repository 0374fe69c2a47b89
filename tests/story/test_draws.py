"""A discount drawn in a real evening: a silent member, a false share that the centre refuses, an archive that replays it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest

from evalclient.assets import asset
from evalclient.cli.dispatch import run_command as command
from evalclient.core.draw import draw_number
from evalclient.core.evaluation.drawing import by_place, drawings, drawn, is_drawn, parties, share_by, waiting_for
from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import opened_bids
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.document import dump_method, load_method
from evalclient.core.method.document.parts import Draw, RankKey
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.envelope import record_id
from evalclient.core.records.fields import Bilingual
from evalclient.desk.drawing import take_part
from evalclient.desk.organiser import Organiser
from tests.builders.archives import parts_of, tampered
from tests.builders.story import Story
from tests.builders.story_end import exported

WHEN: Final = "after_review"


class DrawingStory(Story):
    """The demonstration's tender under a method whose discount is drawn; a lot breaks ties; recovery may begin at once."""

    def _patience(self) -> None:
        super()._patience()
        arrangement = self.scenario.tender / "evaluation.json"
        content = {**json.loads(arrangement.read_bytes()), "recovery_minutes": 0}
        arrangement.write_text(json.dumps(content), encoding="utf-8")
        file = self.scenario.tender / "method.json"
        usual = load_method(file.read_bytes())
        assert usual.price is not None
        method = compose(
            load_preset(asset("methods/construction-drawn-discount.json").read_bytes()),
            id=usual.id,
            preliminary=usual.preliminary,
            sections=usual.sections,
            price_maximum=usual.price.maximum,
        )
        lot = Draw(id="lot", title=Bilingual("投标人次序", "Lot"), kind="order", when="opening")
        keys = (*method.ranking.keys, RankKey(of="lot", best="lowest"))
        ranking = msgspec.structs.replace(method.ranking, keys=keys)
        file.write_bytes(dump_method(msgspec.structs.replace(method, draws=(*method.draws, lot), ranking=ranking)))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = DrawingStory(tmp_path)
    yield story
    story.close()


def test_a_draw_with_a_silent_and_then_dishonest_member(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story.bid()
    evaluation = story.run(until="price", hold=True)
    assert drawn(evaluation).keys() == {"lot"}

    silent = story.seat("m3")
    take_part(silent.desk)
    silent.turn()
    evaluation = story.run_while(lambda now: len(_published(now)) < 5, without=frozenset({"m3"}))
    assert waiting_for(evaluation, WHEN) == ()
    assert not is_drawn(evaluation, WHEN)
    share = share_by(evaluation, "m3", WHEN)
    assert share is not None

    false = silent.desk._signed(silent.desk._payload(SealOpened(seal=share.record, key=b"0" * 32), ()))
    (answer,) = silent.centre.submit([false])
    assert answer.receipt is None
    assert "not the one that was sealed" in answer.refusal_en

    organiser = story.seat("organiser")
    Organiser(organiser.desk).request_recovery(share.record, "评委客户端不公开份额")
    story.seats.pop("m3").close()
    organiser.turn()
    for keeper in story.cast.of("recovery"):
        story._command("release-key", "--tender", str(story.scenario.genesis), person=keeper.person)
    evaluation = story.run_while(lambda now: not is_drawn(now, WHEN), without=frozenset({"m3"}))

    story.pilots.pop("m3")
    evaluation = story.run()
    assert evaluation.ending is not None
    assert not evaluation.without_effect
    (reduction,) = [one for one in drawings(evaluation) if one.draw.id == "reduction"]
    assert reduction.text is not None
    assert reduction.result == draw_number(reduction.text, reduction.draw.values, "sha256")
    price = tally_result(evaluation).price
    assert price is not None
    assert [entry.number for entry in price.inputs if entry.id == "reduction"] == [reduction.result]
    for person in ("m3", "m5", "supervisor"):
        assert drawn(story.seat(person).desk.logged) == drawn(evaluation)

    told = exported(story, capsys)
    assert f"由份额重新算出的抽取结果，{reduction.draw.title.zh}：{reduction.result}" in told.verification
    assert "随机抽取" in told.report
    assert "由保管方恢复" in told.report
    _a_stranger_replays(story, evaluation, tmp_path)
    _a_changed_share_is_named(story, capsys)


def _published(evaluation: Evaluation) -> list[str]:
    return [person for person in parties(evaluation, WHEN) if _is_published(evaluation, person)]


def _is_published(evaluation: Evaluation, person: str) -> bool:
    share = share_by(evaluation, person, WHEN)
    return share is not None and share.opened


def _a_stranger_replays(story: Story, evaluation: Evaluation, folder: Path) -> None:
    """The two scripts of docs/method.md on the unpacked archive, without a line of the product."""
    page = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
    for name, language in (("text.py", "python"), ("replay.sh", "bash")):
        (script,) = re.findall(rf"```{language}\n(# [a-z0-9]+ {re.escape(name)}.*?)```", page, re.DOTALL)
        (folder / name).write_text(script, "utf-8")
    unpacked, text = folder / "unpacked", folder / "draw.txt"
    zipfile.ZipFile(story.scenario.folder / "archive.zip").extractall(unpacked)
    for one in drawings(evaluation):
        among = one.draw.values or [bid.bidder for bid in opened_bids(evaluation)]
        text.write_bytes(_run(sys.executable, folder / "text.py", unpacked, one.draw.when, one.draw.id))
        assert text.read_text("utf-8") == one.text
        told = _run("bash", folder / "replay.sh", one.draw.kind, text, *among).decode().split()
        assert told == [one.result] if isinstance(one.result, str) else tuple(told) == by_place(one.result or {})


def _run(*command: str | Path) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout


def _a_changed_share_is_named(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    """One letter of a share in the archive: verification names the record and fails."""
    file = story.scenario.folder / "archive.zip"
    archive = file.read_bytes()
    parts = parts_of(archive)
    log = parts["log.txt"].decode().splitlines()
    index = [line.split()[0] for line in log if line.endswith(" seal.opened")][-1]
    name = f"records/{index}.payload"
    changed = re.sub(rb'"key":"(.)', lambda match: b'"key":"' + (b"B" if match[1] == b"A" else b"A"), parts[name])
    assert changed != parts[name]
    other = story.scenario.folder / "changed.zip"
    other.write_bytes(tampered(archive, {name: changed}))
    fingerprint = record_id(story.genesis.record.payload)
    assert command(["verify", str(other), "--genesis", fingerprint]) == 1
    assert name in capsys.readouterr().out
