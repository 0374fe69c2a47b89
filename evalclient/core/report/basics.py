"""The first sections of a report: what is bought, who evaluates, what was opened."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from evalclient.core.counting import counted
from evalclient.core.evaluation.state import Member
from evalclient.core.evaluation.views import active_members, standing_bids
from evalclient.core.law_words import cited
from evalclient.core.method.entry.stated import in_words
from evalclient.core.records.acts_bids import OpenedBid, OpeningRecorded
from evalclient.core.records.acts_committee import CandidatesRecommended, LeaderNamed
from evalclient.core.records.acts_founding import ArrivalRecorded, MemberAppointed
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import DASH, NONE, Block, Facts, Table, column, joined, paragraph, same
from evalclient.core.report.history import local_time
from evalclient.core.report.money import grouped, yuan
from evalclient.core.report.sources import Sources

_FACTORS: Final = {
    "id_card": Bilingual("身份证", "identity card"),
    "face": Bilingual("人脸", "face"),
    "certificate": Bilingual("数字证书", "certificate"),
    "phone_call": Bilingual("电话核实", "phone call"),
}
_GROUNDS: Final[dict[str, Bilingual]] = {
    "lost": Bilingual("遗失", "lost"),
    "locked": Bilingual("已锁定", "locked"),
    "expired": Bilingual("已过期", "expired"),
    "signature_only": Bilingual("不能解密", "signs alone"),
    "unreadable": Bilingual("无法读取", "cannot be read"),
}
_FAILURES: Final = {
    "": Bilingual("解密成功", "opened"),
    "revoked": Bilingual("视为撤销投标", "deemed revoked"),
    "withdrawn": Bilingual("视为撤回投标", "deemed withdrawn"),
}


def basic_data(sources: Sources) -> tuple[Block, ...]:
    """Names, numbers and dates of the tender and of the evaluation."""
    evaluation, tender = sources.evaluation, sources.evaluation.tender
    buyer = Bilingual("招标人", "Tenderer") if sources.construction else Bilingual("采购人", "Purchaser")
    agent = Bilingual("招标代理机构", "Agency") if sources.construction else Bilingual("采购代理机构", "Agency")
    pairs = [
        (Bilingual("项目名称", "Project"), tender.title),
        (Bilingual("项目编号", "Project number"), same(tender.code)),
        (Bilingual("统一交易标识码", "Trade identifier"), same(tender.trade_id)),
        (Bilingual("标段（包）", "Lot"), tender.lot),
        (buyer, tender.purchaser),
        (agent, tender.agency),
        (Bilingual("最高限价（元）", "Ceiling (CNY)"), same(yuan(tender.budget))),
        (Bilingual("投标截止时间", "Deadline"), same(local_time(tender.deadline))),
        (Bilingual("评标方法", "Method"), evaluation.method.title),
        (Bilingual("评标地点", "Sites"), _sites(sources)),
        (Bilingual("评标时间", "Evaluated"), same(_duration(sources))),
        (Bilingual("评审轮次", "Round"), same(str(evaluation.round))),
        (Bilingual("适用规则", "Rules"), same(evaluation.rules.pack)),
    ]
    return (Facts((*pairs, *_continued(sources))), paragraph(*_TIMES, "small"))


def _continued(sources: Sources) -> Iterator[tuple[Bilingual, Bilingual]]:
    """The evaluation in whose place this one stands, and why (招标投标法实施条例 第四十八条)."""
    before = sources.evaluation.founding.continued
    if before is not None:
        yield Bilingual("接续的原项目", "In place of"), same(grouped(before.evaluation))
        yield (
            Bilingual("原项目日志", "Its log"),
            Bilingual(
                f"{before.size} 条记录，树根 {grouped(before.root)}",
                f"{counted(before.size, 'record')}, root {grouped(before.root)}",
            ),
        )
        yield Bilingual("重新组建评标委员会的原因", "Why a new committee"), same(before.ground)


_TIMES: Final = (
    "本报告所列时间为评标中心收到记录的时间，北京时间（UTC+8）。",
    "Times are those at which the centre received the records, in Beijing time (UTC+8).",
)


def notice(sources: Sources) -> tuple[Block, ...]:
    """Where the notice stood, when and where bids were opened (87号令 第五十八条第一项)."""
    tender = sources.evaluation.tender
    media = (
        joined(tender.notice_media, "、", ", ") if tender.notice_media else Bilingual("见招标公告", "see the notice")
    )
    pairs = (
        (Bilingual("招标公告刊登媒体", "Notice published in"), media),
        (Bilingual("开标日期", "Opened"), same(opening_time(sources) or "—")),
        (Bilingual("开标地点", "Place"), tender.place),
    )
    return (Facts(pairs),)


def opening_time(sources: Sources) -> str:
    """When the opening record was received, in Beijing time; "" before the opening."""
    recorded = sources.acts(OpeningRecorded)
    return local_time(recorded[-1][0].at) if recorded else ""


def committee(sources: Sources) -> tuple[Block, ...]:
    """The members, how they were identified, how the leader was found."""
    members = active_members(sources.evaluation)
    if not members:
        return (paragraph("评标委员会尚未组建。", "The committee had not been formed."),)
    table = Table(
        (
            column("序号", "No.", 0.5, "center"),
            column("姓名", "Name", 1.1),
            column("类别", "Kind", 1.2),
            column("职责", "Duty", 0.8),
            column("评标地点", "Site", 1.5),
            column("席位", "Seat", 1.0),
            column("身份核验", "Identified by", 1.5),
            column("签到时间", "Arrived", 1.5),
        ),
        tuple(_member_row(sources, number, member) for number, member in enumerate(members, start=1)),
    )
    return (table, *_leader(sources), *_one_day(sources), *_replaced(sources))


def opening(sources: Sources) -> tuple[Block, ...]:
    """The opening record: names and prices as read out, failures, objections."""
    act = sources.evaluation.opening
    if act is None:
        return (paragraph("本项目未开标。", "No bids were opened."),)
    intro = paragraph(
        f"{opening_time(sources)} 在{sources.evaluation.tender.place.zh}开标，共 {len(act.bids)} 家。",
        f"Opened on {opening_time(sources)} at {sources.evaluation.tender.place.en}: {counted(len(act.bids), 'bid')}.",
    )
    columns = (
        column("序号", "No.", 0.4, "center"),
        column("投标人", "Bidder", 2.2),
        column("投标报价\n（元）", "Price\n(CNY)", 1.4, "right"),
        column("其他唱标内容", "Also read out", 2.0),
        column("解密情况", "Opening", 1.6),
    )
    rows = tuple(_opened_row(sources, number, line) for number, line in enumerate(act.bids, start=1))
    return (intro, Table(columns, rows), *_corrected(sources), *_objections(act))


def received(sources: Sources) -> tuple[Block, ...]:
    """The bids handed in and not withdrawn, for an evaluation that never opened them."""
    bids = standing_bids(sources.evaluation)
    counted = paragraph(
        f"截止时间前收到投标文件 {len(bids)} 份，未拆封解密。",
        f"Received before the deadline: {len(bids)}; they stayed shut.",
    )
    if not bids:
        return (counted,)
    rows = tuple(
        (same(sources.bidder(bid.bidder)), same(sources.at(bid.record)), same(grouped(bid.package))) for bid in bids
    )
    columns = (
        column("投标人", "Bidder", 2.0),
        column("递交时间", "Received", 1.4),
        column("投标文件摘要", "Digest of the package", 3.6),
    )
    return (counted, Table(columns, rows))


def bidders(sources: Sources) -> tuple[Block, ...]:
    """The list of bidders (投标人名单)."""
    act = sources.evaluation.opening
    if act is None:
        return (paragraph("本项目未开标。", "No bids were opened."),)
    rows = tuple(
        (same(str(number)), same(sources.bidder(line.bidder))) for number, line in enumerate(act.bids, start=1)
    )
    return (Table((column("序号", "No.", 0.4, "center"), column("投标人", "Bidder", 6.0)), rows),)


def _sites(sources: Sources) -> Bilingual:
    sites = sources.evaluation.founding.sites
    return joined(
        (
            Bilingual(f"{site.name}{'（主场）' if site.main else ''}", f"{site.name}{' (main)' if site.main else ''}")
            for site in sites
        ),
        "、",
        ", ",
    )


def _duration(sources: Sources) -> str:
    arrived = next((local_time(event.at) for event, _ in islice(sources.acts(ArrivalRecorded), 1)), "")
    ended = [local_time(event.at) for event, _ in sources.acts(CandidatesRecommended)][-1:]
    return f"{arrived or '—'} — {ended[0] if ended else '…'}" if arrived or ended else "—"


def _member_row(sources: Sources, number: int, member: Member) -> tuple[Bilingual, ...]:
    leads = member.person == sources.evaluation.leader
    return (
        same(str(number)),
        same(sources.person(member.person)),
        sources.kind(member),
        Bilingual("组长", "Leader") if leads else Bilingual("成员", "Member"),
        same(sources.site(member.site)),
        same(member.seat or "—"),
        _factors(member.factors),
        same(sources.at(member.arrival) or "—"),
    )


def _leader(sources: Sources) -> tuple[Block, ...]:
    leader = sources.evaluation.leader
    if not leader:
        return ()
    named = [act for _, act in sources.acts(LeaderNamed) if act.member == leader]
    name = sources.person(leader)
    article = sources.evaluation.rules.leader.article
    if named:
        ground = named[-1].ground
        return (
            paragraph(
                f"组长{name}由招标人确定（{article}）：{ground}",
                f"The leader {name} was named ({cited(article).en}): {ground}",
            ),
        )
    ballot = sources.evaluation.ballot
    return (
        paragraph(
            f"组长{name}由评标委员会成员无记名推选产生（第 {ballot} 次投票，{article}）。",
            f"The leader {name} was elected by secret vote (ballot {ballot}, {cited(article).en}).",
        ),
    )


def _one_day(sources: Sources) -> tuple[Block, ...]:
    """Whose own certificate could not be used, why, and who identified him (当日证书)."""
    issued = [(each, each.one_day) for each in sources.evaluation.members.values() if each.one_day.issued]
    if not issued:
        return ()
    rows = tuple(
        (
            same(sources.person(member.person)),
            _GROUNDS[day.ground],
            same(sources.person(day.administrator)),
            _factors(day.administrator_factors),
            _factors(day.organiser_factors),
            same(sources.at(day.issued) or "—"),
        )
        for member, day in issued
    )
    table = Table(
        (
            column("姓名", "Name", 1.1),
            column("本人证书", "Own certificate", 1.4),
            column("场地管理员", "Administrator", 1.2),
            column("其核验内容", "Checked by him", 1.5),
            column("组织方核验内容", "Checked by the organiser", 1.5),
            column("登记时间", "Recorded", 1.5),
        ),
        rows,
    )
    told = paragraph(
        "下列成员当日使用本项目首条记录所列机构签发的一日有效证书签名，身份经场地管理员与组织方分别核验：",
        "These members signed by a certificate for one day, of the authority that record 0 names; administrator and "
        "organiser identified them, each for himself:",
    )
    return (told, table)


def _factors(factors: tuple[str, ...]) -> Bilingual:
    return joined((_FACTORS.get(factor, same(factor)) for factor in factors), "、", ", ") if factors else DASH


def _replaced(sources: Sources) -> tuple[Block, ...]:
    changes = [(event, act) for event, act in sources.acts(MemberAppointed) if act.replaces]
    if not changes:
        return ()
    article = sources.evaluation.rules.article("replacement.requested")
    rows = tuple(
        (
            same(sources.person(act.replaces)),
            same(sources.person(act.person)),
            same(act.ground) if act.ground else DASH,
            same(local_time(event.at)),
        )
        for event, act in changes
    )
    columns = (
        column("被更换成员", "Replaced", 1.2),
        column("接替成员", "Successor", 1.2),
        column("原因", "Ground", 3.0),
        column("时间", "Time", 1.6),
    )
    return (
        Table(columns, rows, Bilingual("评标委员会成员更换情况", "Replaced members")),
        paragraph(
            f"被更换成员作出的评审结论无效，由接替成员重新评审（{article}）。",
            f"A replaced member's conclusions are void; the successor evaluated anew ({cited(article).en}).",
            "small",
        ),
    )


def _opened_row(sources: Sources, number: int, line: OpenedBid) -> tuple[Bilingual, ...]:
    outcome = _FAILURES[line.failure]
    if line.note:
        outcome = Bilingual(f"{outcome.zh}：{line.note}", f"{outcome.en}: {line.note}")
    return (
        same(str(number)),
        same(sources.bidder(line.bidder)),
        DASH if line.failure else same(yuan(line.price)),
        _terms(sources, line) if line.terms else DASH,
        outcome,
    )


def _corrected(sources: Sources) -> tuple[Block, ...]:
    """What later opening records changed of earlier ones: nothing that was read out is replaced in silence."""
    rows = [
        (same(local_time(event.at)), same(sources.bidder(bidder)), before, after)
        for (_, old), (event, new) in pairwise(sources.acts(OpeningRecorded))
        for bidder, before, after in _changed_lines(sources, old, new)
    ]
    if not rows:
        return ()
    columns = (
        column("更正时间", "Corrected", 1.4),
        column("投标人", "Bidder", 1.8),
        column("原记录", "As recorded before", 2.4),
        column("更正为", "As corrected", 2.4),
    )
    return (Table(columns, tuple(rows), Bilingual("开标记录更正情况", "Corrections of the opening record")),)


def _changed_lines(
    sources: Sources, old: OpeningRecorded, new: OpeningRecorded
) -> tuple[tuple[str, Bilingual, Bilingual], ...]:
    before = {line.bidder: line for line in old.bids}
    return tuple(
        (line.bidder, _as_recorded(sources, before[line.bidder]), _as_recorded(sources, line))
        for line in new.bids
        if line.bidder in before and before[line.bidder] != line
    )


def _as_recorded(sources: Sources, line: OpenedBid) -> Bilingual:
    outcome, terms = _FAILURES[line.failure], _terms(sources, line)
    price = "" if line.failure else f"；{yuan(line.price)}"
    note = f"；{line.note}" if line.note else ""
    zh, en = (f"；{words}" if words else "" for words in (terms.zh, terms.en))
    return Bilingual(f"{line.name}；{outcome.zh}{price}{zh}{note}", f"{line.name}；{outcome.en}{price}{en}{note}")


def _terms(sources: Sources, line: OpenedBid) -> Bilingual:
    """What was read out besides the price."""
    words = in_words(sources.evaluation.method, line.terms)
    return Bilingual(
        "；".join(f"{name.zh}：{value.zh}" for name, value in words),
        "；".join(f"{name.en}：{value.en}" for name, value in words),
    )


def _objections(act: OpeningRecorded) -> tuple[Block, ...]:
    if not act.objections:
        return (Facts(((Bilingual("开标异议", "Objections at opening"), NONE),)),)
    rows = tuple((same(entry.by), same(entry.objection), same(entry.answer)) for entry in act.objections)
    columns = (column("提出人", "By", 1.2), column("异议", "Objection", 2.6), column("当场答复", "Answer", 2.6))
    return (Table(columns, rows, Bilingual("开标异议及答复", "Objections at opening, with their answers")),)
