"""The organiser's documents: tender document (招标文件), amendment (补遗 | 更正), background note (采购人背景说明)."""

from __future__ import annotations

from evalclient.demo.documents.flow import CELL, CELL_CENTRE, PLAIN
from evalclient.demo.documents.model import DemoTender, TenderFile, Text
from evalclient.demo.documents.stock import pair, stock
from evalclient.demo.documents.tender_forms import add_forms, add_terms
from evalclient.demo.documents.tender_method import add_method, add_preliminary, add_price, add_scored
from evalclient.demo.documents.tender_writer import SIGNED, Writer
from evalclient.demo.documents.wording import day, in_words, money


def tender_files(tender: DemoTender) -> list[TenderFile]:
    """The tender document, its amendment and, where there is one, the purchaser's background note."""
    files = [_tender_document(tender), _amendment(tender)]
    return [*files, _background(tender)] if tender.background else files


def _tender_document(tender: DemoTender) -> TenderFile:
    title = Text("招标文件", "Tender document")
    writer = Writer(tender, title, cover=True)
    _notice(writer)
    _data_sheet(writer)
    add_method(writer)
    add_preliminary(writer)
    add_scored(writer)
    add_price(writer)
    _quantities(writer)
    add_terms(writer.press, tender)
    add_forms(writer.press, tender)
    return writer.file("tender", "tender-document.pdf")


def _notice(writer: Writer) -> None:
    tender, say, press = writer.tender, writer.say, writer.press
    construction = tender.kind == "construction"
    press.chapter(say("第一章 招标公告" if construction else "第一章 投标邀请", "Chapter 1. Notice"))
    press.text(
        say(
            f"{tender.title.zh}（项目编号：{tender.project_code}）已具备招标条件，现进行公开招标，邀请符合条件的投标人参加。本项目采用远程异地评标。",
            f"Open tenders are invited for {tender.title.en} (project code {tender.project_code}). The evaluation takes place remotely at several sites.",
        )
    )
    press.section(say("一、项目概况与招标范围", "1. Project and scope"))
    for number, part in enumerate(tender.scope, 1):
        press.text(f"{number}. {writer.text(part)}")
    press.section(say("二、最高投标限价", "2. Ceiling price"))
    press.text(
        say(
            f"人民币{money(tender.ceiling_price)}元（大写：{in_words(tender.ceiling_price, 'zh')}）。超过最高投标限价的投标无效。",
            f"CNY {money(tender.ceiling_price)} ({in_words(tender.ceiling_price, 'en')}). Bids above the ceiling are invalid.",
        )
    )
    press.section(say("三、投标截止与开标", "3. Closing and opening"))
    press.text(
        say(
            f"投标截止时间为{day(tender.opening_date, 'zh')}9时30分，逾期送达的不予受理。开标在{tender.sites[0].name.zh}通过电子交易系统进行，公布投标人名称和投标报价并记录异议及答复。",
            f"Bids close at 9:30 on {day(tender.opening_date, 'en')}; late bids are not accepted. The opening takes place in the electronic system at {tender.sites[0].name.en}; names and prices are read out, objections and answers recorded.",
        )
    )
    press.section(say("四、评标地点", "4. Places of evaluation"))
    rows = [
        (
            say("主场" if site.role == "main" else "副场", "main" if site.role == "main" else "sub"),
            writer.text(site.city),
            writer.text(site.name),
            writer.text(site.room),
        )
        for site in tender.sites
    ]
    press.table(
        (say("类别", "Role"), say("城市", "City"), say("场所", "Place"), say("评标室", "Room")), rows, (11, 15, 48, 26)
    )
    press.text(say(f"监督部门：{tender.supervisor.zh}。", f"Supervision: {tender.supervisor.en}."))
    media = say("、", ", ").join(writer.text(medium) for medium in tender.notice_media)
    press.text(say(f"本公告在{media}发布。", f"This notice is published in: {media}."))


