"""Small random methods of every shape with inputs for them, and the robustness of a score by its plain definition."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec
from hypothesis import strategies as st

from evalclient.core.method.document.items import FixedValue, ScoredItem, Section, SectionRule
from evalclient.core.method.document.parts import Limit, Method, PricePart, Quantity, Thresholds, TotalPart
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import BidderEntry, Rejection, Replacement, TallyInput
from evalclient.core.method.exact import Rounding, shown
from evalclient.core.method.formula.arithmetic import AnyStep, Choose, Deduct, Deviation, Multiply, Ratio, Subtract, Sum
from evalclient.core.method.formula.steps import Maximum, Mean, Minimum, Position, TrimBand, Within
from evalclient.core.method.marking.scoring import span_of, values_of
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.outcome import Outcome, outcome_of
from evalclient.core.method.tally.tally import tally
from tests.core.method.samples import TWO, aggregation, method, price_part, word

roundings = st.sampled_from([None, Rounding(0), Rounding(1), Rounding(2), Rounding(1, "half_even"), Rounding(1, "up")])
bands = st.sampled_from(
    [
        (),
        (TrimBand(at_least=3, highest=1, lowest=1),),
        (TrimBand(at_least=2, lowest=1), TrimBand(at_least=4, highest=2)),
    ]
)
#: (bidder, member, item) → the nearest value for the first place, for the candidates; with the steps to it
Nearest = dict[tuple[str, str | None, str], tuple[tuple[int, str] | None, tuple[int, str] | None]]


@st.composite
def scored_items(draw: st.DrawFn, name: str, *, computed: bool) -> ScoredItem:
    kind = draw(st.sampled_from(["range", "range", "fixed", "options", "deduction", "pass_fail", "computed"]))
    if kind == "computed" and not computed:
        kind = "range"
    plain: dict[str, object] = {"kind": kind, "maximum": "4", "weight": draw(st.sampled_from(["1", "1", "2.5"]))}
    if kind in ("fixed", "options"):
        texts = ["0", "1", "4"] if kind == "fixed" else ["1", "1.5", "3"]
        plain["values"] = [FixedValue(value=text, condition=word(text)) for text in texts]
    if kind == "deduction" and draw(st.booleans()):
        plain |= {"maximum": "0", "minimum": "-2"}
    if kind == "computed":
        step = Ratio(id=f"{name}-r", title=word("r"), of="months", to="3", rounding=draw(roundings))
        plain |= {"steps": [step], "score": step.id}
    plain["step"] = draw(st.sampled_from(["0.5", "1", "2"]))
    return msgspec.convert(
        {"id": name, "title": word(name), "description": word(name), "objective": kind == "computed", **plain},
        ScoredItem,
        from_attributes=True,
    )


@st.composite
def sections(draw: st.DrawFn, level: str) -> tuple[Section, ...]:
    found = []
    for i in range(draw(st.integers(1, 2))):
        items = tuple(draw(scored_items(f"s{i}i{j}", computed=i == 0)) for j in range(draw(st.integers(1, 2))))
        scalings = ["none", "to_weight"] if level == "total" else ["none", "to_weight", "relative", "relative"]
        full = sum((Fraction(one.maximum) * Fraction(one.weight) for one in items), Fraction())
        scaling = draw(st.sampled_from(scalings)) if full else "none"
        rule = None
        if level != "total" and draw(st.booleans()):
            rule = SectionRule(bands=draw(bands), group=draw(roundings), section=draw(roundings))
        weight = "10" if scaling != "none" else shown(full)
        found.append(
            msgspec.convert(
                {"id": f"s{i}", "title": word("s"), "weight": weight, "items": items, "scaling": scaling, "rule": rule},
                Section,
                from_attributes=True,
            )
        )
    return tuple(found)


@st.composite
def prices(draw: st.DrawFn) -> PricePart | None:
    """No price; lowest first; around the mean; price over score; against the best score of all; by position."""
    kind = draw(st.sampled_from(["none", "lowest", "mean", "mean", "quotient", "others", "position"]))
    steps: tuple[AnyStep, ...] = (
        Minimum(id="least", title=word("least")),
        Ratio(id="share", title=word("share"), of="least", to="price", rounding=draw(roundings)),
        Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO),
    )
    if kind == "none":
        return None
    if kind == "mean":
        steps = (
            Within(id="kept", title=word("kept"), low="95", if_empty=draw(st.sampled_from(["empty", "keep_all"]))),
            Mean(id="mean", title=word("mean"), population="kept"),
            Deviation(id="d", title=word("d"), of="price", base="mean", rounding=draw(roundings)),
            Deduct(id="s", title=word("s"), full="full", deviation="d", above="2", below="1"),
        )
    if kind == "quotient":
        steps = (
            Ratio(id="q", title=word("q"), of="price", to="technical"),
            Choose(id="c", title=word("c"), of="q", test="gt", than="20", then="0", otherwise="10"),
            Subtract(id="s", title=word("s"), of="c", less="q", rounding=draw(roundings)),
        )
    if kind == "others":
        steps = (
            Maximum(id="best", title=word("best"), of="technical"),
            Ratio(id="r", title=word("r"), of="technical", to="best"),
            Multiply(id="s", title=word("s"), factors=("r", "5"), rounding=draw(roundings)),
        )
    if kind == "position":
        steps = (
            Position(id="p", title=word("p"), of="technical", best="highest"),
            Subtract(id="s", title=word("s"), of="10", less="p"),
        )
    return msgspec.structs.replace(
        price_part("10", *steps, population=draw(st.sampled_from(["valid", "opened"]))), bounded=draw(st.booleans())
    )


@st.composite
def methods(draw: st.DrawFn) -> Method:
    level = draw(st.sampled_from(["item", "section", "total"]))
    parts, price = draw(sections(level)), draw(prices())
    void = draw(st.sampled_from([None, None, 4]))
    rule = aggregation(
        level,
        bands=() if void else draw(bands),
        member_section=draw(roundings),
        member_total=draw(roundings),
        group=draw(roundings),
        section=draw(roundings),
        replace_abnormal=True,
        void_widest_from=void,
        void_first=draw(st.booleans()),
    )
    keys = [("total", "highest")]
    if price is not None:
        keys.append(
            draw(st.sampled_from([("price", "lowest"), ("price_score", "highest"), (price.steps[-2].id, "lowest")]))
        )
        if price.steps[-2].id in ("mean", "best"):
            keys.pop()
    keys += draw(st.sampled_from([[], [("technical", "highest")], [("s0", "lowest")], [("months", "lowest")]]))
    found = method(
        parts,
        price,
        rule=rule,
        keys=keys,
        candidates=draw(st.integers(1, 3)),
        thresholds=Thresholds(minimum_technical=draw(st.sampled_from([None, None, "3", "5"]))),
        total=draw(roundings),
    )
    limits = []
    if draw(st.integers(0, 4)) == 0:
        of = draw(st.sampled_from(["technical", "months"]))
        limits.append(Limit(of=of, test="gt", than="8", reason=word("limit"), article="1"))
    return msgspec.structs.replace(
        found,
        quantities=(Quantity(id="months", title=word("months")),),
        limits=tuple(limits),
        total=draw(totals(price)),
    )


@st.composite
def totals(draw: st.DrawFn, price: PricePart | None) -> TotalPart:
    plain = TotalPart(rounding=draw(roundings))
    kind = draw(st.sampled_from(["plain", "plain", "plain", "steps", "population"]))
    steps: tuple[AnyStep, ...] = (
        Sum(id="both", title=word("both"), terms=("technical", "price_score", "s0")),
        Ratio(id="t", title=word("t"), of="both", to="2", rounding=draw(roundings)),
    )
    if kind == "plain":
        return plain
    if kind == "population":
        population = "valid" if price is None else draw(st.sampled_from(["valid", "population"]))
        steps = (
            Maximum(
                id="top", title=word("top"), population=population, of=draw(st.sampled_from(["technical", "months"]))
            ),
            Sum(id="t", title=word("t"), terms=("top", "technical", "price_score")),
        )
    return msgspec.structs.replace(plain, steps=steps, score="t")


@st.composite
def inputs(draw: st.DrawFn, document: Method) -> TallyInput:
    names = [f"b{i}" for i in range(draw(st.integers(2, 4)))]
    allowed = {one.id: allowed_texts(one) for one in items_of(document)}

    def marks() -> dict[str, str]:
        return {name: draw(st.sampled_from(texts)) for name, texts in allowed.items()}

    out = draw(st.sampled_from([*names, *[None] * 8]))
    bidders = tuple(
        BidderEntry(
            bidder=name,
            price=str(draw(st.sampled_from([90, 95, 100, 101, 110]))),
            quantities={"months": str(draw(st.integers(1, 9)))},
            rejected=(Rejection(at="preliminary", code="committee"),) if name == out else (),
        )
        for name in names
    )
    if draw(st.integers(0, 7)) == 0:
        known = {name: marks() for name in names}
        steps = {step.id for step in (document.price.steps if document.price is not None else ())}
        by_step = any(key.of in steps for key in document.ranking.keys)
        scores = {name: str(draw(st.integers(0, 10))) for name in names} if not by_step and draw(st.booleans()) else {}
        return TallyInput(bidders=bidders, scores=known, price_scores=scores)
    members = [f"m{i}" for i in range(draw(st.sampled_from([1, 2, 3, 4, 5, 5])))]
    replaced: tuple[Replacement, ...] = ()
    if len(members) > 2 and draw(st.integers(0, 4)) == 0:
        replaced = (
            Replacement(member=draw(st.sampled_from(members)), bidder=draw(st.sampled_from(names)), reason="x"),
        )
    return TallyInput(
        bidders=bidders,
        members=tuple(members),
        sheets={member: {name: marks() for name in names} for member in members},
        replaced=replaced,
        drawn_member=draw(st.sampled_from(members)),
    )


def allowed_texts(item: ScoredItem) -> list[str]:
    """Every number that may be typed for ``item``, ascending."""
    if item.kind not in ("range", "deduction"):
        return sorted(values_of(item), key=Fraction)
    low, high = span_of(item)
    step = Fraction(item.step)
    return [shown(low + step * at) for at in range(int((high - low) / step) + 1)]


def outcome(document: Method, entries: TallyInput) -> Outcome | None:
    """What the tally gives; None where it is refused."""
    try:
        return outcome_of(document.ranking, tally(document, entries).ranking)
    except EntriesRefused:
        return None


def by_definition(document: Method, entries: TallyInput) -> Nearest:
    """For every score every allowed value is put in and everything is tallied anew."""
    baseline = outcome(document, entries)
    assert baseline is not None
    found: Nearest = {}
    for member, bidder, item in _scores(document, entries):
        now = _sheets(entries, member)[bidder][item.id]
        first: list[tuple[int, Fraction, Fraction, str]] = []
        candidates: list[tuple[int, Fraction, Fraction, str]] = []
        allowed = allowed_texts(item)
        for text in allowed:
            number, held = Fraction(text), Fraction(now)
            if number == held:
                continue
            steps = sum(1 for other in allowed if min(number, held) < Fraction(other) < max(number, held)) + 1
            other = outcome(document, _with(entries, member, bidder, item.id, text))
            distance = (steps, abs(number - held), number, text)
            if other is not None and other.first != baseline.first:
                first.append(distance)
            if other is not None and other.differs(baseline):
                candidates.append(distance)
        found[bidder, member, item.id] = (_least(first), _least(candidates))
    return found


def _least(found: list[tuple[int, Fraction, Fraction, str]]) -> tuple[int, str] | None:
    return (min(found)[0], min(found)[3]) if found else None


def _scores(document: Method, entries: TallyInput) -> Iterator[tuple[str | None, str, ScoredItem]]:
    for entry in entries.bidders:
        for item in items_of(document) if not entry.rejected else ():
            for member in entries.members or (None,):
                yield member, entry.bidder, item


def _sheets(entries: TallyInput, member: str | None) -> dict[str, dict[str, str]]:
    found = entries.scores if member is None else entries.sheets[member]
    return {bidder: dict(scores) for bidder, scores in found.items()}


def _with(entries: TallyInput, member: str | None, bidder: str, item: str, text: str) -> TallyInput:
    changed = _sheets(entries, member)
    changed[bidder][item] = text
    if member is None:
        return msgspec.structs.replace(entries, scores=changed)
    return msgspec.structs.replace(entries, sheets={**entries.sheets, member: changed})


cases = methods().flatmap(lambda document: st.tuples(st.just(document), inputs(document)))
