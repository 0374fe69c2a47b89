from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.assets import asset
from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.document import dump_method, load_method
from evalclient.core.method.files.schema import schemas
from tests.core.method.samples import PRESETS, fixed, item, preset_bytes, preset_method, section

Json = dict[str, Any]


def plain(name: str = "construction-comprehensive") -> Json:
    found: Json = json.loads(dump_method(preset_method(name)))
    return found


def put(document: Json, path: str, value: object) -> bytes:
    """``document`` with ``value`` at a path like ``sections.0.weight``."""
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    target: Any = document
    for part in parents:
        target = target[part]
    target[last] = value
    return json.dumps(document).encode()


def refusal(untrusted: bytes) -> str:
    with pytest.raises(DocumentMalformed) as caught:
        load_method(untrusted)
    assert caught.value.zh
    return str(caught.value)


@pytest.mark.parametrize("name", PRESETS)
def test_a_composed_preset_is_sound_and_prints_to_itself(name: str) -> None:
    document = preset_method(name)
    assert load_method(dump_method(document)) == document
    assert document.price is not None
    assert document.price.maximum == {"procurement": "30", "construction": "60"}[document.trade]


def test_composing_items_that_do_not_add_up_is_refused() -> None:
    preset = load_preset(preset_bytes("procurement-comprehensive"))
    with pytest.raises(DocumentMalformed, match=r"\$\.sections: .*add up to 45, not to 100"):
        compose(preset, id="x", preliminary=(), sections=(section("s", item("a", "15")),))


def test_the_points_for_the_price_can_be_set() -> None:
    preset = load_preset(preset_bytes("procurement-comprehensive"))
    document = compose(preset, id="x", preliminary=(), sections=(section("s", item("a", "60")),), price_maximum="40")
    assert document.price is not None
    assert document.price.maximum == "40"


def test_single_numbers_of_the_formula_can_be_set_by_name() -> None:
    preset = load_preset(preset_bytes("construction-comprehensive"))
    sections = (section("s", item("a", "40")),)
    changed = {"deducted.above": "0.8", "benchmark.percent": "5"}
    document = compose(preset, id="x", preliminary=(), sections=sections, parameters=changed)
    plain_steps = {step["id"]: step for step in json.loads(dump_method(document))["price"]["steps"]}
    assert (plain_steps["deducted"]["above"], plain_steps["deducted"]["below"]) == ("0.8", "0.8")
    assert plain_steps["benchmark"]["percent"] == "5"
    for wrong in ("deducted.sideways", "nothing.above", "deducted"):
        with pytest.raises(DocumentMalformed, match="no parameter"):
            compose(preset, id="x", preliminary=(), sections=sections, parameters={wrong: "1"})
    with pytest.raises(DocumentMalformed, match="above"):
        compose(preset, id="x", preliminary=(), sections=sections, parameters={"deducted.above": "lots of"})


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("sections.0.weight", True, "$.sections[0].weight"),
        ("sections.0.weight", "1e400", "$.sections[0].weight"),
        ("sections.0.weight", "NaN", "$.sections[0].weight"),
        ("sections.0.weight", "21", "$.sections[0].weight"),
        ("sections.0.colour", "red", "$.sections[0]"),
        ("sections.0.items.0.minimum", "13", "$.sections[0].items[0].minimum"),
        ("sections.0.items.0.step", "0", "$.sections[0].items[0].step"),
        ("sections.0.items.0.step", "0.7", "$.sections[0].items[0].step"),
        ("sections.0.items.0.reason_below", "1.5", "$.sections[0].items[0].reason_below"),
        ("sections.0.items.1.id", "plan", "$.sections[0].items[1].id"),
        ("sections.1.id", "organisation", "$.sections[1].id"),
        ("sections.1.items.0.maximum", "12", "$.sections[1].items[0].values"),
        ("sections.1.items.0.values.0.value", "11", "$.sections[1].items[0].values[0].value"),
        ("sections.1.items.0.values.0.value", "5.0", "$.sections[1].items[0].values[1].value"),
        ("preliminary.1.id", "signed", "$.preliminary[1].id"),
        ("version", 2, "$.version"),
        ("price.steps.1.of", "benchmark", "$.price.steps[1].of"),
        ("price.steps.1.population", "mean", "$.price.steps[1].population"),
        ("price.steps.1.population", "price", "$.price.steps[1].population"),
        ("price.steps.1.id", "averaged", "$.price.steps[1].id"),
        ("price.steps.1.id", "total", "$.price.steps[1].id"),
        ("price.steps.0.bands", [{"at_least": 2, "highest": 1, "lowest": 1}], "$.price.steps[0].bands[0]"),
        ("price.steps.0.op", "guess", "$.price.steps[0].op"),
        ("price.steps.3.of", "mean", "$.price.score"),
        ("price.score", "mean", "$.price.score"),
        ("price.score", None, "$.price.score"),
        ("aggregation.bands", [{"at_least": 2, "lowest": 2}], "$.aggregation.bands[0]"),
        ("ranking.keys.1.of", "beauty", "$.ranking.keys[1].of"),
        ("ranking.keys.1.of", "benchmark", "$.ranking.keys[1].of"),
        ("ranking.candidates", 4, "$.ranking.candidates"),
        ("thresholds.ceiling_price", "0", "$.thresholds.ceiling_price"),
        ("thresholds.minimum_technical", "41", "$.thresholds.minimum_technical"),
        ("thresholds.cost_warning", "deviation", "$.thresholds.cost_warning"),
    ],
)
def test_each_fault_is_named_by_its_path(path: str, value: object, where: str) -> None:
    message = refusal(put(plain(), path, value))
    assert f"{where}:" in message


