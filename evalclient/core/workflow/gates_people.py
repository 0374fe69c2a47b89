"""Gates of people's acts: appointment, arrival, pledge, recusal, sites."""

from __future__ import annotations

from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_founding import (
    AdministratorAppointed,
    ArrivalRecorded,
    CertificateIssued,
    IdentityWitnessed,
    MemberAppointed,
    PledgeSigned,
    RecusalDeclared,
    ReplacementRequested,
    SiteConfirmed,
)
from evalclient.core.records.roster import BIDDER_PREFIX
from evalclient.core.workflow.conditions import signed


def appoint(evaluation: Evaluation, act: MemberAppointed, _author: Author) -> Verdict:
    """New places only before the pledge; afterwards a place is filled only by replacement."""
    article = evaluation.rules.composition.article
    free = _free_place(evaluation, act.person, act.certificate, article)
    if not free.allowed:
        return free
    if act.site not in {site.id for site in evaluation.founding.sites}:
        return _no_site(act.site, article)
    if act.replaces:
        return _may_replace(evaluation, act)
    if evaluation.stage not in ("opening", "ready", "checkin"):
        return no(
            "签到结束后不得增加评委，只能更换。",
            "After check-in no member is added; one can only be replaced.",
            evaluation.rules.article("replacement.requested"),
        )
    if len(active_members(evaluation)) >= evaluation.tender.committee.size:
        return no(
            f"评标委员会已满 {evaluation.tender.committee.size} 人。",
            f"The committee already has its {evaluation.tender.committee.size} members.",
            article,
        )
    return YES


def appoint_administrator(evaluation: Evaluation, act: AdministratorAppointed, _author: Author) -> Verdict:
    """An administrator belongs to a site of record 0."""
    article = evaluation.rules.composition.article
    if act.site not in {site.id for site in evaluation.founding.sites}:
        return _no_site(act.site, article)
    return _free_place(evaluation, act.person, act.certificate, article)


def confirm_site(evaluation: Evaluation, act: SiteConfirmed, author: Author) -> Verdict:
    """A site is confirmed by its own administrator."""
    return _own_site(evaluation, act.site, author)


def record_arrival(evaluation: Evaluation, act: ArrivalRecorded, author: Author) -> Verdict:
    """The administrator of the member's site, once the member has signed in there with his certificate."""
    member = evaluation.members.get(act.member)
    if member is None or not member.active:
        return _no_member(evaluation, act.member)
    own = _own_site(evaluation, member.site, author)
    if not own.allowed:
        return own
    if evaluation.roster.session_of(act.member) is None:
        return no(
            "该评委尚未在席位用证书登录，请先登录再核验身份。",
            "The member has not signed in with a certificate yet; sign in first, then check the identity.",
            evaluation.rules.article("arrival.recorded"),
        )
    if len(set(act.factors)) < 2:
        return no(
            "身份核验至少需要两项（如身份证与人脸），请补充核验。",
            "Identity needs at least two factors, such as ID card and face; check another.",
            evaluation.rules.article("identity"),
        )
    seats = evaluation.sites[member.site].seats if member.site in evaluation.sites else ()
    if seats and act.seat not in seats:
        return no(
            f"席位 {act.seat} 不在本场地确认的席位中，请选择已确认的席位。",
            f"Seat {act.seat} is not among the seats confirmed for this site; choose one of them.",
            evaluation.rules.article("site.confirmed"),
        )
    taken = {
        other.seat for other in active_members(evaluation) if other.person != act.member and other.site == member.site
    }
    if act.seat in taken:
        return no(
            f"席位 {act.seat} 已有评委。", f"Seat {act.seat} is taken.", evaluation.rules.article("site.confirmed")
        )
    return YES


def witness_identity(evaluation: Evaluation, act: IdentityWitnessed, author: Author) -> Verdict:
    """Of a member of the own site, where record 0 names an authority that could issue."""
    article = evaluation.rules.article("identity.witnessed")
    if not evaluation.founding.event_authority:
        return _no_event_authority(article)
    member = evaluation.members.get(act.member)
    if member is None or not member.active:
        return _no_member(evaluation, act.member)
    if len(set(act.factors)) < 2:
        return _too_few_factors(article)
    return _own_site(evaluation, member.site, author)


def issue_certificate(evaluation: Evaluation, act: CertificateIssued, _author: Author) -> Verdict:
    """After the administrator's check, and for what he witnessed last."""
    article = evaluation.rules.article("certificate.issued")
    if not evaluation.founding.event_authority:
        return _no_event_authority(article)
    member = evaluation.members.get(act.member)
    if member is None or not member.active:
        return _no_member(evaluation, act.member)
    if member.one_day.witnessed != act.witnessed:
        return no(
            "场地管理员尚未为该评委核验身份，请先由场地管理员登记核验。",
            "The site's administrator has not identified this member; his record comes first.",
            article,
        )
    return _too_few_factors(article) if len(set(act.factors)) < 2 else YES


def _no_event_authority(article: str) -> Verdict:
    return no(
        "本项目首条记录未指定当日证书的签发机构，不能办理；请更换评委或待其证书可用。",
        "Record 0 names no authority for one-day certificates; replace the member, or wait until his own works.",
        article,
    )


def _too_few_factors(article: str) -> Verdict:
    return no(
        "身份核验至少需要两项不同的内容（如身份证与人脸），请补充核验。",
        "Identity needs at least two different factors, such as ID card and face; check another.",
        article,
    )


