"""A draw among members, supervisor and centre: nobody knows it before all have sealed, nobody can stop or repeat it."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from evalclient.core.draw import draw_number, draw_order, draw_text
from evalclient.core.evaluation.drawing import DRAWN_IN, draw_due, drawings, drawn, is_drawn, parties, share_by
from evalclient.core.evaluation.fold import found_evaluation
from evalclient.core.evaluation.results import price_result, tally_input, tally_result
from evalclient.core.evaluation.views import opened_bids
from evalclient.core.method.document.parts import Draw
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.records.act import DrawTime, Stage
from evalclient.core.records.acts_committee import PriceConfirmed, SealOpened, SealWithdrawn
from evalclient.core.records.acts_draw import DrawSealed, DrawShare
from evalclient.core.records.acts_recovery import RecoveryReleased, RecoveryRequested
from evalclient.core.workflow.duties import OpenRecovered, OpenSeal, duties
from evalclient.core.workflow.gates import replay
from evalclient.core.workflow.stage_ends import can_end
from tests.builders.documents import drawing_method, method_of
from tests.builders.evening import ORGANISER, RECOVERY, SUPERVISOR, Evening, administrator_of

ARTICLE = "招标文件评标办法"
ALL = ("m1", "m2", "m3", "m4", "m5", SUPERVISOR)
TIMES: tuple[tuple[DrawTime, str], ...] = (("opening", "lot"), ("before_review", "room"), ("after_review", "reduction"))


def at(stage: Stage) -> Evening:
    return Evening(method=drawing_method()).until(stage)


def shut(evening: Evening, person: str, when: DrawTime = "after_review") -> str:
    share = share_by(evening.evaluation, person, when)
    assert share is not None
    return share.record


def seal(evening: Evening, person: str, when: DrawTime = "after_review") -> str:
    return evening.do(person, DrawSealed(when=when, share=evening.sealed_share()))


def publish(evening: Evening, person: str) -> None:
    record = shut(evening, person)
    evening.do(person, SealOpened(seal=record, key=b"k"), opened=evening.content_of(record))


@pytest.mark.parametrize(("when", "draw"), TIMES)
def test_all_seal_then_all_publish_and_the_stage_ends(when: DrawTime, draw: str) -> None:
    evening = at(DRAWN_IN[when])
    assert (draw_due(evening.evaluation), parties(evening.evaluation, when)) == (when, ALL)
    for place, person in enumerate(ALL):
        waiting = ", ".join((*ALL[place:-1], "the supervisor"))
        assert can_end(evening.evaluation).reason.en == f"Waiting for a share of the draw: {waiting}."  # type: ignore[union-attr]
        assert not any(duties(evening.evaluation, other) for other in ALL)
        seal(evening, person, when)
    for place, person in enumerate(ALL):
        verdict = can_end(evening.evaluation)
        assert (verdict.article, draw in drawn(evening.evaluation)) == (ARTICLE, False)
        assert verdict.reason is not None
        assert (
            verdict.reason.en
            == f"Waiting for the share to be published: {', '.join((*ALL[place:-1], 'the supervisor'))}."
        )
        (duty,) = duties(evening.evaluation, person)
        assert isinstance(duty, OpenSeal)
        evening.do(person, SealOpened(seal=duty.seal, key=b"k"), opened=evening.content_of(duty.seal))
    assert is_drawn(evening.evaluation, when)
    assert draw_due(evening.evaluation) is None
    evening.step()
    assert evening.stage != DRAWN_IN[when]


def test_what_is_drawn_follows_from_the_shares_and_the_last_leaf() -> None:
    evening = at("summary")
    evaluation = evening.evaluation
    leaves = {record.id: record.leaf for record in evening.records}
    for one in drawings(evaluation):
        records = [shut(evening, person, one.draw.when) for person in ALL]
        shares = {}
        for person, record in zip(ALL, records, strict=True):
            content = evening.content_of(record)
            assert isinstance(content, DrawShare)
            shares[person] = content.value
        text = draw_text(evaluation.fingerprint, one.draw.id, 1, shares, leaves[records[-1]])
        assert one.text == text
        bidders = [bid.bidder for bid in opened_bids(evaluation)]
        expected = (
            draw_number(text, one.draw.values, "sha256")
            if one.draw.kind == "number"
            else draw_order(text, bidders, "sha256")
        )
        assert one.result == expected
    assert tally_input(evaluation).draws == drawn(evaluation)
    price = price_result(evaluation)
    assert price is not None
    (reduction,) = [one.number for one in price.inputs if one.id == "reduction"]
    assert reduction == drawn(evaluation)["reduction"]
    assert tally_result(evaluation).price == price


def test_the_order_in_which_they_seal_changes_nothing_but_the_centres_part() -> None:
    one, other = at("price"), at("price")
    for person in ALL:
        seal(one, person)
    for person in (*ALL[3:], *ALL[:3]):
        seal(other, person)
    first, second = (evening.evaluation.draw_shares["after_review"] for evening in (one, other))
    assert list(first.seals) == list(second.seals) == list(ALL)
    leaves = {record.id: record.leaf for record in (*one.records, *other.records)}
    assert (first.centre, second.centre) == (leaves[shut(one, SUPERVISOR)], leaves[shut(other, "m3")])


def test_a_seal_that_the_log_does_not_hold_yet_fixes_nothing() -> None:
    evening = at("price").take_part(ALL[:-1])
    last = evening.record(SUPERVISOR, DrawSealed(when="after_review", share=evening.sealed_share()))
    pending = replace(last, index=None, received="", leaf="")
    assert replay(evening.evaluation, [pending]).draw_shares.keys() == {"opening", "before_review"}
    assert replay(evening.evaluation, [last]).draw_shares["after_review"].centre == last.leaf


def test_each_takes_part_once_where_something_is_drawn() -> None:
    evening = at("price").take_part(("m1",))

    def again(when: DrawTime) -> DrawSealed:
        return DrawSealed(when=when, share=evening.sealed_share())

    evening.assert_refused("m1", again("after_review"), article=ARTICLE, saying="You take part in this draw already")
    evening.assert_refused("m2", again("opening"), article=ARTICLE, saying="That is drawn in the stage “Leader”")
    evening.assert_refused(ORGANISER, again("after_review"), article=ARTICLE, saying="sign in and do it")
    evening.assert_refused(
        "m1", SealWithdrawn(seal=shut(evening, "m1")), article="招标投标法 第四十四条", saying="belongs to"
    )
    evening.draw()
    evening.assert_refused("m1", again("after_review"), article=ARTICLE, saying="is not drawn again")
    plain = Evening().until("price")
    plain.assert_refused("m1", again("after_review"), article=ARTICLE, saying="The method draws nothing")


def test_a_share_is_not_taken_back() -> None:
    evening = at("leader").take_part(("m1",))
    evening.assert_refused(
        "m1", SealWithdrawn(seal=shut(evening, "m1", "opening")), article=ARTICLE, saying="not taken back"
    )


def test_no_share_is_published_before_all_have_sealed_nor_twice() -> None:
    evening = at("price").take_part(ALL[:-1])
    act = SealOpened(seal=shut(evening, "m1"), key=b"k")
    evening.assert_refused("m1", act, article=ARTICLE, saying="no share is published before")
    evening.draw()
    evening.assert_refused("m1", act, article="招标投标法 第四十四条", saying="open already")


def test_the_price_is_not_worked_out_nor_confirmed_before_the_draw() -> None:
    evening = at("price")
    with pytest.raises(EntriesRefused, match="not drawn"):
        price_result(evening.evaluation)
    evening.assert_refused("m1", PriceConfirmed(calculation="0" * 64), article=ARTICLE, saying="Waiting for a share")
    evening.step()
    assert evening.stage == "summary"


def test_a_silent_party_is_brought_back_by_the_custodians() -> None:
    evening = at("price").take_part()
    for person in (*ALL[:2], *ALL[3:]):
        publish(evening, person)
    record = shut(evening, "m3")
    request = RecoveryRequested(seal=record, ground="评委终端故障")
    evening.assert_refused(ORGANISER, request, article="招标投标法 第三十八条", saying="For 10 min")
    evening.pass_time(hours=1).do(ORGANISER, request)
    for custodian in RECOVERY:
        evening.do(custodian, RecoveryReleased(seal=record, share=b"part"))
    assert duties(evening.evaluation, ORGANISER) == (OpenRecovered(record),)
    evening.do(ORGANISER, SealOpened(seal=record, key=b"k"), opened=evening.content_of(record))
    assert is_drawn(evening.evaluation, "after_review")
    evening.assert_refused(
        ORGANISER, request, article="招标投标法 第三十八条", saying="no such sealed body waiting to be opened"
    )


def test_nothing_is_brought_back_while_a_party_has_not_sealed() -> None:
    evening = at("price").take_part(ALL[1:]).pass_time(hours=1)
    request = RecoveryRequested(seal=shut(evening, "m3"), ground="评委终端故障")
    evening.assert_refused(ORGANISER, request, article="招标投标法 第三十八条", saying="have not sealed yet")


def test_who_leaves_after_all_have_sealed_cannot_have_it_drawn_anew() -> None:
    evening = at("price").take_part()
    centre = evening.evaluation.draw_shares["after_review"].centre
    evening.do("m3", evening.recusal("与投标人有利害关系"))
    assert duties(evening.evaluation, "m3") == ()
    evening.replace("m3", "m6")
    evening.check_in().pledge(close=False)
    record = shut(evening, "m3")
    evening.pass_time(hours=1).do(ORGANISER, RecoveryRequested(seal=record, ground="评委已更换"))
    for custodian in RECOVERY:
        evening.do(custodian, RecoveryReleased(seal=record, share=b"part"))
    evening.do(ORGANISER, SealOpened(seal=record, key=b"k"), opened=evening.content_of(record))
    evening.open_seals().close().until("price")
    assert is_drawn(evening.evaluation, "after_review")
    assert evening.evaluation.draw_shares["after_review"].centre == centre
    assert parties(evening.evaluation, "after_review") == ALL
    assert share_by(evening.evaluation, "m6", "after_review") is None
    evening.until("report")


def test_who_leaves_before_is_replaced_in_the_draw_too() -> None:
    evening = at("price").take_part(("m1", "m3", "m4", "m5", SUPERVISOR))
    evening.do("m3", evening.recusal("与投标人有利害关系"))
    seal(evening, "m2")
    assert "after_review" not in evening.evaluation.draw_shares
    evening.replace("m3", "m6").until("price")
    assert parties(evening.evaluation, "after_review") == ("m1", "m2", "m4", "m5", "m6", SUPERVISOR)
    seal(evening, "m6")
    assert list(evening.evaluation.draw_shares["after_review"].seals)[4:] == ["m6", SUPERVISOR]
    evening.until("report")


def test_a_roll_back_before_all_have_sealed_lets_the_shares_begin_anew() -> None:
    evening = at("price").take_part(ALL[:-1])
    old = shut(evening, "m1")
    before = drawn(evening.evaluation)
    assert before.keys() == {"lot", "room"}
    evening.roll_back("scoring")
    assert evening.evaluation.seals[old].void
    evening.until("summary")
    assert evening.evaluation.draw_shares["after_review"].round == 2
    after = drawn(evening.evaluation)
    assert {draw: after[draw] for draw in before} == before


def test_a_roll_back_is_no_second_draw_once_all_have_sealed() -> None:
    """Not even while a share is shut: who keeps his back may know the result already."""
    evening = at("price").take_part()
    shares = evening.evaluation.draw_shares["after_review"]
    for person in ALL[1:]:
        publish(evening, person)
    evening.roll_back("scoring")
    assert (draw_due(evening.evaluation), is_drawn(evening.evaluation, "after_review")) == (None, False)
    publish(evening, "m1")
    assert is_drawn(evening.evaluation, "after_review")
    after = drawn(evening.evaluation)
    evening.until("summary").roll_back("release").until("summary")
    assert (drawn(evening.evaluation), evening.evaluation.draw_shares["after_review"]) == (after, shares)


def test_the_log_alone_says_what_was_drawn() -> None:
    evening = at("report")
    founded = found_evaluation(evening.records[0], evening.documents)
    assert replay(founded, evening.records[1:]) == evening.evaluation
    first = next(record for record in evening.records if isinstance(record.opened, DrawShare))
    changed = [replace(record, opened=DrawShare(b"x")) if record is first else record for record in evening.records]
    other = replay(founded, changed[1:])
    assert drawings(other) != drawings(evening.evaluation)


def test_an_evaluation_under_sm3_draws_by_sm3() -> None:
    evaluation = at("summary").evaluation
    other = replace(evaluation, founding=msgspec.structs.replace(evaluation.founding, hash="sm3"))
    for one in drawings(other):
        assert one.text is not None
        bidders = [bid.bidder for bid in opened_bids(evaluation)]
        by_number = one.draw.kind == "number"
        expected = draw_number(one.text, one.draw.values, "sm3") if by_number else draw_order(one.text, bidders, "sm3")
        assert one.result == expected
    assert drawn(other) != drawn(evaluation)


def test_draws_of_one_moment_use_the_same_shares_and_differ() -> None:
    method = drawing_method()
    more = tuple(Draw(id=name, title=method.title, values=tuple("123456789")) for name in ("C", "D"))
    evening = Evening(method=msgspec.structs.replace(method, draws=(*method.draws, *more))).until("price").draw()
    (reduction, c, d) = [one for one in drawings(evening.evaluation) if one.draw.when == "after_review"]
    assert (reduction.text, c.text) != (c.text, d.text)
    assert (c.text or "").replace("draw C", "draw D") == d.text


def test_an_administrator_takes_no_part() -> None:
    evening = at("price")
    act = DrawSealed(when="after_review", share=evening.sealed_share())
    evening.assert_refused(administrator_of("main"), act, article=ARTICLE, saying="sign in and do it")


def test_the_lot_among_equal_spreads_is_an_order_of_the_committee() -> None:
    """Every member gives every bid the same marks but for one: all spreads are equal, and the first by lot is left out."""
    method = method_of("construction")
    rule = msgspec.structs.replace(method.aggregation, void_widest_from=5, lot="who")
    lot = Draw(id="who", title=method.title, kind="members")
    evening = Evening(method=msgspec.structs.replace(method, aggregation=rule, draws=(lot,))).until("scoring")
    items = items_of(evening.evaluation.method)
    same = {
        (person, bid.bidder, item.id): item.values[-1].value if item.kind == "fixed" else "1"
        for person in evening.members
        for bid in opened_bids(evening.evaluation)
        for item in items
    }
    evening.score(same).until("price")
    with pytest.raises(EntriesRefused, match="equal spreads"):
        tally_result(evening.evaluation)
    evening.until("summary")
    order = drawn(evening.evaluation)["who"]
    assert isinstance(order, dict)
    assert set(order) == set(evening.members)
    assert tally_result(evening.evaluation).left_out == min(order, key=lambda member: int(order[member]))
