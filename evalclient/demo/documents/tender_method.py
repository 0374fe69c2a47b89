"""Chapter 3 of the tender document: the evaluation method in words, its items and the price formula."""

from __future__ import annotations

from evalclient.demo.documents.flow import CELL, CELL_CENTRE, PLAIN
from evalclient.demo.documents.model import DemoTender, PreliminaryItem, ScoredItem, Text
from evalclient.demo.documents.tender_writer import Writer

_GROUPS = {
    "form": Text("形式评审", "Form"),
    "qualification": Text("资格评审", "Qualification"),
    "responsiveness": Text("响应性评审", "Responsiveness"),
    "compliance": Text("符合性审查", "Compliance"),
}
_PARTS = {
    "technical": Text("技术部分", "Technical"),
    "commercial": Text("商务部分", "Commercial"),
    "other": Text("其他部分", "Other"),
    "price": Text("报价部分", "Price"),
}


def add_method(writer: Writer) -> None:
    """Procedure, marks and summary (3.1–3.3)."""
    tender, say, press = writer.tender, writer.say, writer.press
    press.chapter(
        say(
            f"第三章 评标办法（{tender.method_name.zh}）",
            f"Chapter 3. Evaluation method ({tender.method_name.en.lower()})",
        )
    )
    press.section(say("3.1 评审程序", "3.1 Procedure"))
    steps = _steps(tender)
    for number, step in enumerate(steps, 1):
        press.text(f"{number}. {writer.text(step)}")
    press.section(say("3.2 分值构成（总分100分）", "3.2 Marks (100 in all)"))
    counts = {part: sum(item.part == part for item in tender.scored) for part in _PARTS}
    rows = [(writer.text(_PARTS[part]), marks, str(counts[part] or "—")) for part, marks in tender.full_marks]
    press.table(
        (say("部分", "Part"), say("满分", "Marks"), say("评分项数", "Items")),
        rows,
        (50, 25, 25),
        (CELL, CELL_CENTRE, CELL_CENTRE),
    )
    press.section(say("3.3 汇总与排序", "3.3 Summary and ranking"))
    lines = [
        (
            "评委独立评分并密封提交，全部在任成员提交后同时公开；任何成员不得查看他人未公开的评分。",
            "Members score on their own and seal their sheets; sheets are opened together when all active members have sealed, and nobody sees another's before.",
        ),
        (
            "每一投标人的得分为各成员评分的算术平均值加价格分，保留两位小数，第三位四舍五入。",
            "A bidder's score is the arithmetic mean of the members' scores plus the price marks, rounded half up to two decimals.",
        ),
        (
            "客观评审因素各成员评分应当一致，不一致的须更正或者书面说明理由。",
            "Objective items must agree among the members; where they differ, members correct or give reasons in writing.",
        ),
        (
            "得分相同的，按投标报价由低到高排列；报价也相同的，按招标文件规定处理。"
            if tender.kind == "construction"
            else "得分相同的，按投标报价由低到高排列；得分且报价相同的并列。",
            "Equal scores rank by the lower price; where these are equal too, the tender document decides."
            if tender.kind == "construction"
            else "Equal scores rank by the lower price; where these are equal too, they share the rank.",
        ),
    ]
    for number, (zh, en) in enumerate(lines, 1):
        press.text(f"{number}. {say(zh, en)}")


