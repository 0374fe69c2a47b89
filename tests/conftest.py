"""What every test relies on: offscreen Qt, strict logs, garbage, repeatable hypothesis runs, time per suite."""

import gc
import logging
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent

settings.register_profile("house", deadline=None)
settings.register_profile("house-ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house-ci" if os.environ.get("CI") else "house")


@pytest.fixture(autouse=True)
def unexpected_log_warnings_fail(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which anything logged WARNING or above, unless it is marked ``expects_log``."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    unexpected = [f"{r.name}: {r.levelname}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    if unexpected:
        pytest.fail("unexpected log messages:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture(autouse=True)
def widgets_die_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program (``ui.collector``): no garbage is collected while Qt is at work, nor on a worker's thread."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.collect(1)  # all that was made since the last one
        gc.enable()


def pytest_collection_finish() -> None:
    """Modules live as long as the run: the collections between tests need not walk them."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how long each suite (first folder below tests/) took, set-up and tear-down included."""
    seconds: defaultdict[str, float] = defaultdict(float)
    tests: defaultdict[str, set[str]] = defaultdict(set)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                suite = Path(report.nodeid.partition("::")[0]).relative_to(TESTS.name).parts[0]
                seconds[suite] += report.duration
                tests[suite].add(report.nodeid)
    if not seconds:
        return
    terminalreporter.section("time per suite")
    for suite in sorted(seconds, key=lambda name: -seconds[name]):
        terminalreporter.write_line(f"{seconds[suite]:8.1f} s  {len(tests[suite]):5d} tests  tests/{suite}")
