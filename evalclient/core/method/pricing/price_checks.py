"""Flags on prices, on equal bidders and on too few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import Place, TallyInput, TallyResult
from evalclient.core.method.exact import Rounding, exact, rounded, shown
from evalclient.core.method.flag import Flag, FlagKind, flag
from evalclient.core.method.formula.steps import is_literal
from evalclient.core.records.fields import Bilingual

Namer = Callable[[str], str]
Articles = Mapping[FlagKind, str]
_TWO = Rounding(2)


def price_flags(
    method: Method, entries: TallyInput, result: TallyResult, articles: Articles, name: Namer
) -> Iterator[Flag]:
    """Prices clearly below the others', prices below the cost warning line, equal bidders, too few valid bids."""
    prices = {
        line.bidder: exact(line.corrected or line.price)
        for line in result.bidders
        if line.price is not None and not line.rejected
    }
    yield from _low(method, entries.members, prices, articles, name)
    yield from _below_line(method, entries.members, result, prices, articles, name)
    yield from _equal(method, result, articles, name)
    yield from _too_few(method, entries.members, result, articles)


def _low(
    method: Method, members: tuple[str, ...], prices: dict[str, Fraction], articles: Articles, name: Namer
) -> Iterator[Flag]:
    text = method.flags.low_price_percent
    if text is None or len(prices) < 2:
        return
    total = sum(prices.values(), Fraction())
    for bidder, price in prices.items():
        mean = (total - price) / (len(prices) - 1)
        if price * 100 >= mean * (100 - exact(text)):
            continue
        below = shown(rounded((mean - price) / mean * 100, _TWO), _TWO)
        sentence = Bilingual(
            f"{name(bidder)} 的报价比其他投标人平均报价低 {below}%，请评标委员会决定是否要求其书面说明",
            f"{name(bidder)}: the price is {below} % below the others' mean; the committee decides whether to ask for "
            "a written explanation",
        )
        numbers = {"price": shown(price), "others' mean": shown(rounded(mean, _TWO), _TWO), "below %": below}
        yield flag(articles, "low_price", (bidder,), sentence, numbers, members)


def _below_line(
    method: Method,
    members: tuple[str, ...],
    result: TallyResult,
    prices: dict[str, Fraction],
    articles: Articles,
    name: Namer,
) -> Iterator[Flag]:
    line = _warning_line(method, result)
    if line is None:
        return
    for bidder, price in prices.items():
        if price < exact(line):
            sentence = Bilingual(
                f"{name(bidder)} 的报价低于成本警戒线 {line}，请评标委员会进行成本评审",
                f"{name(bidder)}: the price is below the cost warning line {line}; the committee reviews the costs",
            )
            numbers = {"price": shown(price), "line": line}
            yield flag(articles, "cost_warning", (bidder,), sentence, numbers, members)


def _warning_line(method: Method, result: TallyResult) -> str | None:
    """The cost warning line as text; a step's number as printed, a cut one without its ellipsis."""
    operand = method.thresholds.cost_warning
    if operand is None or is_literal(operand):
        return operand
    values = (*result.price.inputs, *result.price.steps) if result.price else ()
    return next((value.number.rstrip("…") for value in values if value.id == operand and value.number), None)


def _equal(method: Method, result: TallyResult, articles: Articles, name: Namer) -> Iterator[Flag]:
    """Bidders with the same total (broken by a further key or not), and equal ones at the edge of the candidates."""
    totals: dict[str, list[str]] = {}
    for line in result.bidders:
        if line.total is not None:
            totals.setdefault(line.total, []).append(line.bidder)
    if method.ranking.keys[0].of == "total":
        for total, bidders in totals.items():
            if len(bidders) > 1:
                yield _same_total(result, articles, total, bidders, name)
    else:
        for place in result.ranking:
            if len(place.bidders) > 1:
                yield _same_place(result, articles, place, name)
    if result.undecided:
        joined = _joined(result.undecided, name)
        sentence = Bilingual(
            f"{joined[0]} 并列，候选人名额不足，请招标人（采购人）依规定确定",
            f"{joined[1]} are equal and not all can be candidates; the tendering party decides as the rules say",
        )
        numbers = {"candidates": str(method.ranking.candidates)}
        yield flag(articles, "undecided", result.undecided, sentence, numbers, ("organiser",))


def _same_total(result: TallyResult, articles: Articles, total: str, bidders: list[str], name: Namer) -> Flag:
    zh, en = _joined(bidders, name)
    places = {bidder: str(result.line(bidder).place) for bidder in bidders}
    shared = len(set(places.values())) < len(places)
    sentence = Bilingual(
        f"{zh} 总得分相同（{total} 分），" + ("按评标办法仍为并列" if shared else "已按评标办法的次序排列"),
        f"{en} have the same total ({total}); "
        + ("still equal" if shared else "ranked by the method's next criterion"),
    )
    return flag(articles, "equal", tuple(bidders), sentence, places, result.members)


def _same_place(result: TallyResult, articles: Articles, place: Place, name: Namer) -> Flag:
    zh, en = _joined(place.bidders, name)
    sentence = Bilingual(
        f"{zh} 按评标办法的各项次序均相同，并列第 {place.place}",
        f"{en} are equal by every key and share place {place.place}",
    )
    numbers = dict.fromkeys(place.bidders, str(place.place))
    return flag(articles, "equal", place.bidders, sentence, numbers, result.members)


def _joined(bidders: Sequence[str], name: Namer) -> tuple[str, str]:
    names = [name(bidder) for bidder in bidders]
    return "、".join(names), ", ".join(names)


def _too_few(method: Method, members: tuple[str, ...], result: TallyResult, articles: Articles) -> Iterator[Flag]:
    valid = sum(1 for line in result.bidders if not line.rejected)
    least = method.flags.fewest_valid
    if valid >= least:
        return
    if method.trade == "procurement":
        asked: tuple[str, ...] = ("organiser",)
        zh, en = f"有效投标只有 {valid} 家，不足 {least} 家，应予废标", f"valid bids: only {valid}; the tender fails"
    else:
        asked = members
        zh = f"有效投标只有 {valid} 家，不足 {least} 家，请评标委员会表决是否仍具有竞争性"
        en = f"valid bids: only {valid}; the committee votes on whether there is still competition"
    yield flag(articles, "too_few", (), Bilingual(zh, en), {"valid": str(valid), "needed": str(least)}, asked)
