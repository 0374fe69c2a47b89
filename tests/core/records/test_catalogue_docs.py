"""docs/records.md is the catalogue, printed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from evalclient.core.evaluation.state import STAGES
from evalclient.core.records import catalogue_docs
from evalclient.core.records.act import Trade
from evalclient.core.records.catalogue import KINDS
from evalclient.core.rules import in_force, load_rules
from tests.builders.documents import rules_of

COMMITTED = Path(__file__).parents[3] / "docs" / "records.md"
DAY = "2026-11-24"
PACKS = [load_rules(rules_of(trade)) for trade in get_args(Trade)]
PAGE = catalogue_docs.page(PACKS, DAY)


def test_the_committed_page_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == PAGE, "write it anew; the page says how"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_its_row_with_every_field(kind: object) -> None:
    row = next(entry for entry in KINDS.values() if entry is kind)
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{row.name}` | {row.title.zh} |")]
    for word in (*row.roles, row.signer, *(in_force(pack, DAY).article(row.name) for pack in PACKS)):
        assert word in line
    for field in msgspec.structs.fields(row.act):
        assert f"`{field.name}`" in line


def test_runs_of_stages_are_shortened_in_the_order_of_the_evening() -> None:
    assert ", ".join(STAGES) in PAGE
    assert "| release – report |" in PAGE
    assert "| settlement, recheck |" in PAGE
    assert "| checkin – report |" in PAGE


def test_every_part_that_is_named_is_explained() -> None:
    explained = {
        line.split("`")[1] for line in PAGE.split("## Parts of bodies")[1].splitlines() if line.startswith("| `")
    }
    named = {word for line in PAGE.splitlines() for word in line.split("`")[1::2] if word[:1].isupper()}
    assert named == explained


def test_only_structs_have_fields() -> None:
    with pytest.raises(TypeError, match="is not a struct"):
        catalogue_docs._info(int)  # type: ignore[arg-type]
