"""Random sound methods and inputs for them."""

from __future__ import annotations

from hypothesis import strategies as st

from evalclient.core.method.document.items import ScoredItem, Section
from evalclient.core.method.document.parts import Aggregation, Method, PricePart, Thresholds
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import BidderEntry, TallyInput
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import AnyStep, Clamp, Deduct, Deviation, Discount, Multiply, Ratio
from evalclient.core.method.formula.steps import Mean, Minimum, Trim, TrimBand
from tests.core.method.samples import TWO, fixed, item, method, price_part, word

roundings = st.sampled_from([None, Rounding(1), Rounding(2), Rounding(3)])
bands = st.sampled_from(
    [
        (),
        (TrimBand(at_least=5, highest=1, lowest=1),),
        (TrimBand(at_least=3, lowest=1), TrimBand(at_least=6, highest=2)),
    ]
)


@st.composite
def scored_items(draw: st.DrawFn, prefix: str) -> tuple[ScoredItem, ...]:
    found: list[ScoredItem] = []
    for i in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            found.append(
                item(f"{prefix}i{i}", str(draw(st.integers(1, 20))), draw(st.sampled_from(["0.1", "0.5", "1"])))
            )
        else:
            found.append(fixed(f"{prefix}i{i}", "0", "2.5", str(draw(st.integers(3, 9)))))
    return tuple(found)


@st.composite
def lowest_first(draw: st.DrawFn, maximum: str) -> PricePart:
    steps: tuple[AnyStep, ...] = (
        Minimum(id="least", title=word("least")),
        Ratio(id="share", title=word("share"), of="least", to="price", rounding=draw(roundings)),
        Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO),
    )
    return price_part(maximum, *steps)


@st.composite
def around_the_mean(draw: st.DrawFn, maximum: str) -> PricePart:
    steps: tuple[AnyStep, ...] = (
        Trim(id="kept", title=word("kept"), bands=draw(bands.filter(bool))),
        Mean(id="mean", title=word("mean"), population="kept", rounding=draw(roundings)),
        Discount(id="base", title=word("base"), of="mean", percent=draw(st.sampled_from(["0", "1.5", "3"]))),
        Deviation(id="d", title=word("d"), of="price", base="base", rounding=draw(roundings)),
        Deduct(id="raw", title=word("raw"), full="full", deviation="d", above="1.2", below="0.8"),
        Clamp(id="s", title=word("s"), of="raw", low="0", high="full", rounding=draw(roundings)),
    )
    return price_part(maximum, *steps)


@st.composite
def methods(draw: st.DrawFn) -> Method:
    sections: list[Section] = []
    left = 100
    for i in range(draw(st.integers(1, 3))):
        items = draw(scored_items(f"s{i}"))
        weight = draw(st.integers(5, 25))
        left -= weight
        sections.append(Section(id=f"s{i}", title=word(f"s{i}"), weight=str(weight), items=items, scaling="to_weight"))
    rule = Aggregation(
        level=draw(st.sampled_from(["item", "section", "total"])),
        bands=draw(bands),
        member_section=draw(roundings),
        member_total=draw(roundings),
        group=draw(roundings),
        section=draw(roundings),
    )
    part = draw(st.one_of(lowest_first(str(left)), around_the_mean(str(left))))
    limits = Thresholds(
        ceiling_price=draw(st.sampled_from([None, "1050.5"])), minimum_technical=draw(st.sampled_from([None, "3"]))
    )
    return method(sections, part, rule=rule, thresholds=limits, total=draw(roundings))


@st.composite
def inputs(draw: st.DrawFn, document: Method) -> TallyInput:
    bidders = [f"b{i}" for i in range(draw(st.integers(1, 7)))]
    prices = draw(
        st.lists(
            st.decimals(900, 1100, places=draw(st.sampled_from([0, 2]))), min_size=len(bidders), max_size=len(bidders)
        )
    )
    members = [f"m{i}" for i in range(draw(st.sampled_from([1, 3, 5, 7])))]
    marks = {entry.id: _marks(entry) for entry in items_of(document)}
    sheets = {
        member: {bidder: {name: draw(choice) for name, choice in marks.items()} for bidder in bidders}
        for member in members
    }
    return TallyInput(
        bidders=tuple(BidderEntry(bidder=b, price=f"{p:f}") for b, p in zip(bidders, prices, strict=True)),
        members=tuple(members),
        sheets=sheets,
    )


def _marks(entry: ScoredItem) -> st.SearchStrategy[str]:
    if entry.kind == "fixed":
        return st.sampled_from([value.value for value in entry.values])
    places = 1 if "." in entry.step else 0
    units = int(entry.maximum) * 10**places
    step = {"0.1": 1, "0.5": 5, "1": 1}[entry.step]
    return st.integers(0, units // step).map(
        lambda n: f"{n * step // 10**places}.{n * step % 10**places}" if places else str(n)
    )


cases = methods().flatmap(lambda document: st.tuples(st.just(document), inputs(document)))
