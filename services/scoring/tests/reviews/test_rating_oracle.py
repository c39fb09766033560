"""The set-based statement and the pure oracle agree, subject by subject, on every edge."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select

from kit.database import app_transaction
from scoring.reviews.access.models import ReviewSubject
from scoring.reviews.cycles.models import Cycle, StarModel
from scoring.reviews.ratings import service
from scoring.reviews.ratings.models import FrozenInput, Rating
from scoring.reviews.ratings.rules import Dimension, Inputs, Scheme, parts_of, ranks, rate

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SUBJECTS = 300
SCHEME = Scheme(
    weights={"attendance": 33, "performance": 31, "ballot": 29, "survey": 7},
    grade_values=(100, 80, 60, 0),
    bands=(Decimal(90), Decimal(80), Decimal(70), Decimal(60)),
    floor=Decimal(50),
    dimension_share=Decimal(85),
    veto_cap=2,
)
"""The scheme of the review that is rated."""


def scheme_of(cycle: Cycle) -> Scheme:
    parts = ("attendance", "performance", "ballot", "survey")
    return Scheme(
        weights={name: getattr(cycle, f"weight_{name}") for name in parts},
        grade_values=(cycle.grade_excellent, cycle.grade_qualified, cycle.grade_basic, cycle.grade_unqualified),
        bands=(cycle.band_five, cycle.band_four, cycle.band_three, cycle.band_two),
        floor=cycle.floor,
        dimension_share=cycle.dimension_share,
        veto_cap=cycle.veto_cap,
        fewest_answers=cycle.fewest_answers,
        is_by_dimension=cycle.star_model is StarModel.DIMENSIONS,
    )


def counts(dice: random.Random) -> tuple[int, int, int, int]:
    if dice.random() < 0.3:
        return 0, 0, 0, 0
    return dice.randint(0, 9), dice.randint(0, 9), dice.randint(0, 9), dice.randint(0, 9)


def alone(points: str, maximum: str = "100", *, has_veto: bool = False, dimension: str = "0") -> Inputs:
    """Performance is the only part there, so the composite is its share; every dimension has the same points of 20."""
    nobody, each = (0, 0, 0, 0), Dimension(Decimal(dimension), Decimal(20))
    return Inputs(0, 0, Decimal(points), Decimal(maximum), nobody, nobody, (each,) * 5, has_veto)


def told_by(**counts: tuple[int, int, int, int]) -> Inputs:
    """Half the points, and a few votes or answers that would raise or lower the composite."""
    nobody = (0, 0, 0, 0)
    given = {"ballot": nobody, "survey": nobody, **counts}
    return Inputs(
        0, 0, Decimal(50), Decimal(100), given["ballot"], given["survey"], (Dimension(Decimal(10), Decimal(20)),) * 5
    )


def opinions(total: int, twenties: int) -> tuple[int, int, int, int]:
    """So many votes of 100, 80, 60 and 0, worth twenty times `twenties` together."""
    sixties, rest = divmod(twenties, 3)
    hundreds, eighties, sixties = {0: (0, 0, sixties), 1: (0, 1, sixties - 1), 2: (1, 0, sixties - 1)}[rest]
    return hundreds, eighties, sixties, total - hundreds - eighties - sixties


def beside_a_tie(step: int) -> Inputs:
    """A composite of half a cent and `step` parts of 10^20 by the weights of this test: no division to 16 digits, as
    PostgreSQL's is, tells it from half a cent."""
    expected, votes, answers = 1_000_003, 1_000_033, 1_000_037
    attended = step * pow(3300 * votes * answers, -1, expected) % expected
    ballot = step * pow(580 * expected * answers, -1, votes) % votes
    survey = step * pow(140 * expected * votes, -1, answers) % answers
    dimensions = (Dimension(Decimal(10), Decimal(20)),) * 5
    return Inputs(
        attended=attended,
        expected=expected,
        points=Decimal(51),
        maximum=Decimal(200),
        ballot=opinions(votes, ballot),
        survey=opinions(answers, survey),
        dimensions=dimensions,
    )


def on_the_edges() -> Iterator[Inputs]:
    """Every band, the floor, the share of a dimension, the cap and the veto at value - 0.01, value, value + 0.01."""
    for edge in ("50", "60", "70", "80", "90", "100"):
        for step in ("-0.01", "0", "0.01"):
            yield alone(str(Decimal(edge) + Decimal(step)))
            yield alone(str(Decimal(edge) + Decimal(step)), has_veto=True)
    for halved in ("99.97", "99.99", "119.97", "119.99", "139.99", "159.99", "179.99", "0.01"):
        yield alone(halved, "200")
    for share in ("16.99", "17.00", "17.01"):
        yield alone("0", dimension=share)
    yield alone("120", "100")
    yield from (beside_a_tie(step) for step in (-1, 0, 1))
    for answers in (4, 5, 6):
        yield told_by(ballot=(answers, 0, 0, 0))
        yield told_by(survey=(1, answers - 1, 0, 0))


