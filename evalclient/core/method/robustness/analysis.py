"""How firmly a result stands (稳健性分析): what other members, roundings, trimmings and single scores would change.

Pure and exact: every answer is what a whole tally of the changed input would give. It judges nobody and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput, result_bytes
from evalclient.core.method.robustness.pivotal import PivotalScores, nearness
from evalclient.core.method.robustness.result import DecisiveScore, Robustness, robustness_bytes
from evalclient.core.method.robustness.variants import Trials
from evalclient.core.method.tally.outcome import outcome_of
from evalclient.core.method.tally.tally import tally
from evalclient.core.records.envelope import digest

__all__ = ["Robustness", "robustness", "robustness_bytes"]

T = TypeVar("T")
#: called with how much is done and of how much; may raise to stop
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Course:
    """Does one piece after another and tells how far it is."""

    progress: Progress
    whole: int
    done: int = 0

    def step(self, work: Callable[[], T]) -> T:
        """One piece of work."""
        self.tell()
        found = work()
        self.done += 1
        return found

    def tell(self) -> None:
        """Say how much is done; the caller may stop here by raising."""
        self.progress(self.done, self.whole)


def robustness(method: Method, entries: TallyInput, progress: Progress = lambda _done, _all: None) -> Robustness:
    """The robustness of the result of ``entries`` under ``method``; raises EntriesRefused where there is none."""
    result = tally(method, entries)
    baseline = outcome_of(method.ranking, result.ranking)
    scores = PivotalScores(method, entries, baseline)
    trials = Trials(method, entries, scores.group, baseline)
    members, roundings = list(trials.members()), list(trials.roundings())
    trimmings, levels = list(trials.trimmings()), list(trials.levels())
    whole = len(members) + len(roundings) + len(trimmings) + len(levels) + len(scores.bidders)
    course = _Course(progress, whole)
    left_out = tuple(course.step(trial) for trial in members)
    otherwise = tuple(course.step(trial) for trial in roundings)
    trimmed = tuple(course.step(trial) for trial in trimmings)
    at_levels = tuple(course.step(trial) for trial in levels)
    decisive: list[DecisiveScore] = []
    for bidder in scores.bidders:
        decisive += course.step(partial(scores.of, bidder))
    course.tell()
    return Robustness(
        version=1,
        method=method.id,
        result=digest(result_bytes(result)),
        ranking=result.ranking,
        first=baseline.first,
        candidates=baseline.candidates,
        undecided=baseline.undecided,
        members=left_out,
        roundings_tried=len(roundings),
        roundings=tuple(one for one in otherwise if one.changes_candidates or one.impossible is not None),
        trimmings=trimmed,
        levels=at_levels,
        scores_examined=scores.examined(),
        scores=tuple(sorted(decisive, key=nearness)),
    )
