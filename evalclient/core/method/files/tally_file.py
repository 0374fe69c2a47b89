"""The file that a tally on the command line reads, and the report it writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final, Literal

import msgspec

from evalclient.core.method.document.compose import OwnItems
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.committee import Committee, candidate_flags, composition_flags
from evalclient.core.method.entry.entries import Entry, RejectedAt, TallyInput, TallyResult, Who, result_bytes
from evalclient.core.method.files.collecting import Faults
from evalclient.core.method.files.entry_problems import entry_problems
from evalclient.core.method.flag import Flag, needs_decision
from evalclient.core.method.problem import EntriesRefused, Problem
from evalclient.core.method.robustness.result import Robustness
from evalclient.core.method.tally import checks
from evalclient.core.method.tally.rejection import rejection_sentence
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.explanation import Explanation, explanation
from evalclient.core.records.fields import Bilingual, Name
from evalclient.core.rules import Day, RulesInForce

#: whom a flag asks where the input does not say who the members are
COMMITTEE: Final = ("committee",)
#: paths of formulas, which stand in the method and not in the input
_OF_METHOD: Final = re.compile(r"\$\.(price|total|sections|limits)\b")


class TallyFile(TallyInput, frozen=True, kw_only=True):
    """The input of ``evalclient tally``: what a tally reads, and the method itself unless it lies in a file of its own:
    as a document, or ``composed`` of a preset and the tender's items.

    ``names`` are displayed names of bidders and members. ``committee`` is looked at where it is stated. ``day`` is that
    of the deadline: the law of that day gives the articles; without it, today's.
    """

    version: Literal[1] = 1
    method: Method | None = None
    composed: OwnItems | None = None
    names: Mapping[Who, Name] = {}
    committee: Committee | None = None
    day: Day | None = None


class RejectedLine(Entry, frozen=True, kw_only=True):
    """A bid that is out: when, by which rule, and why in words."""

    bidder: Who
    at: RejectedAt
    code: str
    article: str
    reason: Bilingual


class TallyReport(TallyResult, frozen=True, kw_only=True):
    """What ``evalclient tally`` prints: the result, and beside it what helps to read it.

    ``sha256`` is the digest of the canonical result, without what stands here; ``decide`` says whether a flag needs a
    decision; ``explanation`` and ``robustness`` are there where they were asked for.
    """

    title: Bilingual
    sha256: str
    names: Mapping[str, str]
    rejections: tuple[RejectedLine, ...]
    flags: tuple[Flag, ...]
    decide: bool
    explanation: Explanation | None = None
    robustness: Robustness | None = None


def require_sound(method: Method, stands_at: str) -> None:
    """Raise Faults with what is wrong with ``method``, which stands at the path ``stands_at``."""
    _require(_at(problem, stands_at) for problem in problems(method))


def report(
    method: Method, file: TallyFile, rules: RulesInForce, *, explain: bool = False, method_at: str = "$.method"
) -> TallyReport:
    """The tally of ``file`` under a sound ``method`` with its flags under ``rules``.

    Raises Faults with everything that does not fit together, up to twenty problems. Paths begin with ``$`` in the input
    and with ``method_at`` in the method.
    """
    _require(chain(entry_problems(method, file), _committee_problems(file)))
    try:
        result = tally(method, file)
        explained = explanation(method, file, result) if explain else None
        found = tuple(_flags(method, file, result, rules))
    except EntriesRefused as error:
        inside = _OF_METHOD.match(error.path) is not None
        raise Faults(iter((_at(error.problem, method_at) if inside else error.problem,))) from error
    return TallyReport(
        **msgspec.structs.asdict(result),
        title=method.title,
        sha256=hashlib.sha256(result_bytes(result)).hexdigest(),
        names=file.names,
        rejections=tuple(_rejections(method, result)),
        flags=found,
        decide=any(needs_decision(flag) for flag in found),
        explanation=explained,
    )


def _committee_problems(file: TallyFile) -> Iterator[Problem]:
    """A committee that is not the members who scored, or that names somebody twice."""
    if file.committee is None:
        return
    seats = (*file.committee.experts, *file.committee.representatives)
    if len(set(seats)) != len(seats):
        yield Problem("$.committee", "同一人列了两次", "somebody is named twice")
    elif file.members and set(seats) != set(file.members):
        yield Problem("$.committee", "与评分的评委名单不一致", "is not the members who scored")


def _require(found: Iterable[Problem]) -> None:
    told = iter(found)
    first = next(told, None)
    if first is not None:
        raise Faults(chain((first,), told))


def _at(problem: Problem, stands_at: str) -> Problem:
    return Problem(stands_at + problem.path.removeprefix("$"), problem.zh, problem.en)


def _flags(method: Method, file: TallyFile, result: TallyResult, rules: RulesInForce) -> Iterator[Flag]:
    found = [*checks.flags(method, file, result, rules.flag_articles, file.names)]
    if file.committee is not None:
        found += composition_flags(file.committee, rules)
    found += candidate_flags(result, rules, lambda person: file.names.get(person, person))
    for flag in found:
        yield flag if flag.asked else msgspec.structs.replace(flag, asked=COMMITTEE)


def _rejections(method: Method, result: TallyResult) -> Iterator[RejectedLine]:
    for line in result.bidders:
        for one in line.rejected:
            reason = rejection_sentence(method, one)
            yield RejectedLine(bidder=line.bidder, at=one.at, code=one.code, article=one.article, reason=reason)