def drawn(dice: random.Random) -> Iterator[Inputs]:
    edges = list(on_the_edges())
    yield from edges
    for _ in range(SUBJECTS - len(edges)):
        expected = dice.choice([0, dice.randint(1, 60)])
        points = [Decimal(dice.randint(0, 2000)) / 100 for _ in range(5)]
        yield Inputs(
            attended=dice.randint(0, expected),
            expected=expected,
            points=sum(points, Decimal(0)),
            maximum=Decimal(100),
            ballot=counts(dice),
            survey=counts(dice),
            dimensions=tuple(Dimension(one, Decimal(20)) for one in points),
            has_veto=dice.random() < 0.2,
        )


def frozen(one: Inputs, subject: ReviewSubject) -> FrozenInput:
    grades = dict(zip(("excellent", "qualified", "basic", "unqualified"), one.ballot, strict=True))
    answers = dict(zip(("good", "fairly_good", "ordinary", "poor"), one.survey, strict=True))
    return FrozenInput(
        review_id=subject.review_id,
        subject_id=subject.subject_id,
        revision=1,
        root_id=subject.root_id,
        attended=one.attended,
        expected=one.expected,
        points=one.points,
        maximum=one.maximum,
        dimensions=[{"dimension": str(n), "points": str(d.points), "maximum": str(d.maximum)}
                    for n, d in enumerate(one.dimensions)],
        indicators=[],
        **{f"ballot_{name}": count for name, count in grades.items()},
        **{f"survey_{name}": count for name, count in answers.items()},
        has_veto=one.has_veto,
        cause="test",
        frozen_at=NOW,
        points_read_at=NOW,
        is_current=True,
    )  # fmt: skip


class TestATie:
    def test_is_what_the_neighbours_of_the_oracle_stand_beside(self) -> None:
        """Exactly half a cent goes up; the least bit less goes down, the least bit more goes up."""
        shares = [parts_of(beside_a_tie(step), SCHEME) for step in (-1, 0, 1)]
        sums = [
            sum((value * SCHEME.weights[name] for name, value in parts.items() if value is not None), Fraction(0))
            for parts in shares
        ]
        cents = [one % 1 - Fraction(1, 2) for one in sums]

        assert cents[0] < cents[1] == 0 < cents[2]
        assert max(abs(one) for one in cents) < Fraction(1, 10**17)


class TestTheSetBasedRating:
    @pytest.mark.feature("S26")
    @pytest.mark.parametrize("model", list(StarModel))
    async def test_equals_the_oracle(self, stage: Any, model: StarModel) -> None:
        dice = random.Random(20260701)
        for _ in range(SUBJECTS - len(stage.everybody)):
            await stage.district.member(stage.branch)
        await stage.open(star_model=model.value, weights=SCHEME.weights)
        given = list(drawn(dice))
        assert len(given) == SUBJECTS
        async with app_transaction(stage.district.app) as db:
            subjects = (await db.scalars(select(ReviewSubject).order_by(ReviewSubject.subject_id))).all()
            db.add_all(frozen(one, subject) for one, subject in zip(given, subjects, strict=True))
            await db.flush()
            await service.rate(db, subjects[0].review_id, now=NOW)
            ratings = (await db.scalars(select(Rating).order_by(Rating.subject_id))).all()
            cycle = (await db.scalars(select(Cycle))).one()

        oracle = [rate(one, scheme_of(cycle)) for one in given]

        assert [one.composite for one in ratings] == [one.composite for one in oracle]
        assert [one.proposed_stars for one in ratings] == [one.stars for one in oracle]
        for row, outcome in zip(ratings, oracle, strict=True):
            assert {name: getattr(row, name) for name in outcome.parts} == outcome.parts
            used = {name: part["weight_used"] for name, part in row.explanation["parts"].items()}
            assert {name: Decimal(value) for name, value in used.items() if value} == outcome.weights_used
        results = f"/reviews/{stage.review_id}/results"
        first = await stage.secretary.get(results, limit=200, with_total=True)
        shown = [*first["items"], *(await stage.secretary.get(results, limit=200, after=first["next"]))["items"]]
        assert first["total"] == len(shown) == SUBJECTS
        places = {one["subject_id"]: one["rank"] for one in shown}
        expected = ranks([one.composite for one in ratings if one.composite is not None])
        known = [str(one.subject_id) for one in ratings if one.composite is not None]
        assert [places[one] for one in known] == expected
