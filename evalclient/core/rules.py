"""Rule packs (规则包): which law holds for a trade and jurisdiction, as dated data that record 0 pins by digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Final, Literal, Protocol, get_args

import msgspec
from msgspec import Meta

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.flag import FlagKind
from evalclient.core.records.act import Trade
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.fields import END, Bilingual, DecimalText, decimal
from evalclient.core.tender import Sector

Condition = Literal[
    "confidentiality",
    "early",
    "identity",
    "independence",
    "objections",
    "one_part",
    "opening_failure",
    "signature",
]
#: what an article is needed for: kinds of records, conditions that stand behind several of them, kinds of flags
CONDITIONS: Final[tuple[Condition, ...]] = get_args(Condition)
#: flags whose article is that of a rule of their own
RULED: Final[tuple[FlagKind, ...]] = ("composition", "candidates")
FLAGS: Final[Mapping[FlagKind, str]] = {kind: f"flag.{kind}" for kind in get_args(FlagKind) if kind not in RULED}
#: no law speaks of these, only a tender's own method: a pack does not cite them
OF_THE_METHOD: Final[Mapping[str, str]] = {"draw.sealed": "招标文件评标办法"}
CITED: Final = frozenset((*KINDS, *CONDITIONS, *FLAGS.values())) - OF_THE_METHOD.keys()
#: kinds that are younger than packs which have been pinned: a pack that cites nothing for one has the condition's article
YOUNGER: Final[Mapping[str, Condition]] = {
    "revocation.listed": "signature",
    "report.timestamped": "signature",
    "log.timestamped": "signature",
    "identity.witnessed": "identity",
    "certificate.issued": "identity",
}
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}" + END)]


class _Dated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every rule has: the article it rests on, its words, and when it holds."""

    article: str
    text: Bilingual
    valid_from: Day
    valid_to: Day | None = None


class Sized(Protocol):
    """What the size of a committee goes by: a tender, or what an input states of one."""

    @property
    def budget(self) -> str:
        """Yuan, as decimal text."""
        ...

    @property
    def sector(self) -> Sector:
        """The branch of construction or procurement."""
        ...


