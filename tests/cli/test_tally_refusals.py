"""What ``evalclient tally`` refuses: every problem a line with its path, exit code 2, never a traceback."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalclient.__main__ import main as command
from evalclient.core.method.document.reading import LARGEST_INPUT
from tests.builders.tally_files import Calculator, Json, tally_json


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Calculator:
    return Calculator(tmp_path, capsys, monkeypatch)


def doubled_bidder(content: Json) -> None:
    content["bidders"][1]["bidder"] = "甲"


def doubled_member(content: Json) -> None:
    content["members"].append("m1")


def missing_sheet(content: Json) -> None:
    del content["sheets"]["m2"]


def missing_bidder(content: Json) -> None:
    del content["sheets"]["m2"]["丁"]


def missing_score(content: Json) -> None:
    del content["sheets"]["m2"]["丁"]["plan"]


def unknown_item(content: Json) -> None:
    content["sheets"]["m2"]["丁"]["beauty"] = "1"


def negative_price(content: Json) -> None:
    content["bidders"][3]["price"] = "-970"


def absurd_price(content: Json) -> None:
    content["bidders"][3]["price"] = "970000000000000000"


def no_price(content: Json) -> None:
    del content["bidders"][3]["price"]


def corrected_away(content: Json) -> None:
    content["bidders"][3]["corrections"] = [{"amount": "-970", "reason": "x"}]


def not_a_number(content: Json) -> None:
    content["bidders"][3]["price"] = "NaN"


def too_long_a_number(content: Json) -> None:
    content["bidders"][3]["price"] = "1e400"


def weights(content: Json) -> None:
    content["method"]["price"]["maximum"] = "61"


def later_step(content: Json) -> None:
    steps = content["method"]["price"]["steps"]
    steps[0], steps[1] = steps[1], steps[0]


def nobody_to_average(content: Json) -> None:
    steps = content["method"]["price"]["steps"]
    steps[0] = {"op": "within", "id": steps[0]["id"], "title": steps[0]["title"], "low": "100000"}


def by_zero(content: Json) -> None:
    content["method"]["price"]["steps"][2]["percent"] = "100"


def strange_quantity(content: Json) -> None:
    content["bidders"][3]["quantities"] = {"delivery": "3"}


def strange_draw(content: Json) -> None:
    content["draws"] = {"k": "3"}


def strange_field(content: Json) -> None:
    content["bidders"][3]["prize"] = "3"


def unknown_stage(content: Json) -> None:
    content["bidders"][3]["rejected"] = [{"at": "lunch", "code": "c"}]


def no_such_day(content: Json) -> None:
    content["day"] = "2026-02-31"


def before_any_law(content: Json) -> None:
    content["day"] = "1990-01-01"


def not_a_list(content: Json) -> None:
    content["bidders"] = "甲"


def no_method(content: Json) -> None:
    del content["method"]


@pytest.mark.parametrize(
    ("spoil", "path", "said"),
    [
        (doubled_bidder, "$.bidders[1].bidder", "used twice"),
        (doubled_member, "$.members[5]", "used twice"),
        (missing_sheet, "$.sheets.m2", "sheet is missing"),
        (missing_bidder, "$.sheets.m2.丁", "scores of this bidder are missing"),
        (missing_score, "$.sheets.m2.丁.plan", "score is missing"),
        (unknown_item, "$.sheets.m2.丁.beauty", "no such item"),
        (negative_price, "$.bidders[3].price", "negative"),
        (absurd_price, "$.bidders[3].price", "absurd"),
        (no_price, "$.bidders[3].price", "missing"),
        (corrected_away, "$.bidders[3].price", "above zero"),
        (not_a_number, "$.bidders[3].price", "decimal number"),
        (too_long_a_number, "$.bidders[3].price", "decimal number"),
        (weights, "$.method.sections", "add up to 101, not to 100"),
        (later_step, "$.method.price.steps[0].population", "averaged"),
        (nobody_to_average, "$.method.price.steps[1]", "no bidder"),
        (by_zero, "$.method.price.steps[3]", "division by zero"),
        (strange_quantity, "$.bidders[3].quantities.delivery", "no such quantity"),
        (strange_draw, "$.draws.k", "no such draw"),
        (strange_field, "$.bidders[3].prize", "no such field"),
        (no_method, "$.method", "there is no method"),
        (unknown_stage, "$.bidders[3].rejected[0].at", "none of opening, qualification"),
        (no_such_day, "$.day", "no day 2026-02-31"),
        (before_any_law, "$.day", "exactly one"),
        (not_a_list, "$.bidders", "Expected `array`"),
    ],
)
def test_each_mistake_is_named_by_its_path(
    desk: Calculator, spoil: Callable[[Json], None], path: str, said: str
) -> None:
    content = tally_json()
    spoil(content)
    lines = desk.refused(content)
    assert any(line.startswith(f"{path}: ") and said in line for line in lines), lines
    desk.speak("zh_CN.UTF-8")
    chinese = desk.refused(content)
    assert len(chinese) == len(lines)
    assert any(line.startswith(f"{path}: ") and any("一" <= sign <= "鿿" for sign in line) for line in chinese)


def test_several_mistakes_are_told_at_once(desk: Calculator) -> None:
    content = tally_json()
    for spoil in (doubled_member, negative_price, missing_score, unknown_item, strange_draw):
        spoil(content)
    paths = [line.split(": ")[0] for line in desk.refused(content)]
    assert paths == [
        "$.members[5]", "$.bidders[3].price", "$.draws.k", "$.sheets.m2.丁.plan", "$.sheets.m2.丁.beauty",
    ]  # fmt: skip
    content["bidders"][0]["price"] = "x"
    content["bidders"][2]["bidder"] = ""
    content["method"]["price"]["steps"][1]["op"] = "median!"
    content["method"]["price"]["steps"][2]["percent"] = []
    paths = [line.split(": ")[0] for line in desk.refused(content)]
    assert paths == [
        "$.method.price.steps[1].op", "$.method.price.steps[2].percent", "$.bidders[0].price", "$.bidders[2].bidder",
    ]  # fmt: skip


def test_no_more_than_twenty_are_told(desk: Calculator) -> None:
    content = tally_json()
    content["sheets"] = {}
    content["bidders"] = [{"bidder": f"b{at}", "price": "-1"} for at in range(30)]
    lines = desk.refused(content)
    assert len(lines) == 21
    assert lines[-1] == "there are more problems"


def test_a_mistake_in_the_methods_own_file_names_that_file(desk: Calculator) -> None:
    content = tally_json()
    by_zero(content)
    method = desk.file(content.pop("method"), "method.json")
    assert desk.refused(content, "--method", method)[0].startswith(f"{method}: $.price.steps[3]: ")
    desk.file(b'{"version": 2}', "method.json")
    assert desk.refused(content, "--method", method)[0].startswith(f"{method}: $.version: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid JSON"),
        (b"\x7fELF\xff\xfe\x00", "not valid JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"bidders": [], "bidders": []}', "stands twice"),
        (b'{"bidders": [{"bidder": "\\ud800"}]}', "not valid JSON"),
        (b'{"bidders": NaN}', "not valid JSON"),
        (b"null", "Expected `object`"),
    ],
)
def test_what_is_no_document(desk: Calculator, content: bytes, said: str) -> None:
    (line,) = desk.refused(content)
    assert line.startswith("$: ")
    assert said in line


def test_seventy_megabytes_are_not_read(desk: Calculator) -> None:
    file = desk.folder / "large.json"
    with file.open("wb") as large:
        large.truncate(LARGEST_INPUT + 6_000_000)
    _, err = desk.run("tally", file, code=2)
    assert err == [f"{file}: $: the document is larger than 64 MiB"]


def test_names_cannot_break_the_line_or_steer_the_terminal(desk: Calculator) -> None:
    content = tally_json()
    content["sheets"]["m1"]["x\n\x1b[2J"] = {}
    (line,) = desk.refused(content)
    assert line.isprintable()
    assert line.endswith("no such bidder in the list")


@pytest.mark.parametrize("name", ["gone.json", "."])
def test_files_that_cannot_be_read(desk: Calculator, name: str) -> None:
    for arguments in ([desk.folder / name], [desk.file(tally_json()), "--method", desk.folder / name]):
        _, err = desk.run("tally", *arguments, code=2)
        assert len(err) == 1
        assert "check path" in err[0]


# -- whatever comes --------------------------------------------------------------------------------------------------

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["-5", "1e400", "甲"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SOUND = tally_json()


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in inner:
        found += places(below, (*path, name))
    return found


def ran(content: bytes, *options: str) -> int:
    """The command's exit code, with the input at standard input."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(content))
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = command(["tally", "-", *options])
    finally:
        sys.stdin = before
    assert "Traceback" not in err.getvalue()
    assert (code == 2) == bool(err.getvalue())
    return code


@given(st.binary(max_size=200) | ANY_JSON.map(lambda found: json.dumps(found).encode()))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert ran(content) == 2


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(places(SOUND)), ANY_JSON, st.sampled_from(["json", "text", "csv"]))
def test_a_sound_input_with_anything_put_somewhere_is_computed_or_refused(
    path: tuple[str | int, ...], value: object, form: str
) -> None:
    content = json.loads(json.dumps(SOUND))
    target: Any = content
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    assert ran(json.dumps(content).encode(), "--format", form, *(["--explain"] if form != "csv" else [])) in (0, 1, 2)


@pytest.mark.parametrize(
    ("committee", "saying"),
    [
        ({"experts": ["x1", "x2", "x3", "x4"], "representatives": ["x5"]}, "is not the members who scored"),
        ({"experts": ["m1", "m2", "m3", "m4", "m5"], "representatives": ["m5"]}, "somebody is named twice"),
    ],
)
def test_a_committee_that_did_not_score_is_refused(desk: Calculator, committee: Json, saying: str) -> None:
    _, told = desk.run("tally", desk.file({**tally_json(), "committee": committee}), code=2)
    assert any(f"$.committee: {saying}" in line for line in told)
