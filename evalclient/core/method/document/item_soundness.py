"""Whether a scored item of a method document makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.problem import Problem, repeated

#: so many options at most: every sum of them may be typed, and they are listed
MOST_OPTIONS = 12
#: so many steps from the least to the greatest score: finer than anybody can tell apart
MOST_STEPS = 100_000


def item_problems(item: ScoredItem, path: str) -> Iterator[Problem]:
    """Everything that is wrong with ``item``, which stands at ``path``."""
    low, high = exact(item.minimum), exact(item.maximum)
    if low > high:
        yield Problem(f"{path}.minimum", "下限大于满分", "the minimum is above the maximum")
    if item.reason_below is not None and exact(item.reason_below) > 1:
        yield Problem(f"{path}.reason_below", "应为 0 到 1 之间的比例", "must be a share from 0 to 1")
    if item.kind in ("fixed", "options"):
        yield from _value_problems(item, path)
    elif item.values:
        yield Problem(f"{path}.values", "只有固定分值项和多选项才列分值", "only fixed values and options are listed")
    if item.kind in ("range", "deduction"):
        yield from _step_problems(item, path, low, high)
    if item.kind == "computed" and not item.objective:
        yield Problem(f"{path}.objective", "计算项属于客观项", "a computed item is objective")


def _step_problems(item: ScoredItem, path: str, low: Fraction, high: Fraction) -> Iterator[Problem]:
    step = exact(item.step)
    if step <= 0:
        yield Problem(f"{path}.step", "打分步长应大于零", "the step must be above zero")
    elif (high - low) % step != 0:
        yield Problem(f"{path}.step", "满分不在步长上", "the maximum does not lie on a step")
    elif (high - low) / step > MOST_STEPS:
        yield Problem(
            f"{path}.step",
            f"打分步长过小，从下限到满分不超过 {MOST_STEPS} 步",
            f"the step is too small: at most {MOST_STEPS} steps from minimum to maximum",
        )


def _value_problems(item: ScoredItem, path: str) -> Iterator[Problem]:
    low, high = exact(item.minimum), exact(item.maximum)
    values = [exact(fixed.value) for fixed in item.values]
    if item.kind == "options":
        yield from _option_problems(item, path, low + sum(values, Fraction()))
        return
    yield from repeated((f"{path}.values[{k}].value", shown(value)) for k, value in enumerate(values))
    for k, value in enumerate(values):
        if not low <= value <= high:
            yield Problem(
                f"{path}.values[{k}].value", "固定分值超出评分范围", "the value lies outside minimum and maximum"
            )
    if not values or max(values) != high:
        yield Problem(f"{path}.values", "固定分值的最大值应等于满分", "the greatest fixed value must be the maximum")


def _option_problems(item: ScoredItem, path: str, most: Fraction) -> Iterator[Problem]:
    if len(item.values) > MOST_OPTIONS:
        yield Problem(f"{path}.values", f"多选项不超过 {MOST_OPTIONS} 个", f"at most {MOST_OPTIONS} options")
    if most < exact(item.maximum):
        yield Problem(f"{path}.values", "各选项之和达不到满分", "all options together do not reach the maximum")
