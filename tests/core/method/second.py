"""A second implementation of the tally, written apart from the product: fractions over the plain JSON, no shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from statistics import median
from typing import Any

Json = dict[str, Any]
Numbers = dict[str, Fraction]


def rounded(value: Fraction, rounding: Json | None) -> Fraction:
    if rounding is None:
        return value
    scaled, mode = abs(value) * 10 ** rounding["places"], rounding.get("mode", "half_up")
    down = floor(scaled)
    half = scaled - down
    up = {
        "down": False,
        "up": half > 0,
        "half_up": half >= Fraction(1, 2),
        "half_even": half > Fraction(1, 2) or (half == Fraction(1, 2) and down % 2 == 1),
    }[mode]
    return Fraction(down + up, 10 ** rounding["places"]) * (-1 if value < 0 else 1)


def trim(values: list[Any], bands: list[Json]) -> list[Any]:
    high = low = 0
    for band in sorted(bands, key=lambda b: int(b["at_least"])):
        if len(values) >= band["at_least"]:
            high, low = band.get("highest", 0), band.get("lowest", 0)
            if band.get("unit") == "percent":
                high, low = (int(Fraction(len(values) * n, 100) + Fraction(1, 2)) for n in (high, low))
    return sorted(values)[low : len(values) - high]


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


OVER: dict[str, Any] = {"minimum": min, "maximum": max, "mean": mean, "median": median, "total": sum}


class Formula:
    """Steps over named numbers, columns of one number per bidder, and groups of bidders."""

    def __init__(self, named: Numbers, columns: dict[str, Numbers], groups: dict[str, list[str]]) -> None:
        self.named, self.columns, self.groups = dict(named), dict(columns), dict(groups)

    def read(self, operand: str, bidder: str) -> Fraction:
        if operand in self.columns:
            return self.columns[operand][bidder]
        return self.named[operand] if operand in self.named else Fraction(operand)

    def expression(self, step: Json, bidder: str) -> Fraction:
        def given(field: str) -> Fraction:
            return self.read(step[field], bidder)

        match step["op"]:
            case "sum":
                return sum((self.read(term, bidder) for term in step["terms"]), Fraction())
            case "multiply":
                return self.read(step["factors"][0], bidder) * self.read(step["factors"][1], bidder)
            case "deduct":
                return self.deducted(step, bidder)
            case "clamp":
                return sorted([given("low"), given("of"), given("high")])[1]
            case "choose":
                met = given("of") < given("than") if step["test"] == "lt" else given("of") >= given("than")
                return given("then") if met else given("otherwise")
        simple: dict[str, Callable[[], Fraction]] = {
            "subtract": lambda: given("of") - given("less"),
            "ratio": lambda: given("of") / given("to"),
            "blend": lambda: given("second") + given("share") * (given("first") - given("second")),
            "discount": lambda: given("of") - given("of") * given("percent") / 100,
            "deviation": lambda: 100 * (given("of") / given("base") - 1),
        }
        return simple[step["op"]]()

    def deducted(self, step: Json, bidder: str) -> Fraction:
        off = self.read(step["deviation"], bidder)
        size = Fraction({"whole": floor, "begun": ceil}.get(step.get("part", ""), Fraction)(abs(off)))
        side = "above" if off > 0 else "below"
        loss = size * self.read(step[side], bidder)
        cap = step.get("at_most_" + side)
        return self.read(step["full"], bidder) - (loss if cap is None else min(loss, self.read(cap, bidder)))

    def work(self, steps: list[Json], bidders: list[str]) -> None:
        for step in steps:
            rounding, name = step.get("rounding"), step["id"]
            group = self.groups.get(step.get("population", "population"), [])
            by = self.columns.get(step.get("of", "price"), {})
            values = [by[b] for b in group] if by else []
            match step["op"]:
                case "trim":
                    kept = trim([(by[b], b) for b in group], step["bands"])
                    self.groups[name] = [b for b in group if (by[b], b) in kept]
                case "within":
                    low, high = self.read(step["low"], ""), self.read(step["high"], "")
                    kept = [b for b in group if low <= by[b] <= high]
                    enough = len(kept) >= step.get("fewest", 1)
                    self.groups[name] = kept if enough else group if step.get("if_empty") == "keep_all" else []
                case "minimum" | "maximum" | "mean" | "median" | "total" as op:
                    self.named[name] = rounded(Fraction(OVER[op](values)), rounding)
                case "count":
                    self.named[name] = Fraction(len(group))
                case "position":
                    self.columns[name] = {b: Fraction(1 + sum(by[o] < by[b] for o in group)) for b in bidders}
                case _:
                    operands = (
                        [v for v in step.values() if isinstance(v, str)]
                        + step.get("terms", [])
                        + step.get("factors", [])
                    )
                    if any(operand in self.columns for operand in operands):
                        self.columns[name] = {b: rounded(self.expression(step, b), rounding) for b in bidders}
                    else:
                        self.named[name] = rounded(self.expression(step, ""), rounding)


class Second:
    """The whole tally of plain documents."""

    def __init__(self, method: Json, given: Json) -> None:
        self.method, self.given, self.rule = method, given, method["aggregation"]
        self.members = list(given["sheets"])
        self.prices = {
            entry["bidder"]: Fraction(entry["price"]) + sum(Fraction(c["amount"]) for c in entry.get("corrections", []))
            for entry in given["bidders"]
        }
        ceiling = method["thresholds"].get("ceiling_price")
        stated = {
            entry["bidder"]: max(Fraction(entry["price"]), self.prices[entry["bidder"]]) for entry in given["bidders"]
        }
        out = {entry["bidder"] for entry in given["bidders"] if entry.get("rejected")}
        self.left = [
            b for b, price in stated.items() if b not in out and (ceiling is None or price <= Fraction(ceiling))
        ]
        self.past = list(self.left)
        self.items = [item for section in method["sections"] for item in section["items"]]
        self.columns = {q["id"]: self.quantity(q) for q in method.get("quantities", [])}
        self.computed = {
            item["id"]: self.compute(item) for item in self.items if item["kind"] == "computed" and self.left
        }
        self.marks = {bidder: self.rows(bidder) for bidder in self.left}

    def quantity(self, quantity: Json) -> Numbers:
        choices = {choice["id"]: choice["value"] for choice in quantity.get("choices", [])}
        stated = {e["bidder"]: e.get("quantities", {}).get(quantity["id"]) for e in self.given["bidders"]}
        known = [Fraction(choices.get(v, v)) for b, v in stated.items() if v is not None and b in self.past]
        if quantity.get("missing") == "default":
            known = [Fraction(quantity["default"])]
        stand_in = OVER[{"highest": "maximum", "lowest": "minimum"}.get(quantity.get("missing", ""), "mean")]
        absent = stand_in(known) if known else Fraction()
        return {b: absent if v is None else Fraction(choices.get(v, v)) for b, v in stated.items()}

    def compute(self, item: Json) -> Numbers:
        formula = self.formula(Fraction(item["maximum"]))
        formula.work(item["steps"], self.past)
        low, high = Fraction(item.get("minimum", "0")), Fraction(item["maximum"])
        return {b: max(low, min(high, score)) for b, score in formula.columns[item["score"]].items()}

    def mark(self, member: str, bidder: str, item: Json) -> Fraction:
        if item["kind"] == "computed":
            return self.computed[item["id"]][bidder]
        typed = Fraction(self.given["sheets"][member][bidder][item["id"]])
        if item["kind"] == "pass_fail":
            fails = sum(
                Fraction(self.given["sheets"][m][bidder][item["id"]]) < Fraction(item["maximum"]) for m in self.members
            )
            return Fraction(item["maximum"] if 2 * fails <= len(self.members) else item.get("minimum", "0"))
        return Fraction(item["maximum"]) - typed if item["kind"] == "deduction" else typed

    def formula(self, full: Fraction) -> Formula:
        groups = {"opened": list(self.prices), "preliminary": self.past, "valid": list(self.left)}
        groups["population"] = groups[self.method["price"]["population"]]
        draws = {name: Fraction(value) for name, value in self.given.get("draws", {}).items()}
        return Formula({"full": full, **draws}, {"price": self.prices, **self.columns}, groups)

    def rows(self, bidder: str) -> list[list[Fraction]]:
        rows = [[self.mark(member, bidder, item) for item in self.items] for member in self.members]
        bad = {self.members.index(r["member"]) for r in self.given.get("replaced", []) if r["bidder"] == bidder}
        others = [
            mean(list(column)) for column in zip(*(row for i, row in enumerate(rows) if i not in bad), strict=True)
        ]
        return [others if i in bad else row for i, row in enumerate(rows)]

    def own(self, row: list[Fraction]) -> tuple[list[Fraction], Fraction]:
        parts, start = [], 0
        for section in self.method["sections"]:
            marks = row[start : start + len(section["items"])]
            start += len(section["items"])
            weights = [Fraction(item.get("weight", "1")) for item in section["items"]]
            total = sum((m * w for m, w in zip(marks, weights, strict=True)), Fraction()) * self.factor(section)
            parts.append(rounded(total, self.rule["member_section"]))
        return parts, rounded(sum(parts, Fraction()), self.rule["member_total"])

    def factor(self, section: Json) -> Fraction:
        if section.get("scaling") != "to_weight":
            return Fraction(1)
        return Fraction(section["weight"]) / sum(
            Fraction(i["maximum"]) * Fraction(i.get("weight", "1")) for i in section["items"]
        )

    def widest(self) -> int | None:
        least = self.rule.get("void_widest_from")
        if least is None or len(self.members) < least or len(self.left) < 2:
            return None
        totals = [sorted(self.own(self.marks[b][i])[1] for b in self.left) for i in range(len(self.members))]
        best = max((t[-1] - t[0], t[-1] - t[1]) for t in totals)
        met = [i for i, t in enumerate(totals) if (t[-1] - t[0], t[-1] - t[1]) == best]
        return met[0] if len(met) == 1 else self.members.index(self.given["drawn_member"])

    def sections(self, bidder: str, out: int | None) -> tuple[Numbers, Fraction]:
        rows = [row for i, row in enumerate(self.marks[bidder]) if i != out]
        own = [self.own(row) for row in rows]
        found: Numbers = {}
        start = 0
        for k, section in enumerate(self.method["sections"]):
            rule = section.get("rule") or self.rule
            bands = rule.get("bands", [])
            columns = list(zip(*rows, strict=True))[start : start + len(section["items"])]
            start += len(section["items"])
            if self.rule["level"] == "item":
                means = [rounded(mean(trim(list(column), bands)), rule["group"]) for column in columns]
                value = sum(
                    (m * Fraction(i.get("weight", "1")) for m, i in zip(means, section["items"], strict=True)),
                    Fraction(),
                )
                value *= self.factor(section)
            else:
                value = rounded(mean(trim([parts[k] for parts, _ in own], bands)), rule["group"])
            found[section["id"]] = rounded(value, rule["section"])
        if self.rule["level"] == "total":
            return found, rounded(
                mean(trim([total for _, total in own], self.rule.get("bands", []))), self.rule["group"]
            )
        return found, sum(found.values(), Fraction())

    def tally(self) -> dict[str, tuple[Fraction, int]]:
        """Bidder → total and place; who is out is not in it."""
        out = self.widest() if self.left else None
        scored = {bidder: self.sections(bidder, out) for bidder in self.left}
        least = self.method["thresholds"].get("minimum_technical")
        self.left = [b for b in self.left if least is None or scored[b][1] >= Fraction(least)]
        if not self.left:
            return {}
        technical = {b: self.related(scored, b) for b in self.left}
        price = self.method["price"]
        formula = self.formula(Fraction(price["maximum"]))
        formula.columns["technical"] = technical
        formula.work(price["steps"], list(self.prices))
        score = next(step for step in price["steps"] if step["id"] == price["score"])
        full = Fraction(price["maximum"])
        scores = {
            b: rounded(min(max(s, Fraction()), full), score.get("rounding"))
            for b, s in formula.columns[price["score"]].items()
            if b in self.left
        }
        rule = self.method["total"]
        formula.columns.update(price_score=scores, technical=technical)
        formula.groups = {name: [b for b in group if b in self.left] for name, group in formula.groups.items()}
        formula.work(rule.get("steps", []), self.left)
        whole = (
            formula.columns[rule["score"]] if rule.get("score") else {b: technical[b] + scores[b] for b in self.left}
        )
        totals = {b: rounded(whole[b], rule["rounding"]) for b in self.left}
        keys = {b: (-totals[b], self.prices[b]) for b in self.left}
        return {b: (totals[b], 1 + sum(keys[o] < keys[b] for o in self.left)) for b in self.left}

    def related(self, scored: dict[str, tuple[Numbers, Fraction]], bidder: str) -> Fraction:
        relative = [s for s in self.method["sections"] if s.get("scaling") == "relative"]
        if not relative:
            return scored[bidder][1]
        parts = dict(scored[bidder][0])
        for section in relative:
            best = max(scored[b][0][section["id"]] for b in self.left)
            share = parts[section["id"]] / best if best else Fraction()
            parts[section["id"]] = rounded(
                share * Fraction(section["weight"]), (section.get("rule") or self.rule)["section"]
            )
        return sum(parts.values(), Fraction())


def second_tally(method: Json, given: Json) -> dict[str, tuple[Fraction, int]]:
    """Bidder → total and place; who is out is not in it."""
    return Second(method, given).tally()
