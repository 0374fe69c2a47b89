"""A method that reads more than the price: quantities of the opening record, a computed item, a formula over scores."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from evalclient.core.evaluation.results import price_digest, price_result, tally_input, tally_numbers, tally_result
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Choice, Method, Quantity, TotalPart
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.stated import in_words
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import Discount, Multiply, Ratio, Sum
from evalclient.core.method.formula.steps import Minimum
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.retraced import retraced
from evalclient.core.method.wording.sheet import calculation_sheet, computed_sheet, total_sheet
from evalclient.core.records.fields import Bilingual
from tests.builders.arrival import bidder_id
from tests.builders.documents import DEADLINE, method_of
from tests.builders.evening import ORGANISER, Evening

TWO = Rounding(2)


def word(text: str) -> Bilingual:
    return Bilingual(text, text)


def reading_more() -> Method:
    """The goods method with delivery time as a computed item, small enterprises' prices reduced, and a quotient that ranks."""
    method = method_of("procurement")
    assert method.price is not None
    delivery = ScoredItem(
        id="speed",
        title=Bilingual("交货期", "Delivery"),
        description=word("the shortest gets all"),
        kind="computed",
        objective=True,
        maximum="10",
        steps=(
            Minimum(id="shortest", title=word("shortest"), population="valid", of="days"),
            Ratio(id="share", title=word("share"), of="shortest", to="days"),
            Multiply(id="points", title=word("points"), factors=("share", "full"), rounding=TWO),
        ),
        score="points",
    )
    first = method.sections[0]
    longer = msgspec.structs.replace(first, items=(*first.items, delivery), scaling="to_weight")
    steps = (
        Discount(id="evaluated", title=word("evaluated"), of="price", percent="enterprise", rounding=TWO),
        Ratio(id="quotient", title=word("quotient"), of="evaluated", to="technical", rounding=TWO),
    )
    price = msgspec.structs.replace(method.price, steps=(*method.price.steps, *steps), evaluated="evaluated")
    choices = (
        Choice(id="small", value="15", title=Bilingual("小微企业", "small")),
        Choice(id="other", value="0", title=Bilingual("其他", "other")),
    )
    return msgspec.structs.replace(
        method,
        sections=(longer, *method.sections[1:]),
        price=price,
        quantities=(
            Quantity(id="days", title=Bilingual("交货天数", "Days of delivery")),
            Quantity(
                id="enterprise",
                title=Bilingual("企业类型", "Enterprise"),
                choices=choices,
                missing="default",
                default="0",
            ),
        ),
    )


def evening() -> Evening:
    found = Evening("procurement", method=reading_more())
    found.stated = {bidder_id(number): {"days": str(20 + number)} for number in range(1, 7)}
    found.stated[bidder_id(2)]["enterprise"] = "small"
    return found


def test_the_opening_record_feeds_the_tally() -> None:
    assert problems(reading_more()) == ()
    played = evening().until("summary")
    result = tally_result(played.evaluation)
    first, second = (result.line(bidder_id(number)) for number in (1, 2))
    assert first.items["speed"] == "10.00"
    assert second.items["speed"] == "9.55"
    assert second.evaluated == str((Decimal(second.price or "0") * Decimal("0.85")).quantize(Decimal("0.01")))
    assert result.price is not None
    assert [step.id for step in result.price.steps][-1] == "quotient"


def test_members_confirm_the_price_calculation_that_the_summary_shows() -> None:
    before = evening().until("scoring")
    assert price_result(before.evaluation) is None
    played = before.until("price")
    shown = price_result(played.evaluation)
    assert shown is not None
    assert shown == tally_result(played.evaluation).price
    played.until("candidates")
    assert price_digest(played.evaluation) == played.evaluation.price_confirmed["m1"]


@pytest.mark.parametrize(
    ("stated", "saying"),
    [
        ({}, "Days of delivery is not stated"),
        ({"days": "soon"}, "Days of delivery is stated as 'soon', which is not a number"),
        ({"days": "30", "enterprise": "huge"}, "Enterprise is stated as 'huge', which is not one of small, other"),
    ],
)
def test_what_the_method_cannot_read_is_recorded_as_a_failure(stated: dict[str, str], saying: str) -> None:
    played = evening().submit().pass_time(to=DEADLINE)
    played.stated[bidder_id(3)] = stated
    played.release_shares()
    article = played.evaluation.rules.article("opening.recorded")
    played.assert_refused(ORGANISER, played.opening_act(), article=article, saying=saying)
    played.do(ORGANISER, played.opening_act({bidder_id(3): "revoked"}))
    assert played.evaluation.bids[bidder_id(3)].opened is not None


def test_what_was_read_out_is_called_by_its_title() -> None:
    terms = {"days": "30", "enterprise": "small", "质保期": "两年"}
    words = in_words(reading_more(), terms)
    assert [name.zh for name, _ in words] == ["交货天数", "企业类型", "质保期"]
    assert [value.en for _, value in words] == ["30", "small", "两年"]


def test_the_calculation_is_shown_from_the_stated_quantities_to_the_total() -> None:
    played = evening().until("summary")
    method, result = played.evaluation.method, tally_result(played.evaluation)
    numbers = tally_numbers(played.evaluation)
    computed = computed_sheet(method, result, numbers.computed)
    assert [step.name.zh for step in computed] == ["交货期：shortest", "交货期：share", "交货期：points"]
    assert computed[1].values[1].working == "21 ÷ 22 = 0.954545454545…"
    assert result.price is not None
    quotient = calculation_sheet(method, result.price, numbers.price).steps[-1]
    line = result.line(bidder_id(1))
    assert quotient.values[0].working == f"{line.evaluated} ÷ {line.technical} = {quotient.values[0].value}"
    assert total_sheet(method, result, numbers.total) == ()
    total = TotalPart(
        rounding=TWO, steps=(Sum(id="all", title=word("all"), terms=("technical", "price_score", "days")),), score="all"
    )
    summed = msgspec.structs.replace(method, total=total)
    again = tally(summed, tally_input(played.evaluation))
    shown = total_sheet(summed, again, retraced(summed, tally_input(played.evaluation)).total)[0].values[0]
    first = again.line(bidder_id(1))
    assert shown.working == f"{first.technical} + {first.price_score} + 21 = {first.total}"
