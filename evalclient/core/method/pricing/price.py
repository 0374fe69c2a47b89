"""The price evaluation (报价评审): from prices to price scores, every step kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from evalclient.core.method.document.formula_soundness import GIVEN, names_read
from evalclient.core.method.document.parts import Method, PricePart
from evalclient.core.method.document.scored import every_item
from evalclient.core.method.entry.entries import BidderEntry, Drawn, PriceResult, Rejection
from evalclient.core.method.exact import Rounding, exact, rounded, shown
from evalclient.core.method.pricing.formula import Scope, compares, run
from evalclient.core.method.pricing.scope import corrected, scope_of
from evalclient.core.method.pricing.step_values import step_value, step_values
from evalclient.core.method.problem import EntriesRefused, Problem


@dataclass(frozen=True, slots=True)
class Priced:
    """The price evaluation with its exact numbers, for ranking, beside the printed ones; ``result``: where there is one."""

    result: PriceResult
    scope: Scope
    scores: Mapping[str, Fraction]
    rejected: Mapping[str, Rejection]


def over_ceiling(method: Method, bidders: Sequence[BidderEntry]) -> tuple[BidderEntry, ...]:
    """``bidders`` with those rejected whose price is above the ceiling price (最高投标限价), as stated or as corrected."""
    ceiling = method.thresholds.ceiling_price
    if ceiling is None:
        return tuple(bidders)
    article = "招标投标法实施条例 第五十一条第五项" if method.trade == "construction" else "87号令 第六十三条第四项"
    rejection = Rejection(at="price", code="above_ceiling", article=article)

    def judged(entry: BidderEntry) -> BidderEntry:
        if entry.price is None or rejection in entry.rejected:
            return entry
        if max(exact(entry.price), corrected(entry)) <= exact(ceiling):
            return entry
        return msgspec.structs.replace(entry, rejected=(*entry.rejected, rejection))

    return tuple(judged(entry) for entry in bidders)


def evaluate(
    method: Method,
    bidders: Sequence[BidderEntry],
    draws: Mapping[str, Drawn],
    technical: Mapping[str, Fraction],
    known: Mapping[str, str] | None = None,
) -> Priced:
    """Work out the price part; ``technical`` are the group scores without price of the bidders still in.

    ``known`` are price scores worked out elsewhere, which stand instead of the formula's. Where no valid bid is left
    (否决全部投标) there is nothing to work out, and that is no error.
    """
    if method.price is not None:
        check_prices(bidders)
    read = _read(method)
    scope = scope_of(method, bidders, draws, read, technical if "technical" in read else None)
    if "technical" in read:
        scope.values["technical"] = dict(technical)
    if not scope.population("valid"):
        return Priced(PriceResult(inputs=(), steps=(), scores={}, rejected={}), scope, scores={}, rejected={})
    if known:
        _require_no_steps(method)
    steps = method.price.steps if method.price is not None and not known else ()
    run(steps, scope, "$.price.steps")
    return _priced(method, scope, known or {})


def reads_technical(method: Method) -> bool:
    """Whether the price formula reads the scores without price, so that it cannot be worked out before the summary."""
    return "technical" in _read(method)


def check_prices(bidders: Sequence[BidderEntry]) -> None:
    """Raise EntriesRefused unless every bidder still in has a price above zero."""
    for i, entry in enumerate(bidders):
        if entry.rejected and entry.price is None:
            continue
        if entry.price is None:
            raise EntriesRefused(Problem(f"$.bidders[{i}].price", "缺少报价", "the price is missing"))
        if corrected(entry) <= 0 and not entry.rejected:
            raise EntriesRefused(Problem(f"$.bidders[{i}].price", "报价应大于零", "the price must be above zero"))


def _require_no_steps(method: Method) -> None:
    """Known price scores stand instead of the formula, so nothing else may read what its steps would give."""
    steps = {step.id for step in method.price.steps} if method.price is not None else set()
    read = {operand for limit in method.limits for operand in (limit.of, limit.than)}
    read |= names_read(method.total.steps) | {key.of for key in method.ranking.keys}
    if read & steps:
        name = min(read & steps)
        raise EntriesRefused(
            Problem(
                "$.price_scores",
                f"评标办法还要用报价公式的“{name}”，不能只给出报价得分",
                f"the method also needs {name!r} of the price formula; price scores alone do not do",
            )
        )


def _read(method: Method) -> set[str]:
    """Every name that any formula, limit or rank key reads; ``technical`` only where it is needed for the price."""
    read = set(names_read(method.price.steps)) if method.price is not None else set()
    read |= {operand for limit in method.limits for operand in (limit.of, limit.than)}
    others = names_read(method.total.steps) | {key.of for key in method.ranking.keys}
    items = {name for item in every_item(method) for name in names_read(item.steps)} - {"full"}
    return read | (others - {"technical"}) | items


def _priced(method: Method, scope: Scope, known: Mapping[str, str]) -> Priced:
    part = method.price
    valid = scope.population("valid")
    out = _limited(method, scope, valid)
    scores: dict[str, Fraction] = {}
    rounding: Rounding | None = None
    if known:
        scores = {bidder: exact(_known(known, bidder)) for bidder in valid if bidder not in out}
    elif part is not None and part.score is not None:
        rounding = next((step.rounding for step in part.steps if step.id == part.score), None)
        column = scope.each(part.score)
        scores = {bidder: bounded(part, column[bidder], rounding) for bidder in valid if bidder not in out}
    result = PriceResult(
        inputs=tuple(step_value(name, scope.values[name], None, ()) for name in _inputs_read(method, scope)),
        steps=step_values(part.steps, scope) if part is not None and not known else (),
        scores={bidder: shown(score, rounding) for bidder, score in scores.items()},
        rejected={bidder: (rejection,) for bidder, rejection in out.items()},
    )
    return Priced(result=result, scope=scope, scores=scores, rejected=out)


def _limited(method: Method, scope: Scope, valid: Sequence[str]) -> dict[str, Rejection]:
    return {
        bidder: Rejection(at="price", code="price_limit", reason=limit.reason.zh, article=limit.article)
        for limit in reversed(method.limits)
        for bidder in valid
        if compares(scope.reader(bidder)(limit.of), limit.test, scope.reader(bidder)(limit.than))
    }


def _known(known: Mapping[str, str], bidder: str) -> str:
    if bidder not in known:
        raise EntriesRefused(Problem(f"$.price_scores.{bidder}", "缺少报价得分", "the price score is missing"))
    return known[bidder]


def bounded(part: PricePart, score: Fraction, rounding: Rounding | None) -> Fraction:
    """``score`` kept within 0 and the price part's maximum, where the document does not say otherwise."""
    if not part.bounded:
        return score
    return rounded(max(Fraction(), min(score, exact(part.maximum))), rounding)


def _inputs_read(method: Method, scope: Scope) -> list[str]:
    """The names of inputs in a fixed order: the price and the population always, others if something reads them."""
    read = _read(method) | ({"price", "population"} if method.price is not None else set())
    inputs = [*GIVEN, "ceiling", *(quantity.id for quantity in method.quantities), *(draw.id for draw in method.draws)]
    return [name for name in inputs if name in read and name in scope.values]
