"""The method in words, in Chinese and English: shown before the pledge, printed in the tender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from evalclient.core.counting import counted
from evalclient.core.method.document.items import ScoredItem, Section, full_marks
from evalclient.core.method.document.parts import Draw, Method, RankKey
from evalclient.core.method.exact import exact as number
from evalclient.core.method.exact import shown
from evalclient.core.method.formula.arithmetic import AnyStep
from evalclient.core.method.wording.aggregation_words import aggregation_words, majority_words
from evalclient.core.method.wording.phrases import SIGNS
from evalclient.core.method.wording.step_words import Titles, bands_words, rounding_words, step_words
from evalclient.core.records.fields import Bilingual


class Clause(msgspec.Struct, frozen=True):
    """One clause: its number (``3.2``), its text; ``heading`` where it opens a chapter."""

    number: str
    text: Bilingual
    heading: bool = False


def clauses(method: Method) -> tuple[Clause, ...]:
    """The whole method as numbered clauses, in the order in which it is worked out."""
    chapters = [
        (Bilingual("初步评审", "Preliminary review"), list(_preliminary(method))),
        (Bilingual("投标人填报的数据与现场抽取", "Stated quantities and draws"), list(_inputs(method))),
        (Bilingual("评分项", "Scored items"), list(_scored(method))),
        (Bilingual("汇总", "Adding up the members' scores"), list(aggregation_words(method))),
        (Bilingual("报价评审", "Price"), list(_price(method))),
        (Bilingual("总得分", "Total"), list(_total(method))),
        (Bilingual("排序与推荐", "Ranking and candidates"), list(_ranking(method))),
        (Bilingual("复核提示", "Flags for the re-check"), list(_flags(method))),
    ]
    numbered: list[Clause] = []
    for chapter, (heading, texts) in enumerate((c for c in chapters if c[1]), start=1):
        numbered.append(Clause(str(chapter), heading, heading=True))
        numbered += [Clause(f"{chapter}.{i}", text) for i, text in enumerate(texts, start=1)]
    return tuple(numbered)


def in_words(method: Method, language: str) -> str:
    """The method as plain text in ``language`` (``"en"``, or anything else for Chinese)."""
    lines = [method.title.text(language)]
    lines += [
        f"{'' if clause.heading else '  '}{clause.number} {clause.text.text(language)}" for clause in clauses(method)
    ]
    return "\n".join(lines) + "\n"


def _preliminary(method: Method) -> Iterator[Bilingual]:
    for item in method.preliminary:
        article = f"（{item.article}）" if item.article else ""
        yield Bilingual(
            f"{item.group.zh}：{item.title.zh}——{item.description.zh}{article}",
            f"{item.group.en}: {item.title.en} — {item.description.en}{f' ({item.article})' if item.article else ''}",
        )
    if method.preliminary:
        yield majority_words(method)
        yield Bilingual("任何一项不合格的，否决其投标", "A bid that fails an item is rejected")
    ceiling = method.thresholds.ceiling_price
    if ceiling is not None:
        yield Bilingual(f"报价高于最高投标限价 {ceiling} 的，否决其投标", f"A price above {ceiling} is rejected")


def _scored(method: Method) -> Iterator[Bilingual]:
    titles = Titles(method)
    for section in method.sections:
        yield _section(section)
        for item in section.items:
            yield _item(item)
            yield from steps_words(item.steps, titles.within(item))
            if item.score is not None:
                yield _computed(item, titles.within(item).of(item.score))


def _section(section: Section) -> Bilingual:
    total = shown(full_marks(section))
    zh, en = f"{section.title.zh}（{section.weight} 分）", f"{section.title.en} ({counted(section.weight, 'point')})"
    if section.scaling == "to_weight":
        zh, en = f"{zh}：按满分 {total} 评分后折算", f"{en}: marked out of {total} and scaled"
    elif section.scaling == "relative":
        zh, en = f"{zh}：最高者得满分，其余按比例", f"{en}: the best gets all, others in proportion"
    if section.rule is None:
        return Bilingual(zh, en)
    bands, mean = bands_words(section.rule.bands, "名评委"), rounding_words(section.rule.group)
    whole = rounding_words(section.rule.section)
    return Bilingual(
        f"{zh}；本部分{bands.zh}，平均分{mean.zh}，得分{whole.zh}",
        f"{en}; here {bands.en}; the mean is {mean.en}, the score {whole.en}",
    )


def _item(item: ScoredItem) -> Bilingual:
    nature = Bilingual("客观", "objective") if item.objective else Bilingual("主观", "subjective")
    how = _how(item)
    zh_how, en_how = how.zh, how.en
    if item.weight != "1":
        zh_how, en_how = f"{zh_how}；乘以权重 {item.weight}", f"{en_how}; times {item.weight}"
    if item.reason_below is not None:
        bound = shown(number(item.reason_below) * number(item.maximum))
        zh_how, en_how = f"{zh_how}；低于 {bound} 分须写明理由", f"{en_how}; below {bound} with a reason"
    zh_group, en_group = (f"{item.group.zh}·", f"{item.group.en}: ") if item.group is not None else ("", "")
    return Bilingual(
        f"{zh_group}{item.title.zh}（{item.maximum} 分，{nature.zh}）：{item.description.zh.rstrip('。')}。{zh_how}",
        f"{en_group}{item.title.en} ({item.maximum}, {nature.en}): {item.description.en.rstrip('.')}. {en_how}",
    )


def _computed(item: ScoredItem, score: Bilingual) -> Bilingual:
    """Which step is the score of a computed item, and the limits it is kept within."""
    return Bilingual(
        f"“{item.title.zh}”得分即“{score.zh}”，不低于 {item.minimum}，不高于 {item.maximum}",
        f"The score of {item.title.en} is “{score.en}”, kept within {item.minimum} and {item.maximum}",
    )


def _how(item: ScoredItem) -> Bilingual:
    """What a member may enter, or that nobody enters it."""
    values = Bilingual(
        "；".join(f"{value.value} 分：{value.condition.zh}" for value in item.values),
        "; ".join(f"{value.value}: {value.condition.en}" for value in item.values),
    )
    most = shown(number(item.maximum) - number(item.minimum))
    return {
        "range": Bilingual(
            f"{item.minimum}～{item.maximum} 分，步长 {item.step}",
            f"{item.minimum} to {item.maximum} in steps of {item.step}",
        ),
        "fixed": values,
        "options": Bilingual(
            f"符合者累计，最多 {item.maximum} 分：{values.zh}", f"all that apply, {item.maximum} at most: {values.en}"
        ),
        "deduction": Bilingual(
            f"扣分，扣 0～{most} 分，步长 {item.step}", f"points off, 0 to {most} in steps of {item.step}"
        ),
        "pass_fail": Bilingual(
            f"合格得 {item.maximum} 分，不合格得 {item.minimum} 分，以多数意见为准",
            f"{item.maximum} if passed, else {item.minimum}, as the majority finds",
        ),
        "computed": Bilingual("按下列步骤计算", "worked out as follows"),
    }[item.kind]


def steps_words(steps: Sequence[AnyStep], titles: Titles) -> Iterator[Bilingual]:
    """One sentence for each step of a formula."""
    for step in steps:
        rule, rounding = step_words(step, titles), rounding_words(step.rounding)
        zh, en = f"{step.title.zh} = {rule.zh}", f"{step.title.en} = {rule.en}"
        counts = step.yields == "population"
        yield Bilingual(zh if counts else f"{zh}，{rounding.zh}", en if counts else f"{en}, {rounding.en}")


def _price(method: Method) -> Iterator[Bilingual]:
    price = method.price
    if price is None:
        return
    titles = Titles(method)
    population = titles.of(price.population)
    yield Bilingual(
        f"报价分满分 {price.maximum} 分；计算基准的范围：{population.zh}",
        f"At most {counted(price.maximum, 'point')}; the benchmark is taken over {population.en}",
    )
    yield from steps_words(price.steps, titles)
    yield from _limits(method, titles)
    if price.evaluated is not None:
        name = titles.of(price.evaluated)
        yield Bilingual(f"评标价即{name.zh}", f"The evaluated price is {name.en}")
    if price.score is not None:
        name = titles.of(price.score)
        yield Bilingual(f"报价得分即“{name.zh}”", f"The price score is “{name.en}”")
    if price.bounded and price.score is not None:
        yield Bilingual(
            f"报价得分不低于 0，不高于 {price.maximum}", f"The price score is kept within 0 and {price.maximum}"
        )


def _limits(method: Method, titles: Titles) -> Iterator[Bilingual]:
    for limit in method.limits:
        of, than = titles.of(limit.of), titles.of(limit.than)
        yield Bilingual(
            f"{of.zh} {SIGNS[limit.test]} {than.zh} 的，否决其投标：{limit.reason.zh}（{limit.article}）",
            f"Rejected when {of.en} {SIGNS[limit.test]} {than.en}: {limit.reason.en} ({limit.article})",
        )


def _inputs(method: Method) -> Iterator[Bilingual]:
    for quantity in method.quantities:
        zh = "、".join(f"{choice.title.zh} = {choice.value}" for choice in quantity.choices)
        en = ", ".join(f"{choice.title.en} = {choice.value}" for choice in quantity.choices)
        absent = {
            "refuse": Bilingual("必须填报", "must be stated"),
            "default": Bilingual(f"未填报的按 {quantity.default} 计", f"{quantity.default} where it is not stated"),
            "highest": Bilingual("未填报的按其他投标人最高值计", "the others' highest where it is not stated"),
            "mean": Bilingual("未填报的按其他投标人平均值计", "the others' mean where it is not stated"),
            "lowest": Bilingual("未填报的按其他投标人最低值计", "the others' lowest where it is not stated"),
        }[quantity.missing]
        yield Bilingual(
            f"{quantity.title.zh}：{f'{zh}；' if zh else ''}{absent.zh}",
            f"{quantity.title.en}: {f'{en}; ' if en else ''}{absent.en}",
        )
    for draw in method.draws:
        yield _draw(draw)


def _draw(draw: Draw) -> Bilingual:
    when = {
        "opening": Bilingual("开标时", "at the opening"),
        "before_review": Bilingual("评审开始前", "before the review"),
        "after_review": Bilingual("评分结束后", "after the scoring"),
    }[draw.when]
    if draw.kind == "order":
        return Bilingual(
            f"{draw.title.zh}：{when.zh}抽签确定投标人次序", f"{draw.title.en}: an order of the bidders drawn {when.en}"
        )
    if draw.kind == "members":
        return Bilingual(
            f"{draw.title.zh}：{when.zh}抽签确定评委次序", f"{draw.title.en}: an order of the committee drawn {when.en}"
        )
    zh, en = (sign.join(draw.values) for sign in ("、", ", "))
    return Bilingual(f"{draw.title.zh}：{when.zh}从 {zh} 中抽取", f"{draw.title.en}: drawn {when.en} from {en}")


def _total(method: Method) -> Iterator[Bilingual]:
    titles, total = Titles(method), method.total
    yield from steps_words(total.steps, titles)
    if total.score is not None:
        name = titles.of(total.score)
        yield Bilingual(f"总得分即{name.zh}", f"The total is {name.en}")
    else:
        yield Bilingual(
            "总得分为技术商务得分与报价得分之和", "The total is the score before the price plus the price score"
        )
    rounding = rounding_words(total.rounding)
    yield Bilingual(f"总得分{rounding.zh}", f"The total is {rounding.en}")
    if any(key.of == "total" for key in method.ranking.keys):
        yield Bilingual(
            f"各部分分值与报价分满分合计 {total.full} 分",
            f"The weights of the sections and the points for the price add up to {total.full}",
        )


def _ranking(method: Method) -> Iterator[Bilingual]:
    titles = Titles(method)
    first, *others = (_key(key, titles) for key in method.ranking.keys)
    yield Bilingual(f"按{first.zh}排序", f"Ranked by {first.en}")
    for other in others:
        yield Bilingual(f"仍相同的，按{other.zh}排序", f"If equal, by {other.en}")
    yield Bilingual("各项均相同的，并列", "Who is equal in all shares the place")
    count = method.ranking.candidates
    owner = {
        "construction": Bilingual("招标人", "the tenderer"),
        "procurement": Bilingual("采购人", "the purchaser"),
    }[method.trade]
    yield Bilingual(
        f"向{owner.zh}推荐不超过 {count} 名候选人，按名次排列",
        f"At most {count} candidates in this order are recommended to {owner.en}",
    )


def _key(key: RankKey, titles: Titles) -> Bilingual:
    name = {"total": Bilingual("总得分", "total"), "price_score": Bilingual("报价得分", "price score")}.get(key.of)
    name = name or titles.of(key.of)
    if key.best == "highest":
        return Bilingual(f"{name.zh}由高到低", f"{name.en}, highest first")
    return Bilingual(f"{name.zh}由低到高", f"{name.en}, lowest first")


def _flags(method: Method) -> Iterator[Bilingual]:
    flags = method.flags
    level = {
        "item": Bilingual("评分项", "an item"),
        "section": Bilingual("部分得分", "a section"),
        "total": Bilingual("总分", "a total"),
    }[flags.deviation_level]
    yield Bilingual(
        f"某评委的{level.zh}与其他评委平均值相差超过 {flags.deviation_percent}% 的，提示复核",
        f"A member's score of {level.en} more than {flags.deviation_percent} % from the others' mean is flagged",
    )
    if flags.low_price_percent is not None:
        yield Bilingual(
            f"报价比其他投标人平均报价低 {flags.low_price_percent}% 以上的，提示",
            f"A price more than {flags.low_price_percent} % below the others' mean is flagged",
        )
    warning = method.thresholds.cost_warning
    if warning is not None:
        name = Titles(method).of(warning)
        yield Bilingual(
            f"报价低于成本警戒线（{name.zh}）的，提示", f"A price below the warning line ({name.en}) is flagged"
        )
    yield Bilingual(
        f"有效投标不足 {flags.fewest_valid} 家的，提示", f"Fewer than {flags.fewest_valid} valid bids are flagged"
    )
