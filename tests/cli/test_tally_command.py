"""``evalclient tally``: the result, its flags and exit codes, in three formats and two languages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import msgspec
import pytest

from evalclient.cli.tally_views import COLUMNS, harmless, width
from evalclient.core.method.document.document import load_method
from evalclient.core.method.entry.entries import TallyInput, TallyResult, result_bytes
from evalclient.core.method.robustness.analysis import robustness, robustness_bytes
from evalclient.core.method.tally.tally import tally
from tests.builders.tally_files import Calculator, Json, method_json, tally_json


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Calculator:
    return Calculator(tmp_path, capsys, monkeypatch)


def test_the_report_holds_the_result_and_its_digest(desk: Calculator) -> None:
    content = tally_json()
    found = desk.tally(content)
    entries = {name: content[name] for name in ("bidders", "members", "sheets")}
    own = tally(load_method(json.dumps(content["method"]).encode()), msgspec.convert(entries, TallyInput))
    assert (
        msgspec.convert({name: found[name] for name in found if name in TallyResult.__struct_fields__}, TallyResult)
        == own
    )
    assert found["sha256"] == hashlib.sha256(result_bytes(own)).hexdigest()
    assert [place["bidders"] for place in found["ranking"]] == [["丙"], ["乙"], ["甲"], ["丁"]]
    assert found["candidates"] == ["丙", "乙", "甲"]
    assert (found["flags"], found["decide"]) == ([], False)
    (out,) = found["rejections"]
    assert (out["bidder"], out["code"], out["reason"]["en"]) == (
        "戊",
        "above_ceiling",
        "the price is above the ceiling price 1050",
    )
    assert "explanation" not in found


def test_json_numbers_count_as_their_text(desk: Calculator) -> None:
    content = tally_json()
    before = desk.tally(content)
    content["bidders"] = [{**line, "price": int(line["price"])} for line in content["bidders"]]
    assert desk.tally(content) == before


def test_the_method_may_lie_in_a_file_of_its_own_and_goes_before_the_inputs(desk: Calculator) -> None:
    content = tally_json()
    desk.file(method_json(ceiling_price=None), "method.json")
    named = desk.tally(content, "--method", desk.folder / "method.json")
    assert named["rejections"] == []
    del content["method"]
    assert desk.tally(content, "--method", desk.folder / "method.json") == named


def test_the_input_may_come_by_a_pipe(desk: Calculator, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tally_json()
    given = io.TextIOWrapper(io.BytesIO(json.dumps(content).encode()))
    monkeypatch.setattr("sys.stdin", given)
    out, _ = desk.run("tally", "-", code=0)
    assert json.loads(out) == desk.tally(content)


@pytest.mark.parametrize(("change", "kind"), [("plan", "range"), ("leader", "objective")])
def test_a_flag_that_needs_a_decision_is_exit_code_1(desk: Calculator, change: str, kind: str) -> None:
    content = tally_json()
    content["sheets"]["m1"]["甲"][change] = {"plan": "12.5", "leader": "5"}[change]
    found = desk.tally(content, code=1)
    assert found["decide"] is True
    flag = next(flag for flag in found["flags"] if flag["kind"] == kind)
    assert flag["article"] == "招标投标法实施条例 第四十九条"
    assert "m1" in flag["asked"]
    assert flag["numbers"]
    assert "第一建设集团" in flag["sentence"]["zh"]


def equal(first: Json, second: Json) -> None:
    for sheet in first["sheets"].values():
        sheet["乙"] = sheet["丙"]
    second["price"] = "948"


def test_equal_totals_need_a_decision_only_where_the_method_does_not_rank_them(desk: Calculator) -> None:
    content = tally_json()
    equal(content, content["bidders"][1])
    tied = desk.tally(content, code=1)
    assert tied["ranking"][0]["bidders"] == ["乙", "丙"]
    assert [flag["kind"] for flag in tied["flags"]] == ["equal"]
    content["bidders"][1] |= {"price": "947", "quantities": {}}
    content["price_scores"] = {"甲": "50", "乙": "50", "丙": "50", "丁": "50"}
    ranked = desk.tally(content)
    assert [place["bidders"] for place in ranked["ranking"]][:2] == [["乙"], ["丙"]]
    assert ([flag["kind"] for flag in ranked["flags"]], ranked["decide"]) == (["equal"], False)


def test_equal_prices_under_a_method_that_ranks_by_price_are_flagged(desk: Calculator) -> None:
    content = tally_json()
    content["method"]["ranking"]["keys"] = [{"of": "price", "best": "lowest"}]
    content["bidders"][0]["price"] = "948"
    found = desk.tally(content, code=1)
    (flag,) = found["flags"]
    assert (flag["kind"], flag["numbers"]) == ("equal", {"甲": "1", "丙": "1"})


def test_a_stated_committee_is_looked_at(desk: Calculator) -> None:
    content = tally_json()
    content["committee"] = {"experts": ["m1", "m2", "m3", "m4"], "representatives": ["m5"]}
    assert desk.tally(content)["flags"] == []
    content["committee"] = {"experts": ["m1", "m2"], "representatives": ["m3", "m4"]}
    content["members"] = ["m1", "m2", "m3", "m4"]
    del content["sheets"]["m5"]
    found = desk.tally(content, code=1)
    assert [flag["id"] for flag in found["flags"]] == ["composition/few", "composition/even", "composition/experts"]
    assert {flag["article"] for flag in found["flags"]} == {"招标投标法 第三十七条"}


def test_known_scores_ask_the_committee_where_nobody_is_named(desk: Calculator) -> None:
    content = tally_json()
    content["scores"] = content["sheets"].pop("m1")
    content["bidders"] = content["bidders"][:2]
    content["scores"] = {bidder: content["scores"][bidder] for bidder in ("甲", "乙")}
    del content["sheets"], content["members"]
    found = desk.tally(content, code=1)
    assert [(flag["kind"], flag["asked"]) for flag in found["flags"]] == [("too_few", ["committee"])]
    assert found["candidates"] == ["乙", "甲"]


def test_what_would_change_the_result_stands_in_it_when_asked_for(desk: Calculator) -> None:
    root = Path(__file__).parents[2]
    file = root / "docs/examples/tally.json"
    out, err = desk.run("tally", file, "--robustness", code=0)
    found = json.loads(out)
    given = json.loads(file.read_text("utf-8"))
    entries = {name: given[name] for name in ("bidders", "members", "sheets")}
    own = robustness(load_method(json.dumps(given["method"]).encode()), msgspec.convert(entries, TallyInput))
    assert found["robustness"] == json.loads(robustness_bytes(own))
    assert found["robustness"]["result"] == found["sha256"]
    assert err[-1] == "31/31"
    text, _ = desk.run("tally", file, "--robustness", "--format", "text", code=0)
    assert "    m1 → Cedar & Sons, warranty: 20 → 5 (3 steps): first: Acme Office" in text.splitlines()
    desk.speak("zh_CN.UTF-8")
    chinese, _ = desk.run("tally", file, "--robustness", "--format", "text", code=0)
    assert len(chinese.splitlines()) == len(text.splitlines())
    assert "不计 m1: 不变" in chinese


def test_nobody_valid_is_a_result_and_not_an_error(desk: Calculator) -> None:
    content = tally_json()
    for line in content["bidders"]:
        line["price"] = "2000"
    found = desk.tally(content, code=1)
    assert (found["ranking"], found["candidates"]) == ([], [])
    assert len(found["rejections"]) == 5


def test_the_worked_example_of_the_page_is_what_the_command_prints(desk: Calculator) -> None:
    root = Path(__file__).parents[2]
    out, _ = desk.run("tally", root / "docs/examples/tally.json", "--format", "text", "--explain", code=0)
    assert f"```\n{out}```" in (root / "docs/method.md").read_text("utf-8")


# -- to read ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "head", "candidates"),
    [
        ("zh_CN.UTF-8", "名次", "中标候选人：丙、乙、第一建设集团"),
        ("en_GB.UTF-8", "Place", "Candidates: 丙, 乙, 第一建设集团"),
    ],
)
def test_the_table_is_in_columns(desk: Calculator, language: str, head: str, candidates: str) -> None:
    desk.speak(language)
    out, _ = desk.run("tally", desk.file(tally_json()), "--format", "text", code=0)
    lines = out.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(head))
    assert len({width(line) for line in lines[at : at + 6]}) == 1
    assert candidates in lines


def test_the_working_of_every_step_and_bidder(desk: Calculator) -> None:
    found = desk.tally(tally_json(), "--explain")
    explained = found["explanation"]
    assert [step["id"] for step in explained["price"]] == [step["id"] for step in found["price"]["steps"]]
    assert "(950 + 962 + 948 + 970) ÷ 4 = 957.50" in explained["price"][1]["formula"]["zh"]
    assert {value["bidder"] for value in explained["price"][-1]["values"]} == {"甲", "乙", "丙", "丁"}
    assert explained["scores"]["丙"][-1] == {"of": "total", "working": "35.00 + 57.52", "value": "92.52"}
    desk.speak("zh_CN.UTF-8")
    out, _ = desk.run("tally", desk.folder / "input.json", "--format", "text", "--explain", code=0)
    assert "总得分: 35.00 + 57.52 = 92.52" in out


def rows(desk: Calculator, content: Json) -> list[dict[str, str]]:
    out, _ = desk.run("tally", desk.file(content), "--format", "csv", code=0)
    return list(csv.DictReader(io.StringIO(out)))


def test_csv_has_one_line_for_each_bidder_in_the_stated_columns(desk: Calculator) -> None:
    found = rows(desk, tally_json())
    assert tuple(found[0])[: len(COLUMNS)] == COLUMNS
    assert [row["bidder"] for row in found] == ["丙", "乙", "甲", "丁", "戊"]
    assert (found[0]["total"], found[0]["candidate"], found[0]["section:staff"]) == ("92.52", "1", "18.20")
    assert (found[4]["place"], found[4]["total"], found[4]["rejected_by"]) == ("", "", "above_ceiling")


def test_no_cell_of_a_csv_is_a_formula(desk: Calculator) -> None:
    content = tally_json()
    content["names"]["甲"] = '=HYPERLINK("http://x","y")'
    (row,) = [row for row in rows(desk, content) if row["bidder"] == "甲"]
    assert row["name"] == '\'=HYPERLINK("http://x","y")'


@pytest.mark.parametrize("cell", ["=1", "+1", "@x", "-a", "\t=1", " =1", "\r1", "＝1"])
def test_what_a_spreadsheet_could_take_for_a_formula_is_quoted(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-1.50", "0.333333333333…", "甲", "", "a=b"])
def test_numbers_and_names_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("option", ["--explain", "--robustness"])
def test_csv_and_the_working_do_not_go_together(desk: Calculator, option: str) -> None:
    _, err = desk.run("tally", desk.file(tally_json()), "--format", "csv", option, code=2)
    assert err == ["csv holds one line per bidder, no working and no robustness; use --format json or text."]
