"""People: places, sites, arrival, pledge, recusal."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from evalclient.core.evaluation.views import active_members
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_founding import (
    AdministratorAppointed,
    ArrivalRecorded,
    MemberAppointed,
    PledgeSigned,
    ReplacementRequested,
    SiteConfirmed,
)
from evalclient.core.records.envelope import digest
from tests.builders.evening import CUSTODIANS, ORGANISER, SUPERVISOR, Evening, administrator_of, evening_at
from tests.builders.ledger import certificate_of

COMPOSITION = "招标投标法 第三十七条"
REMOTE = "发改办法规〔2025〕807号"
REPLACEMENT = "招标投标法实施条例 第四十八条"
ARRIVAL = "招标投标法 第三十七条"
RECUSAL = "招标投标法 第三十七条"
BUYING = {"replacement": "87号令 第四十九条", "recusal": "政府采购法实施条例 第九条"}


def arrival(person: str, seat: str, *factors: str) -> ArrivalRecorded:
    return ArrivalRecorded(member=person, seat=seat, factors=factors or ("id_card", "face"))


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("taken", ["m1", "admin-a", ORGANISER, SUPERVISOR, CUSTODIANS[0]])
def test_a_place_is_given_once(taken: str) -> None:
    evening = evening_at("ready")
    for act in (
        evening.appointment(taken, "expert", "main"),
        AdministratorAppointed(person=taken, site="main", certificate=digest(b"new")),
    ):
        evening.assert_refused(ORGANISER, act, article=COMPOSITION, saying=f"The place {taken} is taken")


@pytest.mark.parametrize("other", ["m1", "admin-a", ORGANISER, SUPERVISOR, CUSTODIANS[0]])
def test_nobody_holds_two_places(other: str) -> None:
    evening = Evening().submit().appoint()
    evening.do(ORGANISER, evening.appointment("m6", "expert", "a", replaces="m2", ground="临时不能到场"))
    for act in (
        msgspec.structs.replace(
            evening.appointment("m7", "expert", "a", "m3", "病"), certificate=digest(certificate_of(other))
        ),
        AdministratorAppointed(person="admin-c", site="b", certificate=digest(certificate_of(other))),
    ):
        evening.assert_refused(
            ORGANISER, act, article="招标投标法实施条例 第四十六条", saying="has another part in this evaluation"
        )


def test_who_was_replaced_does_not_come_back_in_another_place() -> None:
    evening = Evening().appoint()
    evening.do(ORGANISER, evening.appointment("m6", "expert", "a", replaces="m2", ground="回避"))
    back = msgspec.structs.replace(
        evening.appointment("m7", "expert", "a", "m3", "病"), certificate=digest(certificate_of("m2"))
    )
    evening.assert_refused(ORGANISER, back, article="招标投标法实施条例 第四十六条", saying="was replaced")


def test_a_bidder_sits_on_no_committee() -> None:
    evening = Evening().submit()
    fingerprint = evening.bidders[0].removeprefix("bidder:")
    act = MemberAppointed(person="m1", member_kind="expert", site="main", certificate=fingerprint)
    evening.assert_refused(ORGANISER, act, article="招标投标法实施条例 第四十六条", saying="or is a bidder")


def test_places_belong_to_the_sites_of_record_0() -> None:
    evening = Evening()
    for act in (
        evening.appointment("m1", "expert", "elsewhere"),
        AdministratorAppointed(person="admin-x", site="elsewhere", certificate=digest(b"x")),
    ):
        evening.assert_refused(ORGANISER, act, article=COMPOSITION, saying="has no site elsewhere")


def test_the_committee_has_as_many_members_as_the_tender_says() -> None:
    evening = Evening().appoint()
    evening.assert_refused(
        ORGANISER, evening.appointment("m6", "expert", "main"), article=COMPOSITION, saying="already has its 5 members"
    )


def test_after_check_in_nobody_is_added() -> None:
    evening = evening_at("pledge")
    evening.assert_refused(
        ORGANISER, evening.appointment("m6", "expert", "main"), article=REPLACEMENT, saying="no member is added"
    )


def test_a_replacement_names_a_present_member_a_ground_and_the_same_kind() -> None:
    evening = evening_at("pledge", "procurement")
    evening.assert_refused(
        ORGANISER,
        evening.appointment("m6", "expert", "main", "nobody", "病"),
        article=BUYING["replacement"],
        saying="nobody is not a present member",
    )
    evening.assert_refused(
        ORGANISER,
        evening.appointment("m6", "expert", "main", "m1", " "),
        article=BUYING["replacement"],
        saying="needs its ground",
    )
    for kind, leaving in (("expert", "m5"), ("representative", "m1")):
        act = evening.appointment("m6", kind, "main", leaving, "病")  # type: ignore[arg-type]
        evening.assert_refused(ORGANISER, act, article=BUYING["replacement"], saying="never crosswise")
    gone = evening.replace("m1", "m6")
    gone.assert_refused(
        ORGANISER,
        gone.appointment("m7", "expert", "main", "m1", "病"),
        article=BUYING["replacement"],
        saying="m1 is not a present member",
    )


# -- sites and arrival -------------------------------------------------------------------------------------------------


def test_a_site_is_confirmed_by_its_own_administrator() -> None:
    evening = evening_at("ready")
    act = SiteConfirmed(site="a", seats=("a-1",), checks=("network",))
    evening.assert_refused(administrator_of("b"), act, article=REMOTE, saying="for your own site only")
    evening.do(administrator_of("a"), act)
    assert evening.evaluation.sites["a"].seats == ("a-1",)


def test_the_evaluation_waits_for_every_site() -> None:
    evening = evening_at("ready")
    evening.do(administrator_of("a"), SiteConfirmed(site="a", seats=("a-1",), checks=()))
    evening.assert_refused(
        ORGANISER, evening.closing_act(), article=REMOTE, saying="Waiting for sites to confirm: 昆明主场, 玉溪副场"
    )


def test_an_arrival_is_witnessed_at_the_members_own_site() -> None:
    evening = evening_at("checkin")
    evening.sign_in("m4", "a-1")
    evening.assert_refused(administrator_of("b"), arrival("m4", "b-1"), article=REMOTE, saying="for your own site only")
    evening.assert_refused(
        administrator_of("a"), arrival("nobody", "a-1"), article=REPLACEMENT, saying="not a present member"
    )
    evening.do(administrator_of("a"), arrival("m4", "a-1"))
    assert evening.evaluation.members["m4"].seat == "a-1"


def test_who_is_identified_has_signed_in_first_and_shown_two_things() -> None:
    evening = evening_at("checkin")
    admin = administrator_of("main")
    evening.assert_refused(admin, arrival("m1", "main-1"), article=ARRIVAL, saying="has not signed in")
    evening.sign_in("m1", "main-1")
    evening.assert_refused(
        admin, arrival("m1", "main-1", "face", "face"), article="GB/T 22239-2019 8.1.4", saying="at least two factors"
    )


def test_a_seat_is_one_of_the_site_and_free() -> None:
    evening = evening_at("checkin")
    admin = administrator_of("main")
    evening.sign_in("m1", "main-1")
    evening.sign_in("m2", "main-1")
    evening.assert_refused(admin, arrival("m1", "a-1"), article=REMOTE, saying="not among the seats confirmed")
    evening.do(admin, arrival("m1", "main-1"))
    evening.assert_refused(admin, arrival("m2", "main-1"), article=REMOTE, saying="Seat main-1 is taken")
    evening.do(admin, arrival("m1", "main-2"))
    evening.do(admin, arrival("m2", "main-1"))
    assert [evening.evaluation.members[person].seat for person in ("m1", "m2")] == ["main-2", "main-1"]


def test_a_site_asks_for_the_replacement_of_its_own_member_with_a_ground() -> None:
    evening = evening_at("pledge")
    for person, act, article, saying in (
        ("admin-a", ReplacementRequested(member="m1", ground="突发疾病"), REMOTE, "for your own site only"),
        ("admin-main", ReplacementRequested(member="nobody", ground="突发疾病"), REPLACEMENT, "not a present member"),
        ("admin-main", ReplacementRequested(member="m1", ground=""), REPLACEMENT, "needs its ground"),
    ):
        evening.assert_refused(person, act, article=article, saying=saying)
    evening.do("admin-main", ReplacementRequested(member="m1", ground="突发疾病"))
    assert evening.evaluation.members["m1"].replacement_wanted == "突发疾病"
    assert evening.evaluation.members["m1"].active


def test_check_in_ends_with_a_lawful_committee_all_here() -> None:
    evening = Evening().submit().appoint(["m1", "m2", "m3", "m4"]).open().confirm_sites().check_in(close=False)
    evening.assert_refused(ORGANISER, evening.closing_act(), article=COMPOSITION, saying="5 or more and odd; it has 4")
    full = evening_at("checkin").check_in(["m1", "m2", "m3", "m4"], close=False)
    full.assert_refused(ORGANISER, full.closing_act(), article=ARRIVAL, saying="Waiting for check-in: m5")


def test_representatives_are_at_most_a_third() -> None:
    evening = Evening(kinds={"m4": "representative", "m5": "representative"}, allow_representatives=1)
    evening.until("checkin").check_in(close=False)
    evening.assert_refused(
        ORGANISER, evening.closing_act(), article=COMPOSITION, saying="More than a third of the members"
    )


# -- pledge and recusal ------------------------------------------------------------------------------------------------


def test_pledge_and_recusal_follow_the_identity_check() -> None:
    evening = evening_at("scoring").replace("m4", "m6")
    evening.assert_refused("m6", evening.recusal("亲属"), article=ARRIVAL, saying="arrival has not been recorded")
    evening.sign_in("m6")
    waiting = evening.fork()
    waiting.evaluation = replace(waiting.evaluation, stage="pledge")
    waiting.assert_refused("m6", waiting.pledge_act(), article=ARRIVAL, saying="arrival has not been recorded")


@pytest.mark.parametrize("wrong", ["pledge", "fewer", "more"])
def test_the_pledge_is_over_exactly_the_papers_of_the_tender(wrong: str) -> None:
    evening = evening_at("pledge")
    right = evening.pledge_act()
    act = {
        "pledge": PledgeSigned(pledge=digest(b"another"), documents=right.documents),
        "fewer": PledgeSigned(pledge=right.pledge, documents=right.documents[1:]),
        "more": PledgeSigned(pledge=right.pledge, documents=(*right.documents, digest(b"another"))),
    }[wrong]
    evening.assert_refused("m1", act, article="招标投标法 第四十四条", saying="not those of this tender")
    assert evening.founding.method in right.documents


def test_a_conflict_needs_its_ground_and_stands() -> None:
    evening = evening_at("pledge")
    silent = msgspec.structs.replace(evening.recusal("亲属"), ground=" ")
    evening.assert_refused("m1", silent, article=RECUSAL, saying="needs its ground")
    evening.do("m1", evening.recusal("投标人的近亲属"))
    evening.assert_refused("m1", evening.recusal(), article=RECUSAL, saying="it stands")
    assert evening.evaluation.members["m1"].conflict == "投标人的近亲属"


@pytest.mark.parametrize("trade", ["construction", "procurement"])
@pytest.mark.parametrize(
    "stage",
    [
        "leader",
        "release",
        "preliminary",
        "scoring",
        "settlement",
        "price",
        "summary",
        "recheck",
        "candidates",
        "report",
    ],
)
def test_recusal_stays_possible_until_signing_and_stops_the_stage(stage: Stage, trade: Trade) -> None:
    evening = evening_at(stage, trade)
    if evening.stage == "leader":
        evening.elect(close=False)
    evening.do("m4", evening.recusal("投标人的近亲属"))
    article = BUYING["recusal"] if trade == "procurement" else RECUSAL
    evening.assert_refused(ORGANISER, evening.closing_act(), article=article, saying="m4 must withdraw; replace them")


def test_a_conflict_found_while_a_successor_checks_in_is_declared_at_once() -> None:
    evening = evening_at("scoring").replace("m2", "m6")
    assert evening.stage == "checkin"
    evening.do("m4", evening.recusal("投标人的近亲属"))
    assert evening.evaluation.members["m4"].conflict


def test_after_signing_a_conflict_is_for_the_supervisor() -> None:
    evening = evening_at("report").render().sign_only("m1")
    evening.assert_refused("m1", evening.recusal("亲属"), article=RECUSAL, saying="You have signed the report")
    assert evening.may("m2", evening.recusal("亲属")).allowed


def test_the_pledge_stage_waits_for_everybody() -> None:
    evening = evening_at("pledge")
    evening.do("m1", evening.pledge_act())
    evening.do("m1", evening.recusal())
    evening.do("m2", evening.pledge_act())
    evening.assert_refused(
        ORGANISER, evening.closing_act(), article="招标投标法 第四十四条", saying="pledge and recusal: m2, m3, m4, m5"
    )


def test_members_are_kept_in_roster_order() -> None:
    evening = evening_at("pledge").replace("m2", "m6")
    assert [member.person for member in active_members(evening.evaluation)] == ["m1", "m3", "m4", "m5", "m6"]
