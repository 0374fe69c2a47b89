"""The closed catalogue of record kinds (记录目录): who may make one, when it takes effect, what signs it, which law.

Validation, the role table and the documentation are generated from this table; there is no second list of kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from evalclient.core.errors import RecordMalformed
from evalclient.core.records import acts_bids as bids
from evalclient.core.records import acts_committee as committee
from evalclient.core.records import acts_draw as draw
from evalclient.core.records import acts_ending as ending
from evalclient.core.records import acts_founding as founding
from evalclient.core.records import acts_recovery as recovery
from evalclient.core.records.act import Act, Role, Stage
from evalclient.core.records.envelope import Payload, Seen
from evalclient.core.records.fields import Bilingual

Signer = Literal["certificate", "session"]
ANY: Final[tuple[Stage, ...]] = ()
COMMITTEE_WORK: Final[tuple[Stage, ...]] = (
    "preliminary",
    "scoring",
    "settlement",
    "price",
    "summary",
    "recheck",
    "candidates",
    "report",
)
SEALED_WORK: Final[tuple[Stage, ...]] = ("leader", "preliminary", "scoring")
DRAWING: Final[tuple[Stage, ...]] = ("leader", "release", "price")
#: a share of a draw is brought back even where its author has been replaced, so that the committee arrives anew
RECOVERY: Final[tuple[Stage, ...]] = (
    "checkin", "pledge", "leader", "release", "preliminary", "scoring", "settlement", "price"
)  # fmt: skip
AFTER_ARRIVAL: Final[tuple[Stage, ...]] = ("pledge", "leader", "release", *COMMITTEE_WORK)
BEFORE_PLEDGE: Final[tuple[Stage, ...]] = ("opening", "ready", "checkin")


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the catalogue.

    ``stages`` are those in which the act takes effect, empty for any; ``signer`` says whether the personal certificate
    or the session key signs. The law behind an act is the rule pack's (``evaluation.rules.article``).
    """

    name: str
    act: type[Act]
    roles: tuple[Role, ...]
    signer: Signer
    stages: tuple[Stage, ...]
    title: Bilingual


def _kind(
    name: str,
    act: type[Act],
    roles: tuple[Role, ...],
    signer: Signer,
    stages: tuple[Stage, ...],
    zh: str,
    en: str,
) -> Kind:
    return Kind(name, act, roles, signer, stages, Bilingual(zh, en))


_ALL_ROLES: Final[tuple[Role, ...]] = ("organiser", "supervisor", "custodian", "administrator", "member", "bidder")
_ORGANISER: Final[tuple[Role, ...]] = ("organiser",)
_MEMBER: Final[tuple[Role, ...]] = ("member",)
_BIDDER: Final[tuple[Role, ...]] = ("bidder",)
_ADMIN: Final[tuple[Role, ...]] = ("administrator",)