def _data_sheet(writer: Writer) -> None:
    tender, say, press = writer.tender, writer.say, writer.press
    construction = tender.kind == "construction"
    press.chapter(say("第二章 投标人须知前附表", "Chapter 2. Data sheet"))
    days = say("日历天", "calendar days")
    bond = money(tender.bond) if construction else say("不收取", "none")
    rows = [
        (say("项目名称", "Project"), writer.text(tender.title)),
        (say("标段（包）", "Lot"), writer.text(tender.lot)),
        (say("招标人" if construction else "采购人", "Purchaser"), writer.text(tender.purchaser)),
        (say("代理机构", "Agency"), writer.text(tender.agency)),
        (
            say("工期" if construction else "交货期", "Time for completion" if construction else "Time of delivery"),
            f"≤ {tender.duration_days} {days}",
        ),
        (say("投标有效期", "Bid validity"), f"≥ {tender.validity_days} {days}"),
        (say("投标保证金（元）", "Bid bond (CNY)"), bond),
        (
            say("资格审查方式", "Qualification review"),
            say(
                "资格后审，由评标委员会审查" if construction else "资格后审，由采购人或代理机构审查",
                "after opening, by the committee" if construction else "after opening, by the purchaser or the agency",
            ),
        ),
        (say("评标办法", "Method"), writer.text(tender.method_name)),
        (
            say("评标委员会", "Committee"),
            say(
                "五人，评审专家从专家库随机抽取；代表不超过三分之一",
                "five members; experts drawn at random; at most a third representatives",
            ),
        ),
        (
            say("中标候选人", "Candidates"),
            say(
                "推荐不超过三名并排序" if construction else "按评审得分由高到低排序推荐",
                "at most three, ranked" if construction else "ranked by score",
            ),
        ),
        (
            say("投标文件组成", "Parts of the bid"),
            say(
                "身份、资格、技术、报价四个分区，分别加密",
                "identity, qualification, technical and price, each sealed on its own",
            ),
        ),
        (
            say("解密方式", "Opening of the seal"),
            say("开标时由保管人按约定人数释放密钥份额", "custodians release their key shares at the opening"),
        ),
        (say("投标文件格式", "Format"), say("PDF，含目录书签，扫描件清晰可辨", "PDF with an outline; scans legible")),
    ]
    press.table((say("条款", "Clause"), say("内容", "Particulars")), rows, (30, 70))
    press.text(
        say(
            "投标人应在投标截止前补充、修改或者撤回投标文件；截止后不得撤销。招标文件的澄清和修改以投标截止前最后发布的为准。",
            "Bids may be supplemented, changed or withdrawn before the closing time and not afterwards. The last clarification or amendment before the closing time governs.",
        )
    )


def _quantities(writer: Writer) -> None:
    """Chapter 4 as first published: the amendment corrects one line."""
    tender, say, press = writer.tender, writer.say, writer.press
    press.chapter(
        say(
            "第四章 工程量清单（汇总）" if tender.kind == "construction" else "第四章 货物需求一览表",
            "Chapter 4. Quantities",
        )
    )
    published = stock(tender.kind)["published"]
    rows = []
    for number, item in enumerate(tender.bill, 1):
        before = published.get(str(number), {})
        unit = pair(before["unit"]) if "unit" in before else item.unit
        quantity = int(before.get("quantity", item.quantity))
        rows.append((str(number), writer.text(item.title), writer.text(unit), f"{quantity:,}"))
    head = (say("序号", "No."), say("名称", "Description"), say("单位", "Unit"), say("数量", "Qty"))
    press.table(head, rows, (10, 56, 14, 20), (CELL_CENTRE, CELL, CELL_CENTRE, CELL_CENTRE))


def _amendment(tender: DemoTender) -> TenderFile:
    construction = tender.kind == "construction"
    writer = Writer(tender, Text("答疑与补遗（第1号）" if construction else "更正公告（第1号）", "Amendment no. 1"))
    press, say = writer.press, writer.say
    press.chapter(writer.text(writer.title))
    press.text(say("各投标人：", "To all bidders:"), PLAIN)
    press.text(
        say(
            f"现对{tender.title.zh}（项目编号：{tender.project_code}）招标文件作如下澄清和修改，请据此编制投标文件。",
            f"The tender document for {tender.title.en} (project code {tender.project_code}) is clarified and amended as follows.",
        )
    )
    rows = [
        (str(number), writer.text(one.change), writer.text(one.reason) or "—")
        for number, one in enumerate(tender.amendments, 1)
    ]
    press.table(
        (say("序号", "No."), say("内容", "Change"), say("说明", "Reason")), rows, (9, 61, 30), (CELL_CENTRE, CELL, CELL)
    )
    writer.signed()
    return writer.file("amendment", "amendment-1.pdf")


def _background(tender: DemoTender) -> TenderFile:
    writer = Writer(tender, Text("采购人背景说明", "The purchaser's background note"))
    press = writer.press
    press.chapter(writer.text(writer.title))
    for line in tender.background:
        press.text(writer.text(line))
    press.space(14)
    press.text(writer.text(tender.purchaser), SIGNED)
    press.text(day(tender.notice_date, writer.language), SIGNED)
    return writer.file("background", "background-note.pdf")
