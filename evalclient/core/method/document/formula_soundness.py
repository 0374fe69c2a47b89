"""Whether the steps of a price formula fit together: names, order, kinds of value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evalclient.core.method.document.parts import Method
from evalclient.core.method.exact import exact
from evalclient.core.method.formula.arithmetic import AnyStep, Bands
from evalclient.core.method.formula.steps import BIDDERS, NUMBERS, Kind, Step, Trim, TrimBand, is_literal
from evalclient.core.method.problem import Problem, repeated

#: names that every formula may read
GIVEN: dict[str, Kind] = {
    "opened": "population",
    "preliminary": "population",
    "valid": "population",
    "population": "population",
    "stated": "bidders",
    "price": "bidders",
    "technical": "bidders",
    "full": "number",
}
#: names of the ranking and the summary: a step must not be mistaken for one
RESERVED = ("total", "price_score")
_KIND_ZH = {"population": "一组投标人", "number": "一个数", "bidders": "每个投标人一个数"}
_KIND_EN = {"population": "a population", "number": "a number", "bidders": "one number per bidder"}


def names_read(steps: Iterable[Step]) -> frozenset[str]:
    """Every name that ``steps`` read."""
    return frozenset(operand for step in steps for _, operand, _ in step.reads())


def names_of(method: Method) -> dict[str, Kind]:
    """Every name that limits and ranking of the method may use, with the kind of its value."""
    names = inputs_of(method)
    for step in method.price.steps if method.price is not None else ():
        names[step.id] = kind_of(step, names)
    return names


def total_names(method: Method) -> dict[str, Kind]:
    """Every name that the ranking may use: also the sections, and what the steps to the total yield."""
    names = names_of(method)
    names.update({section.id: "bidders" for section in method.sections})
    names["price_score"] = "bidders"
    for step in method.total.steps:
        names[step.id] = kind_of(step, names)
    return names


def inputs_of(method: Method) -> dict[str, Kind]:
    """What every formula of the method may read."""
    names = dict(GIVEN)
    if method.price is None:
        del names["population"], names["full"]
    if method.thresholds.ceiling_price is not None:
        names["ceiling"] = "number"
    names.update({quantity.id: "bidders" for quantity in method.quantities})
    kinds: dict[str, Kind] = {"number": "number", "order": "bidders"}
    names.update({draw.id: kinds[draw.kind] for draw in method.draws if draw.kind in kinds})
    return names


def kind_of(step: Step, names: dict[str, Kind]) -> Kind:
    """The kind of value a step yields; unknown operands count as numbers, they are a problem of their own."""
    if step.yields is not None:
        return step.yields
    return "bidders" if any(names.get(operand) == "bidders" for _, operand, _ in step.reads()) else "number"


def step_problems(method: Method) -> Iterator[Problem]:
    """What is wrong with the formulas of a method: the computed items', the price's, the total's, the limits."""
    yield from _own_names(method)
    yield from _computed_problems(method)
    names = inputs_of(method)
    price = method.price
    if price is not None:
        yield from _in_order(price.steps, names, "$.price.steps")
        if price.score is not None:
            yield from _fits(names, "$.price.score", price.score, BIDDERS)
        if price.evaluated is not None:
            yield from _fits(names, "$.price.evaluated", price.evaluated, BIDDERS)
    for i, limit in enumerate(method.limits):
        yield from _fits(names, f"$.limits[{i}].of", limit.of, BIDDERS)
        yield from _fits(names, f"$.limits[{i}].than", limit.than, NUMBERS)
    names.update({section.id: "bidders" for section in method.sections}, price_score="bidders")
    yield from _in_order(method.total.steps, names, "$.total.steps")
    if method.total.score is not None:
        yield from _fits(names, "$.total.score", method.total.score, BIDDERS)


