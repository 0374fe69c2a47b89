"""The price document: schedule of the bid (开标一览表), priced items and how the price is made up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from evalclient.demo.documents.flow import CELL, CELL_CENTRE, CELL_RIGHT, TextStyle
from evalclient.demo.documents.model import BidDocument
from evalclient.demo.documents.parts import Bid
from evalclient.demo.documents.press import Press
from evalclient.demo.documents.prices import PriceSheet, price_sheet
from evalclient.demo.documents.wording import in_words, money

_SHARES = (("人工费", "Labour", 21), ("材料设备费", "Materials and equipment", 58), ("机械费", "Plant", 7))
_SMALL = TextStyle(size=9.0, leading=13.5, align="left", after=0.0)


def price_list(bid: Bid) -> BidDocument:
    """The document of the price compartment; its items add up exactly to the bid price."""
    say = bid.say
    title = (
        say("投标报价表", "Price document")
        if bid.construction
        else say("开标一览表与分项报价表", "Price schedule and itemised prices")
    )
    sheet = price_sheet(bid.tender, bid.bidder)
    press = bid.press(title)
    _schedule(bid, press)
    _items(bid, press, sheet)
    _make_up(bid, press)
    return bid.print(press, "price", "price-list.pdf", title)


def _schedule(bid: Bid, press: Press) -> None:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    name = say("一、投标报价汇总", "1. Bid price") if bid.construction else say("一、开标一览表", "1. Price schedule")
    bid.chapter(press, name, "price")
    days = say("日历天", "calendar days")
    rows = [
        (say("项目名称", "Project"), bid.text(tender.title)),
        (say("投标人", "Bidder"), bid.text(bidder.name)),
        (say("投标总报价（小写，元）", "Bid price (CNY)"), money(bidder.price)),
        (say("投标总报价（大写）", "Bid price in words"), in_words(bidder.price, bid.language)),
        (say("最高投标限价（元）", "Ceiling price (CNY)"), money(tender.ceiling_price)),
        (
            say(
                "工期" if bid.construction else "交货期",
                "Time for completion" if bid.construction else "Time of delivery",
            ),
            f"{bidder.duration_days} {days}",
        ),
    ]
    if not bid.construction:
        core = next(line for line in price_sheet(tender, bidder).lines if "核心产品" in line.title.zh)
        rows.append((say("核心产品品牌型号", "Brand and model of the core product"), bid.text(core.brand)))
    press.table((say("项目", "Item"), say("内容", "Particulars")), rows, (34, 66), strong=(2, 3))
    press.text(
        say(
            "本报价为唯一报价，包含完成全部招标内容所需的一切费用、利润、风险和税金，无选择性报价，无附加条件。",
            "This is our only price. It contains all costs, profit, risk and tax for the whole scope, without alternatives or conditions.",
        )
    )


def _items(bid: Bid, press: Press, sheet: PriceSheet) -> None:
    say = bid.say
    press.chapter(
        say("二、分部分项工程报价表", "2. Priced bill of quantities")
        if bid.construction
        else say("二、分项报价表", "2. Itemised prices")
    )
    last = say("备注", "Remarks") if bid.construction else say("品牌型号", "Brand, model")
    head = (
        say("序号", "No."), say("名称", "Description"), last, say("单位", "Unit"), say("数量", "Qty"),
        say("单价（元）", "Unit price (CNY)"), say("合价（元）", "Amount (CNY)"),
    )  # fmt: skip
    rows = [
        (
            str(line.number),
            bid.text(line.title),
            say("综合单价", "all-in rate") if bid.construction else bid.text(line.brand),
            bid.text(line.unit),
            f"{line.quantity:,}",
            money(line.unit_price),
            money(line.amount),
        )
        for line in sheet.lines
    ]
    blank = ("", "", "", "", "")
    strong = [len(rows)]
    subtotal = sum((line.amount for line in sheet.lines), Decimal(0))
    if sheet.further:
        rows.append(("", say("分部分项及措施小计", "Subtotal of items"), *blank[:4], money(subtotal)))
        for number, (title, amount) in enumerate(sheet.further, len(sheet.lines) + 1):
            rows.append((str(number), bid.text(title), *blank[:4], money(amount)))
        strong.append(len(rows))
    rows.append(("", say("合计（投标总报价）", "Total (bid price)"), *blank[:4], money(sheet.total)))
    small_right = TextStyle(size=9.0, leading=13.5, align="right", after=0.0)
    styles = (CELL_CENTRE, _SMALL, _SMALL, CELL_CENTRE, small_right, small_right, small_right)
    press.table(head, rows, (9, 30, 14, 9, 12, 17, 19), styles, strong=strong)


def _make_up(bid: Bid, press: Press) -> None:
    tender, bidder, say = bid.tender, bid.bidder, bid.say
    press.chapter(say("三、报价构成说明", "3. How the price is made up"))
    total = Decimal(bidder.price)
    rng = bid.rng("make-up")
    rows, spent = [], Decimal(0)
    for zh, en, share in _SHARES:
        amount = (total * (share * 10 + rng.randint(-12, 12)) / 1000).quantize(Decimal("0.01"), ROUND_HALF_UP)
        spent += amount
        rows.append((say(zh, en), money(amount)))
    overhead = (total * Decimal("0.045")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    rows.append((say("管理费", "Overhead"), money(overhead)))
    rows.append((say("利润、税金及其他", "Profit, tax and other"), money(total - spent - overhead)))
    rows.append((say("合计", "Total"), money(total)))
    press.table(
        (say("费用", "Cost"), say("金额（元）", "Amount (CNY)")), rows, (60, 40), (CELL, CELL_RIGHT), strong=(5,)
    )
    below = (1 - total / Decimal(tender.ceiling_price)) * 100
    press.text(
        say(
            f"本报价较最高投标限价低{below:.2f}%。材料设备价格依据供应商书面报价和我方近期同类合同测算，人工和机械按项目所在地市场水平计算。",
            f"Our price is {below:.2f} % below the ceiling. Prices of materials and equipment rest on written quotations and on our recent contracts; labour and plant follow the local market.",
        )
    )
    for zh, en in _grounds(below):
        press.text(say(zh, en))


def _grounds(below: Decimal) -> list[tuple[str, str]]:
    common = [
        (
            "主要材料设备实行集中采购，已与供应商锁定价格，锁定期覆盖合同履行期。",
            "Main materials and equipment are bought centrally at prices locked for the duration of the contract.",
        ),
        (
            "风险费用已计入单价，除合同约定的调整情形外不要求调整价款。",
            "Risk is contained in the rates; we ask for no adjustment beyond those the contract provides for.",
        ),
    ]
    if below < 20:
        return common
    return [
        *common,
        (
            "我方在项目所在地附近有完工项目的周转材料和设备，可直接调入，减少摊销和运输费用；相关台账和供应商报价可随时提交评标委员会核查。",
            "Reusable material and equipment of a finished project nearby can be moved in directly, which saves depreciation and transport; the accounts and quotations are available to the committee.",
        ),
        (
            "本报价不低于我方成本，按企业定额测算的成本明细备查；如评标委员会要求，我方将在规定时间内提交书面说明和证明材料。",
            "The price is not below our cost; a breakdown by our own norms is kept ready, and on request we supply a written explanation with evidence in the time set.",
        ),
    ]
