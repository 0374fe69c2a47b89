"""The published JSON Schemas of the method document and of the tally's input and result, made from the structs."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from evalclient.core.method.compose import Preset
from evalclient.core.method.entries import TallyInput, TallyResult
from evalclient.core.method.parts import Method

_PUBLISHED: Mapping[str, tuple[type[msgspec.Struct], str]] = {
    "method.schema.json": (Method, "评标办法 · evaluation method, version 1"),
    "method-preset.schema.json": (Preset, "评标办法模板 · preset of an evaluation method, version 1"),
    "method-input.schema.json": (TallyInput, "汇总输入 · input of a tally"),
    "method-result.schema.json": (TallyResult, "汇总结果 · result of a tally, version 1"),
}


def schemas() -> dict[str, bytes]:
    """File name → JSON Schema (2020-12), as it lies in ``resources/schema/``."""
    return {name: _schema(kind, title) for name, (kind, title) in _PUBLISHED.items()}


def _schema(kind: type[msgspec.Struct], title: str) -> bytes:
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **msgspec.json.schema(kind)}
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
