"""What the simulation of a method showed, to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evalclient.cli.console import one_line
from evalclient.cli.tally_views import table

if TYPE_CHECKING:
    from evalclient.core.method.document.parts import Method
    from evalclient.core.method.robustness.simulation import Counterexample, Simulation, Trial


def as_text(found: Simulation, method: Method, language: str) -> str:
    """The findings, counterexamples and the distribution of price scores, in ``language``."""
    return "".join(one_line(line).rstrip() + "\n" for line in _Page(found, method, language).lines())


class _Page:
    def __init__(self, found: Simulation, method: Method, language: str) -> None:
        self._found = found
        self._method = method
        self._language = language

    def lines(self) -> Iterator[str]:
        found = self._found
        yield self._say(f"{found.method}：评标办法有效。", f"{found.method}: the method is sound.")
        if not found.samples:
            return
        yield self._say(f"随机试算 {found.samples} 次：", f"Tried on {found.samples} random tenders:")
        for stop in found.stopped:
            yield f"  {self._say('无法计算', 'could not be worked out')} {self._of(stop.times, found.samples)}: "
            yield f"    {stop.problem.text(self._language)}"
        for zh, en, count in (
            ("无有效投标", "nobody valid", found.nobody_valid),
            ("第一名并列", "a tie on the first place", found.tied_first),
            ("候选人名额边缘并列", "a tie at the edge of the candidates", found.undecided),
            ("报价最低者为第一名", "the lowest price comes first", found.lowest_first),
            ("最低报价不计入基准", "the lowest price is left out of the benchmark", found.lowest_left_out),
            ("最低报价被否决", "the lowest price is rejected by a limit", found.lowest_rejected),
            ("最低报价未得最高报价分", "the lowest price does not get the most points", found.lowest_not_best),
        ):
            yield f"  {self._say(zh, en)}: {self._of(count, found.samples)}"
        yield from self._trial(
            "一位评委一项评分变动一个步长，第一名改变", "one mark, one step: another first", found.sensitive
        )
        yield from self._trial("质量提高而名次下降", "higher quality, worse place", found.quality)
        yield from self._trial("报价降低而名次下降", "lower price, worse place", found.price)
        yield from self._distribution()

    def _say(self, zh: str, en: str) -> str:
        return en if self._language == "en" else zh

    def _of(self, count: int, whole: int) -> str:
        tenths = (count * 2000 + whole) // (2 * whole) if whole else 0
        return f"{count}/{whole} ({tenths // 10}.{tenths % 10}%)"

    def _trial(self, zh: str, en: str, trial: Trial) -> Iterator[str]:
        yield f"  {self._say(zh, en)}: {self._of(trial.lost, trial.tried)}"
        if trial.example is not None:
            yield from self._example(trial.example)

    def _example(self, example: Counterexample) -> Iterator[str]:
        out = self._say("否决", "out")
        places = f"{example.place_before or out} → {example.place_after or out}"
        where = self._say(f"{example.bidder} 的名次", f"place of {example.bidder}")
        yield f"    {self._say('例', 'e.g.')} {example.change.text(self._language)}; {where}: {places}"
        prices = ", ".join(f"{entry.bidder} {entry.price}" for entry in example.before.bidders)
        yield f"       {self._say('报价', 'prices')}: {prices}"

    def _distribution(self) -> Iterator[str]:
        bands = self._found.distribution
        if not bands:
            return
        yield ""
        yield self._say(
            "报价（占有效报价平均值的百分比）与报价得分：", "Price in % of the mean valid price, and price scores:"
        )
        head = self._say("报价 %,投标数,最低,平均,最高", "price %,bids,lowest,mean,highest").split(",")
        rows = [
            [f"{band.percent}–{band.percent + 2}", str(band.bids), band.lowest, band.mean, band.highest]
            for band in bands
        ]
        for line in table([head, *rows]):
            yield f"  {line}"
