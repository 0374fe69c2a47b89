"""How the members' scores become the group's, in words: one clause after the other in the order of computation."""

from __future__ import annotations

from collections.abc import Iterator

from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item
from evalclient.core.method.exact import Rounding
from evalclient.core.method.wording.step_words import Titles, bands_words, rounding_words
from evalclient.core.records.fields import Bilingual

_REPLACED = Bilingual(
    "评标委员会认定某评委对某投标人的评分异常的，以其他评委的平均值替代",
    "Where the committee finds a member's scores of a bid abnormal, the others' mean stands there",
)


def majority_words(method: Method) -> Bilingual:
    """How many members make a fail."""
    return {
        "any": Bilingual("有一名评委认定不合格的，该项不合格", "An item is failed when any member finds a fail"),
        "half_or_more": Bilingual("半数及以上评委认定不合格的，该项不合格", "An item is failed by half of the members"),
        "more_than_half": Bilingual("超过半数评委认定不合格的，该项不合格", "An item is failed by more than half"),
        "two_thirds": Bilingual("三分之二及以上评委认定不合格的，该项不合格", "An item is failed by two thirds"),
    }[method.majority.fails_when]


def aggregation_words(method: Method) -> Iterator[Bilingual]:
    """The clauses; none where nothing is scored."""
    if not method.sections:
        return
    rule = method.aggregation
    if any(item.kind == "pass_fail" for item in every_item(method)):
        words = majority_words(method)
        yield Bilingual(f"合格制评分项：{words.zh}", f"Items passed or failed: {words.en[0].lower()}{words.en[1:]}")
    if rule.replace_abnormal and not rule.void_first:
        yield _REPLACED
    yield _rounded(rule.member_section, "评委各部分得分", "A member's score of a section")
    yield _rounded(rule.member_total, "评委总分", "A member's total")
    if rule.void_widest_from is not None:
        yield _void(method, rule.void_widest_from)
    if rule.replace_abnormal and rule.void_first:
        yield _REPLACED
    where = {
        "item": Bilingual("先求各评分项的平均分，再相加", "The mean of each item is taken, then added"),
        "section": Bilingual("先求各部分的平均分，再相加", "The mean of each section is taken, then added"),
        "total": Bilingual("取各评委总分的平均分", "The mean of the members' totals is taken"),
    }[rule.level]
    bands, mean = bands_words(rule.bands, "名评委"), rounding_words(rule.group)
    yield Bilingual(f"{where.zh}；{bands.zh}；平均分{mean.zh}", f"{where.en}; {bands.en}; the mean is {mean.en}")
    yield _rounded(rule.section, "各部分得分", "A section's score")
    least = method.thresholds.minimum_technical
    if least is not None:
        yield Bilingual(
            f"技术商务得分低于 {least} 分的，不再参加后续评审",
            f"A bid with less than {least} points before the price is out",
        )
    for section in method.sections:
        if section.scaling == "relative":
            yield Bilingual(
                f"“{section.title.zh}”以仍参加评审的投标人中的最高得分为 {section.weight} 分，其余按比例",
                f"{section.title.en}: the best of those still in gets {section.weight}, the others in proportion",
            )


def _rounded(rounding: Rounding | None, zh: str, en: str) -> Bilingual:
    words = rounding_words(rounding)
    return Bilingual(f"{zh}{words.zh}", f"{en} is {words.en}")


def _void(method: Method, least: int) -> Bilingual:
    """Whose scores do not count (公路工程建设项目评标办法), with every tie-break in turn."""
    lot = method.aggregation.lot
    name = Bilingual("抽签", "lot") if lot is None else Titles(method).of(lot)
    return Bilingual(
        f"评委达到 {least} 名且有两家及以上投标人的，各投标人总分中最高分与最低分之差最大的评委的评分不计入；差距相同的，"
        f"最高分与次低分之差最大者不计入；仍相同的，以“{name.zh}”次序在先者不计入",
        f"From {least} members on and with two bids or more, the member with the greatest difference between the highest and"
        " the lowest total is left out; among equals the one with the greatest difference between the highest and the second"
        f" lowest; still equal: the first by lot ({name.en})",
    )
