"""Random sound methods and inputs of plain JSON, drawn from a seeded source; broad rather than small."""

from __future__ import annotations

from random import Random
from typing import Any

Json = dict[str, Any]
_WORD = {"zh": "名", "en": "name"}


class Case:
    """One document and one input for it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.bidders = [f"b{i}" for i in range(self.random.randint(1, 6))]
        self.members = [f"m{i}" for i in range(self.random.choice([1, 3, 3, 5, 5, 7]))]
        self.level = self.random.choice(["item", "section", "total"])
        self.method = self._method()
        self.given = self._given()

    def _some(self, *values: Any) -> Any:
        return self.random.choice(values)

    def _rounding(self) -> Json | None:
        mode = self._some("half_up", "half_up", "half_even", "down", "up")
        return None if self.random.random() < 0.5 else {"places": self.random.randint(0, 3), "mode": mode}

    def _step(self, op: str, name: str, **fields: Any) -> Json:
        rounding = self._rounding()
        step = {"op": op, "id": name, "title": _WORD, **fields}
        return (
            step
            if rounding is None or op in ("trim", "within", "count", "position")
            else {**step, "rounding": rounding}
        )

    def _bands(self) -> list[Json]:
        return list(
            self._some(
                [],
                [{"at_least": 5, "highest": 1, "lowest": 1}],
                [{"at_least": 3, "lowest": 1}, {"at_least": 5, "highest": 2}],
                [{"at_least": 7, "highest": 20, "lowest": 20, "unit": "percent"}],
            )
        )

    def _item(self, name: str) -> Json:
        kind = self._some("range", "range", "fixed", "options", "deduction", "pass_fail", "computed")
        item: Json = {"id": name, "title": _WORD, "description": _WORD, "kind": kind, "objective": kind == "computed"}
        item["maximum"] = str(self.random.randint(2, 20))
        if kind == "fixed":
            item["values"] = [{"value": value, "condition": _WORD} for value in ("0", "1.5", item["maximum"])]
        if kind == "options":
            item["values"] = [{"value": value, "condition": _WORD} for value in ("1", "2.5", item["maximum"])]
        if kind in ("range", "deduction"):
            item["step"] = self._some("0.1", "0.5", "1")
        if kind == "deduction" and self.random.random() < 0.5:
            item["minimum"] = "-3"
        if kind == "computed":
            item["steps"] = [
                self._step("maximum", "most", population="valid", of="days"),
                self._step("ratio", "share", of="days", to="most"),
                self._step("multiply", "points", factors=["share", "full"]),
            ]
            item["score"] = "points"
        if self.random.random() < 0.3:
            item["weight"] = self._some("0.5", "2", "1.25")
        return item

    def _section(self, at: int, weight: int) -> Json:
        items = [self._item(f"s{at}i{k}") for k in range(self.random.randint(1, 3))]
        relative = self.level != "total" and self.random.random() < 0.25
        section: Json = {"id": f"s{at}", "title": _WORD, "weight": str(weight), "items": items}
        section["scaling"] = "relative" if relative else "to_weight"
        if self.level != "total" and self.random.random() < 0.25:
            section["rule"] = {"bands": self._bands(), "group": self._rounding(), "section": self._rounding()}
        return section

    def _price_steps(self) -> list[Json]:
        step = self._step
        if self.random.random() < 0.4:
            return [
                step("discount", "evaluated", of="price", percent="enterprise"),
                step("minimum", "least", of="evaluated"),
                step("ratio", "share", of="least", to="evaluated"),
                step("multiply", "s", factors=["share", "full"]),
            ]
        base: list[Json] = [
            step("trim", "kept", bands=self._bands() or [{"at_least": 4, "lowest": 1}]),
            step(self._some("mean", "median", "maximum"), "middle", population="kept"),
            step("multiply", "low", factors=["middle", "0.95"]),
            step("multiply", "high", factors=["middle", "1.05"]),
            step("within", "inside", low="low", high="high", fewest=self._some(1, 2), if_empty="keep_all"),
            step("mean", "second", population="inside"),
            step("count", "n", population="inside"),
            step("choose", "c", of="n", test=self._some("lt", "ge"), than="3", then="0.4", otherwise="0.6"),
            step("blend", "blended", first="second", second="middle", share="c"),
            step("discount", "base", of="blended", percent=self._some("0", "1.5", "f")),
            step("deviation", "d", of="price", base="base"),
        ]
        caps = self._some({}, {"at_most_above": "12"}, {"at_most_below": "2.5"})
        base += [
            step(
                "deduct",
                "raw",
                full="full",
                deviation="d",
                above="1.2",
                below="0.8",
                part=self._some("linear", "whole", "begun"),
                **caps,
            ),
            step("position", "rank"),
            step("subtract", "less", of="raw", less=self._some("0", "rank")),
            step("clamp", "s", of="less", low="0", high="full"),
        ]
        return base

    def _method(self) -> Json:
        weights = [self.random.randint(5, 25) for _ in range(self.random.randint(1, 3))]
        sections = [self._section(at, weight) for at, weight in enumerate(weights)]
        aggregation: Json = {"level": self.level, "bands": self._bands()}
        aggregation |= {name: self._rounding() for name in ("member_section", "member_total", "group", "section")}
        if self.random.random() < 0.3:
            aggregation["void_widest_from"] = 5
        if self.random.random() < 0.3:
            aggregation["replace_abnormal"] = True
        total: Json = {"rounding": self._rounding()}
        if self.random.random() < 0.3:
            total["steps"] = [self._step("sum", "whole", terms=["technical", "price_score", "bonus"])]
            total["score"] = "whole"
        thresholds = self._some({}, {"ceiling_price": "1050.5"}, {"minimum_technical": "3"})
        return {
            "version": 1,
            "id": "random",
            "trade": "construction",
            "title": _WORD,
            "preliminary": [],
            "majority": {"fails_when": "more_than_half"},
            "sections": sections,
            "price": {
                "maximum": str(100 - sum(weights)),
                "population": self._some("valid", "valid", "preliminary", "opened"),
                "steps": self._price_steps(),
                "score": "s",
            },
            "aggregation": aggregation,
            "total": total,
            "ranking": {
                "keys": [{"of": "total", "best": "highest"}, {"of": "price", "best": "lowest"}],
                "candidates": 3,
            },
            "thresholds": thresholds,
            "flags": {},
            "quantities": [
                {"id": "days", "title": _WORD},
                {
                    "id": "enterprise",
                    "title": _WORD,
                    "choices": [
                        {"id": "small", "value": "15", "title": _WORD},
                        {"id": "big", "value": "0", "title": _WORD},
                    ],
                    "missing": "default",
                    "default": "0",
                },
                {"id": "bonus", "title": _WORD, "missing": self._some("highest", "mean", "lowest")},
            ],
            "draws": [{"id": "f", "title": _WORD, "values": ["1", "3", "5"]}],
        }

    def _typed(self, item: Json) -> str:
        if item["kind"] in ("fixed", "options"):
            values = [value["value"] for value in item["values"]]
            return str(self._some(*values))
        if item["kind"] == "pass_fail":
            return str(self._some("0", item["maximum"], item["maximum"]))
        tenths = {"0.1": 1, "0.5": 5, "1": 10}[item["step"]]
        span = (int(item["maximum"]) - int(item.get("minimum", "0"))) * 10
        number = self.random.randint(0, span // tenths) * tenths
        return f"{number // 10}.{number % 10}"

    def _given(self) -> Json:
        entered = [
            item for section in self.method["sections"] for item in section["items"] if item["kind"] != "computed"
        ]
        bidders = []
        for bidder in self.bidders:
            entry: Json = {
                "bidder": bidder,
                "price": str(self.random.randint(900, 1100)),
                "quantities": {"days": str(self.random.randint(30, 90))},
            }
            if self.random.random() < 0.2:
                entry["corrections"] = [{"amount": self._some("-3.25", "1.5"), "reason": "r"}]
            if self.random.random() < 0.3:
                entry["quantities"]["enterprise"] = self._some("small", "big")
            if bidder == "b0" or self.random.random() < 0.5:
                entry["quantities"]["bonus"] = self._some("-1", "0.5", "2")
            if bidder != "b0" and self.random.random() < 0.15:
                at = self._some("opening", "qualification", "preliminary")
                entry["rejected"] = [{"at": at, "code": "committee"}]
            bidders.append(entry)
        if self.method["thresholds"]:  # whoever states it may be out, and then nothing stands in for it
            for entry in bidders:
                entry["quantities"].setdefault("bonus", "1")
        given: Json = {
            "bidders": bidders,
            "members": self.members,
            "sheets": {
                m: {b: {item["id"]: self._typed(item) for item in entered} for b in self.bidders} for m in self.members
            },
            "draws": {"f": self._some("1", "3", "5")},
        }
        if self.method["aggregation"].get("replace_abnormal") and len(self.members) > 2:
            given["replaced"] = [{"member": self.members[0], "bidder": self._some(*self.bidders), "reason": "r"}]
        given["drawn_member"] = self._some(*self.members)
        return given
