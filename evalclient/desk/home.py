"""Where changes of a desk are made: by the caller, or on the one lane that owns it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Home(Protocol):
    """Runs a change where the desk's owner wants changes made; gives back what came of it, raises what it raised."""

    def __call__(self, change: Callable[[], T]) -> T: ...


def here(change: Callable[[], T]) -> T:
    """The caller owns the desk."""
    return change()