def _steps(tender: DemoTender) -> tuple[Text, ...]:
    construction = tender.kind == "construction"
    return (
        Text(
            "评标准备：签到、核验身份、声明回避、签署承诺书，推选或者确定评标委员会主任。"
            if construction
            else "评标准备：签到、核验身份、声明回避、签署承诺书，推选评审组长；采购人代表不得担任组长。",
            "Preparation: check-in, identity, recusal, pledge, and choice of the leader."
            + ("" if construction else " The purchaser's representative does not lead."),
        ),
        Text(
            "初步评审：逐项评审形式、资格和响应性，任一项不合格的，经评标委员会多数认定后否决投标并写明理由。"
            if construction
            else "符合性审查：逐项审查，任一项不合格的，经评标委员会多数认定后作无效投标处理并写明理由。",
            "Preliminary review: item by item; a bid that fails an item by majority of the committee is rejected, with the reason stated.",
        ),
        Text(
            "澄清：评标委员会可以书面要求投标人澄清、说明或者补正，不接受主动提出的澄清。",
            "Clarification: in writing and at the committee's request; unsolicited clarifications are not accepted.",
        ),
        Text(
            "详细评审：对通过初步评审的投标按评分项独立评分。",
            "Detailed review: each member scores the bids that passed.",
        ),
        Text(
            "报价评审：复核算术，按3.6节公式计算价格分。",
            "Price review: arithmetic is checked and the price marks follow the formula of 3.6.",
        ),
        Text(
            "汇总复核：检查计算、超出范围的评分、客观项不一致和畸高畸低的评分，更正须记录。",
            "Summary and re-check: arithmetic, scores out of range, differing objective scores and scores clearly high or low; corrections are recorded.",
        ),
        Text(
            "推荐候选人并签署评标报告；对结论有异议的书面写明不同意见和理由，拒绝签字又不说明的视为同意。",
            "Candidates are recommended and the report is signed; dissent is written with its reason, and refusing both counts as consent.",
        ),
    )


def add_preliminary(writer: Writer) -> None:
    """The pass/fail items (3.4), and those the organiser reviews."""
    tender, say, press = writer.tender, writer.say, writer.press
    press.chapter(
        say("3.4 初步评审标准" if tender.kind == "construction" else "3.4 符合性审查标准", "3.4 Preliminary review")
    )
    _item_table(writer, tender.preliminary)
    if tender.organiser_qualification:
        press.text(
            say(
                "下列资格审查项由采购人或代理机构审查，评标委员会不审查：",
                "The following qualification items are reviewed by the purchaser or the agency, not by the committee:",
            ),
            PLAIN,
        )
        _item_table(writer, tender.organiser_qualification)


def _item_table(writer: Writer, items: tuple[PreliminaryItem, ...]) -> None:
    say = writer.say
    rows = [
        (item.id, writer.text(_GROUPS[item.group]), writer.text(item.title), writer.text(item.requirement))
        for item in items
    ]
    head = (say("编号", "No."), say("类别", "Group"), say("评审因素", "Item"), say("标准", "Standard"))
    writer.press.table(head, rows, (9, 17, 26, 48), (CELL_CENTRE, CELL, CELL, CELL))


def add_scored(writer: Writer) -> None:
    """The scored items by part (3.5)."""
    tender, say, press = writer.tender, writer.say, writer.press
    press.chapter(say("3.5 评分标准", "3.5 Scored items"))
    head = (say("编号", "No."), say("评分项", "Item"), say("满分", "Marks"), say("评分标准", "Standard"))
    for part, name in _PARTS.items():
        items = [item for item in tender.scored if item.part == part]
        if not items:
            continue
        press.section(writer.text(name))
        rows = [(item.id, writer.text(item.title), item.max_score, _standard(writer, item)) for item in items]
        press.table(head, rows, (9, 25, 10, 56), (CELL_CENTRE, CELL, CELL_CENTRE, CELL))


def _standard(writer: Writer, item: ScoredItem) -> str:
    say = writer.say
    if not item.objective:
        steps = say(
            f"主观项，0至{item.max_score}分，步长{item.step}分。",
            f" Subjective, 0 to {item.max_score} in steps of {item.step}.",
        )
        return writer.text(item.description) + steps
    glue = say("；", "; ")
    values = glue.join(f"{writer.text(one.condition)} {one.value}{say('分', '')}" for one in item.fixed)
    return writer.text(item.description) + say(f"客观项：{values}。", f" Objective: {values}.")


def add_price(writer: Writer) -> None:
    """The price formula in words (3.6)."""
    press, say = writer.press, writer.say
    press.chapter(say("3.6 价格分计算", "3.6 Price marks"))
    for number, line in enumerate(writer.tender.price_words, 1):
        press.text(f"{number}. {writer.text(line)}")
    press.text(
        say(
            "价格计算全过程以十进制精确计算，每一步的精度如上，不采用其他舍入方式。",
            "All steps are computed in exact decimals with the precision stated; no other rounding applies.",
        )
    )
