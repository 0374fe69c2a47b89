"""Whatever anybody tries, in any order: the invariants of an evaluation hold and the fold never fails."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from evalclient.core.errors import Refused
from evalclient.core.evaluation.drawing import drawn, stands
from evalclient.core.evaluation.fold import found_evaluation
from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.evaluation.views import all_sealed, opened_bids, some_opened
from evalclient.core.records.act import Act, Stage, Trade
from evalclient.core.records.acts_bids import AccessGranted
from evalclient.core.records.acts_committee import SealOpened, SealWithdrawn, StageClosed
from evalclient.core.records.acts_ending import EvaluationEnded, RollbackApproved
from evalclient.core.records.acts_founding import MemberAppointed
from evalclient.core.workflow.duties import GrantAccess, OpenSeal, duties
from evalclient.core.workflow.gates import replay
from evalclient.core.workflow.reading import may_read
from tests.builders.documents import drawing_method
from tests.builders.evening import ORGANISER, PRICES, SUPERVISOR, Evening, evening_at
from tests.builders.ledger import unchanged
from tests.builders.mischief import MEMBERS, PEOPLE, Mischief

STARTS: tuple[Stage, ...] = ("ready", "leader", "preliminary", "scoring", "settlement", "recheck", "report")


@lru_cache
def _drawing(stage: Stage) -> Evening:
    return Evening(method=drawing_method()).until(stage)


def drawing_evening_at(stage: Stage) -> Evening:
    """As ``evening_at``, under a method that draws lots at every point of the meeting."""
    return _drawing(stage).fork()


class Watched(Evening):
    """An evening that checks every step of its state."""

    def put(self, person: str, act: Act | None, **how: Any) -> str:
        if act is not None:
            self._ensure_session(person, act)
        before = self.evaluation
        record = super().put(person, act, **how)
        check_step(before, self.evaluation, act, record)
        return record


def check_step(before: Evaluation, after: Evaluation, act: Act | None, record: str) -> None:
    if any(entry.record == record for entry in after.without_effect):
        assert unchanged(before, after)
    elif isinstance(act, SealWithdrawn):
        assert not some_opened(before, before.seals[act.seal].kind)
    if after.stage != before.stage:
        assert after.stage == lawful_stage(before, act)
    if after.round != before.round:
        assert isinstance(act, RollbackApproved)
        assert after.round == before.round + 1
    for person, place in before.roster.places.items():
        assert after.roster.places[person] == place
    for key, seal in after.seals.items():
        if seal.opened and not before.seals[key].opened:
            assert stands(before, seal) if seal.when else all_sealed(before, seal.kind)
    for when, fixed in before.draw_shares.items():
        assert after.draw_shares.get(when) == fixed
    found = drawn(after)
    assert all(found[draw] == result for draw, result in drawn(before).items())
    assert before.ending is None or after.ending == before.ending


def lawful_stage(before: Evaluation, act: Act | None) -> str:
    match act:
        case StageClosed():
            return STAGES[stage_index(before.stage) + 1]
        case RollbackApproved():
            return before.rollback[act.request][0]
        case EvaluationEnded():
            return "ended"
        case MemberAppointed() if act.replaces:
            return "checkin"
        case _:
            return "none"


class AnyEvening(RuleBasedStateMachine):
    """People do what is due, try what is not, move seats, and send late records."""

    evening: Evening

    @initialize(
        trade=st.sampled_from(["construction", "procurement"]), stage=st.sampled_from(STARTS), draws=st.booleans()
    )
    def begin(self, trade: Trade, stage: Stage, draws: bool) -> None:
        usual = drawing_evening_at(stage) if draws else evening_at(stage, trade)
        usual.__class__ = Watched
        self.evening = usual

    @rule()
    def do_what_is_due(self) -> None:
        self._go_on(self.evening.step)

    @rule()
    def do_most_of_it(self) -> None:
        self._go_on(lambda: self.evening.step(close=False))

    @rule(data=st.data())
    def try_something(self, data: st.DataObject) -> None:
        self._try(data, {})

    @rule(data=st.data(), people=st.sets(st.sampled_from(MEMBERS[:6]), min_size=1))
    def some_seal(self, data: st.DataObject, people: set[str]) -> None:
        kind = {"leader": "vote.sealed", "preliminary": "review.sealed", "scoring": "sheet.sealed"}.get(
            self.evening.stage
        )
        if kind is not None:
            for person in sorted(people & set(self.evening.members)):
                self.evening.put(person, Mischief(self.evening, data.draw).act(kind))

    @rule(people=st.sets(st.sampled_from((*MEMBERS[:6], SUPERVISOR)), min_size=1))
    def some_take_part_in_a_draw(self, people: set[str]) -> None:
        self._go_on(lambda: self.evening.take_part(people))

    @rule(data=st.data())
    def handle_a_seal(self, data: st.DataObject) -> None:
        mischief = Mischief(self.evening, data.draw)
        kind = data.draw(st.sampled_from(["seal.opened", "seal.withdrawn"]))
        act = mischief.act(kind)
        content = self._inside(act)
        self.evening.put(mischief.author(kind, act), act, opened=content)

    @rule(candidate=st.sampled_from(["m1", "m5", "m5"]))
    def vote_for(self, candidate: str) -> None:
        self._go_on(lambda: self.evening.vote(dict.fromkeys(self.evening.members, candidate)))

    @rule(data=st.data())
    def try_it_again_after_moving_seats(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(PEOPLE))
        if self.evening.evaluation.roster.role(person) is not None:
            self.evening.sign_in(person, "elsewhere")

    @rule(data=st.data(), stray=st.booleans())
    def send_it_late(self, data: st.DataObject, stray: bool) -> None:
        sessions = [session.id for session in self.evening.evaluation.roster.sessions.values()]
        session = data.draw(st.sampled_from(sessions))
        self._try(data, {"round": 1} if stray else {"session": session})

    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        stage = data.draw(st.sampled_from(STAGES))
        self._go_on(lambda: self.evening.roll_back(stage))

    @rule(data=st.data())
    def put_somebody_in_anothers_place(self, data: st.DataObject) -> None:
        leaving, coming = data.draw(st.sampled_from(MEMBERS)), data.draw(st.sampled_from(MEMBERS))
        if leaving in self.evening.members:
            self._go_on(lambda: self.evening.replace(leaving, coming))

    def _try(self, data: st.DataObject, how: dict[str, Any]) -> None:
        mischief = Mischief(self.evening, data.draw)
        kind = mischief.kind()
        act = mischief.act(kind)
        person = mischief.author(kind, act)
        content = self._inside(act)
        if session := how.get("session"):
            person = self.evening.evaluation.roster.sessions[session].author
        self.evening.put(person, act, opened=content, **how)

    def _inside(self, act: Act) -> msgspec.Struct | None:
        known = self.evening.evaluation.roster.sealed
        return self.evening.content_of(act.seal) if isinstance(act, SealOpened) and act.seal in known else None

    def _go_on(self, step: Callable[[], object]) -> None:
        if self.evening.stage == "ended":
            return
        with suppress(Refused):
            step()

    @invariant()
    def the_leader_is_an_expert_of_the_committee(self) -> None:
        evaluation = self.evening.evaluation
        if evaluation.leader:
            leader = evaluation.members[evaluation.leader]
            assert leader.active
            assert leader.kind == "expert"

    @invariant()
    def nobody_reads_before_all_have_sealed(self) -> None:
        evaluation = self.evening.evaluation
        for kind in ("review.sealed", "sheet.sealed"):
            readable = [
                (reader, author)
                for reader in (*self.evening.members, ORGANISER, SUPERVISOR)
                for author in self.evening.members
                if reader != author and may_read(evaluation, reader, author, kind).allowed
            ]
            assert not readable or all_sealed(evaluation, kind)

    @invariant()
    def what_a_client_owes_it_may_do(self) -> None:
        evaluation = self.evening.evaluation
        for person in (*self.evening.members, SUPERVISOR, ORGANISER):
            for duty in duties(evaluation, person):
                match duty:
                    case OpenSeal(seal=seal):
                        act: Act = SealOpened(seal=seal, key=b"key")
                    case GrantAccess(member=member, session=session):
                        act = AccessGranted(member=member, session=session, compartments=(), keys=b"")
                assert self.evening.may(person, act).allowed

    @invariant()
    def candidates_are_at_most_three_and_ranked(self) -> None:
        evaluation = self.evening.evaluation
        if evaluation.candidates is not None:
            assert len(evaluation.candidates) <= 3
            if stage_index(evaluation.stage) >= stage_index("candidates") and evaluation.ending is None:
                ranked = [bidder for place in tally_result(evaluation).ranking for bidder in place.bidders]
                assert list(evaluation.candidates) == ranked[: len(evaluation.candidates)]

    @invariant()
    def prices_stay_as_read_out(self) -> None:
        lines = [bid.opened for bid in opened_bids(self.evening.evaluation)]
        assert [line.price for line in lines if line] == list(PRICES)

    def teardown(self) -> None:
        if not hasattr(self, "evening"):
            return
        founded = found_evaluation(self.evening.records[0], self.evening.documents)
        records = self.evening.records[1:]
        assert replay(founded, records) == self.evening.evaluation
        half = len(records) // 2
        assert replay(replay(founded, records[:half]), records[half:]) == self.evening.evaluation


AnyEvening.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestAnyEvening = AnyEvening.TestCase
