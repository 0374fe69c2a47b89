"""The demo's bidders: six with a story, as many more as asked with facts drawn from the seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evalclient.demo.documents.credit_code import credit_code
from evalclient.demo.documents.model import Bidder, Failure, Kind, ScoredItem, Text
from evalclient.demo.documents.stock import Data, pair, stock

FEWEST_BIDDERS, MOST_BIDDERS = 3, 20
VAT = Decimal("0.09")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Offer:
    share: Decimal
    quality: int
    duration: int
    capital: str
    facts: tuple[tuple[str, int], ...]


def with_tax(net: Decimal) -> Decimal:
    """Net price plus 9 % value-added tax, each rounded half up to cents."""
    return net + (net * VAT).quantize(_CENT, ROUND_HALF_UP)


def demo_bidders(kind: Kind, data: Data, scored: tuple[ScoredItem, ...], count: int, seed: int) -> tuple[Bidder, ...]:
    """``count`` bidders (3–20) of one tender; the same seed gives the same bidders."""
    if not FEWEST_BIDDERS <= count <= MOST_BIDDERS:
        raise ValueError(f"between {FEWEST_BIDDERS} and {MOST_BIDDERS} bidders, not {count}")
    rng = random.Random(f"bidders/{kind}/{seed}")
    people = _people(rng)
    return tuple(_bidder(kind, data, scored, number, people, seed) for number in range(1, count + 1))


def _bidder(
    kind: Kind, data: Data, scored: tuple[ScoredItem, ...], number: int, people: Iterator[Text], seed: int
) -> Bidder:
    rng = random.Random(f"bidder/{kind}/{seed}/{number}")
    profiles, world = stock("profiles")[kind], stock("world")
    offer = _offer(profiles, number, rng)
    failing = number == profiles["failing"]
    name = pair(stock("bidders")[kind][number - 1])
    region = _region(world, name, rng)
    street, house = pair(rng.choice(world["streets"])), rng.randint(8, 288)
    facts = dict(offer.facts) | {"delivery_days": offer.duration}
    return Bidder(
        id=f"B{number:02}",
        number=number,
        name=name,
        credit_code=credit_code(rng, region["code"]),
        city=pair(region["city"]),
        address=Text(
            f"{world['province'][0]}{region['city'][0]}{street.zh}{house}号",
            f"{house} {street.en}, {region['city'][1]}, {world['province'][1]}",
        ),
        legal_representative=next(people),
        agent=next(people),
        manager=next(people),
        chief_engineer=next(people),
        bank=pair(rng.choice(world["banks"])),
        capital=offer.capital,
        price=f"{_price(kind, Decimal(data['ceiling_price']), offer.share, rng):.2f}",
        validity_days=profiles["failing_validity"] if failing else data["validity_days"],
        duration_days=offer.duration,
        warranty_years=facts["warranty_years"] if "warranty_years" in facts else int(data["warranty_years"]),
        quality=offer.quality,
        facts=tuple(facts.items()),
        objective_scores=tuple((item.id, objective_score(item, facts)) for item in scored if item.objective),
        failures=(Failure(data["failure"]["item"], pair(data["failure"]["reason"])),) if failing else (),
    )


def objective_score(item: ScoredItem, facts: dict[str, int]) -> str:
    """The value an objective item earns for these facts; ``ValueError`` when none or several hold."""
    earned = [fixed.value for fixed in item.fixed if item.fact is not None and fixed.holds(facts[item.fact])]
    if len(earned) != 1:
        raise ValueError(f"item {item.id}: {len(earned)} of its fixed values hold")
    return earned[0]


def _offer(profiles: Data, number: int, rng: random.Random) -> _Offer:
    if number <= len(profiles["bidders"]):
        known = profiles["bidders"][number - 1]
        facts = tuple(known["facts"].items())
        return _Offer(Decimal(known["share"]), known["quality"], known["duration"], known["capital"], facts)
    drawn = tuple((name, rng.randint(low, high)) for name, (low, high) in profiles["ranges"].items())
    share = Decimal(rng.randint(9050, 9850)) / 10000
    return _Offer(
        share, rng.randint(1, 3), rng.randint(*profiles["durations"]), f"{rng.randint(8, 30)}0000000.00", drawn
    )


def _price(kind: Kind, ceiling: Decimal, share: Decimal, rng: random.Random) -> Decimal:
    target = ceiling * (share + Decimal(rng.randint(-20000, 20000)) / 10**8)
    if kind == "procurement":
        return target.quantize(Decimal(10), ROUND_HALF_UP)
    return with_tax((target / (1 + VAT)).quantize(_CENT, ROUND_HALF_UP))


def _region(world: Data, name: Text, rng: random.Random) -> Data:
    regions: list[Data] = world["regions"]
    named = [region for region in regions if name.zh.startswith(region["city"][0].removesuffix("市"))]
    return named[0] if named else rng.choice(regions)


def _people(rng: random.Random) -> Iterator[Text]:
    world = stock("world")
    everyone = [(surname, given) for surname in world["surnames"] for given in world["given"]]
    rng.shuffle(everyone)
    for surname, given in everyone:
        yield Text(surname[0] + given[0], f"{given[1]} {surname[1]}")
