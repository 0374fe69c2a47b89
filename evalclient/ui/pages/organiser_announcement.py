"""How the evaluation was published (公告): its fingerprint to read aloud, the deadline, who holds what, the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.office import Office, Section, countdown, grouped, local, seconds_between
from evalclient.ui.pages.save_line import SaveLine
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.facts import Facts
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import row


class AnnouncementSection(Section):
    """``fingerprint``, ``countdown``, ``announcement-path``, ``save-announcement``."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._print = Label("", "figure", wrap=True)
        self._print.setObjectName("fingerprint")
        self._print.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._left = Label("", "figure", tone="primary")
        self._left.setObjectName("countdown")
        self._deadline = Label("", "secondary", wrap=True)
        self._facts = Facts()
        self._save = SaveLine(
            "announcement",
            office.live,
            lambda: self.tr("公告文件保存到"),
            lambda: self.tr("项目文件 (*.json)"),
            lambda: self.tr("保存公告文件"),
            self._write,
        )
        fingerprint = Card(
            lambda: self.tr("项目指纹"),
            self._print,
            caption=lambda: self.tr("开标时逐组宣读；每个席位登录时显示同一指纹，不一致即不是本项目。"),
        )
        deadline = Card(lambda: self.tr("投标截止"), self._left, self._deadline)
        head = row(fingerprint, deadline, gap=12)
        for card in (fingerprint, deadline):
            head.setAlignment(card, Qt.AlignmentFlag.AlignTop)
        head.setStretch(0, 3)
        head.setStretch(1, 2)
        holder = QWidget()
        holder.setLayout(head)
        self.stack(
            holder,
            Card(lambda: self.tr("项目与各方"), self._facts),
            Card(
                lambda: self.tr("公告文件"),
                self._save,
                caption=lambda: self.tr("项目发布后不能修改；投标人和评委凭公告文件加入，遗失时可在此重新保存。"),
            ),
        )

    def follow(self, new: Evaluation) -> None:
        self._print.say(grouped(new.fingerprint))
        self._deadline.say(lambda: local(new.founding.deadline, "%Y-%m-%d %H:%M:%S"))
        founding, tender = new.founding, new.tender
        own: Say = (lambda: self.tr("，并须投标人本人份额")) if founding.bidder_share else ""
        self._facts.show_pairs(
            (
                *self._continued(new),
                (lambda: self.tr("项目"), lambda: f"{said(tender.title)} · {said(tender.lot)}"),
                (lambda: self.tr("项目编号"), f"{tender.code}　{tender.trade_id}"),
                (lambda: self.tr("招标人（采购人）"), tender.purchaser),
                (lambda: self.tr("场地"), listed(site.name for site in founding.sites)),
                (
                    lambda: self.tr("开标密钥保管"),
                    lambda: self.tr("{count} 方保管，{least} 方到齐可开启{own}").format(
                        count=len(founding.custodians), least=founding.threshold, own=said(own)
                    ),
                ),
                (lambda: self.tr("规则包"), new.rules.title),
                (
                    lambda: self.tr("项目文件"),
                    lambda: listed(said(paper.title) for paper in tender.papers),
                ),
            )
        )
        self._save.suggest(f"{tender.code}-genesis.json")
        self.tick()

    def _continued(self, evaluation: Evaluation) -> tuple[tuple[Say, Say], ...]:
        before = evaluation.founding.continued
        if before is None:
            return ()
        return (
            (lambda: self.tr("接续的原项目"), before.evaluation),
            (lambda: self.tr("重新组建的原因"), before.ground),
        )

    def tick(self) -> None:
        left = seconds_between(self.office.clock.now(), self.live.evaluation.founding.deadline)
        self._left.say(countdown(left) if left > 0 else (lambda: self.tr("已截止")))

    def _write(self, path: Path) -> Path:
        return self.office.files.save_announcement(path)
