"""The published JSON Schemas of the method document and of the tally's input and result, made from the structs."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from evalclient.core.method.document.compose import Preset
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyResult
from evalclient.core.method.files.tally_file import TallyFile, TallyReport
from evalclient.core.method.robustness.result import Robustness

_PUBLISHED: Mapping[str, tuple[type[msgspec.Struct], str]] = {
    "method.schema.json": (Method, "评标办法 · evaluation method, version 1"),
    "method-preset.schema.json": (Preset, "评标办法模板 · preset of an evaluation method, version 1"),
    "method-result.schema.json": (TallyResult, "汇总结果 · result of a tally as it is signed, version 1"),
    "method-robustness.schema.json": (Robustness, "稳健性分析 · robustness of a result, version 1"),
    "tally-input.schema.json": (TallyFile, "汇总输入 · input of evalclient tally, version 1"),
    "tally-report.schema.json": (TallyReport, "汇总报告 · output of evalclient tally, version 1"),
}


def schemas() -> dict[str, bytes]:
    """File name → JSON Schema (2020-12), as it lies in ``resources/schema/``."""
    return {name: _schema(kind, title) for name, (kind, title) in _PUBLISHED.items()}


def _schema(kind: type[msgspec.Struct], title: str) -> bytes:
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **msgspec.json.schema(kind)}
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
