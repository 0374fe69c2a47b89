"""The report tells a draw so that a stranger replays it from the paper alone."""

from __future__ import annotations

import hashlib

from evalclient.core.draw import draw_number, draw_order
from evalclient.core.evaluation.drawing import drawn, share_by
from evalclient.core.evaluation.views import opened_bids
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_recovery import RecoveryReleased, RecoveryRequested
from evalclient.core.report.content import Block, Facts, ReportContent, Table
from tests.builders.documents import drawing_method
from tests.builders.evening import ORGANISER, RECOVERY, Evening, evening_at
from tests.builders.reporting import content_of, text_of


def blocks_of(content: ReportContent) -> list[Block]:
    return [block for section in content.sections for block in section.blocks]


def tables(content: ReportContent, first: str) -> list[Table]:
    found = (block for block in blocks_of(content) if isinstance(block, Table))
    return [table for table in found if table.columns[0].heading.zh == first]


def leaves(content: ReportContent) -> list[tuple[str, str]]:
    """(round, leaf hash) of each point of the meeting."""
    pairs = [block.pairs for block in blocks_of(content) if isinstance(block, Facts)]
    return [(facts[0][1].zh, facts[1][1].zh) for facts in pairs if facts[0][0].zh == "轮次"]


def test_a_stranger_replays_every_draw_from_the_report_alone() -> None:
    evening = Evening(method=drawing_method()).until("report")
    evaluation = evening.evaluation
    content = content_of(evening)
    (results,) = tables(content, "抽取事项")
    places = {"lot": 0, "room": 1, "reduction": 2}
    for _title, name, among, result, hashed in results.rows:
        shares = tables(content, "编号")[places[name.zh]]
        number, leaf = leaves(content)[places[name.zh]]
        lines = ["evalclient-draw/1", f"evaluation {content.fingerprint}", f"draw {name.zh}", f"round {number}"]
        lines += [f"share {party.zh} {share.zh.replace(' ', '')}" for party, *_, share in shares.rows]
        text = "\n".join([*lines, f"centre {leaf.replace(' ', '')}", ""])
        assert hashlib.sha256(text.encode()).hexdigest() == hashed.zh.replace(" ", "")
        if name.zh == "lot":
            order = draw_order(text, [bid.bidder for bid in opened_bids(evaluation)], "sha256")
            assert order == drawn(evaluation)["lot"]
            assert result.en.startswith("1. ")
        else:
            assert draw_number(text, among.zh.split("、"), "sha256") == result.zh
    assert all("—" not in cell.zh for shares in tables(content, "编号") for row in shares.rows for cell in row)
    assert "script" in text_of(content, "en")


def test_a_share_that_custodians_brought_back_is_told() -> None:
    evening = Evening(method=drawing_method()).until("price").take_part()
    for person in ("m1", "m2", "m4", "m5", "supervisor"):
        share = share_by(evening.evaluation, person, "after_review")
        assert share is not None
        evening.do(person, SealOpened(seal=share.record, key=b"k"), opened=evening.content_of(share.record))
    silent = share_by(evening.evaluation, "m3", "after_review")
    assert silent is not None
    evening.pass_time(hours=1).do(ORGANISER, RecoveryRequested(seal=silent.record, ground="评委终端故障"))
    for custodian in RECOVERY:
        evening.do(custodian, RecoveryReleased(seal=silent.record, share=b"part"))
    act = SealOpened(seal=silent.record, key=b"k")
    evening.do(ORGANISER, act, opened=evening.content_of(silent.record))
    told = tables(content_of(evening.until("report")), "编号")[2].rows
    assert [row[0].zh for row in told if "由保管方恢复" in row[4].zh] == ["m3"]


def test_an_ending_in_the_middle_of_a_draw_tells_who_had_taken_part() -> None:
    evening = Evening(method=drawing_method()).until("price").take_part(("m1", "m2", "m3")).dissolve()
    content = content_of(evening, ending="new_committee", ground="评标委员会组成不合法")
    (results,) = tables(content, "抽取事项")
    assert {row[1].zh: row[3].zh for row in results.rows}["reduction"] == "未完成"
    rows = tables(content, "编号")[2].rows
    assert [row[2].zh == "—" for row in rows] == [False, False, False, True, True, True]
    assert all(row[4].zh == "—" for row in rows)


def test_a_method_that_draws_nothing_says_nothing_of_draws() -> None:
    assert "随机抽取" not in text_of(content_of(evening_at("report")))
    early = Evening(method=drawing_method()).until("pledge").dissolve()
    assert "随机抽取" not in text_of(content_of(early, ending="new_committee", ground="组成不合法"))
