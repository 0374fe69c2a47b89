"""What a result comes down to: who is first, who are the candidates in which order, who is not decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.parts import Ranking
from evalclient.core.method.entry.entries import Place
from evalclient.core.method.tally.ranking import candidates

#: a bidder's numbers in the order of the ranking's keys, smaller is better
Key = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``first``: who holds the first place (more than one: equal); ``candidates``: their places; who is ``undecided``."""

    first: tuple[str, ...]
    candidates: tuple[Place, ...]
    undecided: tuple[str, ...]

    def differs(self, other: Outcome) -> bool:
        """Whether the candidates are others, or stand in another order."""
        return (self.candidates, self.undecided) != (other.candidates, other.undecided)


def outcome_of(ranking: Ranking, places: Sequence[Place]) -> Outcome:
    """The outcome of a ranking whose first places are ``places``: at least as many as there are candidates, or all."""
    chosen, undecided = candidates(ranking, places)
    held = tuple(place for place in places if set(place.bidders) <= set(chosen))
    return Outcome(places[0].bidders if places else (), held, undecided)


class Field:
    """The bidders one bidder is set against, in order; says what the outcome is when he stands at a given key."""

    def __init__(self, ranking: Ranking, keys: Mapping[str, Key], bidder: str, order: Mapping[str, int]) -> None:
        """``keys`` are in the order of the input, which ``order`` gives by number: so are equal bidders named."""
        self._ranking = ranking
        self._bidder = bidder
        self._order = order
        groups: dict[Key, list[str]] = {}
        for name, key in keys.items():
            if name != bidder:
                groups.setdefault(key, []).append(name)
        self._keys = sorted(groups)
        self._groups = [tuple(groups[key]) for key in self._keys]
        self._found: dict[tuple[int, bool], Outcome] = {}

    def without(self) -> Outcome:
        """The outcome when the bidder is out."""
        return self._outcome(len(self._keys), None)

    def at(self, key: Key) -> Outcome:
        """The outcome when the bidder stands at ``key``."""
        at = bisect_left(self._keys, key)
        equal = at < len(self._keys) and self._keys[at] == key
        found = self._found.get((at, equal))
        if found is None:
            found = self._found[at, equal] = self._outcome(at, equal)
        return found

    def _outcome(self, at: int, equal: bool | None) -> Outcome:
        """With the bidder before the group ``at``, or within it, or (None) nowhere."""
        enough = self._ranking.candidates + 1
        groups = self._groups[:enough]
        if equal:
            groups[at : at + 1] = [tuple(sorted((*self._groups[at], self._bidder), key=self._order.__getitem__))]
        elif equal is not None:
            groups.insert(at, (self._bidder,))
        places: list[Place] = []
        before = 0
        for group in groups:
            places.append(Place(place=before + 1, bidders=group))
            before += len(group)
        return outcome_of(self._ranking, places)


def key_of(ranking: Ranking, numbers: Mapping[str, Fraction]) -> Key:
    """The key of a bidder who has ``numbers``."""
    return tuple(numbers[key.of] if key.best == "lowest" else -numbers[key.of] for key in ranking.keys)
