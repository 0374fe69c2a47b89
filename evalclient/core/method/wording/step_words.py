"""One step of a price formula as a phrase in Chinese and English."""

from __future__ import annotations

from copy import copy

from evalclient.core.counting import counted
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import AnyStep, Arithmetic
from evalclient.core.method.formula.steps import (
    Count,
    NthLowest,
    Position,
    Statistic,
    Trim,
    TrimBand,
    Within,
    is_literal,
)
from evalclient.core.method.wording.phrases import Say, formula
from evalclient.core.records.fields import Bilingual

_GIVEN = {
    "opened": Bilingual("全部开标的投标人", "all bidders opened"),
    "preliminary": Bilingual("通过初步评审的投标人", "the bidders past the preliminary review"),
    "valid": Bilingual("有效投标人", "the valid bidders"),
    "stated": Bilingual("开标报价", "price as opened"),
    "price": Bilingual("评标价", "price"),
    "price_score": Bilingual("报价得分", "price score"),
    "technical": Bilingual("技术商务得分", "technical score"),
    "full": Bilingual("报价分满分", "full marks"),
    "ceiling": Bilingual("最高投标限价", "ceiling price"),
}
_STATISTICS = {
    "mean": Bilingual("算术平均值", "mean"),
    "minimum": Bilingual("最低值", "lowest"),
    "maximum": Bilingual("最高值", "highest"),
    "median": Bilingual("中位数", "median"),
    "total": Bilingual("合计", "sum"),
}
_MODES = {
    "half_up": Bilingual("四舍五入", "half up"),
    "half_even": Bilingual("四舍六入五成双", "half to even"),
    "down": Bilingual("直接舍去", "cut off"),
    "up": Bilingual("有余进一", "upwards"),
}


class Titles:
    """What the names in a method's formula are called."""

    def __init__(self, method: Method) -> None:
        self._titles = dict(_GIVEN)
        if method.price is not None:
            self._titles["population"] = _GIVEN[method.price.population]
            if method.price.evaluated is not None:
                self._titles["price"] = Bilingual("投标报价", "price")
        steps = (*(method.price.steps if method.price else ()), *method.total.steps)
        self._titles.update({part.id: part.title for part in (*method.quantities, *method.draws, *steps)})
        self._titles.update({section.id: section.title for section in method.sections})

    def within(self, item: ScoredItem) -> Titles:
        """The titles inside the formula of a computed item."""
        inner = copy(self)
        inner._titles = {**self._titles, "full": Bilingual("满分", "full marks")}
        inner._titles.update({step.id: step.title for step in item.steps})
        return inner

    def say(self, language: str) -> Say:
        """Turns an operand into its title, or itself when it is a number."""
        return lambda operand: operand if is_literal(operand) else self._titles[operand].text(language)

    def of(self, operand: str) -> Bilingual:
        """The title of an operand in both languages."""
        return Bilingual(self.say("zh")(operand), self.say("en")(operand))


def rounding_words(rounding: Rounding | None) -> Bilingual:
    """How a rounding reads; ``None``: not rounded."""
    if rounding is None:
        return Bilingual("不取舍", "not rounded")
    mode = _MODES[rounding.mode]
    if rounding.places == 0:
        return Bilingual(f"取整（{mode.zh}）", f"rounded to whole numbers ({mode.en})")
    return Bilingual(
        f"保留 {rounding.places} 位小数（{mode.zh}）", f"rounded to {counted(rounding.places, 'place')} ({mode.en})"
    )


def step_words(step: AnyStep, titles: Titles) -> Bilingual:
    """The rule of ``step`` with the names of what it works on."""
    match step:
        case Within():
            return _within(step, titles)
        case Trim():
            return _trim(step, titles)
        case Count():
            of = titles.of(step.population)
            return Bilingual(f"{of.zh}的家数", f"number of {of.en}")
        case Statistic():
            return _statistic(step, titles)
        case Position():
            who, of = titles.of(step.population), titles.of(step.of)
            zh, en = ("由低到高", "lowest first") if step.best == "lowest" else ("由高到低", "highest first")
            return Bilingual(f"{who.zh}按{of.zh}{zh}的名次", f"position by {of.en} among {who.en}, {en}")
        case Arithmetic():
            return Bilingual(formula(step, titles.say("zh"), "zh"), formula(step, titles.say("en"), "en"))


