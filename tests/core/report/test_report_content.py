"""The report says what the law asks for, from nothing but the log."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.views import scores
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import Place
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_bids import Objection, OpeningRecorded
from evalclient.core.records.acts_committee import (
    CompetitionJudged,
    DefectDeclared,
    LeaderNamed,
    Score,
    ScoreSheet,
    SheetSealed,
    StageClosed,
)
from evalclient.core.records.acts_ending import CommitteeDissolved, Ending, PracticeFilled, ReportRefused
from evalclient.core.records.acts_founding import Continuation
from evalclient.core.report import basics
from evalclient.core.report import scores as scores_told
from evalclient.core.report.calculation import calculation
from evalclient.core.report.compose import ReportNotDue, report_content, report_language
from evalclient.core.report.content import Basis, Column, Paragraph, ReportContent, Table, column, same
from evalclient.core.report.history import events_of_records, local_time
from evalclient.core.report.money import grouped, short, yuan
from evalclient.core.report.sources import Sources
from evalclient.core.report.stamp_words import signing_reason, stamp_lines
from tests.builders.documents import DEADLINE
from tests.builders.evening import BIDDER_NAMES, ORGANISER, Evening, bidder_id, evening_at
from tests.builders.reporting import NAMES, ROOT, busy_evening, content_of, section_lines, text_of


def _section(content: ReportContent, heading: str) -> str:
    (found,) = [section for section in content.sections if heading in section.heading.zh]
    return "\n".join(section_lines(found))


def _chinese_in(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize(
    ("practice", "papers", "spoken"),
    [(False, "zh", "zh"), (False, "en", "zh"), (True, "zh", "zh"), (True, "en", "en")],
)
def test_a_report_is_chinese_but_in_practice_with_an_english_tender(practice: bool, papers: str, spoken: str) -> None:
    evaluation = evening_at("opening").evaluation
    founding = msgspec.structs.replace(evaluation.founding, practice=practice)
    tender = msgspec.structs.replace(evaluation.tender, language=papers)
    assert report_language(replace(evaluation, founding=founding, tender=tender)) == spoken


def test_a_report_names_the_evaluation_in_whose_place_it_was_made() -> None:
    evaluation = evening_at("opening").evaluation
    sources = Sources(evaluation, (), NAMES, Basis(evaluation.size, ROOT))
    assert "接续" not in str(basics.basic_data(sources))
    link = Continuation(evaluation="a1" * 32, size=212, root="b2" * 32, ended="c3" * 32, ground="评标委员会组成违法")
    founding = msgspec.structs.replace(evaluation.founding, continues=link)
    told = str(basics.basic_data(replace(sources, evaluation=replace(evaluation, founding=founding))))
    for words in ("接续的原项目", "a1a1a1a1 a1a1a1a1", "212 条记录，树根 b2b2b2b2", "评标委员会组成违法"):
        assert words in told


def test_a_report_claims_nothing_of_clarifications_that_no_record_tells_of() -> None:
    for trade in ("construction", "procurement"):
        text = text_of(content_of(evening_at("report", trade)))
        assert "本系统没有澄清、说明或者补正的记录" in text
        assert "未要求投标人" not in text


def test_a_construction_report_has_the_ten_items_of_the_law_in_their_order() -> None:
    content = content_of(evening_at("report"))
    cited = [section.item.zh for section in content.sections if section.item is not None]
    assert cited == [f"12号令 第四十二条第（{number}）项" for number in "一二三四五六七八九十"]
    assert [section.heading.zh[:4] for section in content.sections[:4]] == [
        "基本情况",
        "评标委员",
        "开标记录",
        "符合要求",
    ]


def test_a_procurement_report_has_the_six_items_of_the_law_in_their_order() -> None:
    content = content_of(evening_at("report", "procurement"))
    cited = [section.item.zh for section in content.sections if section.item is not None]
    assert cited == [f"87号令 第五十八条第（{number}）项" for number in "一二三四五六"]
    assert "采购人代表" in _section(content, "投标人名单和评标委员会")


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_it_names_every_bidder_price_score_place_and_candidate(trade: Trade) -> None:
    evening = evening_at("report", trade)
    text = text_of(content_of(evening))
    result = tally_result(evening.evaluation)
    for number, bidder in enumerate(evening.bidders):
        line = result.line(bidder)
        assert BIDDER_NAMES[number] in text
        assert yuan(line.price) in text
        assert line.total is None or line.total in text
    for place, bidder in enumerate(result.candidates, start=1):
        name = BIDDER_NAMES[evening.bidders.index(bidder)]
        assert f"第 {place} 名 | {name}" in text


def test_a_rejected_bid_stands_there_with_item_reason_and_article() -> None:
    text = _section(content_of(evening_at("report")), "否决投标")
    assert "玉龙实业 | 初步评审 | 投标函签字盖章 | 投标函未加盖单位公章 | 招标投标法实施条例 第五十一条" in text


def test_every_members_score_of_every_item_stands_in_the_annex() -> None:
    evening = evening_at("report")
    annex = _section(content_of(evening), "附表")
    table = scores(evening.evaluation)
    for bidder in next(iter(table.values())):
        for item in items_of(evening.evaluation.method):
            row = " | ".join(table[member][bidder][item.id] for member in evening.members)
            assert f"{item.title.zh} | {item.maximum} | {row}" in annex


def test_the_calculation_sheet_shows_each_step_with_its_numbers() -> None:
    text = _section(content_of(evening_at("report")), "评分比较")
    assert "(9200000 + 9350000 + 9100000) ÷ 3 = 9216666.67" in text
    assert "9216666.67 × (1 − 3%) = 8940166.67" in text
    assert "不计入：金马建设、洱海营造" in text
    assert "金马建设 | (9000000 − 8940166.67) ÷ 8940166.67 × 100 = 0.67 | 0.67" in text


def test_what_happened_on_the_way_is_told() -> None:
    content = content_of(busy_evening())
    other = _section(content, "其他事项")
    assert "王强 | 金马建设 | 类似业绩 | 5 → 10 | 客观分不一致 | 证明材料复核" in other
    assert "全体成员：已复核，维持原评审意见" in other
    assert "详细评分 | 评分标准理解不一致 | 云南诚信招标代理有限公司" in other
    assert "周监督" in other
    committee = _section(content, "评标委员会成员名单")
    assert "赵敏 | 孙立 | 因病不能继续评审" in committee
    assert "m5" not in [place.person for place in content.signatures]
    assert "碧鸡建工 | 工期 | 合格 | 李晓梅 | 不合格" in _section(content, "否决投标")
    assert "5 → 10" in _section(content, "附表")


def test_records_without_effect_are_counted_with_their_reason() -> None:
    evening = evening_at("report")
    for _ in range(2):
        evening.put("m2", StageClosed(stage="report", closes=()))
    text = text_of(content_of(evening))
    assert "小组结束本环节 | 李晓梅，评标委员会成员 | 2 | 环节由组长结束" in text
    assert "未生效的记录" not in text_of(content_of(evening_at("report")))


def test_a_record_of_a_later_version_is_named() -> None:
    evening = evening_at("report")
    evening.put("m2", None, kind="future.kind")
    assert "future.kind" in text_of(content_of(evening))


def test_objections_at_opening_are_told_with_their_answers() -> None:
    evening = Evening()
    evening.open(close=False)
    act = evening.evaluation.opening
    assert act is not None
    evening.do(ORGANISER, OpeningRecorded(bids=act.bids, objections=(Objection("滇池集团", "唱标有误", "已核对更正"),)))
    evening.close().until("report")
    assert "滇池集团 | 唱标有误 | 已核对更正" in _section(content_of(evening), "开标记录")


def test_practice_is_marked_and_says_for_whom_it_filled_in() -> None:
    evening = Evening(practice=True).until("scoring")
    evening.do("m1", PracticeFilled(topic="scores"))
    content = content_of(evening.until("report"))
    assert content.practice
    assert "客户端曾代下列人员填写部分内容：张文远" in text_of(content)
    assert not content_of(evening_at("report")).practice


def test_content_depends_on_the_first_records_alone() -> None:
    evening = evening_at("report")
    before = content_of(evening)
    size = len(evening.records)
    evening.render().sign()
    assert content_of(evening, size=size) == before
    assert before.basis.size == size


def test_the_full_report_is_not_made_before_its_stage() -> None:
    with pytest.raises(ReportNotDue, match="wait"):
        content_of(evening_at("candidates"))


def test_events_that_are_not_the_evaluations_own_are_refused() -> None:
    evening = evening_at("report")
    with pytest.raises(ValueError, match="events"):
        report_content(evening.evaluation, events_of_records(evening.records[:-1]), NAMES, ROOT)


def test_the_english_edition_leaves_no_chinese_of_its_own() -> None:
    """What stays Chinese are names, grounds as written, and citations: nothing else may."""
    content = content_of(evening_at("report"))
    assert not any(_chinese_in(section.heading.en) for section in content.sections)
    tables = [block for section in content.sections for block in section.blocks if isinstance(block, Table)]
    members = set(NAMES.values()) | set(BIDDER_NAMES)
    headings = {entry.heading.en for table in tables for entry in table.columns} - members
    assert not [heading for heading in headings if _chinese_in(heading)]


def test_signatures_are_asked_of_active_members_in_roster_order() -> None:
    content = content_of(evening_at("report"))
    assert [place.person for place in content.signatures] == ["m1", "m2", "m3", "m4", "m5"]
    assert content.signatures[0].caption.zh == "张文远（评标专家，组长）"


def test_a_named_leader_a_failed_opening_and_an_unqualified_bidder_are_told_with_their_grounds() -> None:
    evening = Evening()
    evening.open({evening.bidders[2]: "revoked"}).until("leader")
    evening.do(ORGANISER, LeaderNamed(member="m2", ground="熟悉同类项目"))
    evening.close().until("report")
    content = content_of(evening)
    assert "组长李晓梅由招标人确定（12号令 第九条）：熟悉同类项目" in _section(content, "成员名单")
    assert "未在规定时间内解密" in _section(content, "开标记录")
    assert "滇池集团 | 开标 | 视为撤销投标" in _section(content, "否决投标")
    bought = Evening("procurement")
    bought.open(unqualified={bought.bidders[1]: "营业执照过期"}).until("report")
    assert "碧鸡建工 | 资格审查 | 资格审查不合格 | 营业执照过期" in _section(content_of(bought), "开标记录和评标情况")


def test_members_outvoted_on_a_fail_are_named() -> None:
    evening = evening_at("preliminary")
    third = evening.bidders[2]
    evening.review({third: "bond"}, people=["m1", "m2", "m3"], close=False).review({}).until("report")
    text = _section(content_of(evening), "否决投标")
    assert "滇池集团 | 投标保证金 | 不合格 | 王强 | 合格 | —" in text
    assert "不合格（3/5）" in text


def test_reasons_and_pages_of_scores_stand_in_the_annex() -> None:
    evening = evening_at("scoring")
    sheet = evening.sheet_of("m1")
    first = evening.bidders[0]
    given = {**sheet.scores[first], "plan": Score("8", "进度计划缺少关键线路", (12, 15))}
    told = ScoreSheet({**sheet.scores, first: given})
    evening.do("m1", SheetSealed(sealed=evening.sealed(told)))
    evening.score().until("report")
    assert "张文远 | 施工组织设计 | 8 | 进度计划缺少关键线路 | 12、15" in _section(content_of(evening), "附表")


def test_what_must_be_settled_before_the_contract_is_said() -> None:
    evening = evening_at("report")
    evaluation = evening.evaluation
    sources = Sources(evaluation, events_of_records(evening.records), NAMES, Basis(evaluation.size, ROOT))
    result = tally_result(evaluation)
    tied = msgspec.structs.replace(result, undecided=evening.bidders[:2])
    said = scores_told.before_contract(sources, tied, ())
    assert isinstance(said[1], Paragraph)
    assert said[1].text.zh == "金马建设、碧鸡建工 并列且名额不足，由招标人按招标文件确定。"
    (alone,) = calculation(sources, msgspec.structs.replace(result, price=None))
    assert isinstance(alone, Paragraph)
    assert "不对报价评分" in alone.text.zh
    shared = msgspec.structs.replace(result, ranking=(Place(place=1, bidders=evening.bidders[:2]),))
    (table,) = scores_told.ranking(sources, shared)
    assert isinstance(table, Table)
    assert [row[-1].zh for row in table.rows] == ["并列", "并列"]
    (nobody,) = scores_told.ranking(sources, msgspec.structs.replace(result, ranking=()))
    assert isinstance(nobody, Paragraph)


# -- other lawful endings ----------------------------------------------------------------------------------------------


def _too_few() -> Evening:
    return Evening(bids=2).submit().appoint().pass_time(to=DEADLINE)


def _too_few_valid() -> Evening:
    """Construction: two valid bids are left, and the committee finds that they do not compete."""
    evening = evening_at("preliminary").review({bidder_id(number): "licence" for number in range(1, 5)}, close=False)
    for person in evening.members:
        evening.do(person, CompetitionJudged(competitive=person == "m1", reason="报价差距悬殊"))
    return evening


def test_a_full_report_tells_of_the_judgement_on_competition_that_let_the_committee_go_on() -> None:
    evening = evening_at("preliminary").review({bidder_id(number): "licence" for number in range(1, 5)}, close=False)
    for person in evening.members:
        evening.do(person, CompetitionJudged(competitive=person != "m1", reason="报价差距不大"))
    evening.close().until("report")
    told = _section(content_of(evening), "否决投标的情况说明")
    for words in ("竞争性表决", "12号令 第二十七条", "仍具竞争性", "明显缺乏竞争", "报价差距不大"):
        assert words in told
    assert "竞争性表决" not in _section(content_of(evening_at("report")), "否决投标的情况说明")


def _all_rejected() -> Evening:
    evening = evening_at("preliminary")
    return evening.review(dict.fromkeys(evening.bidders, "licence"), close=False)


def _defective() -> Evening:
    evening = evening_at("scoring")
    for person in ("m1", "m2", "m3"):
        evening.do(person, DefectDeclared(ground="评分标准自相矛盾"))
    return evening


def _new_committee() -> Evening:
    evening = evening_at("scoring")
    evening.do(ORGANISER, CommitteeDissolved(ground="通信中断超过四小时"))
    return evening


def _unsigned() -> Evening:
    evening = evening_at("report").render().pass_time(hours=1)
    for person in evening.members:
        evening.do(ORGANISER, ReportRefused(member=person, ground="拒绝签字且未说明理由"))
    return evening


@pytest.mark.parametrize(
    ("evening", "ending", "said"),
    [
        (_too_few, "too_few", "截止时间前收到投标文件 2 份"),
        (_too_few_valid, "too_few", "李晓梅 | 明显缺乏竞争 | 报价差距悬殊"),
        (_all_rejected, "all_rejected", "金马建设 | 初步评审 | 资质等级"),
        (_defective, "defective_document", "5 名成员中 3 名认定"),
        (_new_committee, "new_committee", "通信中断超过四小时"),
        (_unsigned, "unsigned", "赵敏 | 拒绝签字且未说明理由"),
    ],
)
def test_every_other_ending_has_its_own_report_with_the_rule(evening: object, ending: Ending, said: str) -> None:
    story = evening()  # type: ignore[operator]
    content = content_of(story, ending=ending, ground="详见记录")
    rule = story.evaluation.rules.endings[ending]
    text = text_of(content)
    assert rule.text.zh in text
    assert rule.article in text
    assert said in text
    assert "具体情况: 详见记录" in text
    assert content.signatures == ()
    story.end(ending, "详见记录")
    assert story.evaluation.stage == "ended"


# -- small parts -------------------------------------------------------------------------------------------------------


def test_moments_are_told_in_beijing_time() -> None:
    assert local_time("2026-11-24T16:00:01.500Z") == "2026-11-25 00:00:01"
    assert local_time("") == ""


def test_amounts_and_digests_are_easy_to_read() -> None:
    assert [yuan("9000000"), yuan("0.5"), yuan("1.2345"), yuan(None), yuan("")] == [
        "9,000,000.00",
        "0.50",
        "1.2345",
        "—",
        "—",
    ]
    assert short("ab" * 32) == "abab abab abab abab"
    assert grouped("0123456789abcdef") == "01234567 89abcdef"


def test_a_table_refuses_rows_of_another_width() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table((Column(same("a")), column("乙", "b")), ((same("1"),),))


def test_a_stamp_says_assent_or_dissent_and_keeps_the_box_readable() -> None:
    agreeing = stamp_lines("张文远", "2026-11-24T12:00:00.000Z", "ab" * 32, "")
    assert agreeing == (
        "张文远",
        "电子签名 2026-11-24 20:00:00（北京时间）",
        "项目指纹 abab abab abab abab",
        "同意评标结论",
    )
    long = "理由" * 200
    assert stamp_lines("张文远", "2026-11-24T12:00:00.000Z", "ab" * 32, "有误")[-1] == "不同意见：有误"
    assert len(stamp_lines("张文远", "2026-11-24T12:00:00.000Z", "ab" * 32, long)[-1]) < 130
    assert long in signing_reason(long)


def test_a_corrected_opening_record_shows_what_stood_before() -> None:
    evening = Evening()
    evening.open(close=False)
    first = evening.opening_act()
    priced = msgspec.structs.replace(first.bids[0], price="1.00")
    failed = msgspec.structs.replace(first.bids[1], failure="withdrawn", note="系统故障")
    for bids in (first.bids, (priced, failed, *first.bids[2:])):
        evening.do(ORGANISER, OpeningRecorded(bids=bids))
    events = events_of_records(evening.records)
    sources = Sources(evening.evaluation, events, NAMES, Basis(len(events), ROOT))
    (table,) = [block for block in basics.opening(sources) if isinstance(block, Table) and len(block.columns) == 4]
    assert [[cell.zh for cell in row][1:] for row in table.rows] == [
        ["金马建设", "金马建设；解密成功；9,000,000.00；工期：180日历天", "金马建设；解密成功；1.00；工期：180日历天"],
        [
            NAMES.get(evening.bidders[1], "碧鸡建工"),
            "碧鸡建工；解密成功；9,200,000.00；工期：180日历天",
            "碧鸡建工；视为撤回投标；工期：180日历天；系统故障",
        ],
    ]
    assert table.caption is not None
    assert table.caption.zh == "开标记录更正情况"
