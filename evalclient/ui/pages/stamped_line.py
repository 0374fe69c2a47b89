"""The time stamps of a finished evaluation (时间戳), in one line; nothing where there are none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.report.history import local_time
from evalclient.ui.widgets.labels import Label


class StampedLine(Label):
    """``time-stamps``: what an authority has stamped, and when the centre received the stamp."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "secondary", wrap=True, parent=parent)
        self.setObjectName("time-stamps")

    def follow(self, evaluation: Evaluation) -> None:
        """Shown once there is one."""
        report, log = evaluation.report_stamp, evaluation.log_stamp
        stamp = report or log
        self.setVisible(stamp is not None)
        if stamp is None:
            return
        when = local_time(stamp.received)
        if report is not None and log is not None:
            self.say(lambda: self.tr("评标报告和评标日志已由时间戳服务机构盖时间戳（{when}）。").format(when=when))
        elif report is not None:
            self.say(lambda: self.tr("评标报告已由时间戳服务机构盖时间戳（{when}）。").format(when=when))
        else:
            self.say(lambda: self.tr("评标日志已由时间戳服务机构盖时间戳（{when}）。").format(when=when))
