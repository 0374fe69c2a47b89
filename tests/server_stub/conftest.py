"""The running centre, an evaluation at it, and who speaks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evalclient.sync.centre import HttpCentre
from evalclient.sync.register import Register
from tests.builders.centre import (
    Beginning,
    CentreProcess,
    centre_process,
)

__all__ = ["centre_process"]


@pytest.fixture
def begun(centre_process: CentreProcess) -> Beginning:
    return centre_process.publish()


@pytest.fixture
def centre(centre_process: CentreProcess, begun: Beginning) -> Iterator[HttpCentre]:
    connected = centre_process.connect(begun, begun.member)
    yield connected
    connected.close()


@pytest.fixture
def register(centre_process: CentreProcess) -> Iterator[Register]:
    register = Register(centre_process.url)
    yield register
    register.close()
