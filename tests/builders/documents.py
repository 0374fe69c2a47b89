"""The documents of a small tender for tests: method, rules and tender text, as the exact bytes that record 0 pins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from evalclient.core.evaluation.fold import Documents
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.document import dump_method
from evalclient.core.method.document.items import FixedValue, PreliminaryItem, ScoredItem, Section
from evalclient.core.method.document.parts import Draw, Method, RankKey
from evalclient.core.records.act import Trade
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.tender import Committee, Paper, Tender, dump_tender

RESOURCES = Path(__file__).parents[2] / "resources"
DEADLINE = "2026-11-24T01:30:00.000Z"


def _item(name: str, group: Bilingual, zh: str, en: str, article: str) -> PreliminaryItem:
    return PreliminaryItem(
        id=name, group=group, title=Bilingual(zh, en), description=Bilingual(zh, en), article=article
    )


_FORM = Bilingual("形式评审", "Form")
_QUALIFICATION = Bilingual("资格评审", "Qualification")
_RESPONSE = Bilingual("响应性评审", "Responsiveness")
_PRELIMINARY: dict[Trade, tuple[PreliminaryItem, ...]] = {
    "construction": (
        _item("seal", _FORM, "投标函签字盖章", "Bid letter signed and sealed", "招标投标法实施条例 第五十一条"),
        _item("licence", _QUALIFICATION, "资质等级", "Licence and grade", "招标投标法实施条例 第五十一条"),
        _item("period", _RESPONSE, "工期", "Construction period", "12号令 第二十五条"),
        _item("bond", _RESPONSE, "投标保证金", "Bid bond", "12号令 第二十五条"),
    ),
    "procurement": (
        _item("seal", _FORM, "投标文件签署盖章", "Bid signed and sealed", "87号令 第六十三条"),
        _item("delivery", _RESPONSE, "交货期", "Delivery time", "87号令 第六十三条"),
        _item("star", _RESPONSE, "实质性参数", "Mandatory parameters", "87号令 第六十三条"),
    ),
}


def _range(name: str, zh: str, en: str, maximum: str) -> ScoredItem:
    return ScoredItem(
        id=name,
        title=Bilingual(zh, en),
        description=Bilingual(f"{zh}，酌情打分", f"{en}, by judgement"),
        kind="range",
        objective=False,
        maximum=maximum,
        step="0.5",
    )


def _fixed(name: str, zh: str, en: str, values: Sequence[str]) -> ScoredItem:
    return ScoredItem(
        id=name,
        title=Bilingual(zh, en),
        description=Bilingual(f"{zh}，按证明材料计分", f"{en}, by the papers shown"),
        kind="fixed",
        objective=True,
        maximum=values[-1],
        values=tuple(FixedValue(value=value, condition=Bilingual(f"得{value}分", value)) for value in values),
    )


def _sections(trade: Trade) -> tuple[Section, ...]:
    technical = (
        _range("plan", "施工组织设计" if trade == "construction" else "技术方案", "Technical plan", "20"),
        _range("quality", "质量保证措施", "Quality assurance", "15"),
        _range("service", "项目班子" if trade == "construction" else "售后服务", "Team and service", "15"),
    )
    commercial = (
        _fixed("record", "类似业绩", "Similar work done", ("0", "5", "10")),
        _fixed("standing", "信用等级", "Standing", ("0", "4", "10")),
    )
    return (
        Section(id="technical", title=Bilingual("技术部分", "Technical"), weight="50", items=technical),
        Section(id="commercial", title=Bilingual("商务部分", "Commercial"), weight="20", items=commercial),
    )


@lru_cache
def method_of(trade: Trade) -> Method:
    """A sound method: three subjective and two objective items for 70 points, the price for 30."""
    preset = load_preset((RESOURCES / "methods" / f"{trade}-comprehensive.json").read_bytes())
    return compose(
        preset,
        id="M1",
        preliminary=_PRELIMINARY[trade],
        sections=_sections(trade),
        price_maximum="30",
    )


@lru_cache
def drawing_method() -> Method:
    """The same items, the discount drawn before the price, a number before the review, and an order at opening.

    The order breaks ties of the ranking.
    """
    drawn = load_preset((RESOURCES / "methods" / "construction-drawn-discount.json").read_bytes())
    method = compose(
        drawn, id="M2", preliminary=_PRELIMINARY["construction"], sections=_sections("construction"), price_maximum="30"
    )
    room = Draw(id="room", title=Bilingual("讨论室", "Room"), values=("1", "2", "3"), when="before_review")
    lot = Draw(id="lot", title=Bilingual("投标人次序", "Lot"), kind="order", when="opening")
    ranking = msgspec.structs.replace(method.ranking, keys=(*method.ranking.keys, RankKey(of="lot", best="lowest")))
    return msgspec.structs.replace(method, draws=(*method.draws, room, lot), ranking=ranking)


def rules_of(trade: Trade) -> bytes:
    """The rule pack that the product ships for ``trade``."""
    return (RESOURCES / "rules" / f"cn-{trade}.json").read_bytes()


def _paper(kind: str, zh: str, en: str) -> Paper:
    return Paper(
        kind=kind,  # type: ignore[arg-type]
        title=Bilingual(zh, en),
        media_type="text/plain",
        digest=digest(f"{kind} {en}".encode()),
    )


def tender_of(trade: Trade, *, size: int = 5, representatives: int = 0) -> Tender:
    """The tender text: one lot, four papers."""
    building = trade == "construction"
    return Tender(
        version=1,
        code="YN-2026-0042",
        trade_id="E5300000000000042",
        trade=trade,
        title=Bilingual("云岭县中医院门诊楼", "Outpatient building")
        if building
        else Bilingual("医疗设备", "Equipment"),
        lot=Bilingual("第一标段", "Lot 1"),
        purchaser=Bilingual("云岭县中医院", "Yunling County Hospital"),
        agency=Bilingual("云南诚信招标代理有限公司", "Chengxin Agency"),
        place=Bilingual("云南省公共资源交易中心", "Yunnan Trading Centre"),
        budget="9990000",
        deadline=DEADLINE,
        committee=Committee(size, representatives),
        compartments=("identity", "technical", "price")
        if building
        else ("identity", "qualification", "technical", "price"),
        papers=(
            _paper("tender", "招标文件", "Tender document"),
            _paper("amendment", "补充文件", "Amendment"),
            _paper("background", "项目背景说明", "Background note"),
            _paper("pledge", "评标专家承诺书", "Pledge"),
        ),
    )


def documents_of(
    trade: Trade,
    *,
    tender: Tender | None = None,
    method: Method | None = None,
    rules: bytes | None = None,
) -> Documents:
    """All three documents as bytes; give one to replace it."""
    return Documents(
        dump_tender(tender or tender_of(trade)),
        dump_method(method or method_of(trade)),
        rules or rules_of(trade),
    )
