"""A second implementation of the tally, written apart from the product: fractions over the plain JSON, no shortcuts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Json = dict[str, Any]


def half_up(value: Fraction, rounding: Json | None) -> Fraction:
    if rounding is None:
        return value
    assert rounding.get("mode", "half_up") == "half_up"
    scale = 10 ** rounding["places"]
    moved = abs(value) * scale + Fraction(1, 2)
    return Fraction(moved.numerator // moved.denominator, scale) * (-1 if value < 0 else 1)


def trim(values: list[Fraction], bands: list[Json]) -> list[Fraction]:
    high = low = 0
    for band in sorted(bands, key=lambda b: int(b["at_least"])):
        if len(values) >= band["at_least"]:
            high, low = band.get("highest", 0), band.get("lowest", 0)
    return sorted(values)[low : len(values) - high]


class Formula:
    """The price part, step by step."""

    def __init__(self, part: Json, prices: dict[str, Fraction], counted: list[str]) -> None:
        self.named: dict[str, Fraction] = {"full": Fraction(part["maximum"])}
        self.columns: dict[str, dict[str, Fraction]] = {"price": prices}
        self.groups: dict[str, list[Fraction]] = {"population": [prices[b] for b in counted]}
        for step in part["steps"]:
            self.work(step, counted)

    def read(self, operand: str, bidder: str) -> Fraction:
        if operand in self.columns:
            return self.columns[operand][bidder]
        return self.named[operand] if operand in self.named else Fraction(operand)

    def each(self, step: Json, bidder: str) -> Fraction:
        def given(field: str) -> Fraction:
            return self.read(step[field], bidder)

        match step["op"]:
            case "ratio":
                return given("of") / given("to")
            case "multiply":
                return self.read(step["factors"][0], bidder) * self.read(step["factors"][1], bidder)
            case "deviation":
                return 100 * (given("of") / given("base") - 1)
            case "deduct":
                off = given("deviation")
                return given("full") - (off * given("above") if off > 0 else -off * given("below"))
            case "clamp":
                return sorted([given("low"), given("of"), given("high")])[1]
        raise AssertionError(step["op"])

    def work(self, step: Json, counted: list[str]) -> None:
        rounding = step.get("rounding")
        group = self.groups.get(step.get("population", "population"), [])
        match step["op"]:
            case "trim":
                self.groups[step["id"]] = trim(group, step["bands"])
            case "minimum":
                self.named[step["id"]] = half_up(min(group), rounding)
            case "mean":
                self.named[step["id"]] = half_up(sum(group, Fraction()) / len(group), rounding)
            case "discount":
                whole = self.read(step["of"], "")
                self.named[step["id"]] = half_up(whole - whole * Fraction(step["percent"]) / 100, rounding)
            case _:
                self.columns[step["id"]] = {b: half_up(self.each(step, b), rounding) for b in counted}


def technical(method: Json, sheets: Json, bidder: str) -> Fraction:
    rule = method["aggregation"]
    bands = rule.get("bands", [])
    members: list[dict[str, Fraction]] = []
    groups: dict[str, Fraction] = {}
    for section in method["sections"]:
        marks = [[Fraction(sheet[bidder][item["id"]]) for item in section["items"]] for sheet in sheets.values()]
        factor = Fraction(1)
        if section.get("scaling") == "to_weight":
            factor = Fraction(section["weight"]) / sum(Fraction(item["maximum"]) for item in section["items"])
        own = [half_up(sum(row, Fraction()) * factor, rule["member_section"]) for row in marks]
        members.append({str(i): value for i, value in enumerate(own)})
        if rule["level"] == "item":
            total = Fraction()
            for column in zip(*marks, strict=True):
                kept = trim(list(column), bands)
                total += half_up(sum(kept, Fraction()) / len(kept), rule["group"])
            groups[section["id"]] = half_up(total * factor, rule["section"])
        else:
            kept = trim(own, bands)
            groups[section["id"]] = half_up(half_up(sum(kept, Fraction()) / len(kept), rule["group"]), rule["section"])
    if rule["level"] != "total":
        return sum(groups.values(), Fraction())
    totals = [
        half_up(sum((part[str(i)] for part in members), Fraction()), rule["member_total"]) for i in range(len(sheets))
    ]
    kept = trim(totals, bands)
    return half_up(sum(kept, Fraction()) / len(kept), rule["group"])


def second_tally(method: Json, given: Json) -> dict[str, tuple[Fraction, int]]:
    """Bidder → total and place; who is out is not in it."""
    prices = {entry["bidder"]: Fraction(entry["price"]) for entry in given["bidders"]}
    ceiling = method["thresholds"].get("ceiling_price")
    least = method["thresholds"].get("minimum_technical")
    out = {b for b, price in prices.items() if ceiling is not None and price > Fraction(ceiling)}
    group = {b: technical(method, given["sheets"], b) for b in prices if b not in out}
    out |= {b for b, score in group.items() if least is not None and score < Fraction(least)}
    left = [b for b in prices if b not in out]
    if not left:
        return {}
    scores = Formula(method["price"], prices, left).columns[method["price"]["score"]]
    totals = {b: half_up(group[b] + scores[b], method["total"]["rounding"]) for b in left}
    better = {b: sum(1 for o in left if (-totals[o], prices[o]) < (-totals[b], prices[b])) for b in left}
    return {b: (totals[b], better[b] + 1) for b in left}
