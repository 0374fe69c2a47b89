"""The demo tender's method document: a shipped preset with the tender's own items and parameters."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from evalclient.assets import asset
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.document import dump_method
from evalclient.core.method.document.items import FixedValue, PreliminaryItem, ScoredItem, Section
from evalclient.core.records.fields import Bilingual
from evalclient.demo.documents import model
from evalclient.demo.documents.tender_texts import cost_line

_GROUPS = {
    "form": Bilingual("形式评审", "Form"),
    "qualification": Bilingual("资格评审", "Qualification"),
    "responsiveness": Bilingual("响应性评审", "Responsiveness"),
    "compliance": Bilingual("符合性审查", "Compliance"),
}
_ARTICLES = {
    "form": "招标投标法实施条例 第五十一条",
    "qualification": "招标投标法实施条例 第五十一条",
    "responsiveness": "12号令 第二十五条",
    "compliance": "87号令 第五十条",
}
_PARTS = {
    "technical": Bilingual("技术部分", "Technical"),
    "commercial": Bilingual("商务部分", "Commercial"),
    "other": Bilingual("其他", "Other"),
}


def method_document(tender: model.DemoTender) -> bytes:
    """The method document of ``tender`` as bytes."""
    marks = dict(tender.full_marks)
    rule = dict(tender.price_rule)
    preset = load_preset(asset(f"methods/{tender.kind}-comprehensive.json").read_bytes())
    method = compose(
        preset,
        id=tender.project_code.lower().replace("-", "_"),
        title=bilingual(tender.method_name),
        preliminary=[_preliminary(item) for item in tender.preliminary],
        sections=[
            Section(
                id=part,
                title=_PARTS[part],
                weight=marks[part],
                items=tuple(_scored(item) for item in tender.scored if item.part == part),
            )
            for part in ("technical", "commercial", "other")
            if part in marks
        ],
        price_maximum=marks["price"],
        ceiling_price=tender.ceiling_price,
        cost_warning=_cost_line(tender),
        parameters=_parameters(rule),
    )
    return dump_method(method)


def bilingual(text: model.Text) -> Bilingual:
    """The text as documents carry it."""
    return Bilingual(text.zh, text.en)


def _parameters(rule: dict[str, str]) -> dict[str, str]:
    """The preset's parameters as the tender states them; low-price-first has none."""
    if "factor" not in rule:
        return {}
    return {
        "benchmark.percent": _plain((1 - Decimal(rule["factor"])) * 100),
        "deducted.above": rule["deduct_above"],
        "deducted.below": rule["deduct_below"],
    }


def _preliminary(item: model.PreliminaryItem) -> PreliminaryItem:
    return PreliminaryItem(
        id=item.id,
        group=_GROUPS[item.group],
        title=bilingual(item.title),
        description=bilingual(item.requirement),
        article=_ARTICLES[item.group],
    )


def _scored(item: model.ScoredItem) -> ScoredItem:
    values = tuple(FixedValue(value=fixed.value, condition=bilingual(fixed.condition)) for fixed in item.fixed)
    return ScoredItem(
        id=item.id,
        title=bilingual(item.title),
        description=bilingual(item.description),
        kind="fixed" if item.objective else "range",
        objective=item.objective,
        maximum=item.max_score,
        step=item.step or "0.5",
        values=values,
        reason_below=None if item.objective else "0.6",
    )


def _cost_line(tender: model.DemoTender) -> str | None:
    line = cost_line(tender)
    return None if line is None else _plain(line.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
