"""The bid letter (投标函) with appendix, power of attorney and bond: the identity compartment."""

from __future__ import annotations

from evalclient.demo.documents.flow import CELL, CELL_CENTRE, PLAIN, TextStyle
from evalclient.demo.documents.model import BidDocument
from evalclient.demo.documents.parts import Bid
from evalclient.demo.documents.press import Press
from evalclient.demo.documents.wording import in_words, money

_SIGNATURE = TextStyle(align="left", left=190.0, after=2.0)


def cover_letter(bid: Bid) -> BidDocument:
    """The document of the identity compartment; the price itself stands in the price compartment."""
    title = bid.say("投标函及附件", "Bid letter and annexes")
    press = bid.press(title)
    _letter(bid, press)
    _appendix(bid, press)
    _authority(bid, press)
    if bid.construction:
        _bond(bid, press)
    return bid.print(press, "identity", "bid-letter.pdf", title)


def _letter(bid: Bid, press: Press) -> None:
    tender, say = bid.tender, bid.say
    bid.chapter(press, say("一、投标函", "1. Bid letter"), "letter")
    press.text(say(f"致：{tender.purchaser.zh}", f"To: {tender.purchaser.en}"), PLAIN)
    press.text(
        say(
            f"我方已仔细研究{tender.title.zh}（项目编号：{tender.project_code}）招标文件及其补遗的全部内容，愿意以报价文件载明的投标报价，按招标文件的约定承担全部招标内容，并对下列事项作出承诺。",
            f"Having studied the tender document for {tender.title.en} (project code {tender.project_code}) and its amendment in full, we offer to carry out the whole scope at the price stated in our price document, and commit ourselves as follows.",
        )
    )
    for number, line in enumerate(_commitments(bid), 1):
        press.text(f"{number}. {line}")
    press.space(16)
    _signature(bid, press)


def _commitments(bid: Bid) -> list[str]:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    duration = (
        f"工期{bidder.duration_days}日历天，工程质量达到国家现行验收规范合格标准。"
        if bid.construction
        else f"合同签订后{bidder.duration_days}日历天内，在采购人指定的理工楼和教学楼完成供货、安装和调试；整体质保{bidder.warranty_years}年。"
    )
    duration_en = (
        f"Time for completion {bidder.duration_days} calendar days; the works conform to the current national acceptance codes."
        if bid.construction
        else f"Supply, installation and commissioning in the science and teaching buildings within {bidder.duration_days} calendar days of contract; warranty of {bidder.warranty_years} years for the whole delivery."
    )
    return [
        say(
            "投标内容覆盖招标文件规定的全部范围，无遗漏和选择性方案。",
            "Our bid covers the whole scope of the tender document, without omissions or alternatives.",
        ),
        say(duration, duration_en),
        say(
            f"投标有效期自投标截止之日起{bidder.validity_days}日历天，在此期间我方不修改、撤销投标文件。",
            f"Our bid is valid for {bidder.validity_days} calendar days from the closing date; until then we neither change nor withdraw it.",
        ),
        say(
            "如我方中标，按招标文件规定的期限和条件签订合同、提交履约担保，不提出附加条件。",
            "If selected, we sign the contract and provide the performance security in the time and on the terms of the tender document, without further conditions.",
        ),
        say(
            "我方与其他投标人不存在控股、管理或者委托同一人编制投标文件等关系，不以任何方式串通投标。",
            "We have no ties of ownership, management or common drafting with any other bidder and collude with none.",
        ),
        say(
            "所提供的全部资料真实、准确、完整，愿意接受核查并承担法律责任。",
            "All material supplied is true, accurate and complete; we accept verification and answer for it under the law.",
        ),
        say(
            f"本投标文件由{tender.agency.zh}组织开标，我方同意按约定方式释放本单位持有的解密份额。",
            f"{tender.agency.en} holds the opening; we agree to release our share of the decryption key as arranged.",
        ),
    ]


def _signature(bid: Bid, press: Press) -> None:
    bidder, say = bid.bidder, bid.say
    lines = (
        (say("投标人（电子签章）：", "Bidder (sealed): "), bid.text(bidder.name)),
        (say("法定代表人或委托代理人：", "Legal representative or agent: "), bid.text(bidder.agent)),
        (say("地址：", "Address: "), bid.text(bidder.address)),
        (say("日期：", "Date: "), bid.date()),
    )
    for label, value in lines:
        press.text(label + value, _SIGNATURE)


