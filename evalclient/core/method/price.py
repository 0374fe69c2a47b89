"""The price evaluation (报价评审): from prices to price scores, every step kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.entries import BidderEntry, PriceResult, Rejection, StepValue
from evalclient.core.method.exact import Rounding, exact, rounded, shown
from evalclient.core.method.formula import Scope, Value, compares, run
from evalclient.core.method.formula_soundness import GIVEN
from evalclient.core.method.parts import Method, PricePart
from evalclient.core.method.problem import EntriesRefused, Problem

_BEFORE_SCORING = ("opening", "qualification", "preliminary")


@dataclass(frozen=True, slots=True)
class Priced:
    """The price evaluation with its exact numbers, for ranking, beside the printed ones."""

    result: PriceResult
    scope: Scope
    scores: Mapping[str, Fraction]
    rejected: Mapping[str, Rejection]


def price_sheet(
    method: Method, bidders: Sequence[BidderEntry], draws: Mapping[str, str] | None = None
) -> PriceResult | None:
    """The price evaluation alone, as the price stage shows it; ``None`` if the method scores no prices.

    Bidders who are out are listed too: the method's population says whether their prices count. Raises EntriesRefused
    where prices are missing or the formula cannot be worked out, and where it reads the technical scores.
    """
    priced = evaluate(method, over_ceiling(method, bidders), draws or {}, None)
    return None if priced is None else priced.result


def over_ceiling(method: Method, bidders: Sequence[BidderEntry]) -> tuple[BidderEntry, ...]:
    """``bidders`` with those rejected whose price is above the ceiling price (最高投标限价)."""
    ceiling = method.thresholds.ceiling_price
    if ceiling is None:
        return tuple(bidders)
    article = (
        "招标投标法实施条例第五十一条第五项" if method.trade == "construction" else "财政部令第87号第六十三条第四项"
    )
    rejection = Rejection(at="price", code="above_ceiling", article=article)

    def judged(entry: BidderEntry) -> BidderEntry:
        if entry.price is None or exact(entry.price) <= exact(ceiling) or rejection in entry.rejected:
            return entry
        return BidderEntry(
            bidder=entry.bidder,
            price=entry.price,
            rejected=(*entry.rejected, rejection),
            quantities=entry.quantities,
        )

    return tuple(judged(entry) for entry in bidders)


def evaluate(
    method: Method,
    bidders: Sequence[BidderEntry],
    draws: Mapping[str, str],
    technical: Mapping[str, Fraction] | None,
) -> Priced | None:
    """Work out the price part; ``technical`` are the group scores without price of the bidders still in.

    Where no valid bid is left (否决全部投标) there is nothing to work out, and that is no error.
    """
    part = method.price
    if part is None:
        return None
    check_prices(bidders)
    if not reads_technical(part):
        scope = _scope(method, part, bidders, draws)
    elif technical is None:
        problem = Problem("$.price", "报价计算需要技术得分，应在汇总时计算", "the price formula needs technical scores")
        raise EntriesRefused(problem)
    else:
        scope = _scope(method, part, [entry for entry in bidders if entry.bidder in technical], draws)
        scope.values["technical"] = dict(technical)
    if not scope.population("valid"):
        return Priced(PriceResult(inputs=(), steps=(), scores={}, rejected={}), scope, scores={}, rejected={})
    run(part.steps, scope)
    return _priced(part, scope)


def reads_technical(part: PricePart) -> bool:
    """Whether the price formula reads the scores without price, so that it cannot be worked out before the summary."""
    return "technical" in _names_read(part)


def check_prices(bidders: Sequence[BidderEntry]) -> None:
    """Raise EntriesRefused unless every bidder still in has a price above zero."""
    for i, entry in enumerate(bidders):
        if entry.rejected and entry.price is None:
            continue
        if entry.price is None:
            raise EntriesRefused(Problem(f"$.bidders[{i}].price", "缺少报价", "the price is missing"))
        if exact(entry.price) <= 0 and not entry.rejected:
            raise EntriesRefused(Problem(f"$.bidders[{i}].price", "报价应大于零", "the price must be above zero"))


def _scope(method: Method, part: PricePart, bidders: Sequence[BidderEntry], draws: Mapping[str, str]) -> Scope:
    opened = [entry for entry in bidders if entry.price is not None and exact(entry.price) > 0]
    populations = {
        "opened": tuple(entry.bidder for entry in opened),
        "preliminary": tuple(e.bidder for e in opened if not any(r.at in _BEFORE_SCORING for r in e.rejected)),
        "valid": tuple(entry.bidder for entry in opened if not entry.rejected),
    }
    worked = set(populations["valid"]) | set(populations[part.population]) | _read_populations(part, populations)
    counted = [entry for entry in opened if entry.bidder in worked]
    scope = Scope(bidders=tuple(entry.bidder for entry in counted))
    scope.values.update(populations)
    scope.values["population"] = populations[part.population]
    scope.values["price"] = {entry.bidder: exact(entry.price or "0") for entry in counted}
    scope.values["full"] = exact(part.maximum)
    if method.thresholds.ceiling_price is not None:
        scope.values["ceiling"] = exact(method.thresholds.ceiling_price)
    for quantity in part.quantities:
        scope.values[quantity.id] = {e.bidder: _quantity(e, quantity.id) for e in counted}
    for draw in part.draws:
        scope.values[draw.id] = _drawn(draw.id, draw.values, draws)
    return scope


def _names_read(part: PricePart) -> set[str]:
    read = {operand for step in part.steps for _, operand, _ in step.reads()}
    return read | {operand for limit in part.limits for operand in (limit.of, limit.than)}


def _read_populations(part: PricePart, populations: Mapping[str, tuple[str, ...]]) -> set[str]:
    read = _names_read(part)
    return {bidder for name, members in populations.items() if name in read for bidder in members}


def _quantity(entry: BidderEntry, name: str) -> Fraction:
    text = entry.quantities.get(name)
    if text is None:
        path = f"$.bidders[{entry.bidder}].quantities.{name}"
        raise EntriesRefused(Problem(path, "缺少评标办法所需的数值", "the method needs this quantity"))
    return exact(text)


def _drawn(name: str, values: Iterable[str], draws: Mapping[str, str]) -> Fraction:
    text = draws.get(name)
    if text is None or exact(text) not in {exact(value) for value in values}:
        raise EntriesRefused(
            Problem(f"$.draws.{name}", "缺少抽取结果，或不在规定的取值内", "not drawn, or not one of the stated values")
        )
    return exact(text)


def _priced(part: PricePart, scope: Scope) -> Priced:
    valid = scope.population("valid")
    out = {
        bidder: Rejection(at="price", code="price_limit", reason=limit.reason.zh, article=limit.article)
        for limit in reversed(part.limits)
        for bidder in valid
        if compares(scope.reader(bidder)(limit.of), limit.test, scope.reader(bidder)(limit.than))
    }
    scores: dict[str, Fraction] = {}
    rounding: Rounding | None = None
    if part.score is not None:
        rounding = next((step.rounding for step in part.steps if step.id == part.score), None)
        column = scope.each(part.score)
        scores = {bidder: _bounded(part, column[bidder], rounding) for bidder in valid if bidder not in out}
    result = PriceResult(
        inputs=tuple(_step_value(name, scope.values[name], None, ()) for name in _inputs_read(part, scope)),
        steps=tuple(
            _step_value(step.id, scope.values[step.id], step.rounding, _population_read(step.reads(), scope))
            for step in part.steps
        ),
        scores={bidder: shown(score, rounding) for bidder, score in scores.items()},
        rejected={bidder: (rejection,) for bidder, rejection in out.items()},
    )
    return Priced(result=result, scope=scope, scores=scores, rejected=out)


def _bounded(part: PricePart, score: Fraction, rounding: Rounding | None) -> Fraction:
    if not part.bounded:
        return score
    return rounded(max(Fraction(), min(score, exact(part.maximum))), rounding)


def _inputs_read(part: PricePart, scope: Scope) -> list[str]:
    """The names of inputs in a fixed order: the price and the population always, others if a step reads them."""
    read = _names_read(part) | {"price", "population"}
    inputs = [*GIVEN, "ceiling", *(quantity.id for quantity in part.quantities), *(draw.id for draw in part.draws)]
    return [name for name in inputs if name in read and name in scope.values]


def _population_read(reads: Iterable[tuple[str, str, tuple[str, ...]]], scope: Scope) -> tuple[str, ...]:
    for field, operand, _ in reads:
        if field == "population":
            return scope.population(operand)
    return ()


def _step_value(name: str, value: Value, rounding: Rounding | None, before: tuple[str, ...]) -> StepValue:
    if isinstance(value, Fraction):
        return StepValue(id=name, number=shown(value, rounding))
    if isinstance(value, dict):
        return StepValue(id=name, bidders={bidder: shown(number, rounding) for bidder, number in value.items()})
    stays = set(value)
    return StepValue(id=name, kept=value, left_out=tuple(bidder for bidder in before if bidder not in stays))
