"""Which bids stood the preliminary review, which are out and why, and where members differed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evalclient.core.evaluation.results import GroupOpinion, all_rejections, bids_in_scoring, group_opinions
from evalclient.core.evaluation.state import stage_index
from evalclient.core.evaluation.views import active_members, reviewed_bids, reviews
from evalclient.core.law_words import cited
from evalclient.core.method.entry.entries import Rejection, TallyResult
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import DASH, Block, Table, column, paragraph, same
from evalclient.core.report.money import yuan
from evalclient.core.report.sources import Sources

#: how many bidders or members stand side by side in one table
COLUMNS: Final = 6
_CODES: Final = {
    "revoked": Bilingual("视为撤销投标", "Deemed revoked"),
    "withdrawn": Bilingual("视为撤回投标", "Deemed withdrawn"),
    "unqualified": Bilingual("资格审查不合格", "Not qualified"),
    "above_ceiling": Bilingual("报价超过最高限价", "Price above the ceiling"),
    "below_technical": Bilingual("技术商务得分未达最低要求", "Below the least technical score"),
    "price_limit": Bilingual("报价评审否决", "Rejected in the price evaluation"),
}
_AT: Final = {
    "opening": Bilingual("开标", "Opening"),
    "qualification": Bilingual("资格审查", "Qualification"),
    "preliminary": Bilingual("初步评审", "Preliminary review"),
    "technical": Bilingual("详细评审", "Scoring"),
    "price": Bilingual("报价评审", "Price"),
}


def chunks(values: Sequence[str], size: int = COLUMNS) -> list[Sequence[str]]:
    """``values`` in runs of at most ``size``, as even as can be."""
    if not values:
        return []
    runs = -(-len(values) // size)
    width = -(-len(values) // runs)
    return [values[start : start + width] for start in range(0, len(values), width)]


def conforming(sources: Sources) -> tuple[Block, ...]:
    """The bids that met the tender's requirements (符合要求的投标一览表)."""
    if not reviewed(sources):
        return (paragraph("初步评审未完成。", "The preliminary review was not finished."),)
    bids = bids_in_scoring(sources.evaluation)
    if not bids:
        return (paragraph("没有符合招标文件要求的投标。", "No bid met the requirements of the tender document."),)
    rows = tuple(
        (same(str(number)), same(sources.bidder(bid.bidder)), same(yuan(bid.opened.price if bid.opened else None)))
        for number, bid in enumerate(bids, start=1)
    )
    columns = (
        column("序号", "No.", 0.4, "center"),
        column("投标人", "Bidder", 4.0),
        column("投标报价\n（元）", "Price\n(CNY)", 1.6, "right"),
    )
    return (Table(columns, rows),)


def rejected(sources: Sources, result: TallyResult | None) -> tuple[Block, ...]:
    """Every bid that is out: at which step, by which item, why, under which article."""
    out = all_rejections(sources.evaluation, result)
    rows = tuple(
        (same(sources.bidder(bidder)), _AT[why.at], _ground(sources, why), same(why.reason or "—"), cited(why.article))
        for bidder, reasons in out.items()
        for why in reasons
    )
    if not rows:
        return (paragraph("没有被否决的投标。", "No bid was rejected."),)
    columns = (
        column("投标人", "Bidder", 1.8),
        column("环节", "Step", 1.0),
        column("评审项或情形", "Item or case", 1.5),
        column("原因", "Reason", 2.4),
        column("依据", "Under", 1.7),
    )
    return (Table(columns, rows),)


def preliminary(sources: Sources) -> tuple[Block, ...]:
    """The group's result on each item of each bid, and every member's differing view with its reason."""
    opinions = {(entry.bidder, entry.item): entry for entry in group_opinions(sources.evaluation)}
    if not opinions or not reviewed(sources):
        return ()
    members = len(active_members(sources.evaluation))
    names = [bid.bidder for bid in reviewed_bids(sources.evaluation)]
    tables = tuple(_matrix(sources, opinions, run, members) for run in chunks(names))
    intro = paragraph(
        f"初步评审结果：各成员独立评审，{_majority(sources).zh}。表中“不合格”后为认定不合格的成员数。",
        f"Preliminary review: each member alone, {_majority(sources).en}. After “fail”, how many found so.",
        "heading",
    )
    return (intro, *tables, *_differing(sources))


