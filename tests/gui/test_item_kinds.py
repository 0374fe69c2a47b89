"""Deductions, options and pass/fail items at the seat: filled in with the mouse and by keys, saved, shown again, sealed."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.views import seal_by
from evalclient.core.method.document.items import FixedValue, ItemKind, ScoredItem
from evalclient.core.method.tally.tally import member_total
from evalclient.core.records.acts_committee import Score
from evalclient.core.records.fields import Bilingual
from evalclient.desk.expert import Expert
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.texts import languages
from tests.builders.desks import Desks
from tests.builders.documents import documents_of, method_of
from tests.gui.conftest import Sit
from tests.gui.member_room import Sitting
from tests.gui.test_member_seat import CONTROL, drafted, press


def item(name: str, kind: ItemKind, zh: str, en: str, maximum: str, *values: FixedValue, **more: str) -> ScoredItem:
    plain = {"id": name, "title": {"zh": zh, "en": en}, "description": {"zh": "见招标文件", "en": "see the tender"}}
    made = {**plain, "kind": kind, "objective": False, "maximum": maximum, **more}
    return msgspec.structs.replace(msgspec.convert(made, ScoredItem), values=values)


def value(points: str, zh: str, en: str) -> FixedValue:
    return FixedValue(value=points, condition=Bilingual(zh, en))


@lru_cache
def evening() -> Desks:
    method = method_of("construction")
    items = (
        item("breaches", "deduction", "不良行为", "Breaches", "5", step="1", minimum="-2"),
        item(
            "systems",
            "options",
            "管理体系认证",
            "Certified systems",
            "4",
            value("1.5", "质量管理体系", "quality"),
            value("1.5", "环境管理体系", "environment"),
            value("2", "职业健康安全管理体系", "health and safety"),
        ),
        item("staffed", "pass_fail", "人员到位", "Staffed", "6"),
    )
    first = msgspec.structs.replace(method.sections[0], items=items, scaling="to_weight")
    documents = documents_of(
        "construction", method=msgspec.structs.replace(method, sections=(first, *method.sections[1:]))
    )
    return Desks("construction", documents=documents).until("scoring")


def label(sat: Sitting, item: str, text: str) -> bool:
    card = sat.find(f"item-{item}")
    assert isinstance(card, ItemCard)
    return any(text in shown.text() for shown in card.findChildren(QLabel) if shown.isVisible())


def box(sat: Sitting, name: str) -> QCheckBox:
    found = sat.find(name)
    assert isinstance(found, QCheckBox)
    return found


def test_the_three_kinds_are_filled_in_saved_and_shown_again(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(evening().fork())
    first, second = sat.desks.bidders[:2]
    assert label(sat, "breaches", "填写扣除的分值")
    sat.type("score-breaches", "3")
    qtbot.waitUntil(lambda: label(sat, "breaches", "扣 3 分，得 2 分"))
    for name in ("score-systems-1", "score-systems-3"):
        sat.click(qtbot, name)
    assert label(sat, "systems", "得 3.5 分，最多 4 分")
    sat.click(qtbot, "score-systems-2")
    assert label(sat, "systems", "得 4 分，最多 4 分")
    sat.click(qtbot, "score-staffed-6")
    wanted = {"breaches": Score("3"), "systems": Score("4", options=(1, 2, 3)), "staffed": Score("6")}
    sat.wait(qtbot, lambda: drafted(sat).get(first) == wanted)
    press(sat, Qt.Key.Key_Down, CONTROL)
    qtbot.waitUntil(lambda: label(sat, "breaches", "填写扣除的分值"))
    assert not any(box(sat, f"score-systems-{name}").isChecked() for name in ("1", "2", "3", "none"))
    sat.click(qtbot, "score-systems-none")
    sat.wait(qtbot, lambda: drafted(sat)[second]["systems"] == Score("0"))
    press(sat, Qt.Key.Key_Up, CONTROL)
    qtbot.waitUntil(lambda: box(sat, "score-systems-2").isChecked())
    assert label(sat, "breaches", "扣 3 分，得 2 分")
    try:
        languages().show("en")
        qtbot.waitUntil(lambda: label(sat, "systems", "4 of at most 4"))
        assert label(sat, "systems", "health and safety")
    finally:
        languages().show("zh")


def test_a_sheet_with_them_is_sealed_and_tallied(sit: Sit, qtbot: QtBot) -> None:
    desks = evening().fork()
    method = desks.evaluation.method
    scores = {
        "breaches": Score("1"),
        "systems": Score("3", options=(1, 2)),
        "staffed": Score("6"),
        **{entry.id: Score(entry.values[-1].value) for entry in method.sections[1].items},
    }
    assert member_total(method, {name: score.value for name, score in scores.items()}).missing == ()
    sat = sit(desks)
    for bidder in desks.bidders[:5]:
        sat.live.call(lambda desk, bidder=bidder: Expert(desk).save_scores(bidder, scores)).result(10)  # type: ignore[misc]
    qtbot.waitUntil(sat.find("seal-sheet").isEnabled, timeout=10_000)
    sat.click(qtbot, "seal-sheet")
    sat.click(qtbot, "confirm-seal-yes")
    sat.wait(qtbot, lambda: seal_by(sat.live.evaluation, "m1", "sheet.sealed") is not None)