_TABLE: Final[tuple[Kind, ...]] = (
    _kind("evaluation.created", founding.EvaluationCreated, _ORGANISER, "certificate", ("opening",),
          "创建评标项目", "Evaluation created"),
    _kind("session.opened", founding.SessionOpened, _ALL_ROLES, "certificate", ANY,
          "登录席位", "Session opened"),
    _kind("revocation.listed", founding.RevocationListed, ("organiser", "supervisor", "administrator"), "certificate", ANY,
          "登记证书吊销列表", "Revocation list recorded"),
    _kind("administrator.appointed", founding.AdministratorAppointed, _ORGANISER, "certificate", BEFORE_PLEDGE,
          "指定场地管理员", "Administrator appointed"),
    _kind("member.appointed", founding.MemberAppointed, _ORGANISER, "certificate", (*BEFORE_PLEDGE, *AFTER_ARRIVAL),
          "组建评标委员会", "Member appointed"),
    _kind("site.confirmed", founding.SiteConfirmed, _ADMIN, "certificate", ("opening", "ready"),
          "场地就绪确认", "Site confirmed ready"),
    _kind("arrival.recorded", founding.ArrivalRecorded, _ADMIN, "certificate", ("checkin", *AFTER_ARRIVAL),
          "专家签到", "Arrival recorded"),
    _kind("identity.witnessed", founding.IdentityWitnessed, _ADMIN, "certificate", ("ready", "checkin", *AFTER_ARRIVAL),
          "核验身份（当日证书）", "Identity witnessed for a one-day certificate"),
    _kind("certificate.issued", founding.CertificateIssued, _ORGANISER, "certificate", ("ready", "checkin", *AFTER_ARRIVAL),
          "登记当日证书", "One-day certificate issued"),
    _kind("replacement.requested", founding.ReplacementRequested, _ADMIN, "certificate", ("checkin", *AFTER_ARRIVAL),
          "申请更换专家", "Replacement requested"),
    _kind("pledge.signed", founding.PledgeSigned, _MEMBER, "certificate", AFTER_ARRIVAL,
          "签署承诺书", "Pledge signed"),
    _kind("recusal.declared", founding.RecusalDeclared, _MEMBER, "certificate", ("checkin", *AFTER_ARRIVAL),
          "回避声明", "Recusal declared"),
    _kind("bid.submitted", bids.BidSubmitted, _BIDDER, "certificate", ("opening",),
          "递交投标文件", "Bid submitted"),
    _kind("bid.withdrawn", bids.BidWithdrawn, _BIDDER, "certificate", ("opening",),
          "撤回投标", "Bid withdrawn"),
    _kind("share.released", bids.ShareReleased, ("custodian", "bidder"), "certificate", ("opening",),
          "提交解密份额", "Key share released"),
    _kind("opening.recorded", bids.OpeningRecorded, _ORGANISER, "certificate", ("opening",),
          "开标记录", "Opening recorded"),
    _kind("qualification.recorded", bids.QualificationRecorded, _ORGANISER, "certificate", ("opening",),
          "资格审查结果", "Qualification recorded"),
    _kind("access.granted", bids.AccessGranted, _ORGANISER, "session", ("release", *COMMITTEE_WORK),
          "向评委开放投标文件", "Access granted"),
    _kind("vote.sealed", committee.VoteSealed, _MEMBER, "certificate", ("leader",),
          "推选组长投票", "Leader vote sealed"),
    _kind("leader.named", committee.LeaderNamed, _ORGANISER, "certificate", ("leader",),
          "确定评标委员会负责人", "Leader named"),
    _kind("review.sealed", committee.ReviewSealed, _MEMBER, "certificate", ("preliminary",),
          "初步评审个人结束", "Preliminary review sealed"),
    _kind("sheet.sealed", committee.SheetSealed, _MEMBER, "certificate", ("scoring",),
          "评分表封存", "Score sheet sealed"),
    _kind("seal.withdrawn", committee.SealWithdrawn, _MEMBER, "certificate", SEALED_WORK,
          "撤回封存", "Seal withdrawn"),
    _kind("draw.sealed", draw.DrawSealed, ("member", "supervisor"), "certificate", DRAWING,
          "参与抽取", "Draw share sealed"),
    _kind("seal.opened", committee.SealOpened, ("member", "supervisor", "organiser"), "session", ANY,
          "公开封存内容", "Seal opened"),
    _kind("recovery.requested", recovery.RecoveryRequested, _ORGANISER, "certificate", RECOVERY,
          "申请恢复封存内容", "Recovery of a seal requested"),
    _kind("recovery.released", recovery.RecoveryReleased, ("custodian",), "certificate", RECOVERY,
          "提交恢复份额", "Recovery share released"),
    _kind("stage.closed", committee.StageClosed, ("member", "organiser"), "certificate", ANY,
          "小组结束本环节", "Stage closed"),
    _kind("score.corrected", committee.ScoreCorrected, _MEMBER, "certificate", ("settlement", "recheck"),
          "更正评分", "Score corrected"),
    _kind("score.maintained", committee.ScoreMaintained, _MEMBER, "certificate", ("settlement", "recheck"),
          "维持评分并说明", "Score maintained"),
    _kind("competition.judged", committee.CompetitionJudged, _MEMBER, "certificate", ("preliminary", "summary"),
          "竞争性表决", "Competition judged"),
    _kind("abnormal.judged", committee.AbnormalJudged, _MEMBER, "certificate", ("recheck",),
          "评分异常表决", "Abnormal scores judged"),
    _kind("defect.declared", committee.DefectDeclared, _MEMBER, "certificate", COMMITTEE_WORK,
          "采购文件缺陷认定", "Defect declared"),
    _kind("price.corrected", committee.PriceCorrected, _MEMBER, "certificate", ("price",),
          "算术性修正", "Arithmetic correction"),
    _kind("price.confirmed", committee.PriceConfirmed, _MEMBER, "certificate", ("price",),
          "确认报价评审", "Price calculation confirmed"),
    _kind("summary.recorded", committee.SummaryRecorded, _MEMBER, "certificate", ("summary", "recheck"),
          "汇总", "Summary recorded"),
    _kind("recheck.answered", committee.RecheckAnswered, _MEMBER, "certificate", ("recheck",),
          "复核", "Re-check answered"),
    _kind("candidates.recommended", committee.CandidatesRecommended, _MEMBER, "certificate", ("candidates",),
          "推荐中标候选人", "Candidates recommended"),
    _kind("report.rendered", ending.ReportRendered, _MEMBER, "certificate", ("report",),
          "生成评标报告", "Report rendered"),
    _kind("report.signed", ending.ReportSigned, _MEMBER, "certificate", ("report",),
          "签署评标报告", "Report signed"),
    _kind("report.refused", ending.ReportRefused, _ORGANISER, "certificate", ("report",),
          "拒绝签字记录", "Refusal to sign recorded"),
    _kind("report.stamped", ending.ReportStamped, _MEMBER, "certificate", ("report", "archive"),
          "报告加盖签章", "Report stamped"),
    _kind("evaluation.ended", ending.EvaluationEnded, _ORGANISER, "certificate", ANY,
          "评标结束", "Evaluation ended"),
    _kind("rollback.requested", ending.RollbackRequested, ("member", "organiser"), "certificate", COMMITTEE_WORK,
          "申请回退", "Roll-back requested"),
    _kind("rollback.approved", ending.RollbackApproved, ("supervisor",), "certificate", COMMITTEE_WORK,
          "批准回退", "Roll-back approved"),
    _kind("committee.dissolved", ending.CommitteeDissolved, _ORGANISER, "certificate", ("checkin", *AFTER_ARRIVAL),
          "重新组建评标委员会", "Committee dissolved"),
    _kind("draft.saved", ending.DraftSaved, _MEMBER, "session", ANY,
          "自动保存草稿", "Draft saved"),
    _kind("practice.filled", ending.PracticeFilled, _MEMBER, "session", ANY,
          "练习代填", "Practice fill"),
    _kind("checkpoint.cosigned", ending.CheckpointCosigned, ("administrator", "supervisor", "organiser"), "session", ANY,
          "会签检查点", "Checkpoint co-signed"),
    _kind("report.timestamped", ending.ReportTimestamped, ("member", "organiser"), "session", ANY,
          "报告时间戳", "Report time-stamped"),
    _kind("log.timestamped", ending.LogTimestamped, ("member", "organiser"), "session", ANY,
          "日志时间戳", "Log time-stamped"),
)  # fmt: skip

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in _TABLE}
_BY_ACT: Final[dict[type[Act], Kind]] = {kind.act: kind for kind in _TABLE}
_DECODERS: Final[dict[str, msgspec.json.Decoder[Any]]] = {kind.name: msgspec.json.Decoder(kind.act) for kind in _TABLE}

