"""The lawful endings other than the usual one, on real parts: each has its report, and an archive that holds.

One evening per kind of tender is prepared until the bids are released to the committee; every story goes on from a copy of it.
In the one the vote for a leader is tied first; in the other a member does not come and is replaced.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from evalclient.cli.dispatch import run_command as command
from evalclient.core.errors import CentreRefused, Refused
from evalclient.core.evaluation.results import tally_result, valid_bidders
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, bidder_name, standing_bids, standing_seals
from evalclient.core.merkle import Tree, leaf_bytes, leaf_hash
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_bids import BidSubmitted
from evalclient.core.records.acts_committee import Opinion
from evalclient.core.records.envelope import digest, record_id
from evalclient.core.tender import dump_tender, load_tender
from evalclient.core.workflow.conditions import reviewed
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.administrator import Administrator
from evalclient.desk.chair import Chair
from evalclient.desk.clock import SystemClock, moment
from evalclient.desk.expert import Expert
from evalclient.desk.founding import load_genesis
from evalclient.desk.organiser import Organiser
from evalclient.desk.places import NoPlace, find_place
from evalclient.desk.seat import Seat
from evalclient.sync.centre import HttpCentre
from tests.builders.centre import Author
from tests.builders.story import Story
from tests.builders.story_end import ended, exported

Capture = pytest.CaptureFixture[str]
REASON = "未按招标文件要求提供投标保证金"
MEMBERS = ("m1", "m2", "m3", "m4", "m5")


def _prepared(folder: Path, kind: Trade) -> Story:
    story = Story(folder, kind, bidders=3)
    try:
        story.bid()
        if kind == "construction":
            _tie_first(story)
        else:
            _replace_absent(story)
    finally:
        story.close()
    return story


def _tie_first(story: Story) -> None:
    for member, choice in zip(MEMBERS, ("m2", "m2", "m1", "m1", "m3"), strict=True):
        story.plan(member, vote=choice)
    evaluation = story.run(until="release")
    assert (evaluation.ballot, evaluation.runoff) == (2, ("m1", "m2"))
    assert evaluation.leader == "m1"


def _replace_absent(story: Story) -> None:
    certificate = story.reserve("m6", instead_of="m5")
    absent = frozenset({"m5"})
    evaluation = story.run_while(lambda now: sum(bool(member.arrival) for member in now.members.values()) < 4, absent)
    with pytest.raises(Refused, match="Waiting for check-in: m5"):
        Chair(story.seat("organiser").desk).close_stage()
    site = evaluation.members["m5"].site
    Administrator(story.seat(f"a-{site}").desk).request_replacement("m5", "超过规定时间未到场")
    evaluation = story.run_while(lambda now: not now.members["m5"].replacement_wanted, absent)
    kind = evaluation.members["m5"].kind
    organiser = Organiser(story.seat("organiser").desk)
    organiser.appoint("m6", kind, site, certificate, replaces="m5", ground="超过规定时间未到场")
    evaluation = story.run(until="release", without=absent)
    assert {member.person for member in active_members(evaluation)} == {"m1", "m2", "m3", "m4", "m6"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Trade], Story]:
    made: dict[Trade, Story] = {}

    def get(kind: Trade) -> Story:
        if kind not in made:
            made[kind] = _prepared(tmp_path_factory.mktemp(kind), kind)
        return made[kind]

    return get


@pytest.fixture
def begin(prepared: Callable[[Trade], Story], tmp_path: Path) -> Iterator[Callable[[Trade], Story]]:
    begun: list[Story] = []

    def start(kind: Trade) -> Story:
        begun.append(prepared(kind).again(tmp_path / kind))
        return begun[-1]

    yield start
    for story in begun:
        story.close()


def _fail(story: Story, *numbers: int, competes: bool = True) -> None:
    """Every member will fail the bidders with these numbers on the first item."""
    item = story.tender.preliminary[0].id
    names = [bidder.name.zh for bidder in story.tender.bidders if bidder.number in numbers]
    for member in story.cast.of("member"):
        opinions = {name: {item: Opinion(False, REASON)} for name in names}
        story.plan(member.person, opinions=opinions, competes=competes)


def _not_reviewed(evaluation: Evaluation) -> bool:
    return not reviewed(evaluation)


def test_a_bid_under_an_expired_certificate_does_not_make_three(tmp_path: Path, capsys: Capture) -> None:
    story = Story(tmp_path / "evening", "construction", bidders=3)
    try:
        for person in story.cast.of("bidder")[:2]:
            story.hand_in(person)
        before = datetime.now(UTC) - timedelta(days=30)  # noqa: TID251 - validity is about today
        issued = story.pki.authorities[1].issue(
            "某某建设", "某某建设", pin="1", valid=(before, before + timedelta(days=7))
        )
        key = Pkcs12Key.open(issued.p12, "1")
        fingerprint = record_id(story.genesis.record.payload)
        third = Author(f"bidder:{digest(key.certificate)}", fingerprint, key=key)
        centre = HttpCentre(story.url, fingerprint)
        package = b"a package that is never opened"
        name = digest(package)
        story.seat("organiser").courier.put_blob(name, package)  # he himself is not let in to upload it
        records = [
            third.open_session(),
            third.sign(BidSubmitted(package=name, seal=digest(b"seal"), size=len(package)), (name,)),
        ]
        assert all(answer.receipt for answer in centre.submit(records))
        with pytest.raises(CentreRefused, match="The certificate expired on"):
            HttpCentre(story.url, fingerprint, third.login).feed(0, 0.0)
        while SystemClock().now() < story.seats["organiser"].founding.deadline:
            time.sleep(0.1)
        evaluation = story.share()
        assert len(standing_bids(evaluation)) == 2
        assert [entry.article for entry in evaluation.without_effect] == ["电子签名法 第十三条"] * 2
        told = ended(story, "too_few", "递交投标文件的投标人为二家。", capsys)
    finally:
        story.close()
    for words in ("投标人少于三个的，不得开标", "电子签名法第十三条", "证书已于", "递交投标文件的投标人为二家。"):
        assert words in told.report
    assert told.verification.count("该记录不生效") == 2


def test_fewer_than_three_valid_bids_end_a_procurement(begin: Callable[[Trade], Story], capsys: Capture) -> None:
    story = begin("procurement")
    _fail(story, 2)
    evaluation = story.run_while(_not_reviewed)
    assert len(valid_bidders(evaluation)) == 2
    with pytest.raises(Refused, match="the tender is void"):
        Chair(story.seat("m1").desk).close_stage()
    told = ended(story, "too_few", "符合性审查后有效供应商为二家。", capsys)
    for words in ("投标人不足或者有效投标不足", "政府采购法第三十六条", "符合性审查后有效供应商为二家。", REASON):
        assert words in told.report
    assert "政府采购法 第三十六条；符合性审查后有效供应商为二家。" in told.verification


def test_a_construction_committee_that_finds_no_competition_ends_it(
    begin: Callable[[Trade], Story], capsys: Capture
) -> None:
    story = begin("construction")
    _fail(story, 1, competes=False)
    story.plan("m5", competes=True)
    evaluation = story.run_while(lambda now: len(now.competition) < len(MEMBERS))
    assert sum(view.competitive for view in evaluation.competition.values()) == 1
    with pytest.raises(Refused, match="must judge whether they compete"):
        Chair(story.seat("m1").desk).close_stage()
    told = ended(story, "too_few", "评标委员会四名成员认定明显缺乏竞争。", capsys)
    for words in ("竞争性表决", "12号令第二十七条", "明显缺乏竞争", "评标委员会四名成员认定明显缺乏竞争。", REASON):
        assert words in told.report
    assert "投标人不足或者有效投标不足" in told.verification


def test_one_that_finds_competition_goes_on_and_may_be_rolled_back_and_finish(
    begin: Callable[[Trade], Story], capsys: Capture
) -> None:
    story = begin("construction")
    _fail(story, 1)
    story.plan("m4", competes=False)
    evaluation = story.run(until="price")
    first = {seal.record for seal in standing_seals(evaluation, "sheet.sealed")}
    ground = "第二名投标人的业绩材料漏评，需要重新评分。"
    Chair(story.seat("m1").desk).request_rollback("scoring", ground)
    story.run_while(lambda now: now.round == 1)
    evaluation = story.run()
    assert evaluation.round == 2
    assert not first & {seal.record for seal in standing_seals(evaluation, "sheet.sealed")}
    assert evaluation.ending is not None
    assert evaluation.ending.ending == "awarded"
    assert evaluation.candidates == tally_result(evaluation).candidates
    assert len(evaluation.candidates or ()) == 2
    told = exported(story, capsys)
    for words in ("回退情况", ground, "招标投标法实施条例第七十一条", "仍具竞争性", REASON):
        assert words in told.report
    best = bidder_name(evaluation, (evaluation.candidates or ("",))[0])
    assert f"第 1 中标候选人 {best}" in told.verification


@pytest.mark.parametrize(
    ("kind", "article"), [("construction", "招标投标法 第四十二条"), ("procurement", "政府采购法 第三十六条")]
)
def test_every_bid_rejected(kind: Trade, article: str, begin: Callable[[Trade], Story], capsys: Capture) -> None:
    story = begin(kind)
    _fail(story, 1, 2, 3)
    evaluation = story.run_while(_not_reviewed)
    assert not valid_bidders(evaluation)
    told = ended(story, "all_rejected", "三家投标均未通过初步评审。", capsys)
    for words in ("否决全部投标", article.replace(" ", ""), REASON):
        assert words in told.report
    for bidder in story.tender.bidders:
        assert bidder.name.zh in told.report
    assert f"否决全部投标。{article}；三家投标均未通过初步评审。" in told.verification


def test_a_dissolved_committee_is_sealed_and_does_nothing_more(
    begin: Callable[[Trade], Story], capsys: Capture
) -> None:
    story = begin("construction")
    story.run_while(lambda now: len(now.seals) < len(MEMBERS) + 3, without=frozenset({"m4", "m5"}))
    ground = "经查两名评委与投标人存在利害关系且未回避。"
    Organiser(story.seat("organiser").desk).dissolve(ground)
    story.share()
    article = "招标投标法实施条例 第四十八条、第七十条"
    for person in MEMBERS:
        refusal = story.seat(person).desk.may(Chair(story.seat(person).desk).stage_end())
        assert refusal.article == article
    assert not any(seal.opened for seal in story.share().seals.values() if seal.kind == "review.sealed")
    told = ended(story, "new_committee", "封存资料，另行组建评标委员会。", capsys)
    for words in ("重新组建评标委员会", article.replace(" ", ""), ground, "随日志封存"):
        assert words in told.report
    assert article in told.verification
    _begins_anew(story, capsys)


def _begins_anew(story: Story, capsys: Capture) -> None:
    """The same tender founded again at the same centre: a log of its own that names the old one, and nobody of the old committee."""
    home, store = story.scenario.people / "organiser", story.scenario.folder / "organiser-again"
    folder = _with_later_deadline(story)
    announcement = story.scenario.folder / "again.json"
    key = ["--key", str(home / "key.p12"), "--password-file", str(home / "pin")]
    there = ["--centre", story.url, "--store", str(store)]
    before = ["--continues", str(story.scenario.genesis), str(home)]
    assert command(["publish", str(folder), *there, *key, *before, "-o", str(announcement)]) == 0
    genesis = load_genesis(announcement.read_bytes())
    with pytest.raises(NoPlace):
        find_place(story.url, genesis, story.cast.certificates["m1"])
    seat = Seat(store, story.url, genesis, "organiser", SystemClock())
    try:
        seat.enter(Pkcs12Key.open((home / "key.p12").read_bytes(), (home / "pin").read_text("utf-8")), "organiser")
        fresh = seat.desk.logged
    finally:
        seat.close()
    assert fresh.fingerprint != record_id(story.genesis.record.payload)
    assert (fresh.stage, dict(fresh.members), dict(fresh.bids), fresh.dissolved) == ("opening", {}, {}, "")
    old = record_id(story.genesis.record.payload)
    link = fresh.founding.continued
    assert link is not None
    assert (link.evaluation, link.ground) == (old, "封存资料，另行组建评标委员会。")
    entries = list(story.seat("supervisor").log.entries())
    assert link.ended in {record_id(entry.record.payload) for entry in entries[: link.size]}
    tree = Tree(
        "sha256", (leaf_hash(leaf_bytes(entry.received, entry.record), "sha256") for entry in entries[: link.size])
    )
    assert link.root == tree.root().hex()
    archive = story.scenario.folder / "again.zip"
    assert command(["export", "--tender", str(announcement), *there, *key, "-o", str(archive)]) == 0
    capsys.readouterr()
    assert command(["verify", str(archive), "--genesis", fresh.fingerprint]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line.startswith("✗")] == ["✗ 评标尚未结束，没有结束记录。"]
    assert f"接续项目 {old}（日志 {link.size} 条，树根 {link.root}；请另行核验其档案），原因：{link.ground}" in told


def _with_later_deadline(story: Story) -> Path:
    """The tender's folder once more; bids are due anew, an hour from now."""
    folder = story.scenario.folder / "tender-again"
    shutil.copytree(story.scenario.tender, folder)
    tender = load_tender((folder / "tender.json").read_bytes())
    due = moment(datetime.fromisoformat(SystemClock().now()) + timedelta(hours=1))
    (folder / "tender.json").write_bytes(dump_tender(msgspec.structs.replace(tender, deadline=due)))
    return folder