class LargerCommittee(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A tender that asks for more members: one of ``sector``, or with a ``from_budget`` (yuan) that it reaches."""

    minimum: Annotated[int, Meta(ge=3)]
    article: str
    text: Bilingual
    from_budget: DecimalText | None = None
    sector: Sector | None = None

    def holds(self, tender: Sized) -> bool:
        """Whether ``tender`` is such a one; every condition that is named must be met."""
        reached = self.from_budget is None or decimal(tender.budget) >= decimal(self.from_budget)
        return reached and self.sector in (None, tender.sector)


class Composition(_Dated, frozen=True, tag="composition", tag_field="rule"):
    """Committee size and make-up (人数与构成): at most one in ``representatives_one_in`` is a representative.

    ``larger`` are the tenders for which ``minimum`` is not enough.
    """

    minimum: Annotated[int, Meta(ge=3)]
    odd: bool
    representatives_one_in: Annotated[int, Meta(ge=1)]
    larger: tuple[LargerCommittee, ...] = ()

    def size_rule(self, tender: Sized) -> Composition | LargerCommittee:
        """What sets the least number of members for ``tender``: its ``minimum``, ``article`` and ``text``."""
        cases: list[Composition | LargerCommittee] = [self, *(case for case in self.larger if case.holds(tender))]
        return max(cases, key=lambda case: case.minimum)


class Leader(_Dated, frozen=True, tag="leader", tag_field="rule"):
    """How the leader (组长/评标委员会负责人) is found, and whether a representative may lead."""

    by: tuple[Literal["vote", "named"], ...]
    representative_may_lead: bool


class QualificationReview(_Dated, frozen=True, tag="qualification", tag_field="rule"):
    """Who reviews qualification (资格审查): the committee, or the organiser before it meets."""

    by: Literal["committee", "organiser"]


class TooFew(_Dated, frozen=True, tag="too_few", tag_field="rule"):
    """Fewer valid bids than ``minimum``: the evaluation ends, or the committee judges competition (12号令 第二十七条)."""

    minimum: Annotated[int, Meta(ge=1)]
    outcome: Literal["end", "committee_judges"]


class Settlement(_Dated, frozen=True, tag="settlement", tag_field="rule"):
    """Whether objective differences must be settled before the leader may sum up (客观分一致)."""

    unresolved_blocks: bool


class Recheck(_Dated, frozen=True, tag="recheck", tag_field="rule"):
    """The cases in which a score may change after the summary (87号令 第六十四条)."""

    cases: tuple[Literal["sum", "range", "objective", "abnormal"], ...]


class Candidates(_Dated, frozen=True, tag="candidates", tag_field="rule"):
    """How many candidates may be recommended (中标候选人)."""

    maximum: Annotated[int, Meta(ge=1)]


class Dissent(_Dated, frozen=True, tag="dissent", tag_field="rule"):
    """A member who neither signs nor gives a written dissent is deemed to agree (视为同意)."""

    refusal_is_consent: bool


class Rollback(_Dated, frozen=True, tag="rollback", tag_field="rule"):
    """Who approves a roll-back (回退)."""

    approved_by: Literal["supervisor"]


class EndingRule(_Dated, frozen=True, tag="ending", tag_field="rule"):
    """A lawful ending (评标结束的法定情形)."""

    ending: Literal["awarded", "too_few", "all_rejected", "defective_document", "new_committee", "unsigned"]


class ActRule(_Dated, frozen=True, tag="act", tag_field="rule"):
    """The law behind acts, conditions and flags (法律依据): each of ``CITED`` has one article on any day."""

    about: tuple[str, ...]


Rule = (
    Composition
    | Leader
    | QualificationReview
    | TooFew
    | Settlement
    | Recheck
    | Candidates
    | Dissent
    | Rollback
    | EndingRule
    | ActRule
)


class RulePack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All rules of one trade and jurisdiction; several versions of one rule may stand in it, told apart by date."""

    version: Literal[1]
    id: str
    trade: Trade
    jurisdiction: str
    title: Bilingual
    rules: tuple[Rule, ...]


class RulesInForce(msgspec.Struct, frozen=True, kw_only=True):
    """The one rule of each sort that holds on the day of the deadline."""

    pack: str
    title: Bilingual
    trade: Trade
    composition: Composition
    leader: Leader
    qualification: QualificationReview
    too_few: TooFew
    settlement: Settlement
    recheck: Recheck
    candidates: Candidates
    dissent: Dissent
    rollback: Rollback
    endings: dict[str, EndingRule]
    articles: dict[str, str]

    def article(self, name: str) -> str:
        """The article behind a kind of record, a condition or a flag, as cited."""
        return OF_THE_METHOD.get(name) or self.articles[name]

    @property
    def flag_articles(self) -> Mapping[FlagKind, str]:
        """The article behind each kind of flag."""
        ruled: dict[FlagKind, str] = {
            "composition": self.composition.article,
            "candidates": self.candidates.article,
        }
        return {**ruled, **{kind: self.articles[name] for kind, name in FLAGS.items()}}

    def ending_article(self, ending: str) -> str:
        """The article behind an ending; that on ending at all where the pack has no such ending."""
        rule = self.endings.get(ending)
        return rule.article if rule else self.article("evaluation.ended")


def load_rules(untrusted: bytes) -> RulePack:
    """Parse a rule pack; DocumentMalformed names the path that is wrong."""
    try:
        return msgspec.json.decode(untrusted, type=RulePack)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentMalformed(
            f"规则包不合格式（{error}），请使用发布方提供的原文件。",
            f"The rule pack does not follow its format ({error}); use the file as it was published.",
        ) from error


def in_force(pack: RulePack, day: str) -> RulesInForce:
    """The rules of ``pack`` that hold on ``day`` (YYYY-MM-DD); DocumentMalformed if one is missing or stands twice."""
    holding = [
        rule for rule in pack.rules if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
    ]
    single = {
        name: _only(pack, [rule for rule in holding if isinstance(rule, kind)], name) for name, kind in _SINGLE.items()
    }
    endings = {rule.ending: rule for rule in holding if isinstance(rule, EndingRule)}
    return msgspec.convert(
        {
            "pack": pack.id,
            "title": pack.title,
            "trade": pack.trade,
            "endings": endings,
            "articles": _articles(pack, holding),
            **single,
        },
        RulesInForce,
    )


_SINGLE: dict[str, type[_Dated]] = {
    "composition": Composition,
    "leader": Leader,
    "qualification": QualificationReview,
    "too_few": TooFew,
    "settlement": Settlement,
    "recheck": Recheck,
    "candidates": Candidates,
    "dissent": Dissent,
    "rollback": Rollback,
}


def _articles(pack: RulePack, holding: list[Rule]) -> dict[str, str]:
    cited = [(name, rule.article) for rule in holding if isinstance(rule, ActRule) for name in rule.about]
    named = {name for name, _ in cited}
    cited += [
        (kind, article)
        for kind, condition in YOUNGER.items()
        if kind not in named
        for name, article in cited
        if name == condition
    ]
    counted = Counter(name for name, _ in cited)
    wrong = sorted(name for name in CITED | counted.keys() if name not in CITED or counted[name] != 1)
    if wrong:
        raise DocumentMalformed(
            f"规则包 {pack.id} 中“{wrong[0]}”当日的法律依据应恰有一条，实有 {counted[wrong[0]]} 条，或者没有该事项。",
            f"The rule pack {pack.id} must cite exactly one article for “{wrong[0]}” that day, if there is such a thing; "
            f"it cites {counted[wrong[0]]}.",
        )
    return dict(cited)


def _only(pack: RulePack, rules: list[Rule], name: str) -> Rule:
    if len(rules) != 1:
        raise DocumentMalformed(
            f"规则包 {pack.id} 中当日有效的“{name}”规则应恰有一条，实有 {len(rules)} 条。",
            f"The rule pack {pack.id} must have exactly one “{name}” rule in force that day, it has {len(rules)}.",
        )
    return rules[0]
