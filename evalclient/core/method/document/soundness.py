"""Whether a method document makes sense: what a schema cannot say. Every problem names its path."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evalclient.core.method.document.formula_soundness import names_of, step_problems, total_names, trim_problems
from evalclient.core.method.document.item_soundness import item_problems
from evalclient.core.method.document.items import Section, full_marks
from evalclient.core.method.document.parts import Method
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.formula.steps import is_literal
from evalclient.core.method.problem import Problem, repeated


def problems(method: Method) -> tuple[Problem, ...]:
    """Everything that is wrong with a document that follows the schema; empty if it is sound."""
    return tuple(_problems(method))


def _problems(method: Method) -> Iterator[Problem]:
    yield from repeated(_item_ids(method))
    yield from repeated((f"$.sections[{i}].id", section.id) for i, section in enumerate(method.sections))
    for i, section in enumerate(method.sections):
        yield from _section_problems(method, section, f"$.sections[{i}]")
    yield from trim_problems(method.aggregation.bands, "$.aggregation.bands")
    yield from step_problems(method)
    yield from _sum_problems(method)
    yield from _ranking_problems(method)
    yield from _threshold_problems(method)
    yield from _quantity_problems(method)
    yield from _lot_problems(method)
    if not method.sections and method.price is None:
        yield Problem("$.sections", "既无评分项也无报价评审", "there is nothing to score: no section and no price part")


def _item_ids(method: Method) -> Iterator[tuple[str, str]]:
    for i, item in enumerate(method.preliminary):
        yield f"$.preliminary[{i}].id", item.id
    for i, section in enumerate(method.sections):
        for j, scored in enumerate(section.items):
            yield f"$.sections[{i}].items[{j}].id", scored.id


def _section_problems(method: Method, section: Section, path: str) -> Iterator[Problem]:
    maxima = full_marks(section)
    if section.scaling == "none" and maxima != exact(section.weight):
        yield Problem(
            f"{path}.weight",
            f"各项满分之和为 {shown(maxima)}，与权重 {section.weight} 不等",
            f"the items' maxima add up to {shown(maxima)}, not to the weight {section.weight}",
        )
    if maxima == 0 and section.scaling != "none":
        yield Problem(f"{path}.items", "各项满分之和为零", "the items' maxima add up to zero")
    if method.aggregation.level == "total" and (section.scaling == "relative" or section.rule is not None):
        yield Problem(
            f"{path}.{'rule' if section.rule is not None else 'scaling'}",
            "按成员总分汇总时各部分不能另行汇总，也不能采用相对得分",
            "aggregation by item or by section is needed for relative scaling and for a rule of a section's own",
        )
    if section.rule is not None:
        yield from trim_problems(section.rule.bands, f"{path}.rule.bands")
    for j, item in enumerate(section.items):
        yield from item_problems(item, f"{path}.items[{j}]")


def _sum_problems(method: Method) -> Iterator[Problem]:
    if method.ranking.keys[0].of != "total" or method.total.score is not None:
        return
    weights = sum((exact(section.weight) for section in method.sections), Fraction())
    total = weights + (exact(method.price.maximum) if method.price else 0)
    full = method.total.full
    if total != exact(full):
        yield Problem(
            "$.sections",
            f"各部分权重与报价分之和为 {shown(total)}，应为 {full}",
            f"the weights and the price's maximum add up to {shown(total)}, not to {full}",
        )
    if method.price is not None and method.price.score is None and exact(method.price.maximum) != 0:
        yield Problem("$.price.score", "未指定报价得分的步骤", "no step is named as the price score")
    if method.trade == "procurement" and method.price is not None and exact(method.price.maximum) * 10 < exact(full):
        yield Problem(
            "$.price.maximum",
            "价格分权重不得低于 10%（87号令 第五十五条）",
            "the price weighs at least 10 % (order 87, article 55)",
        )


def _ranking_problems(method: Method) -> Iterator[Problem]:
    known = {"total"} | {name for name, kind in total_names(method).items() if kind == "bidders"}
    for i, key in enumerate(method.ranking.keys):
        if key.of not in known:
            yield Problem(
                f"$.ranking.keys[{i}].of",
                f"“{key.of}”不是可用于排序的数",
                f"{key.of!r} is nothing that bidders can be ranked by",
            )
    if method.trade == "construction" and method.ranking.candidates > 3:
        yield Problem(
            "$.ranking.candidates",
            "中标候选人不超过三个（招标投标法实施条例第五十三条）",
            "at most three candidates (implementing regulation, article 53)",
        )


def _quantity_problems(method: Method) -> Iterator[Problem]:
    for i, quantity in enumerate(method.quantities):
        path = f"$.quantities[{i}]"
        yield from repeated((f"{path}.choices[{k}].id", choice.id) for k, choice in enumerate(quantity.choices))
        if (quantity.default is not None) != (quantity.missing == "default"):
            yield Problem(
                f"{path}.default",
                "“default”与“missing”应同时规定缺省值",
                "a default is stated where, and only where, missing says default",
            )
    for i, draw in enumerate(method.draws):
        if (draw.kind == "number") != bool(draw.values):
            yield Problem(
                f"$.draws[{i}].values",
                "抽取数值的须列出取值，抽签排序的不列",
                "a number is drawn from values, an order has none",
            )
        yield from repeated((f"$.draws[{i}].values[{k}]", shown(exact(v))) for k, v in enumerate(draw.values))


def _lot_problems(method: Method) -> Iterator[Problem]:
    rule = method.aggregation
    if rule.lot is None:
        return
    if rule.lot not in {draw.id for draw in method.draws if draw.kind == "members"}:
        yield Problem("$.aggregation.lot", "应为抽取评委次序的编号", "must name a draw of an order of the committee")
    if rule.void_widest_from is None:
        yield Problem("$.aggregation.lot", "不剔除评委时无须抽签", "no member is left out, so there is no lot")


def _threshold_problems(method: Method) -> Iterator[Problem]:
    limits = method.thresholds
    if limits.ceiling_price is not None and exact(limits.ceiling_price) <= 0:
        yield Problem("$.thresholds.ceiling_price", "最高投标限价应大于零", "the ceiling price must be above zero")
    weights = sum((exact(section.weight) for section in method.sections), Fraction())
    if limits.minimum_technical is not None and exact(limits.minimum_technical) > weights:
        yield Problem("$.thresholds.minimum_technical", "高于各部分权重之和", "above the sum of the sections' weights")
    warning = limits.cost_warning
    if warning is not None and not is_literal(warning) and names_of(method).get(warning) != "number":
        yield Problem(
            "$.thresholds.cost_warning", "应为数字或得出一个数的步骤", "must be a number or a step that yields one"
        )