def _own_names(method: Method) -> Iterator[Problem]:
    """Ids that stand for two things."""
    taken = [("", name) for name in (*GIVEN, "ceiling", *RESERVED, *(section.id for section in method.sections))]
    own = [(f"$.quantities[{i}].id", quantity.id) for i, quantity in enumerate(method.quantities)]
    own += [(f"$.draws[{i}].id", draw.id) for i, draw in enumerate(method.draws)]
    steps = [(f"$.price.steps[{i}]", step) for i, step in enumerate(method.price.steps if method.price else ())]
    steps += [(f"$.total.steps[{i}]", step) for i, step in enumerate(method.total.steps)]
    own += [(f"{path}.id", step.id) for path, step in steps]
    yield from (problem for problem in repeated(taken + own) if problem.path)


def _computed_problems(method: Method) -> Iterator[Problem]:
    for i, section in enumerate(method.sections):
        for j, item in enumerate(section.items):
            path = f"$.sections[{i}].items[{j}]"
            if item.kind != "computed":
                if item.steps or item.score is not None:
                    yield Problem(f"{path}.steps", "只有计算项才有计算步骤", "only a computed item has steps")
                continue
            names = {**inputs_of(method), "full": "number"}
            del names["technical"]
            yield from repeated(
                [("", name) for name in names] + [(f"{path}.steps[{k}].id", s.id) for k, s in enumerate(item.steps)]
            )
            yield from _in_order(item.steps, names, f"{path}.steps")
            if item.score is None:
                yield Problem(f"{path}.score", "未指定得分的步骤", "no step is named as the score")
            else:
                yield from _fits(names, f"{path}.score", item.score, BIDDERS)


def _in_order(steps: Sequence[AnyStep], names: dict[str, Kind], path: str) -> Iterator[Problem]:
    """Problems of ``steps``; their own names are added to ``names`` one by one."""
    for i, step in enumerate(steps):
        yield from _one_step(step, names, f"{path}[{i}]")
        names[step.id] = kind_of(step, names)


def _one_step(step: AnyStep, names: dict[str, Kind], path: str) -> Iterator[Problem]:
    for field, operand, kinds in step.reads():
        yield from _fits(names, f"{path}.{field}", operand, kinds)
    if isinstance(step, Trim):
        yield from trim_problems(step.bands, f"{path}.bands")
    if isinstance(step, Bands):
        yield from _band_problems(step, f"{path}.table")


def _fits(names: dict[str, Kind], path: str, operand: str, kinds: tuple[Kind, ...]) -> Iterator[Problem]:
    kind: Kind | None = "number" if is_literal(operand) else names.get(operand)
    if kind is None:
        yield Problem(
            path,
            f"“{operand}”不是输入量，也不是前面的步骤",
            f"{operand!r} is neither an input nor an earlier step",
        )
    elif kind not in kinds:
        yield Problem(
            path,
            f"“{operand}”是{_KIND_ZH[kind]}，这里需要{'或'.join(_KIND_ZH[k] for k in kinds)}",
            f"{operand!r} is {_KIND_EN[kind]}, but here stands {' or '.join(_KIND_EN[k] for k in kinds)}",
        )


def _band_problems(step: Bands, path: str) -> Iterator[Problem]:
    if step.table[0].at_least is not None:
        yield Problem(f"{path}[0].at_least", "第一档不设下限", "the first row has no lower bound (null)")
    last = None
    for k, band in enumerate(step.table[1:], start=1):
        bound = None if band.at_least is None else exact(band.at_least)
        if bound is None or (last is not None and bound <= last):
            yield Problem(f"{path}[{k}].at_least", "各档下限应递增", "the lower bounds must rise from row to row")
        last = bound if bound is not None else last


def trim_problems(bands: tuple[TrimBand, ...], path: str) -> Iterator[Problem]:
    """Bands that are named twice or that would drop everybody."""
    yield from repeated((f"{path}[{i}].at_least", str(band.at_least)) for i, band in enumerate(bands))
    for i, band in enumerate(bands):
        if any(sum(band.counts(size)) >= size for size in range(band.at_least, band.at_least + 100)):
            yield Problem(f"{path}[{i}]", "会把全部剔除，请调整", "would drop everybody; adjust the counts")