@pytest.mark.parametrize(
    ("kind", "article"), [("construction", "招标投标法实施条例 第二十三条"), ("procurement", "87号令 第六十五条")]
)
def test_a_defective_tender_document(
    kind: Trade, article: str, begin: Callable[[Trade], Story], capsys: Capture
) -> None:
    story = begin(kind)
    story.run(until="preliminary")
    defect = "评分标准第三项前后矛盾，无法据以评审。"
    for person in MEMBERS[:3]:
        Expert(story.seat(person).desk).declare_defect(defect)
    told = ended(story, "defective_document", "三名评委认定文件存在重大缺陷。", capsys)
    for words in ("停止评标", article.replace(" ", ""), defect, "5名成员中3名"):
        assert words in told.report
    assert article in told.verification


def test_a_member_is_replaced_while_scoring_and_in_the_end_nobody_signs(
    begin: Callable[[Trade], Story], capsys: Capture
) -> None:
    story = begin("construction")
    for person in MEMBERS:
        story.plan(person, signs=False)
    certificate = story.reserve("m6", instead_of="m4")
    story.run(until="scoring")
    evaluation = story.run_while(
        lambda now: len(standing_seals(now, "sheet.sealed")) < 3, without=frozenset({"m1", "m2"})
    )
    before = {seal.author: seal.record for seal in standing_seals(evaluation, "review.sealed")}
    void = {seal.record for seal in evaluation.seals.values() if seal.author == "m4" and seal.kind != "vote.sealed"}
    assert len(void) == 2
    desk = story.seat("organiser").desk
    Organiser(desk).appoint(
        "m6", "expert", evaluation.members["m4"].site, certificate, replaces="m4", ground="突发疾病不能继续评标"
    )
    evaluation = story.share()
    assert evaluation.stage == "checkin"
    assert all(evaluation.seals[record].void for record in void)

    evaluation = story.run(until="preliminary")
    late = Expert(story.seat("m6").desk)
    with pytest.raises(Refused):
        late.read_sheet("m3")
    assert not Expert(story.seat("m4").desk).desk.may(Chair(story.seat("m4").desk).stage_end()).allowed
    evaluation = story.run(until="price")
    after = {seal.author: seal.record for seal in standing_seals(evaluation, "review.sealed")}
    assert after.pop("m6")
    assert before.pop("m4") not in after.values()
    assert after == before
    assert {member.person for member in active_members(evaluation)} == {"m1", "m2", "m3", "m5", "m6"}
    assert late.read_sheet("m3")

    evaluation = story.run_while(lambda now: now.report is None)
    for member in active_members(evaluation):
        Organiser(story.seat("organiser").desk).record_refusal(member.person, "经三次提示仍不签字，亦不书面说明")
    told = ended(story, "unsigned", "全体成员均未签署评标报告。", capsys)
    for words in ("评标报告无成员签署", "招标投标法实施条例第五十三条", "经三次提示仍不签字", "陶望舒"):
        assert words in told.report
    assert "招标投标法实施条例 第五十三条；全体成员均未签署评标报告。" in told.verification