def test_a_missing_rounding_is_refused_because_not_rounding_is_a_choice() -> None:
    document = plain()
    del document["aggregation"]["group"]
    assert "`group`" in refusal(json.dumps(document).encode())


def test_a_relative_section_cannot_be_aggregated_by_totals() -> None:
    document = plain("procurement-comprehensive")
    assert "$.sections[0].scaling:" in refusal(put(document, "sections.0.scaling", "relative"))


def test_a_price_weight_below_ten_percent_is_refused_in_procurement() -> None:
    preset = load_preset(preset_bytes("procurement-comprehensive"))
    sections = (section("s", item("a", "80"), fixed("b", "0", "15")),)
    with pytest.raises(DocumentMalformed, match=r"\$\.price\.maximum"):
        compose(preset, id="x", preliminary=(), sections=sections, price_maximum="5")


def test_a_table_of_bands_must_rise_and_begin_below_everything() -> None:
    document = plain()
    steps = document["price"]["steps"]
    rows = [{"at_least": "0", "value": "1"}, {"at_least": "5", "value": "2"}, {"at_least": "5", "value": "3"}]
    steps.append({"op": "bands", "id": "t", "title": {"zh": "表", "en": "table"}, "of": "deviation", "table": rows})
    message = refusal(json.dumps(document).encode())
    assert "$.price.steps[6].table[0].at_least:" in message
    assert "$.price.steps[6].table[2].at_least:" in message


@pytest.mark.parametrize(
    "untrusted",
    [b"", b"{", b"[" * 200_000, b'{"x":' + b"[" * 200_000, b"\xff\xfe", b'"' + b"a" * (5 << 20) + b'"', b"null"],
)
def test_rubbish_is_refused_in_a_sentence(untrusted: bytes) -> None:
    refusal(untrusted)


@given(st.binary(max_size=200))
def test_random_bytes_never_escape_as_anything_else(untrusted: bytes) -> None:
    refusal(untrusted)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
)


@given(st.data())
def test_a_document_with_one_place_changed_loads_or_is_refused(data: st.DataObject) -> None:
    document = plain(data.draw(st.sampled_from(PRESETS)))
    target: Any = document
    while True:
        keys = list(range(len(target))) if isinstance(target, list) else list(target)
        key = data.draw(st.sampled_from(keys))
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = data.draw(_JSON)
    untrusted = json.dumps(document).encode()
    try:
        document_again = load_method(untrusted)
    except DocumentMalformed:
        assert "$" in refusal(untrusted)
    else:
        assert load_method(dump_method(document_again)) == document_again


@pytest.mark.parametrize("name", list(schemas()))
def test_the_published_schemas_are_current(name: str) -> None:
    assert asset(f"schema/{name}").read_bytes() == schemas()[name], "write them anew, see docs/method.md"