def _statistic(step: Statistic, titles: Titles) -> Bilingual:
    who, of = titles.of(step.population), titles.of(step.of)
    if isinstance(step, NthLowest):
        name = Bilingual(f"第 {step.n} 低值", f"number {step.n} from the lowest")
    else:
        name = _STATISTICS[str(type(step).__struct_config__.tag)]
    zh, en = f"{who.zh}的{of.zh}之{name.zh}", f"{name.en} of {of.en} over {who.en}"
    if step.if_empty is not None:
        fallback = titles.of(step.if_empty)
        zh, en = f"{zh}（无投标人时取 {fallback.zh}）", f"{en} ({fallback.en} if there is nobody)"
    return Bilingual(zh, en)


def _within(step: Within, titles: Titles) -> Bilingual:
    who, of = titles.of(step.population), titles.of(step.of)
    conditions: list[Bilingual] = []
    if step.low is not None:
        low, sign = titles.of(step.low), "≥" if step.low_included else ">"
        conditions.append(Bilingual(f"{sign} {low.zh}", f"{sign} {low.en}"))
    if step.high is not None:
        high, sign = titles.of(step.high), "≤" if step.high_included else "<"
        conditions.append(Bilingual(f"{sign} {high.zh}", f"{sign} {high.en}"))
    zh = f"{who.zh}中{of.zh} {' 且 '.join(c.zh for c in conditions)} 者"
    en = f"those of {who.en} with {of.en} {' and '.join(c.en for c in conditions)}"
    if step.if_empty == "keep_all":
        zh, en = f"{zh}；{_too_few(step.fewest).zh}时全部保留", f"{en}; all of them if {_too_few(step.fewest).en}"
    elif step.fewest > 1:
        zh, en = f"{zh}；不足 {step.fewest} 家时一家不取", f"{en}; nobody if there are fewer than {step.fewest}"
    return Bilingual(zh, en)


def _too_few(fewest: int) -> Bilingual:
    if fewest == 1:
        return Bilingual("无一符合", "none is")
    return Bilingual(f"不足 {fewest} 家", f"there are fewer than {fewest}")


def _trim(step: Trim, titles: Titles) -> Bilingual:
    who, of = titles.of(step.population), titles.of(step.of)
    rule = bands_words(step.bands)
    zh, en = f"{who.zh}按{of.zh}：{rule.zh}", f"{who.en} by {of.en}: {rule.en}"
    if step.edge == "keep":
        return Bilingual(f"{zh}；与边缘相同者均保留", f"{en}; ties at the edge all stay")
    return Bilingual(f"{zh}；边缘相同者按投标人编号取舍", f"{en}; among equals at the edge the identifier decides")


def bands_words(bands: tuple[TrimBand, ...], zh_unit: str = "家") -> Bilingual:
    """Which highest and lowest are dropped from how many on."""
    if not bands:
        return Bilingual("不去掉最高、最低", "none is dropped")
    ordered = sorted(bands, key=lambda band: band.at_least)
    zh = [f"不足 {ordered[0].at_least} {zh_unit}不去"] if ordered[0].at_least > 1 else []
    en = [f"none below {ordered[0].at_least}"] if ordered[0].at_least > 1 else []
    for band in ordered:
        zh_mark, en_mark = ("%", " %") if band.unit == "percent" else (" 个", "")
        zh.append(f"{band.at_least} {zh_unit}及以上去掉最高 {band.highest}{zh_mark}、最低 {band.lowest}{zh_mark}")
        en.append(f"from {band.at_least} on drop the highest {band.highest}{en_mark} and lowest {band.lowest}{en_mark}")
    return Bilingual("，".join(zh), ", ".join(en))
