"""假设分析: points granted again tell what the draft changes, not the order in which caps were used up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from kit.database import app_transaction
from scoring.points.indicators.models import Catalogue, CatalogueState, Indicator
from scoring.points.ledger.service import Booking, record
from scoring.subjects import SubjectKind
from services.scoring.tests.reviews.test_what_if import EVERYBODY, asked

pytestmark = pytest.mark.anyio


async def shipped(stage: Any, code: str) -> Indicator:
    async with app_transaction(stage.district.app) as db:
        query = select(Indicator).join(Catalogue, Catalogue.id == Indicator.catalogue_id)
        one = (await db.scalars(query.where(Catalogue.root_id.is_(None), Indicator.code == code))).one()
        db.expunge_all()
    return one


def booking(stage: Any, item: Indicator, day: date) -> Booking:
    """Of the second member, for one time."""
    return Booking(
        subject_kind=SubjectKind.MEMBER,
        subject_id=stage.ids[1],
        root_id=stage.district.root,
        catalogue_id=item.catalogue_id,
        indicator_code=item.code,
        cadence=item.cadence,
        annual_cap=item.annual_cap,
        requested=item.points,
        occurred_on=day,
        source="test",
        source_ref=f"{item.code}/{day}",
    )


async def book(stage: Any, *bookings: Booking) -> list[Any]:
    """The entries, in that order."""
    async with app_transaction(stage.district.app) as db:
        return [entry for one in bookings for entry in await record(db, [one])]


async def compared(stage: Any, **scheme: Any) -> None:
    await stage.open(**scheme)
    await stage.until("compare")


async def difference_of(stage: Any, *caps: str) -> Decimal:
    """What the caps add to the points of the second member."""
    row = (await asked(stage, cap=list(caps), **EVERYBODY))[str(stage.ids[1])]
    return Decimal(row["points_after"]) - Decimal(row["points_before"])


class TestALowerCap:
    async def test_gives_nothing_for_what_was_asked_beyond_the_cap_before_a_reversal(self, stage: Any) -> None:
        """The second meeting found no room under the cap; that the first was reversed later brings it none."""
        item = await shipped(stage, "M05")
        days = (date(2025, 1, 15), date(2025, 2, 15))
        first, second = await book(stage, *(booking(stage, item, day) for day in days))
        assert (first["granted"], second["granted"]) == (item.annual_cap, 0)
        await stage.town_officer.post(f"/entries/{first['id']}/reversal", {"reason": "会议无效"}, version=0)
        await compared(stage)

        assert await difference_of(stage, "M05=0.90") == 0

    async def test_gives_nothing_for_what_was_asked_beyond_a_cap_used_up_before_the_period(self, stage: Any) -> None:
        item = await shipped(stage, "M05")
        await book(stage, booking(stage, item, date(2024, 3, 15)), booking(stage, item, date(2024, 10, 15)))
        await compared(stage, period_from="2024-07-01", period_to="2025-06-30")

        assert await difference_of(stage, "M05=0.90") == 0

    async def test_that_does_not_divide_into_periods_is_reached_by_who_did_everything(self, stage: Any) -> None:
        """Twelve twelfths are the cap: the star of the dimension does not fall by rounding."""
        await stage.earn(stage.ids, 1.0)
        await compared(stage, star_model="dimensions", dimension_share="100")

        row = (await asked(stage, cap=["M02=1.00"], **EVERYBODY))[str(stage.ids[1])]

        assert row["points_after"] == row["maximum_after"]
        assert row["stars_after"] == row["stars_before"] == 5


class TestAnEntryOfAnotherVersion:
    async def test_is_granted_again_in_proportion_to_the_points_it_was_booked_by(self, stage: Any) -> None:
        """Half a point then is a whole one by the scheme's version, of which the draft leaves nine tenths."""
        item = await shipped(stage, "M05")
        columns = {one.key: getattr(item, one.key) for one in Indicator.__table__.columns if one.key != "id"}
        async with app_transaction(stage.district.app) as db:
            other = Catalogue(root_id=stage.district.root, subject_kind=SubjectKind.MEMBER, name="旧版",
                              required_count=1, from_year=2020, state=CatalogueState.DRAFT)  # fmt: skip
            db.add(other)
            await db.flush()
            halved = {"points": Decimal("0.50"), "annual_cap": Decimal("0.50") * item.max_times_per_year}
            db.add(Indicator(**{**columns, **halved, "catalogue_id": other.id}))
            old = other.id
        one = replace(booking(stage, item, date(2025, 1, 15)), catalogue_id=old, requested=Decimal("0.50"))
        await book(stage, one)
        await compared(stage)

        assert await difference_of(stage, "M05=0.90") == Decimal("0.40")
