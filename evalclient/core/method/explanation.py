"""The calculation explained: every step of price, total and computed items, and every mean over members, with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from evalclient.core.method.aggregate import full_marks
from evalclient.core.method.entries import BidderResult, Entry, TallyInput, TallyResult
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.items import Section
from evalclient.core.method.parts import Method
from evalclient.core.method.sheet import StepResult, calculation_sheet, computed_sheet, total_sheet
from evalclient.core.method.sheets import UNITS, Mark
from evalclient.core.method.steps import TrimBand, band_for
from evalclient.core.method.tally import settled_marks

#: what is compared, and how it is printed
Number = tuple[Mark, str]


class Working(Entry, frozen=True, kw_only=True):
    """One number of one bidder: the expression it comes from, and the marks that were dropped before (去掉)."""

    of: str
    working: str
    value: str
    dropped: tuple[str, ...] = ()


class Explanation(Entry, frozen=True, kw_only=True):
    """The steps of computed items, of the price and to the total; bidder → how his scores and his total come about."""

    computed: tuple[StepResult, ...]
    price: tuple[StepResult, ...]
    total: tuple[StepResult, ...]
    scores: Mapping[str, tuple[Working, ...]]


def explanation(method: Method, entries: TallyInput, result: TallyResult) -> Explanation:
    """``result``, which is the tally of ``entries``, explained; raises EntriesRefused as ``tally`` does."""
    marks = settled_marks(method, entries)
    left_out = None if result.left_out is None else entries.members.index(result.left_out)
    workings = _Workings(method, left_out)
    priced = result.price if method.price is not None else None
    return Explanation(
        computed=computed_sheet(method, result),
        price=calculation_sheet(method, priced).steps if priced is not None else (),
        total=total_sheet(method, result),
        scores={
            line.bidder: tuple(workings.of(line, marks.get(line.bidder, ()), bool(entries.scores)))
            for line in result.bidders
            if line.technical is not None
        },
    )


class _Workings:
    """Writes how one bidder's scores come about, at the level at which the document takes the mean."""

    def __init__(self, method: Method, left_out: int | None) -> None:
        self._method = method
        self._left_out = left_out
        self._printed: dict[Mark, str] = {}

    def of(self, line: BidderResult, rows: Sequence[Sequence[Mark]], known: bool) -> Iterator[Working]:
        """The workings of ``line`` from its rows of marks; ``known``: the group's scores were put in, no mean is taken."""
        rule = self._method.aggregation
        counted = [row for at, row in enumerate(rows) if at != self._left_out]
        totals = [line.members[member].total for member in line.members]
        if not known:
            yield from self._items_of(line, counted)
        for section in self._method.sections:
            value = line.sections[section.id]
            if known or rule.level == "item" or section.scaling == "relative":
                yield Working(of=section.id, working=_section_sum(section, line), value=value)
            elif rule.level == "section":
                own = [score.sections[section.id] for score in line.members.values()]
                bands = rule.bands if section.rule is None else section.rule.bands
                yield _mean(section.id, self._counted(own), bands, value)
        technical = line.technical or "0"
        if rule.level == "total" and not known:
            yield _mean("technical", self._counted(totals), rule.bands, technical)
        elif self._method.sections:
            yield Working(of="technical", working=" + ".join(line.sections.values()), value=technical)
        if line.total is not None and self._method.total.score is None:
            yield Working(of="total", working=f"{technical} + {line.price_score or '0'}", value=line.total)

    def _counted(self, values: Sequence[str]) -> list[Number]:
        return [(exact(value.rstrip("…")), value) for at, value in enumerate(values) if at != self._left_out]

    def _number(self, mark: Mark) -> Number:
        if mark not in self._printed:
            self._printed[mark] = shown(Fraction(mark, UNITS))
        return mark, self._printed[mark]

    def _items_of(self, line: BidderResult, rows: Sequence[Sequence[Mark]]) -> Iterator[Working]:
        at = 0
        for section in self._method.sections:
            rule = self._method.aggregation if section.rule is None else section.rule
            for item in section.items:
                marks = [self._number(row[at]) for row in rows]
                yield _mean(item.id, marks, rule.bands, line.items[item.id])
                at += 1


def _section_sum(section: Section, line: BidderResult) -> str:
    terms = [
        line.items[item.id] if item.weight == "1" else f"{line.items[item.id]} × {item.weight}"
        for item in section.items
    ]
    total = " + ".join(terms)
    if section.scaling == "none":
        return total
    if section.scaling == "to_weight":
        return f"({total}) × {section.weight} ÷ {shown(full_marks(section))}"
    return f"({total}) ÷ max × {section.weight}"


def _mean(of: str, values: Sequence[Number], bands: tuple[TrimBand, ...], value: str) -> Working:
    """The mean over members, the dropped ones set apart; equal ones are printed as they come."""
    band = band_for(bands, len(values))
    kept: Sequence[Number]
    dropped: Sequence[Number]
    if band is None:
        kept, dropped = values, []
    else:
        highest, lowest = band.counts(len(values))
        ordered = sorted(values, key=itemgetter(0))
        kept, dropped = (
            ordered[lowest : len(ordered) - highest],
            (*ordered[:lowest], *ordered[len(ordered) - highest :]),
        )
    joined = " + ".join(text for _, text in kept)
    working = f"({joined}) ÷ {len(kept)}" if len(kept) > 1 else joined
    return Working(of=of, working=working, value=value, dropped=tuple(text for _, text in dropped))