def request_replacement(evaluation: Evaluation, act: ReplacementRequested, author: Author) -> Verdict:
    """A site asks for its own members only."""
    member = evaluation.members.get(act.member)
    if member is None or not member.active:
        return _no_member(evaluation, act.member)
    if not act.ground.strip():
        return no(
            "申请更换须写明原因。", "A replacement needs its ground.", evaluation.rules.article("replacement.requested")
        )
    return _own_site(evaluation, member.site, author)


def sign_pledge(evaluation: Evaluation, act: PledgeSigned, author: Author) -> Verdict:
    """After arrival, over exactly the pledge and papers of the tender."""
    here = _arrived(evaluation, author)
    if not here.allowed:
        return here
    papers = {paper.digest for paper in evaluation.tender.papers if paper.kind != "pledge"}
    pledges = {paper.digest for paper in evaluation.tender.papers if paper.kind == "pledge"}
    wanted = {*papers, evaluation.founding.method}
    if act.pledge not in pledges or set(act.documents) != wanted:
        return no(
            "签署的承诺书或阅读文件与本项目公布的不一致，请重新打开后签署。",
            "The pledge or the papers signed for are not those of this tender; open them again and sign.",
            evaluation.rules.article("pledge.signed"),
        )
    return YES


def declare_recusal(evaluation: Evaluation, act: RecusalDeclared, author: Author) -> Verdict:
    """After arrival, possible until signing; a conflict needs its ground and is final."""
    here = _arrived(evaluation, author)
    if not here.allowed:
        return here
    member = evaluation.members[author.person]
    if member.conflict and not act.conflict:
        return no(
            "您已声明需要回避，不能撤销，请等候组织方更换评委。",
            "You have declared a conflict; it stands, and the organiser will replace you.",
            evaluation.rules.article("recusal.declared"),
        )
    if act.conflict and not act.ground.strip():
        return no(
            "声明回避须写明关系或原因。", "A recusal needs its ground.", evaluation.rules.article("recusal.declared")
        )
    if evaluation.report is not None and author.person in evaluation.report.signed:
        return no(
            "您已签署评标报告；此后发现应当回避的，须报行政监督部门重新评审。",
            "You have signed the report; a conflict found later is for the supervisor and a re-evaluation.",
            evaluation.rules.article("recusal.declared"),
        )
    return YES


def _may_replace(evaluation: Evaluation, act: MemberAppointed) -> Verdict:
    """Before anybody has signed the report, else a dissent would go with him; one who must withdraw, at any time."""
    leaving = evaluation.members.get(act.replaces)
    if leaving is None or not leaving.active:
        return _no_member(evaluation, act.replaces)
    if not act.ground.strip():
        return no(
            "更换评委须写明原因。", "A replacement needs its ground.", evaluation.rules.article("replacement.requested")
        )
    if signed(evaluation) and not leaving.conflict:
        return no(
            "评标报告已有成员签字，不能更换评委；拒绝签字的由组织方记录，确需重新评审的报行政监督部门。",
            "The report has been signed and nobody is replaced any more: a refusal to sign is recorded, and anything else "
            "is for the supervisor and a re-evaluation.",
            evaluation.rules.article("replacement.requested"),
        )
    if leaving.kind != act.member_kind:
        return no(
            "招标人（采购人）代表凭新的授权函更换，专家从专家库补抽，两者不得互换。",
            "A representative is replaced by a new letter of authorisation, an expert by another draw; never crosswise.",
            evaluation.rules.article("replacement.requested"),
        )
    return YES


def _free_place(evaluation: Evaluation, person: str, certificate: str, article: str) -> Verdict:
    """A place is given once, and nobody holds two: neither bidder, organiser nor supervisor sits on the committee."""
    if evaluation.roster.role(person) is not None:
        return no(
            f"席位编号 {person} 已被占用，请使用新的编号。",
            f"The place {person} is taken; use another.",
            article,
        )
    held = {place.certificate for place in evaluation.roster.places.values()} | {*evaluation.roster.one_day.values()}
    if certificate in held or f"{BIDDER_PREFIX}{certificate}" in evaluation.bids:
        return no(
            "该证书持有人已在本项目中担任其他角色、曾被更换或者是投标人，不得再次指派。",
            "The holder of that certificate has another part in this evaluation, was replaced, or is a bidder.",
            evaluation.rules.article("one_part"),
        )
    return YES


def _arrived(evaluation: Evaluation, author: Author) -> Verdict:
    if evaluation.members[author.person].arrival:
        return YES
    return no(
        "场地管理员尚未登记您的签到，请先到签到台核验身份。",
        "Your arrival has not been recorded; have your identity checked at the desk first.",
        evaluation.rules.article("arrival.recorded"),
    )


def _own_site(evaluation: Evaluation, site: str, author: Author) -> Verdict:
    if evaluation.roster.places[author.person].site == site:
        return YES
    return no(
        "只能办理本场地的事项，请联系对应场地的管理员。",
        "You can act for your own site only; ask the administrator of that site.",
        evaluation.rules.article("site.confirmed"),
    )


def _no_site(site: str, article: str) -> Verdict:
    return no(f"项目没有编号为 {site} 的场地。", f"The evaluation has no site {site}.", article)


def _no_member(evaluation: Evaluation, person: str) -> Verdict:
    return no(
        f"{person} 不是现任评委，请刷新名册后再试。",
        f"{person} is not a present member; look at the roster again.",
        evaluation.rules.article("replacement.requested"),
    )
