"""What the organiser is about to sign as record 0, readable: tender, offices, deadlines, rules, papers, digests, method."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.method.wording.words import clauses
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_founding import Continuation, RevocationRule
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.money import grouped, yuan
from evalclient.desk.certificate_files import CertificateFile
from evalclient.desk.tender_folder import TenderFolder
from evalclient.ui.pages.names import listed
from evalclient.ui.pages.office import local
from evalclient.ui.pages.paper_text import PaperText
from evalclient.ui.texts import Say, language, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.facts import Facts
from evalclient.ui.widgets.layout import column

METHOD_PX: Final = 360
_TRADES: Final[dict[Trade, Bilingual]] = {
    "construction": Bilingual("工程建设项目招标投标", "Construction tender"),
    "procurement": Bilingual("政府采购", "Government procurement"),
}


class PublishSummary(QWidget):
    """``summary-tender``, ``summary-offices``, ``summary-pinned``, ``summary-method``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tender, self._offices, self._pinned = Facts(), Facts(), Facts()
        self._method = PaperText("summary-method")
        self._method.setMinimumHeight(METHOD_PX)
        for name, facts in (("tender", self._tender), ("offices", self._offices), ("pinned", self._pinned)):
            facts.setObjectName(f"summary-{name}")
        self.setLayout(
            column(
                Card(lambda: self.tr("项目"), self._tender),
                Card(lambda: self.tr("各方与密钥"), self._offices),
                Card(
                    lambda: self.tr("随创建记录固定的文件"),
                    self._pinned,
                    caption=lambda: self.tr("摘要写入创建记录，发布后任何一方都不能更换这些文件。"),
                ),
                Card(lambda: self.tr("评标办法"), self._method),
                gap=12,
            )
        )

    def show_folder(self, folder: TenderFolder, continues: Continuation | None) -> None:
        """Everything of a sound folder, and in whose place it is published."""
        self._tender.show_pairs([*self._about_continued(continues), *self._about_tender(folder)])
        self._offices.show_pairs(self._about_offices(folder))
        self._pinned.show_pairs(self._about_documents(folder))
        self._method.show_clauses(said(folder.method.title), clauses(folder.method))

    def _about_continued(self, continues: Continuation | None) -> list[tuple[Say, Say]]:
        if continues is None:
            return []
        return [
            (lambda: self.tr("接续的原项目"), grouped(continues.evaluation)),
            (lambda: self.tr("原项目日志"), f"{continues.size} · {grouped(continues.root)}"),
            (lambda: self.tr("重新组建的原因"), continues.ground),
        ]

    def _about_tender(self, folder: TenderFolder) -> list[tuple[Say, Say]]:
        tender, arrangement = folder.tender, folder.arrangement
        committee = tender.committee
        practice: list[tuple[Say, Say]] = [
            (lambda: self.tr("性质"), lambda: self.tr("演练项目，不具有法律效力")),
        ]
        return [
            (lambda: self.tr("项目"), lambda: f"{said(tender.title)} · {said(tender.lot)}"),
            *(practice if arrangement.practice else []),
            (lambda: self.tr("项目编号"), f"{tender.code}　{tender.trade_id}"),
            (lambda: self.tr("交易类别"), _TRADES[tender.trade]),
            (lambda: self.tr("招标人（采购人）"), tender.purchaser),
            (lambda: self.tr("代理机构"), tender.agency),
            (lambda: self.tr("最高限价（元）"), yuan(tender.budget)),
            (lambda: self.tr("投标截止"), lambda: local(tender.deadline, "%Y-%m-%d %H:%M:%S")),
            (
                lambda: self.tr("评标委员会"),
                lambda: self.tr("{size} 人，其中招标人（采购人）代表 {representatives} 人").format(
                    size=committee.size, representatives=committee.representatives
                ),
            ),
            (
                lambda: self.tr("评标场地"),
                lambda: listed(
                    f"{site.name}{self.tr('（主场）') if site.main else ''}" for site in arrangement.sites
                ),
            ),
            (
                lambda: self.tr("等候时限"),
                lambda: self.tr(
                    "评委未公开封存密钥满 {recovery} 分钟，可申请保管方恢复；组长无动作满 {patience} 分钟，组织方可结束环节"
                ).format(recovery=arrangement.recovery_minutes, patience=arrangement.patience_minutes),
            ),
        ]  # fmt: skip

    def _about_offices(self, folder: TenderFolder) -> list[tuple[Say, Say]]:
        arrangement = folder.arrangement
        own: Say = (lambda: self.tr("，并须投标人本人份额")) if arrangement.bidder_share else ""
        return [
            (lambda: self.tr("行政监督"), _names([folder.supervisor])),
            (
                lambda: self.tr("开标密钥保管"),
                lambda: self.tr("{names}：{least} 方到齐可开启{own}").format(
                    names=_names(folder.custodians), least=arrangement.threshold, own=said(own)
                ),
            ),
            (
                lambda: self.tr("恢复密钥保管"),
                (
                    lambda: self.tr("{names}：{least} 方到齐可恢复").format(
                        names=_names(folder.recovery_custodians), least=arrangement.recovery_threshold
                    )
                )
                if folder.recovery_custodians
                else (lambda: self.tr("无")),
            ),
            (
                lambda: self.tr("密码算法"),
                (lambda: self.tr("国密：SM2、SM3、SM4"))
                if arrangement.suite == "sm"
                else (lambda: self.tr("国际：RSA 或 EC、SHA-256、AES")),
            ),
            (lambda: self.tr("认可的证书机构"), _names(folder.roots)),
            *([(lambda: self.tr("当日证书机构"), _names(folder.event_authority))] if folder.event_authority else []),
            (
                lambda: self.tr("证书吊销列表"),
                lambda: self.tr("{count} 份").format(count=len(folder.revocations)),
            ),
            (lambda: self.tr("吊销状态不明时"), lambda: self._rule(arrangement.revocation_rule)),
        ]

    def _rule(self, rule: RevocationRule) -> str:
        if rule.unknown == "accept":
            return self.tr("过更新期的列表自签发起 {hours} 小时内可依，否则不予认可").format(hours=rule.hours)
        return self.tr("不予认可") if rule.unknown == "refuse" else self.tr("予以认可并提示")

    def _about_documents(self, folder: TenderFolder) -> list[tuple[Say, Say]]:
        documents, algorithm = folder.documents, folder.arrangement.hash
        return [
            (lambda: self.tr("招标项目"), grouped(digest(documents.tender, algorithm))),
            (lambda: self.tr("评标办法"), grouped(digest(documents.method, algorithm))),
            (
                lambda: self.tr("规则包"),
                lambda: (
                    f"{folder.rules.pack} · {folder.arrangement.jurisdiction}\n{grouped(digest(documents.rules, algorithm))}"
                ),
            ),
            *((paper.title, grouped(paper.digest)) for paper in folder.tender.papers),
        ]


def _names(files: Iterable[CertificateFile]) -> str:
    """Whose certificates they are, with the organisation where one is named."""
    left, right = (" (", ")") if language() == "en" else ("（", "）")
    return listed(f"{file.name}{left}{file.organisation}{right}" if file.organisation else file.name for file in files)
