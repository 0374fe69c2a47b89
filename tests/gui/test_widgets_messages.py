"""Messages, questions, the PIN, progress, tables and charts as a person meets them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from evalclient.ui.charts.spread import SpreadChart, SpreadColumn, broken
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.data_table import DataTable, TableCell, TableColumn
from evalclient.ui.widgets.notices import Action, Banners, Toast
from evalclient.ui.widgets.pin_field import PinField
from evalclient.ui.widgets.progress_row import ProgressRow

LEFT = Qt.MouseButton.LeftButton
LONG_NAME = "中铁城建第六工程局集团市政路桥工程有限责任公司"


def press(button: QWidget) -> None:
    QTest.mouseClick(button, LEFT)


# -- messages, confirmation, PIN ---------------------------------------------------------------------------------------


def test_banners_stay_until_cleared_or_closed(qtbot: QtBot) -> None:
    banners = Banners()
    qtbot.addWidget(banners)
    calls: list[int] = []
    first = banners.show_message("offline", "warn", "离线", action=Action("重试", lambda: calls.append(1)))
    banners.show_message("alarm", "bad", "警报", "第五条")
    assert banners.shown() == ("offline", "alarm")
    press(next(button for button in first.findChildren(Button) if button.text() == "重试"))
    assert calls == [1]
    press(first.cross)
    assert banners.shown() == ("alarm",)
    banners.clear("alarm")
    assert banners.isHidden()


def test_a_toast_leaves_by_itself_unless_it_is_bad(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalclient.ui.widgets.notices.TOAST_MS", 1)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    toast = Toast(host)
    toast.show_message("ok", "已保存")
    assert toast.shown
    qtbot.waitUntil(lambda: not toast.shown)
    message = toast.show_message("bad", "失败")
    QTest.qWait(20)
    assert toast.shown
    host.resize(400, 300)
    card = message.parentWidget()
    assert card is not None
    assert host.rect().contains(card.geometry())
    press(message.cross)
    assert not toast.shown


def test_confirming_runs_once_and_cancelling_never(qtbot: QtBot) -> None:
    holder = QWidget()
    form = QWidget(holder)
    panel = ConfirmPanel(form, holder)
    layout = QVBoxLayout(holder)
    layout.addWidget(form)
    layout.addWidget(panel)
    qtbot.addWidget(holder)
    holder.show()
    calls: list[int] = []
    panel.ask("提交？", "不能更改。", "提交", lambda: calls.append(1))
    assert not form.isEnabled()
    press(panel.no)
    assert (calls, form.isEnabled(), panel.isVisible()) == ([], True, False)
    panel.ask("提交？", "不能更改。", "提交", lambda: calls.append(2), tone="bad")
    QTest.keyClick(panel.yes, Qt.Key.Key_Escape)
    assert calls == []
    panel.ask("提交？", "不能更改。", "提交", lambda: calls.append(3))
    press(panel.yes)
    assert (calls, form.isEnabled()) == ([3], True)


def test_the_pin_is_handed_on_and_forgotten(qtbot: QtBot) -> None:
    field = PinField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "123456")
    assert "1" not in field.displayText()
    assert (field.take(), field.text()) == ("123456", "")


# -- progress, tables, charts ------------------------------------------------------------------------------------------


def test_a_long_job_can_be_stopped_and_tried_again(qtbot: QtBot) -> None:
    job = ProgressRow("投标文件")
    qtbot.addWidget(job)
    job.show()
    assert not job.cancel.isVisible()
    job.set_progress(5, 20, "5 / 20 MB")
    assert job.bar.value() == 250
    with qtbot.waitSignal(job.cancelled):
        press(job.cancel)
    job.set_failed("封签不符，请重新下载。")
    with qtbot.waitSignal(job.retried):
        press(job.retry)
    job.set_progress(0, 0)
    assert job.bar.value() == 0
    job.set_done()
    assert (job.bar.value(), job.retry.isVisible(), job.chip.text()) == (1000, False, "完成")


def test_a_table_tells_only_what_changed(qtbot: QtBot) -> None:
    table = DataTable([TableColumn("投标人", 0), TableColumn("评分", 90, number=True)])
    qtbot.addWidget(table)
    table.set_rows([("甲", "80"), ("乙", TableCell("81", "ok", "circle-check", "最高"))])
    changed: list[tuple[int, int]] = []
    table.tuples.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    table.set_rows([("甲", "80"), ("乙", "82")])
    assert changed == [(1, 1)]
    assert table.tuples.data(table.tuples.index(1, 1)) == "82"
    with pytest.raises(ValueError, match="cells"):
        table.set_rows([("甲",)])
    table.set_rows([])
    assert table.tuples.rowCount() == 0


def test_the_chart_draws_every_member_and_the_mean(qtbot: QtBot) -> None:
    chart = SpreadChart()
    qtbot.addWidget(chart)
    chart.resize(700, 400)
    chart.show_columns([SpreadColumn(LONG_NAME, ("80", "81.5", "79"), "80.17"), SpreadColumn("乙", ("70",), "")])
    chart.show()
    items = list(chart._plot.getPlotItem().items)
    assert _drawn(chart) == (4, 2)
    chart.show_columns([SpreadColumn("乙", ("70", "71"), "70.5"), SpreadColumn("丙", ("60", "62"), "61")])
    assert _drawn(chart) == (4, 4)
    assert chart._plot.getPlotItem().items == items  # an item that leaves its scene may be walked on when it is gone


def _drawn(chart: SpreadChart) -> tuple[int, int]:
    """Dots, and ends of the lines that stand for means."""
    return len(chart._dots.getData()[0]), len(chart._means.getOriginalDataset()[0])


@pytest.mark.parametrize("characters", [3, 6, 12])
def test_names_under_columns_are_broken_to_fit(characters: int) -> None:
    lines = broken(LONG_NAME, characters).split("\n")
    assert len(lines) <= 3
    assert max(map(len, lines)) <= characters
    assert lines[0] == LONG_NAME[:characters]
