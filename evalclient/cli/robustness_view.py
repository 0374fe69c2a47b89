"""The robustness of a result to read: what would change the first place or the candidates, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from evalclient.core.counting import counted

if TYPE_CHECKING:
    from evalclient.core.method.exact import Rounding
    from evalclient.core.method.robustness.result import Change, DecisiveScore, Robustness, Variant

#: so many scores are listed; JSON has all of them
MOST_LISTED: Final = 20
_LEVELS: Final = {
    "item": ("逐项取平均", "mean of each item"),
    "section": ("逐部分取平均", "mean of each section"),
    "total": ("按评委总分取平均", "mean of the members' totals"),
}


def robustness_lines(found: Robustness, language: str, name: Callable[[str], str]) -> Iterator[str]:
    """The lines in ``language``; ``name`` gives displayed names of bidders and members."""
    return _Panel(found, language == "en", name).lines()


class _Panel:
    def __init__(self, found: Robustness, english: bool, name: Callable[[str], str]) -> None:
        self._found = found
        self._english = english
        self._name = name

    def lines(self) -> Iterator[str]:
        found = self._found
        yield ""
        yield self._say("稳健性分析", "Robustness")
        for member in found.members:
            yield f"  {self._say('不计', 'without')} {self._name(member.member)}: {self._variant(member)}"
        for trimming in found.trimmings:
            what = self._say(
                f"去掉最高 {trimming.highest}、最低 {trimming.lowest}",
                f"dropping the highest {trimming.highest} and lowest {trimming.lowest}",
            )
            yield f"  {what}: {self._variant(trimming)}"
        for level in found.levels:
            yield f"  {self._say(*_LEVELS[level.level])}: {self._variant(level)}"
        yield "  " + self._say(
            f"另试取舍规则 {found.roundings_tried} 种，改变结果或无法计算的 {len(found.roundings)} 种",
            f"{found.roundings_tried} other roundings tried, {len(found.roundings)} of them change something or stop",
        )
        for rounding in found.roundings:
            yield f"    {rounding.path} {self._rounding(rounding.rounding)}: {self._variant(rounding)}"
        yield from self._scores()

    def _say(self, zh: str, en: str) -> str:
        return en if self._english else zh

    def _names(self, bidders: Sequence[str]) -> str:
        return self._say("、", ", ").join(map(self._name, bidders)) or "-"

    def _variant(self, variant: Variant) -> str:
        if variant.impossible is not None:
            return self._say("无法计算", "cannot be worked out")
        if variant.changes_first:
            return self._say("第一名变为 ", "first: ") + self._names(variant.first)
        if variant.changes_candidates:
            bidders = [bidder for place in variant.candidates for bidder in place.bidders]
            return self._say("候选人变为 ", "candidates: ") + self._names(bidders)
        return self._say("不变", "no change")

    def _rounding(self, rounding: Rounding | None) -> str:
        if rounding is None:
            return self._say("不取舍", "not rounded")
        return f"{rounding.places}/{rounding.mode}"

    def _scores(self) -> Iterator[str]:
        found = self._found
        yield "  " + self._say(
            f"评分 {found.scores_examined} 个：单独变动可改变结果的 {len(found.scores)} 个，其中一个步长即可的 {found.pivotal} 个",
            f"{counted(found.scores_examined, 'score')}: {len(found.scores)} can change something alone, {found.pivotal} by one step",
        )
        for score in found.scores[:MOST_LISTED]:
            yield f"    {self._score(score)}"
        if len(found.scores) > MOST_LISTED:
            yield "    " + self._say("其余见 JSON", "the others stand in the JSON")

    def _score(self, score: DecisiveScore) -> str:
        who = self._name(score.member) if score.member is not None else self._say("汇总", "group")
        change = score.first or score.candidates
        steps = self._say(f"{change.steps} 个步长", f"{change.steps} step{'s' if change.steps > 1 else ''}")
        return f"{who} → {self._name(score.bidder)}, {score.item}: {score.value} → {change.to} ({steps}): {self._outcome(score, change)}"

    def _outcome(self, score: DecisiveScore, change: Change) -> str:
        if score.first is not None:
            return self._say("第一名变为 ", "first: ") + self._names(change.first)
        bidders = [bidder for place in change.candidates for bidder in place.bidders]
        return self._say("候选人变为 ", "candidates: ") + self._names(bidders)
