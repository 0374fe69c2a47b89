"""The running centre; a centre in memory and a seat at it."""

from __future__ import annotations

import pytest

from tests.builders.centre import Beginning, beginning, centre_process
from tests.contract.memory_centre import LOG_KEY, MemoryCentre
from tests.sync.seat import Seat

__all__ = ["centre_process"]


@pytest.fixture
def begun() -> Beginning:
    return beginning(LOG_KEY.text())


@pytest.fixture
def centre(begun: Beginning) -> MemoryCentre:
    centre = MemoryCentre(begun.genesis)
    centre.submit(begun.records)
    return centre


@pytest.fixture
def seat(centre: MemoryCentre, begun: Beginning) -> Seat:
    return Seat(centre, begun)
