"""Whether a method document makes sense: what a schema cannot say. Every problem names its path."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evalclient.core.method.exact import exact, shown
from evalclient.core.method.formula_soundness import names_of, step_problems, trim_problems
from evalclient.core.method.parts import Method, ScoredItem, Section
from evalclient.core.method.problem import Problem, repeated
from evalclient.core.method.steps import is_literal


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
    if not method.sections and method.price is None:
        yield Problem("$.sections", "既无评分项也无报价评审", "there is nothing to score: no section and no price part")


def _item_ids(method: Method) -> Iterator[tuple[str, str]]:
    for i, item in enumerate(method.preliminary):
        yield f"$.preliminary[{i}].id", item.id
    for i, section in enumerate(method.sections):
        for j, scored in enumerate(section.items):
            yield f"$.sections[{i}].items[{j}].id", scored.id


def _section_problems(method: Method, section: Section, path: str) -> Iterator[Problem]:
    maxima = sum((exact(item.maximum) for item in section.items), Fraction())
    if section.scaling == "none" and maxima != exact(section.weight):
        yield Problem(
            f"{path}.weight",
            f"各项满分之和为 {shown(maxima)}，与权重 {section.weight} 不等",
            f"the items' maxima add up to {shown(maxima)}, not to the weight {section.weight}",
        )
    if maxima == 0:
        yield Problem(f"{path}.items", "各项满分之和为零", "the items' maxima add up to zero")
    if section.scaling == "relative" and method.aggregation.level == "total":
        yield Problem(
            f"{path}.scaling",
            "按成员总分汇总时不能采用相对得分",
            "relative scaling needs aggregation by item or by section",
        )
    for j, item in enumerate(section.items):
        yield from _item_problems(item, f"{path}.items[{j}]")


def _item_problems(item: ScoredItem, path: str) -> Iterator[Problem]:
    low, high, step = exact(item.minimum), exact(item.maximum), exact(item.step)
    if low > high:
        yield Problem(f"{path}.minimum", "下限大于满分", "the minimum is above the maximum")
    if item.reason_below is not None and exact(item.reason_below) > 1:
        yield Problem(f"{path}.reason_below", "应为 0 到 1 之间的比例", "must be a share from 0 to 1")
    if item.kind == "fixed":
        yield from _value_problems(item, path)
    elif item.values:
        yield Problem(f"{path}.values", "酌情打分项不能列固定分值", "an item with a range has no fixed values")
    elif step <= 0:
        yield Problem(f"{path}.step", "打分步长应大于零", "the step must be above zero")
    elif (high - low) % step != 0:
        yield Problem(f"{path}.step", "满分不在步长上", "the maximum does not lie on a step")


def _value_problems(item: ScoredItem, path: str) -> Iterator[Problem]:
    low, high = exact(item.minimum), exact(item.maximum)
    values = [exact(fixed.value) for fixed in item.values]
    yield from repeated((f"{path}.values[{k}].value", shown(value)) for k, value in enumerate(values))
    for k, value in enumerate(values):
        if not low <= value <= high:
            yield Problem(
                f"{path}.values[{k}].value", "固定分值超出评分范围", "the value lies outside minimum and maximum"
            )
    if not values or max(values) != high:
        yield Problem(f"{path}.values", "固定分值的最大值应等于满分", "the greatest fixed value must be the maximum")


def _sum_problems(method: Method) -> Iterator[Problem]:
    if method.ranking.keys[0].of != "total":
        return
    weights = sum((exact(section.weight) for section in method.sections), Fraction())
    total = weights + (exact(method.price.maximum) if method.price else 0)
    if total != 100:
        yield Problem(
            "$.sections",
            f"各部分权重与报价分之和为 {shown(total)}，应为 100",
            f"the weights and the price's maximum add up to {shown(total)}, not to 100",
        )
    if method.price is not None and method.price.score is None and exact(method.price.maximum) != 0:
        yield Problem("$.price.score", "未指定报价得分的步骤", "no step is named as the price score")
    if method.trade == "procurement" and method.price is not None and exact(method.price.maximum) < 10:
        yield Problem(
            "$.price.maximum",
            "价格分权重不得低于 10%（87号令第五十五条）",
            "the price weighs at least 10 % (order 87, article 55)",
        )


def _ranking_problems(method: Method) -> Iterator[Problem]:
    known = {"total", "technical", "price", *(section.id for section in method.sections)}
    if method.price is not None:
        known |= {"price_score"} if method.price.score else set()
        known |= {name for name, kind in names_of(method).items() if kind == "bidders"}
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
