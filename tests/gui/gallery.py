"""Every widget on a few pictures, to be looked at: ``python -m tests.gui.gallery FOLDER``.

Draws light and dark, Chinese and English, at 1366×768 and 1920×1080, and one picture at the largest text.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from evalclient.ui.charts.spread import SpreadChart, SpreadColumn
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.texts import languages
from evalclient.ui.theme import theme
from evalclient.ui.widgets.bidder_list import BidderItem, BidderList
from evalclient.ui.widgets.buttons import Button, IconButton
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.data_table import DataTable, TableCell, TableColumn
from evalclient.ui.widgets.empty_state import EmptyState
from evalclient.ui.widgets.labels import Label, Rule
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled
from evalclient.ui.widgets.notices import Action
from evalclient.ui.widgets.number_text import ScoreRange
from evalclient.ui.widgets.option_buttons import Option, OptionButtons
from evalclient.ui.widgets.pass_fail import PassFail
from evalclient.ui.widgets.progress_row import ProgressRow
from evalclient.ui.widgets.reason_field import ReasonField
from evalclient.ui.widgets.score_field import ScoreField
from evalclient.ui.widgets.status_strip import Status
from evalclient.ui.widgets.stepper import Step

COMPANIES = (
    "华东第一建设集团有限公司",
    "江苏恒远建筑工程有限公司",
    "中铁城建第六工程局集团市政路桥工程有限责任公司",
    "浙江九鼎市政园林有限公司",
    "安徽徽商建工集团有限公司",
    "上海浦新建设工程有限公司",
)
STAGES = (
    "开标", "场地就绪", "签到核验", "承诺回避", "推选组长", "下发投标文件", "初步评审", "详细评分",
    "公布评分", "价格评审", "汇总", "复核", "推荐候选人", "报告签字", "归档",
)  # fmt: skip


def bidder_items() -> list[BidderItem]:
    states = ("done", "done", "doing", "todo", "todo", "out")
    words = ("已提交", "已提交", "评分中 3/6", "未开始", "未开始", "已否决")
    scores = ("47.0 分", "45.0 分", "27.0 分", "", "", "")
    return [
        BidderItem(str(at), at + 1, name, states[at], words[at], scores[at], 50 if states[at] == "doing" else None)  # type: ignore[arg-type]
        for at, name in enumerate(COMPANIES)
    ]


def score_card(title: str, text: str, value: str, mark: str, tone: str) -> Card:
    field = ScoreField(ScoreRange.of("0", "15", "0.5"), title)
    field.replace(value)
    grades = OptionButtons([Option(grade, grade) for grade in ("优", "良", "中", "差")])
    grades.set_value("优" if value else "")
    card = Card(title, caption=text)
    card.mark(mark, tone)  # type: ignore[arg-type]
    line = row(field, grades, gap=8)
    line.setStretch(0, 1)
    reason = ReasonField(phrases=("论述完整。", "针对性不足。"))
    reason.set_value("重难点分析到位，部署与现场条件结合较好。" if value else "")
    card.add(line, reason)
    return card


def seat_page(bidders: BidderList) -> QWidget:
    bidders.set_items(bidder_items(), "已提交 2/6")
    bidders.select("2")
    middle = Card("技术标 · 施工组织设计")
    middle.fill(EmptyState("file-text", "请选择文件", "左侧选择投标人，右侧点评分项旁的页码即可打开对应页。"))
    wrong = score_card("进度计划与保证措施", "关键线路清晰，资源配置与进度匹配。", "", "需填写意见", "warn")
    field = wrong.findChild(ScoreField)
    assert isinstance(field, ScoreField)
    field.entry.setText("１２。３")
    field.entry.returnPressed.emit()
    check = Card("资质证书在有效期内", caption="建筑工程施工总承包二级及以上。")
    decision = PassFail(("证书已过有效期。",))
    decision.replace(False, "安全生产许可证已于 2026-10-31 到期。")
    check.add(decision)
    cards = column(
        Label("施工组织设计", "section"),
        score_card("总体概述与施工部署", "对工程特点、重点难点理解准确，部署合理、针对性强。", "13", "已保存", "ok"),
        wrong,
        check,
        STRETCH,
        gap=10,
        margins=(0, 0, 8, 0),
    )
    head = row(column(Label(COMPANIES[2], "heading", wrap=True), Label("3 号投标人 · 技术标", "caption"), gap=2), gap=8)
    head.setStretch(0, 1)
    head.addWidget(Label("27.0", "figure"))
    head.addWidget(Label("/ 55 分", "secondary"))
    area = scrolled(cards)
    foot = row(
        Button("上一家", icon="chevron-left"),
        Button("下一家", icon="chevron-right"),
        STRETCH,
        Button("确认提交本家评分", icon="shield-check", kind="primary"),
    )
    right_layout = column(head, Rule(), area, foot, gap=8, margins=12)
    right_layout.setStretch(2, 1)
    right = box(right_layout, role="card")
    right.setMinimumWidth(theme().px(440))
    right.setMaximumWidth(theme().px(520))
    page = row(bidders, middle, right, gap=10, margins=10)
    page.setStretch(1, 1)
    holder = QWidget()
    holder.setLayout(page)
    for part in (bidders, middle, right):
        page.setAlignment(part, page.alignment())
    return holder


def parts_page() -> QWidget:
    buttons = Card(
        "按钮",
        row(Button("普通"), Button("主要", kind="primary", icon="send"), Button("危险", kind="danger"), STRETCH),
        row(Button("幽灵", kind="ghost", icon="info"), IconButton("bookmark", "书签"), STRETCH),
    )
    off = Button("不可用", kind="primary")
    off.refuse("尚有 2 项未填写")
    buttons.add(row(off, STRETCH))
    chips = Card("标记", row(Chip("neutral", "未开始"), Chip("primary", "进行中"), Chip("ok", "已接收"), STRETCH))
    chips.add(row(Chip("warn", "需说明"), Chip("bad", "已否决"), STRETCH))
    rows = [ProgressRow(name) for name in COMPANIES[:4]]
    rows[0].set_done("12.4 MB，封签完好")
    rows[1].set_progress(7, 20, "7.0 / 20.0 MB")
    rows[2].set_failed("第 7 卷与封签不符，请重新下载；仍不符请告知管理员。")
    rows[3].set_waiting("等待密钥发放")
    progress = Card("投标文件", *rows)
    table = DataTable(
        [
            TableColumn("投标人", 0),
            TableColumn("评分", 90, number=True),
            TableColumn("排名", 80, number=True),
            TableColumn("状态", 120),
        ]
    )
    table.set_rows(
        [
            (name, f"{88 - at * 2}.50", TableCell(str(at + 1), bold=True), TableCell("有效", "ok", "circle-check"))
            for at, name in enumerate(COMPANIES)
        ]
    )
    summary = Card("汇总")
    summary.fill(table)
    chart = SpreadChart()
    chart.show_columns(
        [
            SpreadColumn(name, (f"{80 + at}", f"{82 - at}", "84.5", "79", "86"), f"{82 + at * 0.3}")
            for at, name in enumerate(COMPANIES)
        ]
    )
    spread = Card("评委评分分布")
    spread.fill(chart)
    confirm = ConfirmPanel()
    confirm.ask(
        "提交评分表？",
        "提交后即封存，全体成员提交前任何人不能查看；提交前请核对 6 家投标人的评分。",
        "签名并提交",
        print,
    )
    left = column(buttons, chips, confirm, STRETCH, gap=10)
    page = row(left, column(progress, STRETCH, gap=10), column(summary, spread, gap=10), gap=10, margins=10)
    for at, share in enumerate((3, 4, 5)):
        page.setStretch(at, share)
    holder = QWidget()
    holder.setLayout(page)
    return holder


def make_frame() -> Frame:
    frame = Frame(idle_minutes=0)
    frame.show_identity(
        Identity(
            tender="滨江新区实验学校扩建工程施工招标",
            lot="第一标段",
            fingerprint="sha256:9f2c11d07ab4e6c8552f",
            person="王建国",
            role="评标专家 · 03 号席",
            practice=True,
        )
    )
    frame.stepper.set_steps(
        [Step(name, "done" if at < 7 else "current" if at == 7 else "todo") for at, name in enumerate(STAGES)]
    )
    frame.show_work(True)
    frame.status.show_status(
        Status("详细评分", "主会场 A3 室 03 席", "sending", 2, "14:32:05", "评审剩余 01:27", "2026-11-23 14:32")
    )
    bidders = BidderList()
    frame.resized.connect(bidders.follow_window)
    frame.add_page("seat", seat_page(bidders))
    frame.add_page("parts", parts_page())
    return frame


def settle(milliseconds: int = 150) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shoot(widget: QWidget, folder: Path, name: str) -> None:
    settle()
    widget.grab().save(str(folder / f"{name}.png"))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    look = theme()
    languages()
    frame = make_frame()
    for dark in (False, True):
        look.set_dark(dark)
        for width, height in ((1366, 768), (1920, 1080)):
            frame.resize(width, height)
            frame.show()
            for page in ("seat", "parts"):
                frame.show_page(page)
                shoot(frame, folder, f"{page}-{width}-{'dark' if dark else 'light'}")
    look.set_dark(False)
    frame.show_page("seat")
    frame.toast.show_message("ok", "已保存到本机，联网后自动发送。", Action("查看", print))
    frame.banners.show_message("offline", "warn", "与中心的连接已断开，可继续工作；已有 2 条记录存于本机。")
    frame.banners.show_message(
        "refused", "bad", "评分尚未封存完毕，不能查看他人评分表。", "依据：评标委员会和评标方法暂行规定 第五条"
    )
    look.zoom(1)
    look.zoom(1)
    shoot(frame, folder, "seat-large-text")
    look.zoom(0)
    frame.lock()
    shoot(frame, folder, "locked")
    frame.close()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
