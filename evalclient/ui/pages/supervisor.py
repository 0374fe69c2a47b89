"""The supervisor's console (行政监督): the course, records without effect, the log's checkpoint, sheets after the reveal."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.drawing import draw_due, share_by
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import all_opened
from evalclient.core.workflow.reading import may_read_robustness
from evalclient.ui.pages.office import Desktop, Office
from evalclient.ui.pages.sections import Sections
from evalclient.ui.pages.supervisor_alarms import AlarmSection, alarms
from evalclient.ui.pages.supervisor_course import WatchSection
from evalclient.ui.pages.supervisor_log import LogSection
from evalclient.ui.pages.supervisor_robustness import RobustnessSection
from evalclient.ui.pages.supervisor_sheets import SheetSection
from evalclient.ui.texts import Say
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import box, row


class SupervisorPage(Desktop):
    """``next-act``; ``section-watch -alarms -log -sheets -robustness``. Nothing here changes an opinion or a score."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "supervisor-page", parent)
        self._next = Label("", "section", wrap=True)
        self._next.setObjectName("next-act")
        strip = row(Icon("arrow-right", tone="primary", size=18), self._next, gap=12, margins=(16, 9))
        strip.setStretch(1, 1)
        self.body.addWidget(box(strip, role="stage-bar"))
        self.sections = Sections("supervisor-sections")
        self.sections.add("watch", lambda: self.tr("评标进程"), "list-checks", partial(WatchSection, office))
        self.sections.add("alarms", lambda: self.tr("异常与未生效"), "triangle-alert", partial(AlarmSection, office))
        self.sections.add("log", lambda: self.tr("日志与检查点"), "shield-check", partial(LogSection, office))
        self.sections.add("sheets", lambda: self.tr("评分表"), "chart-bar", partial(SheetSection, office))
        self.sections.add("robustness", lambda: self.tr("稳健性分析"), "scale", partial(RobustnessSection, office))
        self.body.addWidget(self.sections, 1)
        self.follow(self.live.evaluation)
        self.sections.show_section("watch")

    def follow(self, new: Evaluation) -> None:
        self._next.say(self._next_act(new))
        asked = len(new.rollback)
        self.sections.mark("watch", str(asked) if asked else None, "warn")
        found = len(alarms(new)) + len(new.without_effect)
        self.sections.mark("alarms", str(found) if found else None, "warn")
        self.sections.mark(
            "sheets", None if all_opened(new, "sheet.sealed") else (lambda: self.tr("未公开")), "neutral"
        )
        opened = may_read_robustness(self.live.logged, self.live.person).allowed
        self.sections.mark("robustness", None if opened else (lambda: self.tr("未公开")), "neutral")
        self.sections.follow(new)

    def _next_act(self, evaluation: Evaluation) -> Say:
        if evaluation.ending is not None:
            return lambda: self.tr("评标已结束：可核对日志并签署检查点。")
        if evaluation.rollback:
            return lambda: self.tr("有回退申请：请核对原因，决定是否批准。")
        when = draw_due(evaluation)
        if when is not None and share_by(evaluation, self.live.person, when) is None:
            return lambda: self.tr("请参与随机抽取：点击“参与抽取”，用证书签名。")
        stages = {stage for person, stage, _ in evaluation.cosigned if person == self.live.person}
        if evaluation.closed and evaluation.stage not in stages:
            return lambda: self.tr("上一环节已结束：可签署已核验的检查点。")
        return lambda: self.tr("无须操作：在线监督，评审内容在全体评委封存前不可见。")
