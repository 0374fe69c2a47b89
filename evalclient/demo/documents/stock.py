"""The demo's own words: the data files of ``resources/demo``, read once per process."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from evalclient.assets import asset
from evalclient.demo.documents.model import Text

Data = dict[str, Any]


@cache
def stock(name: str) -> Data:
    """The data file ``resources/demo/NAME.json``; treat it as read-only."""
    data: Data = json.loads(asset(f"demo/{name}.json").read_text(encoding="utf-8"))
    return data


def pair(both: list[str]) -> Text:
    """A ``[Chinese, English]`` pair of the data files."""
    return Text(both[0], both[1])


def pairs(many: list[list[str]]) -> tuple[Text, ...]:
    """A list of pairs."""
    return tuple(pair(one) for one in many)
