"""The committee as an input states it, and flags on its composition and on the number of candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evalclient.core.method.entry.entries import Entry, TallyResult, Who
from evalclient.core.method.flag import Flag, flag
from evalclient.core.records.fields import Bilingual, DecimalText
from evalclient.core.rules import RulesInForce
from evalclient.core.tender import Sector


class Committee(Entry, frozen=True, kw_only=True):
    """Who sits on the committee (评标委员会), and what its least size goes by: the budget in yuan and the sector."""

    experts: tuple[Who, ...]
    representatives: tuple[Who, ...] = ()
    budget: DecimalText = "0"
    sector: Sector = "general"


def composition_flags(committee: Committee, rules: RulesInForce) -> Iterator[Flag]:
    """Too few members, an even number, too many representatives; the organiser is asked to form it anew."""
    rule, least = rules.composition, rules.composition.size_rule(committee)
    experts, representatives = len(committee.experts), len(committee.representatives)
    size = experts + representatives
    numbers = {"members": str(size), "experts": str(experts), "representatives": str(representatives)}
    found: list[tuple[str, str, Bilingual]] = []
    if size < least.minimum:
        zh = f"评标委员会只有 {size} 人，应为 {least.minimum} 人以上"
        en = f"the committee has {size} members, it must have {least.minimum} or more"
        found.append(("few", least.article, Bilingual(zh, en)))
    if rule.odd and size % 2 == 0:
        zh, en = f"评标委员会 {size} 人不是单数", f"the committee has {size} members, which is not an odd number"
        found.append(("even", rule.article, Bilingual(zh, en)))
    if representatives * rule.representatives_one_in > size:
        zh = f"评标委员会 {size} 人中只有专家 {experts} 人，不足规定的比例"
        en = f"only {experts} of {size} members are experts, fewer than the rule asks for"
        found.append(("experts", rule.article, Bilingual(zh, en)))
    for about, article, what in found:
        sentence = Bilingual(f"{what.zh}，请招标人（采购人）依法重新组建", f"{what.en}; the organiser forms it anew")
        needed = {**numbers, "needed": str(least.minimum)} if about == "few" else numbers
        yield flag({"composition": article}, "composition", (about,), sentence, needed, ("organiser",))


def candidate_flags(result: TallyResult, rules: RulesInForce, name: Callable[[str], str]) -> Iterator[Flag]:
    """More candidates than the law allows (中标候选人不超过三个)."""
    rule, count = rules.candidates, len(result.candidates)
    if count <= rule.maximum:
        return
    beyond = result.candidates[rule.maximum :]
    zh, en = "、".join(map(name, beyond)), ", ".join(map(name, beyond))
    sentence = Bilingual(
        f"评标办法推荐 {count} 名候选人，超过规定的 {rule.maximum} 名（多出 {zh}），请招标人（采购人）更正",
        f"the method recommends {count} candidates, more than {rule.maximum} ({en} beyond); the organiser corrects it",
    )
    numbers = {"candidates": str(count), "at most": str(rule.maximum)}
    yield flag({"candidates": rule.article}, "candidates", (), sentence, numbers, ("organiser",))
