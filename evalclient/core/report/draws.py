"""Draws in the report (随机抽取): who took part, what was committed to and published, what came out, how to replay it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evalclient.core.evaluation.drawing import (
    Drawing,
    by_place,
    draw_times,
    drawings,
    is_drawn,
    parties,
    share_by,
)
from evalclient.core.method.document.parts import Draw
from evalclient.core.records.act import DrawTime
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_draw import DrawShare
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import DASH, Block, Facts, Table, column, paragraph, same
from evalclient.core.report.money import grouped
from evalclient.core.report.sources import Sources

_WHEN: Final[Mapping[DrawTime, Bilingual]] = {
    "opening": Bilingual("文件开放之前", "before the bids are released"),
    "before_review": Bilingual("评审之前", "before the review"),
    "after_review": Bilingual("评审之后、报价评审之前", "after the review, before the prices"),
}
_HASHES: Final = {"sha256": "SHA-256", "sm3": "SM3"}


def draws(sources: Sources) -> tuple[Block, ...]:
    """Every draw that has begun; nothing where the method draws nothing or nobody took part."""
    evaluation = sources.evaluation
    begun = [
        when
        for when in draw_times(evaluation)
        if any(share_by(evaluation, person, when) for person in parties(evaluation, when))
    ]
    if not begun:
        return ()
    found = [one for one in drawings(evaluation) if one.draw.when in begun]
    blocks: list[Block] = [
        paragraph("随机抽取", "Draws", "heading"),
        paragraph(
            "抽取结果由评标委员会全体成员和行政监督各自封存、全部封存后公开的随机份额以及评标中心日志算出，没有任何一方单独给出。",
            "What is drawn follows from random shares that all members and the supervisor sealed, published once all had, and "
            "from the centre's log; nobody states it.",
        ),
        _results(sources, found),
    ]
    for when in begun:
        blocks += _shares(sources, when)
    return (*blocks, _recipe(sources))


def _results(sources: Sources, found: list[Drawing]) -> Table:
    algorithm = sources.evaluation.founding.hash
    rows = tuple(
        (
            one.draw.title,
            same(one.draw.id),
            _among(one.draw),
            _outcome(sources, one),
            same(grouped(digest(one.text.encode(), algorithm))) if one.text else DASH,
        )
        for one in found
    )
    columns = (
        column("抽取事项", "Drawn", 1.4),
        column("编号", "Id", 0.8),
        column("取值", "Among", 1.4),
        column("结果", "Result", 2.2),
        column(f"全文的 {_HASHES[algorithm]}", f"{_HASHES[algorithm]} of the text", 2.2),
    )
    return Table(columns, rows)


def _among(draw: Draw) -> Bilingual:
    if draw.kind == "order":
        return Bilingual("投标人次序", "an order of the bidders")
    if draw.kind == "members":
        return Bilingual("评委次序", "an order of the committee")
    return Bilingual("、".join(draw.values), ", ".join(draw.values))


def _outcome(sources: Sources, one: Drawing) -> Bilingual:
    if one.result is None:
        return Bilingual("未完成", "not finished")
    if isinstance(one.result, str):
        return same(one.result)
    called = sources.person if one.draw.kind == "members" else sources.bidder
    names = [f"{place}. {called(found)}" for place, found in enumerate(by_place(one.result), start=1)]
    return Bilingual("、".join(names), ", ".join(names))


def _shares(sources: Sources, when: DrawTime) -> tuple[Block, ...]:
    """The parties of one point of the meeting, in the order in which their shares are hashed."""
    evaluation = sources.evaluation
    opened = {act.seal: event.author for event, act in sources.acts(SealOpened)}
    rows = []
    for person in parties(evaluation, when):
        seal = share_by(evaluation, person, when)
        if seal is None:
            rows.append((same(person), sources.who(person), DASH, DASH, DASH))
            continue
        shown = same(grouped(seal.content.value.hex())) if isinstance(seal.content, DrawShare) else DASH
        if opened.get(seal.record, person) != person:
            shown = Bilingual(f"{shown.zh}（由保管方恢复）", f"{shown.en} (brought back by custodians)")
        commitment = evaluation.roster.sealed[seal.record].sealed.commitment
        rows.append(
            (same(person), sources.who(person), same(sources.at(seal.record)), same(grouped(commitment)), shown)
        )
    columns = (
        column("编号", "Party", 0.8),
        column("参与方", "Who", 1.4),
        column("封存时间", "Sealed", 1.2),
        column("封存的承诺", "Commitment", 2.2),
        column("公开的份额", "Share published", 2.2),
    )
    table = Table(columns, tuple(rows), caption=_WHEN[when])
    if not is_drawn(evaluation, when):
        return (table,)
    fixed = evaluation.draw_shares[when]
    return (
        table,
        Facts(
            (
                (Bilingual("轮次", "Round"), same(str(fixed.round))),
                (Bilingual("最后一份封存的叶哈希", "Leaf hash of the last seal"), same(grouped(fixed.centre))),
            )
        ),
    )


def _recipe(sources: Sources) -> Block:
    name = _HASHES[sources.evaluation.founding.hash]
    return paragraph(
        "复算：全文各行依次为 evalclient-draw/1；evaluation 与本项目指纹；draw 与编号；round 与轮次；按上表次序每个参与方一行 share、"
        f"编号与份额；centre 与叶哈希。词间一个空格，摘要不分组，每行（含末行）以换行结束。对全文求 {name}，"
        "按 docs/method.md“Draws”取数，其中有可直接运行的脚本。",
        "To replay: the lines of the text are evalclient-draw/1; evaluation and the fingerprint; draw and the id; round and its "
        "number; share, party and share for each party in the order above; centre and the leaf hash. One blank between words, "
        f"digests without blanks, every line ended, the last too. Take its {name} and numbers as docs/method.md says under "
        "“Draws”, where a script does it.",
        "small",
    )