def _appendix(bid: Bid, press: Press) -> None:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    press.chapter(say("二、投标函附录", "2. Appendix to the bid letter"))
    days, years = say("日历天", "calendar days"), say("年", "years")
    asked = (
        say("工期", "Time for completion"),
        f"≤ {tender.duration_days} {days}",
        f"{bidder.duration_days} {days}",
    )
    if not bid.construction:
        asked = (say("交货期", "Time of delivery"), asked[1], asked[2])
    rows = [
        asked,
        (say("投标有效期", "Bid validity"), f"≥ {tender.validity_days} {days}", f"{bidder.validity_days} {days}"),
        *_kind_rows(bid, years),
        (say("付款方式", "Terms of payment"), say("按招标文件", "as in the tender document"), say("接受", "accepted")),
        (
            say("争议解决", "Disputes"),
            say("项目所在地人民法院", "court at the place of the project"),
            say("接受", "accepted"),
        ),
    ]
    numbered = [(str(number), *row) for number, row in enumerate(rows, 1)]
    head = (say("序号", "No."), say("条款", "Clause"), say("招标文件要求", "Required"), say("投标承诺", "Offered"))
    press.table(head, numbered, (8, 26, 33, 33), (CELL_CENTRE, CELL, CELL, CELL))
    press.text(
        say(
            "本附录为投标函的组成部分。附录与投标函不一致的，以投标函为准。",
            "This appendix is part of the bid letter; where they differ, the bid letter prevails.",
        )
    )


def _kind_rows(bid: Bid, years: str) -> list[tuple[str, str, str]]:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    if bid.construction:
        defect = f"{bidder.fact('defect_years')} {years}"
        return [
            (say("工程质量", "Quality of the works"), say("合格", "conforming"), say("合格", "conforming")),
            (say("缺陷责任期", "Defects liability period"), f"≥ {tender.warranty_years} {years}", defect),
            (
                say("履约担保", "Performance security"),
                say("中标价的10%", "10 % of the contract price"),
                say("接受", "accepted"),
            ),
            (say("误期违约金", "Damages for delay"), say("每日2万元", "CNY 20 000 a day"), say("接受", "accepted")),
            (
                say("项目经理", "Project manager"),
                say("一级注册建造师", "first-class constructor"),
                bid.text(bidder.manager),
            ),
        ]
    hours = f"{bidder.fact('response_hours')} {say('小时', 'hours')}"
    return [
        (say("交货地点", "Place of delivery"), say("学校指定地点", "as named by the school"), say("响应", "accepted")),
        (
            say("质量保证期", "Warranty period"),
            f"≥ {tender.warranty_years} {years}",
            f"{bidder.warranty_years} {years}",
        ),
        (say("故障到场时间", "On site after a fault"), say("承诺", "to be stated"), hours),
        (say("培训", "Training"), say("覆盖全部教师", "all teachers"), say("响应", "accepted")),
    ]


def _authority(bid: Bid, press: Press) -> None:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    bid.chapter(
        press, say("三、法定代表人身份证明与授权委托书", "3. Legal representative and power of attorney"), "authority"
    )
    press.text(
        say(
            f"{bidder.legal_representative.zh}系{bidder.name.zh}（统一社会信用代码：{bidder.credit_code}）的法定代表人，职务：董事长。特此证明。",
            f"{bidder.legal_representative.en}, chairman, is the legal representative of {bidder.name.en} (credit code {bidder.credit_code}).",
        )
    )
    press.text(
        say(
            f"现委托{bidder.agent.zh}为我方代理人。代理人根据授权，以我方名义签署、澄清、说明、补正、递交、撤回、修改{tender.title.zh}投标文件，签订合同并处理有关事宜，其法律后果由我方承担。",
            f"{bidder.agent.en} is hereby authorised to sign, clarify, explain, correct, submit, withdraw and change the bid for {tender.title.en} in our name, to sign the contract and to handle all related matters; we are bound by these acts.",
        )
    )
    press.text(
        say(
            f"委托期限：自签署之日起至投标有效期届满之日止（{bidder.validity_days}日历天）。代理人无转委托权。",
            f"Term: from signature to the end of the bid validity ({bidder.validity_days} calendar days). The agent may not delegate.",
        )
    )
    press.space(12)
    _signature(bid, press)


def _bond(bid: Bid, press: Press) -> None:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    bid.chapter(press, say("四、投标保证金", "4. Bid bond"), "bond")
    press.text(
        say(
            f"我方以银行保函形式提交投标保证金人民币{money(tender.bond)}元（大写：{in_words(tender.bond, 'zh')}），出具银行为{bidder.bank.zh}，见索即付，保函有效期与投标有效期一致。",
            f"We provide the bid bond of CNY {money(tender.bond)} ({in_words(tender.bond, 'en')}) as a guarantee on first demand by {bidder.bank.en}, valid as long as the bid.",
        )
    )
    rng = bid.rng("bond")
    rows = [
        (say("保函编号", "Guarantee number"), f"BH-2026-{rng.randint(100000, 999999)}"),
        (say("受益人", "Beneficiary"), bid.text(tender.purchaser)),
        (say("金额（元）", "Amount (CNY)"), money(tender.bond)),
        (say("开立日期", "Issued"), bid.date()),
        (say("有效期", "Valid for"), f"{bidder.validity_days} {say('日历天', 'calendar days')}"),
        (say("付款账户性质", "Account"), say("投标人基本账户", "basic account of the bidder")),
    ]
    press.table((say("项目", "Item"), say("内容", "Particulars")), rows, (35, 65))
