"""Last chapters of the tender document: conditions of contract in short, and the forms of the bid."""

from __future__ import annotations

from evalclient.demo.documents.flow import CELL, CELL_CENTRE
from evalclient.demo.documents.model import DemoTender, Text
from evalclient.demo.documents.press import Press

_CONSTRUCTION_TERMS = (
    Text(
        "合同价格形式：固定单价合同，工程量按实计量；不可竞争费用按规定计取。",
        "Price: fixed rates, measured quantities; non-competitive sums as prescribed.",
    ),
    Text(
        "预付款为签约合同价（扣除暂列金额）的10%，随进度款分期扣回。",
        "Advance payment: 10 % of the contract price less the provisional sum, recovered from interim payments.",
    ),
    Text(
        "进度款按月支付至当期完成价款的80%，竣工结算审定后支付至97%，余款为质量保证金。",
        "Interim payments: 80 % of the month's work; 97 % after the final account; the rest is retention.",
    ),
    Text(
        "承包人应在开工前提交履约担保，金额为中标价的10%。",
        "Performance security: 10 % of the contract price, before the works start.",
    ),
    Text(
        "因承包人原因逾期竣工的，每日支付误期违约金2万元，累计不超过签约合同价的5%。",
        "Damages for delay: CNY 20 000 a day, at most 5 % of the contract price.",
    ),
    Text(
        "农民工工资实行专用账户管理，按月足额支付。", "Site workers are paid in full each month from a special account."
    ),
    Text(
        "施工期间医院正常运营，停水停电须提前48小时经发包人书面批准。",
        "The hospital stays open; outages need the employer's written approval 48 hours ahead.",
    ),
)
_PROCUREMENT_TERMS = (
    Text(
        "付款方式：合同签订后支付30%，到货验收合格后支付40%，最终验收合格后支付27%，余3%质保期满后支付。",
        "Payment: 30 % on contract, 40 % on accepted delivery, 27 % on final acceptance, 3 % when the warranty ends.",
    ),
    Text(
        "验收分预验收和最终验收，按招标文件和投标响应逐项核对。",
        "Acceptance: preliminary and final, item by item against the tender document and the bid.",
    ),
    Text(
        "质量保证期自最终验收合格之日起计算，期内免费维修、更换。",
        "Warranty: from final acceptance, with free repair and replacement.",
    ),
    Text("逾期交货的，每日按合同价款的万分之五支付违约金。", "Late delivery: 0.05 % of the contract price a day."),
    Text(
        "供应商对学生和教师的个人信息负有保密义务，数据不得出校。",
        "The supplier keeps personal data of students and teachers secret; data stay at the school.",
    ),
    Text(
        "安装时间安排在周末和寒假，不得影响正常教学。",
        "Installation takes place at weekends and in the winter break without disturbing lessons.",
    ),
)
_FORMS = (
    Text("投标函", "Bid letter"),
    Text("投标函附录", "Appendix to the bid letter"),
    Text("法定代表人身份证明与授权委托书", "Legal representative and power of attorney"),
    Text("资格审查资料", "Qualification documents"),
    Text("商务和技术偏离表", "Table of deviations"),
    Text("报价文件", "Price document"),
    Text("技术文件", "Technical document"),
)
_COMPARTMENTS = ("identity", "identity", "identity", "qualification", "technical", "price", "technical")
_NAMES = {
    "identity": Text("身份", "identity"),
    "qualification": Text("资格", "qualification"),
    "technical": Text("技术", "technical"),
    "price": Text("报价", "price"),
}


def add_terms(press: Press, tender: DemoTender) -> None:
    """Chapter 5: the conditions of contract in short."""
    language = tender.language
    press.chapter("Chapter 5. Conditions of contract in short" if language == "en" else "第五章 合同主要条款")
    terms = _CONSTRUCTION_TERMS if tender.kind == "construction" else _PROCUREMENT_TERMS
    for number, term in enumerate(terms, 1):
        press.text(f"{number}. {term.text(language)}")


def add_forms(press: Press, tender: DemoTender) -> None:
    """Chapter 6: which documents a bid has, in which compartment, and the form of the bid letter."""
    language = tender.language
    english = language == "en"
    press.chapter("Chapter 6. Forms of the bid" if english else "第六章 投标文件格式")
    rows = [
        (str(number), form.text(language), _NAMES[part].text(language))
        for number, (form, part) in enumerate(zip(_FORMS, _COMPARTMENTS, strict=True), 1)
    ]
    head = ("No.", "Document", "Compartment") if english else ("序号", "文件", "分区")
    press.table(head, rows, (10, 62, 28), (CELL_CENTRE, CELL, CELL))
    press.section("Form of the bid letter" if english else "投标函（格式）")
    press.text(
        f"To: {tender.purchaser.en}. Having studied the tender document for {tender.title.en}, we offer to carry out the whole scope at the price of our price document. Our bid is valid for ____ calendar days. Time: ____ calendar days."
        if english
        else f"致：{tender.purchaser.zh}。我方已仔细研究{tender.title.zh}招标文件的全部内容，愿意以报价文件载明的投标报价承担全部招标内容。投标有效期____日历天，工期（交货期）____日历天。"
    )
    press.text(
        "Bidder (sealed): ________    Legal representative or agent: ________    Date: ________"
        if english
        else "投标人（电子签章）：________    法定代表人或委托代理人：________    日期：________"
    )
    press.section("Form of the power of attorney" if english else "授权委托书（格式）")
    press.text(
        "________ is hereby authorised to sign, clarify, explain, correct, submit, withdraw and change the bid in our name. The agent may not delegate."
        if english
        else "现委托________为我方代理人，以我方名义签署、澄清、说明、补正、递交、撤回、修改投标文件。代理人无转委托权。"
    )
