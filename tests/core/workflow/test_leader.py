"""The leader: secret vote, ballots on a tie, invalid votes, naming; never a representative."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.views import electable, votes
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_committee import LeaderNamed, SealOpened, SealWithdrawn, VoteSealed
from tests.builders.documents import rules_of
from tests.builders.evening import ORGANISER, Evening, evening_at

NINE = "12号令 第九条"
GP = "87号令 第四十五条"
ALL = ("m1", "m2", "m3", "m4", "m5")


def vote_act(evening: Evening, ballot: int = 1) -> VoteSealed:
    return VoteSealed(sealed=evening.sealed(None), ballot=ballot)


def choices(text: str) -> dict[str, str]:
    """Member i votes for the i-th digit."""
    return {f"m{i}": f"m{digit}" for i, digit in enumerate(text, 1)}


@pytest.mark.parametrize(("cast", "leader"), [("11111", "m1"), ("22211", "m2"), ("22113", ""), ("12345", "")])
def test_most_votes_lead(cast: str, leader: str) -> None:
    evening = evening_at("leader").vote(choices(cast))
    assert evening.evaluation.leader == leader
    assert evening.evaluation.ballot == (1 if leader else 2)


def test_a_tie_is_decided_in_another_ballot_among_the_tied() -> None:
    evening = evening_at("leader").vote(choices("22113"))
    assert evening.evaluation.runoff == ("m1", "m2")
    assert electable(evening.evaluation) == ("m1", "m2")
    evening.assert_refused("m1", vote_act(evening, 1), article=NINE, saying="This is ballot 2; vote again")
    evening.vote(choices("22331"))
    assert votes(evening.evaluation) == {"m1": "m2", "m2": "m2", "m5": "m1"}
    assert evening.evaluation.leader == "m2"


def test_a_tie_may_come_again() -> None:
    evening = evening_at("leader").vote(choices("22113")).vote(choices("22113"))
    assert evening.evaluation.ballot == 3
    assert evening.evaluation.runoff == ("m1", "m2")
    evening.vote(choices("11111")).close()
    assert evening.evaluation.leader == "m1"


def test_without_a_valid_vote_the_same_candidates_stand_again() -> None:
    evening = evening_at("leader").vote(choices("22113")).vote(choices("33333"))
    assert (evening.evaluation.ballot, evening.evaluation.runoff) == (3, ("m1", "m2"))


@pytest.mark.parametrize("trade", ["construction", "procurement"])
def test_votes_for_a_representative_or_a_stranger_are_invalid(trade: Trade) -> None:
    evening = Evening(trade, kinds={"m5": "representative"}).until("leader")
    assert electable(evening.evaluation) == ("m1", "m2", "m3", "m4")
    evening.vote({"m1": "m5", "m2": "m5", "m3": "m5", "m4": "nobody", "m5": "m4"})
    assert evening.evaluation.leader == "m4"


def test_a_garbage_vote_is_an_invalid_ballot() -> None:
    evening = evening_at("leader")
    evening.do("m5", vote_act(evening))
    evening.vote(choices("1122"))
    assert evening.evaluation.ballot == 2
    evening.do("m5", vote_act(evening, 2))
    evening.vote(choices("1112"))
    assert evening.evaluation.leader == "m1"


def test_one_vote_per_ballot_and_none_once_there_is_a_leader() -> None:
    evening = evening_at("leader").vote({"m1": "m2"})
    evening.assert_refused("m1", vote_act(evening), article="招标投标法 第四十四条", saying="You have sealed already")
    evening.vote(dict.fromkeys(ALL[1:], "m2"))
    evening.assert_refused("m1", vote_act(evening), article=NINE, saying="There is a leader already")


def test_a_vote_may_be_taken_back_while_others_vote() -> None:
    evening = evening_at("leader").vote({"m1": "m2", "m2": "m2"})
    (seal,) = [seal.record for seal in evening.evaluation.seals.values() if seal.author == "m1"]
    evening.do("m1", SealWithdrawn(seal=seal, ground="重新考虑"))
    evening.vote({"m1": "m3", "m3": "m3", "m4": "m3", "m5": "m2"})
    assert evening.evaluation.leader == "m3"


def test_votes_of_an_earlier_ballot_stay_shut() -> None:
    evening = evening_at("leader").vote(choices("22113"))
    first = evening.fork()
    old = next(iter(first.evaluation.seals))
    first.assert_refused("m1", SealOpened(seal=old, key=b"k"), article="招标投标法 第四十四条", saying="open already")


def test_nobody_leads_before_the_vote_is_over() -> None:
    evening = evening_at("leader").vote({"m1": "m2"})
    evening.assert_refused(ORGANISER, evening.closing_act(), article=NINE, saying="no leader yet")


# -- naming ------------------------------------------------------------------------------------------------------------


def test_the_tenderer_may_name_the_leader_of_a_construction_committee() -> None:
    evening = evening_at("leader")
    evening.do(ORGANISER, LeaderNamed(member="m3", ground="招标人指定"))
    assert evening.evaluation.leader == "m3"
    evening.assert_refused(
        ORGANISER, LeaderNamed(member="m1", ground="改派"), article=NINE, saying="nobody names another"
    )


def test_an_elected_leader_is_not_overruled() -> None:
    evening = evening_at("leader").elect(close=False)
    evening.assert_refused(
        ORGANISER, LeaderNamed(member="m2", ground="改派"), article=NINE, saying="nobody names another"
    )


def test_procurement_members_elect_their_leader() -> None:
    evening = evening_at("leader", "procurement")
    evening.assert_refused(ORGANISER, LeaderNamed(member="m1", ground=""), article=GP, saying="nobody names one")


def test_no_stranger_no_representative_and_nobody_conflicted_is_named() -> None:
    evening = Evening(kinds={"m5": "representative"}).until("leader")
    evening.do("m2", evening.recusal("亲属"))
    for person, saying in (
        ("nobody", "not a present member"),
        ("m5", "A representative may not lead"),
        ("m2", "must withdraw and may not lead"),
    ):
        evening.assert_refused(ORGANISER, LeaderNamed(member=person, ground=""), article=NINE, saying=saying)
    gone = evening.replace("m2", "m6")
    gone.check_in().pledge()
    gone.assert_refused(ORGANISER, LeaderNamed(member="m2", ground=""), article=NINE, saying="not a present member")


def test_where_the_leader_is_named_there_is_no_vote() -> None:
    rules = rules_of("construction").replace(b'"by": ["vote", "named"]', b'"by": ["named"]')
    evening = Evening(rules=rules).until("leader")
    evening.assert_refused("m1", vote_act(evening), article=NINE, saying="named in this evaluation, not elected")