def reviewed(sources: Sources) -> bool:
    """Whether the preliminary review has been opened by all."""
    evaluation = sources.evaluation
    if stage_index(evaluation.stage) > stage_index("preliminary"):
        return True
    return len(reviews(evaluation)) == len(active_members(evaluation)) > 0


def _ground(sources: Sources, why: Rejection) -> Bilingual:
    titles = {item.id: item.title for item in sources.evaluation.method.preliminary}
    return titles.get(why.code) or _CODES.get(why.code) or same(why.code)


def _majority(sources: Sources) -> Bilingual:
    return {
        "any": Bilingual("一名成员认定不合格即为不合格", "one member's fail fails the item"),
        "half_or_more": Bilingual("半数及以上成员认定不合格的为不合格", "half of the members fail an item"),
        "more_than_half": Bilingual("超过半数成员认定不合格的为不合格", "more than half of the members fail an item"),
        "two_thirds": Bilingual("三分之二及以上成员认定不合格的为不合格", "two thirds of the members fail an item"),
    }[sources.evaluation.method.majority.fails_when]


def _matrix(
    sources: Sources, opinions: dict[tuple[str, str], GroupOpinion], bidders: Sequence[str], members: int
) -> Table:
    items = sources.evaluation.method.preliminary
    columns = (
        column("评审项", "Item", 2.0),
        *(column(sources.bidder(bidder), sources.bidder(bidder), 1.0, "center") for bidder in bidders),
    )
    rows = tuple(
        (
            Bilingual(f"{item.group.zh}：{item.title.zh}", f"{item.group.en}: {item.title.en}"),
            *(_view(opinions[bidder, item.id], members) for bidder in bidders),
        )
        for item in items
    )
    return Table(columns, rows)


def _view(entry: GroupOpinion, members: int) -> Bilingual:
    against = len(entry.against)
    if entry.passed:
        return (
            Bilingual("合格", "pass")
            if not against
            else Bilingual(f"合格（{against}/{members} 异议）", f"pass ({against}/{members} against)")
        )
    return Bilingual(f"不合格（{against}/{members}）", f"fail ({against}/{members})")


def _differing(sources: Sources) -> tuple[Block, ...]:
    """Members whose view is not the group's: the experts' differing opinions, with their reasons."""
    titles = {item.id: item.title for item in sources.evaluation.method.preliminary}
    opened = reviews(sources.evaluation)
    rows = []
    for entry in group_opinions(sources.evaluation):
        if not entry.against or len(entry.against) == len(opened):
            continue
        group = Bilingual("合格", "pass") if entry.passed else Bilingual("不合格", "fail")
        if entry.passed:
            views = [(member, Bilingual("不合格", "fail"), reason) for member, reason in entry.against]
        else:
            against = {member for member, _ in entry.against}
            views = [(member, Bilingual("合格", "pass"), "") for member in opened if member not in against]
        rows += [
            (
                same(sources.bidder(entry.bidder)),
                titles[entry.item],
                group,
                same(sources.person(member)),
                view,
                same(reason) if reason else DASH,
            )
            for member, view, reason in views
        ]
    if not rows:
        return ()
    columns = (
        column("投标人", "Bidder", 1.6),
        column("评审项", "Item", 1.4),
        column("小组结论", "Group", 0.9, "center"),
        column("成员", "Member", 1.0),
        column("成员意见", "View", 0.9, "center"),
        column("理由", "Reason", 2.2),
    )
    return (Table(columns, tuple(rows), Bilingual("与小组结论不同的成员意见", "Views that differ from the group's")),)
