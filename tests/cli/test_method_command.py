"""``evalclient method check`` and ``show``: findings, picture, text, and clear refusals."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from evalclient.core.method.document.document import load_method
from evalclient.core.method.wording.words import in_words
from tests.builders.tally_files import Calculator, method_json, tally_json
from tests.cli.test_tally_refusals import ANY_JSON, places


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Calculator:
    return Calculator(tmp_path, capsys, monkeypatch)


def test_a_method_is_tried_and_the_findings_can_be_repeated(desk: Calculator) -> None:
    file = desk.file(method_json())
    out, err = desk.run("method", "check", file, "--samples", "20", "--seed", "5", "--format", "json", code=0)
    found = json.loads(out)
    assert (found["method"], found["samples"], found["stopped"]) == ("demo.construction", 20, [])
    assert found["quality"] == {"tried": found["quality"]["tried"], "lost": 0, "example": None}
    assert [line for line in err if "/" in line][-1] == "20/20"
    again, _ = desk.run("method", "check", file, "--samples", "20", "--seed", "5", "--format", "json", code=0)
    assert again == out


def test_a_counterexample_is_an_input_that_the_tally_takes(desk: Calculator) -> None:
    out, _ = desk.run("method", "check", desk.file(method_json()), "--format", "json", "--samples", "60", code=0)
    example = json.loads(out)["price"]["example"]
    seen = []
    for when in ("before", "after"):
        content = {**example[when], "method": method_json(), "day": "2026-11-24"}
        text, err = desk.run("tally", desk.file(content), "--format", "csv", code=desk_code(desk, content))
        assert err == []
        line = next(row for row in text.splitlines() if f",{example['bidder']}," in row)
        seen.append(int(line.partition(",")[0]))
    assert seen == [example["place_before"], example["place_after"]]


def desk_code(desk: Calculator, content: dict[str, object]) -> int:
    """0 or 1: whether the random scores raise a flag does not matter here."""
    from evalclient.__main__ import main as command

    return command(["tally", str(desk.file(content))])


def test_what_is_found_is_told_in_both_languages(desk: Calculator) -> None:
    file = desk.file(method_json())
    english, _ = desk.run("method", "check", file, "--samples", "40", code=0)
    assert "lower price, worse place: " in english
    assert "lowers the price from" in english
    assert "price %" in english
    desk.speak("zh_CN.UTF-8")
    chinese, _ = desk.run("method", "check", file, "--samples", "40", code=0)
    assert "报价降低而名次下降: " in chinese
    assert len(chinese.splitlines()) == len(english.splitlines())


def test_a_method_that_stops_is_exit_code_1(desk: Calculator) -> None:
    content = method_json()
    steps = content["price"]["steps"]
    steps[0] = {"op": "within", "id": steps[0]["id"], "title": steps[0]["title"], "low": "100000"}
    out, _ = desk.run("method", "check", desk.file(content), "--samples", "3", code=1)
    assert "could not be worked out 3/3 (100.0%)" in out


def test_nothing_is_tried_where_no_samples_are_asked_for(desk: Calculator) -> None:
    out, err = desk.run("method", "check", desk.file(method_json()), "--samples", "0", code=0)
    assert out == "demo.construction: the method is sound.\n"
    assert err == []


# -- the picture -----------------------------------------------------------------------------------------------------


def test_the_picture_as_svg_shows_each_valid_bid(desk: Calculator) -> None:
    content = method_json()
    content["title"]["en"] = "A <method> & more"
    picture = desk.folder / "plot.svg"
    desk.run("method", "check", desk.file(content), "--samples", "10", "--plot", picture, code=0)
    drawn = ElementTree.fromstring(picture.read_text("utf-8"))
    texts = ["".join(node.itertext()) for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "A <method> & more (demo.construction)" in texts
    bids = int(next(text for text in texts if text.startswith("10 random tenders")).split(", ")[2].split()[0])
    assert bids > 30
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == bids
    (line,) = drawn.iter("{http://www.w3.org/2000/svg}polyline")
    assert "fill: none" in line.attrib["style"]


def test_the_picture_as_png(desk: Calculator) -> None:
    picture = desk.folder / "plot.PNG"
    desk.run("method", "check", desk.file(method_json()), "--samples", "10", "--plot", picture, code=0)
    image = Image.open(io.BytesIO(picture.read_bytes()))
    assert (image.format, image.size) == ("PNG", (1440, 880))
    colours = image.convert("RGB").getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 50


def test_a_picture_that_cannot_be_is_refused_before_anything_is_tried(desk: Calculator) -> None:
    file = desk.file(method_json())
    _, err = desk.run("method", "check", file, "--plot", desk.folder / "plot.pdf", code=2)
    assert err == [f"{desk.folder / 'plot.pdf'} must be named .svg or .png."]
    content = method_json()
    content["ranking"]["keys"] = [{"of": "price", "best": "lowest"}]
    content["price"] |= {"maximum": "0", "score": None}
    _, err = desk.run("method", "check", desk.file(content), "--plot", desk.folder / "plot.svg", code=2)
    assert err == ["The method scores no prices: there is nothing to plot."]


# -- as a text -------------------------------------------------------------------------------------------------------


def test_the_method_as_a_text(desk: Calculator) -> None:
    content = method_json()
    file = desk.file(content)
    method = load_method(json.dumps(content).encode())
    zh, en = in_words(method, "zh"), in_words(method, "en")
    assert desk.run("method", "show", file, code=0)[0] == en
    assert desk.run("method", "show", file, "--language", "zh", code=0)[0] == zh
    assert desk.run("method", "show", file, "--language", "both", code=0)[0] == f"{zh}\n{en}"


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["check", "show"])
def test_every_problem_of_a_method_is_a_line_with_its_path(desk: Calculator, part: str) -> None:
    content = method_json()
    content["price"]["maximum"] = "61"
    content["sections"][0]["weight"] = "19"
    file = desk.file(content)
    _, err = desk.run("method", part, file, code=2)
    assert [line.split(": ")[1] for line in err] == ["$.sections[0].weight"]
    content["ranking"]["candidates"] = 4
    _, err = desk.run("method", part, desk.file(content), code=2)
    assert [line.split(": ")[1] for line in err] == ["$.sections[0].weight", "$.ranking.candidates"]
    content["price"]["steps"][0]["op"] = "magic"
    del content["trade"]
    _, err = desk.run("method", part, desk.file(content), code=2)
    assert [line.split(": ")[1] for line in err] == ["$.price.steps[0].op", "$.trade"]


@pytest.mark.parametrize("samples", ["-1", "many", "1000000"])
def test_a_number_of_samples_that_is_none(desk: Calculator, samples: str) -> None:
    with pytest.raises(SystemExit) as ended:
        desk.run("method", "check", desk.file(method_json()), "--samples", samples, code=2)
    assert ended.value.code == 2


SOUND = method_json()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(places(SOUND)), ANY_JSON)
def test_a_sound_method_with_anything_put_somewhere_is_shown_or_refused(
    desk: Calculator, path: tuple[str | int, ...], value: object
) -> None:
    from evalclient.__main__ import main as command

    content = json.loads(json.dumps(SOUND))
    target = content
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    assert command(["method", "show", str(desk.file(json.dumps(content).encode()))]) in (0, 2)


# -- composed of a preset --------------------------------------------------------------------------------------------


def own_items() -> dict[str, object]:
    sections = method_json()["sections"]
    return {"preset": "construction-comprehensive", "id": "own", "sections": sections, "ceiling_price": "1050",
            "parameters": {"benchmark.percent": "5"}}  # fmt: skip


def test_a_preset_with_the_tenders_items_is_a_method(desk: Calculator) -> None:
    out, _ = desk.run("method", "show", desk.file(own_items()), code=0)
    assert "× (1 − 5%)" in out
    content = tally_json()
    del content["method"]
    content["composed"] = own_items()
    inline = desk.tally(content)
    assert inline["price"]["steps"][2] == {"id": "benchmark", "number": "909.63"}  # nobody above 1050 counts
    del content["composed"]
    named = desk.file(own_items(), "own.json")
    assert desk.tally(content, "--method", named) == inline


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"preset": "construction-magic"}, "$.composed.preset"),
        ({"preset": "../rules/cn-construction"}, "$.composed.preset"),
        ({"parameters": {"benchmark.colour": "5"}}, "$.composed.parameters"),
        ({"price_maximum": "61"}, "$.composed.sections"),
        ({"items": []}, "$.composed.items"),
    ],
)
def test_what_does_not_fit_a_preset_is_named_by_its_path(
    desk: Calculator, change: dict[str, object], path: str
) -> None:
    content = tally_json()
    del content["method"]
    content["composed"] = own_items() | change
    (line,) = desk.refused(content)
    assert line.startswith(f"{path}: ")


def test_a_method_stands_once(desk: Calculator) -> None:
    (line,) = desk.refused(tally_json() | {"composed": own_items()})
    assert line.startswith("$.composed: ")
