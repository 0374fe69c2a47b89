"""Draws: the text, its numbers, what is drawn; a stranger's script from docs/method.md draws the same."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import islice, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.core.draw import below, draw_number, draw_order, draw_text, numbers
from evalclient.core.records.envelope import HashName, digest

FINGERPRINT = digest(b"evaluation")
CENTRE = digest(b"leaf")
PARTIES = ("m1", "m2", "m3", "m4", "m5", "supervisor")
SHARES = {party: bytes([number]) * 32 for number, party in enumerate(PARTIES)}
HASHES: dict[HashName, str] = {"sha256": "sha256sum", "sm3": "openssl dgst -sm3 -r"}
#: chi-square that a fair draw exceeds once in ten thousand times, by degrees of freedom (NIST tables, α = 0.0001)
LIMIT = {4: 23.51, 23: 57.08}
parties = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
shares = st.dictionaries(parties, st.binary(min_size=32, max_size=32), min_size=1, max_size=8)


def text_of(many: int, draw: str = "K") -> str:
    """The text of one of many evaluations."""
    return draw_text(digest(f"evaluation {many}".encode()), draw, 1, SHARES, CENTRE)


def by_place(order: dict[str, str]) -> list[str]:
    return sorted(order, key=lambda bidder: int(order[bidder]))


def chi_square(found: Counter[str], cells: int, trials: int) -> float:
    assert len(found) <= cells
    expected = trials / cells
    hit = sum((count - expected) ** 2 / expected for count in found.values())
    return hit + (cells - len(found)) * expected


def test_the_text_is_one_line_each() -> None:
    text = draw_text(FINGERPRINT, "K", 2, {"m1": b"\x01" * 32, "supervisor": b"\xff" * 32}, CENTRE)
    assert text == (
        f"evalclient-draw/1\nevaluation {FINGERPRINT}\ndraw K\nround 2\nshare m1 {'01' * 32}\n"
        f"share supervisor {'ff' * 32}\ncentre {CENTRE}\n"
    )


def test_the_script_in_the_docs_draws_the_same(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "method.md").read_text("utf-8")
    (script,) = re.findall(r"```bash\n(# bash replay\.sh.*?)```", page, re.DOTALL)
    replay, file = tmp_path / "replay.sh", tmp_path / "draw.txt"
    replay.write_text(script, "utf-8")
    values = [str(number / 2) for number in range(40)]
    bidders = [f"bidder:{digest(str(number).encode())}" for number in range(7)]
    for algorithm, command in HASHES.items():
        for many in range(3):
            text = text_of(many)
            file.write_bytes(text.encode())

            def told(kind: str, *among: str, by: str = command) -> list[str]:
                said = subprocess.run(
                    ["/bin/bash", replay, kind, file, *among],
                    env={**os.environ, "HASH": by},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                return said.stdout.splitlines()

            assert told("number", *values) == [draw_number(text, values, algorithm)]
            order = draw_order(text, bidders, algorithm)
            assert told("order", *bidders) == by_place(order)


def test_every_value_is_as_likely() -> None:
    values = ("86", "87", "88", "89", "90")
    found = Counter(draw_number(text_of(many), values, "sha256") for many in range(5000))
    assert chi_square(found, 5, 5000) < LIMIT[4]


def test_every_order_is_as_likely() -> None:
    bidders = ("a", "b", "c", "d")
    found: Counter[str] = Counter()
    for many in range(6000):
        order = draw_order(text_of(many), bidders, "sm3")
        assert sorted(order.values()) == ["1", "2", "3", "4"]
        found["".join(by_place(order))] += 1
    assert set(found) == {"".join(one) for one in permutations(bidders)}
    assert chi_square(found, 24, 6000) < LIMIT[23]


def test_numbers_beyond_the_last_whole_multiple_are_passed_over() -> None:
    def stream(*given_: int) -> Iterator[int]:
        return iter(given_)

    assert 2**32 % 200 == 96
    assert below(200, stream(2**32 - 96, 2**32 - 1, 2**32 - 97)) == 199
    assert below(200, stream(2**32 - 97)) == 199
    assert below(1, stream(2**32 - 1)) == 0
    assert below(2**31, stream(2**32 - 1)) == 2**31 - 1


@given(shares, st.data())
@settings(max_examples=60)
def test_every_share_counts_and_the_centre_too(given_: dict[str, bytes], data: st.DataObject) -> None:
    text = draw_text(FINGERPRINT, "K", 1, given_, CENTRE)
    party = data.draw(st.sampled_from(sorted(given_)))
    changed = bytes([given_[party][0] ^ 1]) + given_[party][1:]
    others = {
        draw_text(FINGERPRINT, "K", 1, {**given_, party: changed}, CENTRE),
        draw_text(FINGERPRINT, "C", 1, given_, CENTRE),
        draw_text(FINGERPRINT, "K", 2, given_, CENTRE),
        draw_text(FINGERPRINT, "K", 1, given_, digest(b"another leaf")),
        draw_text(digest(b"another evaluation"), "K", 1, given_, CENTRE),
    }
    streams = {tuple(islice(numbers(one, "sha256"), 4)) for one in (text, *others)}
    assert len(streams) == 6


def test_the_two_hashes_draw_apart() -> None:
    assert next(numbers(text_of(1), "sha256")) != next(numbers(text_of(1), "sm3"))


@pytest.mark.parametrize("algorithm", list(HASHES))
def test_what_was_drawn_once_is_drawn_again_by_every_later_version(algorithm: HashName) -> None:
    text = draw_text(FINGERPRINT, "K", 1, SHARES, CENTRE)
    found = (draw_number(text, ("0", "1", "2", "3", "4"), algorithm), draw_order(text, ("a", "b", "c"), algorithm))
    expected = {
        "sha256": ("2", {"a": "3", "b": "2", "c": "1"}),
        "sm3": ("3", {"a": "1", "b": "2", "c": "3"}),
    }
    assert found == expected[algorithm]
