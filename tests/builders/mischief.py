"""Acts that somebody might try in an evening: mostly to the point, sometimes wrong in one thing or in all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, get_args

import msgspec
from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.drawing import draw_due
from evalclient.core.evaluation.results import flags, price_digest, recommended, result_digest
from evalclient.core.evaluation.state import STAGES, Evaluation
from evalclient.core.evaluation.views import scores
from evalclient.core.method.flag import Flag
from evalclient.core.records import acts_bids, acts_committee, acts_draw, acts_ending, acts_founding, acts_recovery
from evalclient.core.records.act import Act, DrawTime, MemberKind
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.envelope import digest
from evalclient.core.workflow.gates_ending import final_document
from tests.builders.evening import CUSTODIANS, ORGANISER, RECOVERY, SITES, SUPERVISOR, Evening, administrator_of
from tests.builders.samples import acts_of

MEMBERS: Final = tuple(f"m{number}" for number in range(1, 10))
PEOPLE: Final = (ORGANISER, SUPERVISOR, *CUSTODIANS, *RECOVERY, *(administrator_of(site) for site in SITES), *MEMBERS)
ENDINGS: Final[tuple[acts_ending.Ending, ...]] = (
    "awarded",
    "too_few",
    "all_rejected",
    "defective_document",
    "new_committee",
    "unsigned",
)
_KINDS: Final[tuple[MemberKind, ...]] = ("expert", "expert", "representative")
GROUND: Final = "情况说明"
TRYING: Final = sorted(
    set(KINDS) - {"evaluation.created", "session.opened", "bid.submitted", "bid.withdrawn", "share.released"}
)
_OF_THE_LEADER: Final = (
    acts_committee.StageClosed,
    acts_committee.SummaryRecorded,
    acts_committee.CandidatesRecommended,
    acts_ending.ReportRendered,
    acts_ending.RollbackRequested,
)
T = TypeVar("T")


class Mischief:
    """Draws acts for the present state of ``evening``."""

    def __init__(self, evening: Evening, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.evening = evening
        self._draw = draw

    def kind(self) -> str:
        """Mostly a kind that belongs to the present stage."""
        fitting = [kind for kind in TRYING if not KINDS[kind].stages or self._state.stage in KINDS[kind].stages]
        return self._one(fitting) if self._rarely_not() else self._one(TRYING)

    def author(self, kind: str, act: Act) -> str:
        """Mostly who could do it: the author of the seal, the leader, or somebody whose office it is."""
        if isinstance(act, acts_committee.SealOpened | acts_committee.SealWithdrawn) and act.seal in self._state.seals:
            return self._state.seals[act.seal].author if self._rarely_not() else ORGANISER
        if isinstance(act, _OF_THE_LEADER) and self._state.leader and self._rarely_not():
            return self._state.leader
        roles = KINDS[kind].roles
        fitting = [person for person in self._everybody() if self.evening.evaluation.roster.role(person) in roles]
        return self._one(fitting) if fitting and self._rarely_not() else self._one(self._everybody())

    def act(self, kind: str) -> Act:
        """An act of ``kind``; now and then any body at all."""
        build = getattr(self, "_" + kind.replace(".", "_"), None)
        if build is None or not self._rarely_not():
            return self._draw(acts_of(kind))  # type: ignore[no-any-return]
        act: Act = build()
        return act

    # -- founding --------------------------------------------------------------------------------------------------

    def _member_appointed(self) -> Act:
        replaces = self._one(("", *self.evening.members))
        kind: MemberKind = self._one(_KINDS)
        return self.evening.appointment(self._one(MEMBERS), kind, self._one(tuple(SITES)), replaces, GROUND)

    def _site_confirmed(self) -> Act:
        site = self._one(tuple(SITES))
        return acts_founding.SiteConfirmed(site=site, seats=tuple(f"{site}-{n}" for n in range(1, 6)), checks=())

    def _arrival_recorded(self) -> Act:
        seat = f"{self._one(tuple(SITES))}-{self._one((1, 2, 3, 4, 5))}"
        return acts_founding.ArrivalRecorded(member=self._one(MEMBERS), seat=seat, factors=("id_card", "face"))

    def _pledge_signed(self) -> Act:
        return self.evening.pledge_act()

    def _recusal_declared(self) -> Act:
        return self.evening.recusal(self._one(("",) * 7 + (GROUND,)))

    # -- committee -------------------------------------------------------------------------------------------------

    def _vote_sealed(self) -> Act:
        vote = acts_committee.Vote(self._one(("m1", "m2", "m5", "m5")))
        sealed = self.evening.sealed(self._one((vote, vote, None)))
        return acts_committee.VoteSealed(sealed=sealed, ballot=self.evening.evaluation.ballot)

    def _review_sealed(self) -> Act:
        fail = self._one(({}, {self._bidder(): "seal"}, dict.fromkeys(self.evening.bidders, "seal")))
        content = self.evening.review_of(fail)
        return acts_committee.ReviewSealed(sealed=self.evening.sealed(self._one((content, content, None))))

    def _sheet_sealed(self) -> Act:
        person = self._one(MEMBERS)
        change = {(person, self._bidder(), self._one(("plan", "record"))): self._one(("0", "5", "99"))}
        content = self.evening.sheet_of(person, change)
        return acts_committee.SheetSealed(sealed=self.evening.sealed(self._one((content, content, None))))

    def _draw_sealed(self) -> Act:
        times: tuple[DrawTime, ...] = get_args(DrawTime)
        some: DrawTime = self._one(times)
        return acts_draw.DrawSealed(when=draw_due(self._state) or some, share=self.evening.sealed_share())

    def _seal_withdrawn(self) -> Act:
        return acts_committee.SealWithdrawn(seal=self._seal())

    def _seal_opened(self) -> Act:
        return acts_committee.SealOpened(seal=self._seal(), key=b"key")

    def _recovery_requested(self) -> Act:
        if self._one((True, False)):
            self.evening.pass_time(hours=1)
        return acts_recovery.RecoveryRequested(seal=self._seal(), ground=GROUND)

    def _recovery_released(self) -> Act:
        return acts_recovery.RecoveryReleased(seal=self._seal(), share=b"share")

    def _leader_named(self) -> Act:
        return acts_committee.LeaderNamed(member=self._one(MEMBERS), ground=GROUND)

    def _stage_closed(self) -> Act:
        act = self._told(self.evening.closing_act, acts_committee.StageClosed(stage="price", closes=()))
        return msgspec.structs.replace(act, stage=self._one((act.stage, act.stage, act.stage, *STAGES)))

    def _score_corrected(self) -> Act:
        bidder, item = self._bidder(), self._one(("plan", "record", "standing"))
        given = sorted({sheet.get(bidder, {}).get(item, "0") for sheet in scores(self._state).values()})
        return acts_committee.ScoreCorrected(
            bidder=bidder,
            item=item,
            old=self._one(given or ["0"]),
            new=self._one(("0", "5", "10", "16")),
            case=self._one(("sum", "range", "objective", "abnormal")),
            reason=GROUND,
        )

    def _score_maintained(self) -> Act:
        return acts_committee.ScoreMaintained(bidder=self._bidder(), item="record", reason=GROUND)

    def _competition_judged(self) -> Act:
        return acts_committee.CompetitionJudged(competitive=self._one((True, False)), reason=GROUND)

    def _defect_declared(self) -> Act:
        return acts_committee.DefectDeclared(ground=GROUND)

    def _price_confirmed(self) -> Act:
        return acts_committee.PriceConfirmed(calculation=self._told(lambda: price_digest(self._state), "0" * 64))

    def _summary_recorded(self) -> Act:
        return acts_committee.SummaryRecorded(result=self._result())

    def _recheck_answered(self) -> Act:
        nothing: tuple[Flag, ...] = ()
        found = self._told(lambda: flags(self._state), nothing)
        answers = tuple(acts_committee.RecheckAnswer(flag.id, GROUND) for flag in found)
        return acts_committee.RecheckAnswered(result=self._result(), answers=answers)

    def _candidates_recommended(self) -> Act:
        nobody: tuple[str, ...] = ()
        candidates = self._told(lambda: recommended(self._state), nobody)
        return acts_committee.CandidatesRecommended(candidates=candidates, result=self._result())

    # -- ending ----------------------------------------------------------------------------------------------------

    def _report_rendered(self) -> Act:
        return acts_ending.ReportRendered(document=digest(b"report"), result=self._result())

    def _report_signed(self) -> Act:
        return acts_ending.ReportSigned(document=digest(b"report"))

    def _report_refused(self) -> Act:
        return acts_ending.ReportRefused(member=self._one(MEMBERS), ground=GROUND)

    def _report_stamped(self) -> Act:
        last = final_document(self._state) or "0" * 64
        return acts_ending.ReportStamped(document=digest(last.encode()), previous=last)

    def _evaluation_ended(self) -> Act:
        document = final_document(self._state) or "0" * 64
        return acts_ending.EvaluationEnded(ending=self._one(ENDINGS), ground=GROUND, document=document)

    def _committee_dissolved(self) -> Act:
        return acts_ending.CommitteeDissolved(ground=self._one(("",) * 9 + (GROUND,)))

    def _rollback_requested(self) -> Act:
        return acts_ending.RollbackRequested(to_stage=self._one(STAGES), ground=GROUND)

    def _rollback_approved(self) -> Act:
        return acts_ending.RollbackApproved(request=self._one((*self._state.rollback, "0" * 64)))

    def _access_granted(self) -> Act:
        member = self._one(MEMBERS)
        session = self._state.roster.current.get(member, "0" * 64)
        return acts_bids.AccessGranted(member=member, session=session, compartments=("technical",), keys=b"keys")

    # -- choosing --------------------------------------------------------------------------------------------------

    @property
    def _state(self) -> Evaluation:
        return self.evening.evaluation

    def _everybody(self) -> tuple[str, ...]:
        return (*PEOPLE, *self.evening.bidders[:2])

    def _one(self, choices: tuple[T, ...] | list[T]) -> T:
        found: T = self._draw(st.sampled_from(choices))
        return found

    def _rarely_not(self) -> bool:
        return self._one((True,) * 9 + (False,))

    def _bidder(self) -> str:
        return self._one(self.evening.bidders)

    def _seal(self) -> str:
        shut = [seal.record for seal in self._state.seals.values() if not seal.opened and not seal.void]
        return self._one(shut) if shut and self._rarely_not() else self._one((*self._state.seals, "0" * 64))

    def _result(self) -> str:
        return self._told(lambda: result_digest(self._state), "0" * 64)

    @staticmethod
    def _told(ask: Callable[[], T], otherwise: T) -> T:
        """What the log gives, or ``otherwise`` where it cannot be worked out yet."""
        try:
            return ask()
        except EvalclientError:
            return otherwise