#: what lies inside a sealed body of each kind
SEALED_CONTENT: Final[dict[str, type[msgspec.Struct]]] = {
    "vote.sealed": committee.Vote,
    "review.sealed": committee.Review,
    "sheet.sealed": committee.ScoreSheet,
}


def kind_of(act: Act) -> Kind:
    """The catalogue row of an act."""
    return _BY_ACT[type(act)]


def decode_act(payload: Payload) -> Act | None:
    """The act in a payload; None for a kind of a later version. RecordMalformed if it breaks its own kind's fields."""
    decoder = _DECODERS.get(payload.kind)
    if decoder is None:
        return None
    try:
        act: Act = decoder.decode(bytes(payload.body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordMalformed(
            f"“{KINDS[payload.kind].title.zh}”记录的字段不合格式（{error}），请要求发送方重新发送。",
            f"The fields of a “{payload.kind}” record do not follow the catalogue ({error}); ask for it again.",
        ) from error
    return act


def vouched_states(payload: Payload) -> tuple[Seen, ...]:
    """The states of the log that a record vouches for: what its author had verified, a checkpoint co-signed or stamped.

    Each must be a state of the log that the record stands in; RecordMalformed as ``decode_act``.
    """
    if payload.kind not in ("checkpoint.cosigned", "log.timestamped"):
        return (payload.seen,)
    act = decode_act(payload)
    if isinstance(act, ending.CheckpointCosigned | ending.LogTimestamped):
        return (payload.seen, Seen(act.size, act.root))
    return (payload.seen,)


def decode_sealed(kind: str, content: bytes) -> msgspec.Struct:
    """The content of an opened sealed body of ``kind``; RecordMalformed if it does not follow its type."""
    try:
        decoded: msgspec.Struct = msgspec.json.decode(content, type=SEALED_CONTENT[kind])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RecordMalformed(
            f"封存内容不合格式（{error}），视为未提交。",
            f"The sealed content does not follow its format ({error}); it counts as not submitted.",
        ) from error
    return decoded
