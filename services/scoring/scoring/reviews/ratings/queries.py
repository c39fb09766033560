from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Integer, Row, Select, Text, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from scoring.points.claims.models import Claim
from scoring.points.indicators.models import Indicator
from scoring.points.ledger.models import LedgerEntry
from scoring.reviews.access.models import ReviewSubject
from scoring.reviews.access.registers import review_name
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.ratings.models import FROZEN, FrozenInput, Rating

COLUMNS = (
    Rating.review_id,
    Rating.subject_id,
    Rating.revision,
    Rating.attendance,
    Rating.performance,
    Rating.ballot,
    Rating.survey,
    Rating.composite,
    Rating.proposed_stars,
    Rating.peer_kind,
)

ABOUT_THE_FREEZE = {
    "revision",
    "cause",
    "frozen_at",
    "points_read_at",
    "is_current",
    "absences",
    "parts_set_aside",
    "indicators_set_aside",
}
SAID = [column for column in FrozenInput.__table__.columns if column.key not in ABOUT_THE_FREEZE]
GROUP = (Rating.cycle_id, Rating.superior_id, Rating.peer_kind)
PLACES = (
    select(
        *COLUMNS,
        Rating.cycle_id,
        Rating.superior_id,
        func.rank().over(partition_by=GROUP, order_by=Rating.composite.desc().nulls_last()).label("rank"),
        func.count().over(partition_by=GROUP).label("peers"),
    )
    .where(Rating.is_current)
    .subquery("place")
)
COMPOSITE = func.coalesce(PLACES.c.composite, -1).label("composite")


def results_of(
    cycle: Cycle, superior_id: UUID, review_id: UUID, subject_id: UUID | None = None
) -> Select[*tuple[Any, ...]]:
    """Current ratings of a review, each with its place among its peers in every review under one superior."""
    place = PLACES.c
    shown = [one for one in place if one.key not in {"cycle_id", "superior_id"}]
    query = select(*shown, ReviewSubject.name.label("subject_name"), review_name(place.review_id).label("review_name"))
    query = query.join(
        ReviewSubject, (ReviewSubject.review_id == place.review_id) & (ReviewSubject.subject_id == place.subject_id)
    ).where(place.cycle_id == cycle.id, place.superior_id == superior_id, place.review_id == review_id)
    return query if subject_id is None else query.where(place.subject_id == subject_id)


async def rating_of(db: AsyncSession, review_id: UUID, subject_id: UUID) -> Rating | None:
    query = select(Rating).where(Rating.review_id == review_id, Rating.subject_id == subject_id, Rating.is_current)
    return await db.scalar(query)


def _in_period(cycle: Cycle) -> ColumnElement[bool]:
    """A counter-entry belongs to the period of what it takes back, whenever it was made."""
    year = cycle.period_to.year
    if (cycle.period_from, cycle.period_to) == (date(year, 1, 1), date(year, 12, 31)):
        return LedgerEntry.points_year == year
    reversed_entry = aliased(LedgerEntry)
    original = select(reversed_entry.occurred_on).where(reversed_entry.id == LedgerEntry.reversal_of).scalar_subquery()
    return func.coalesce(original, LedgerEntry.occurred_on).between(cycle.period_from, cycle.period_to)


async def entries_of(db: AsyncSession, cycle: Cycle, rating: Rating) -> Sequence[LedgerEntry]:
    """The ledger entries whose sum the frozen points are."""
    key = (rating.review_id, rating.subject_id, rating.revision)
    frozen = await db.get_one(FrozenInput, key)
    origin = aliased(LedgerEntry)
    cause = select(func.split_part(origin.source_ref, "/", 1)).where(
        origin.id == func.coalesce(LedgerEntry.reversal_of, LedgerEntry.id)
    )
    codes = select(Indicator.code).where(Indicator.catalogue_id == cycle.catalogue_id)
    query = select(LedgerEntry).where(
        LedgerEntry.subject_id == rating.subject_id,
        _in_period(cycle),
        LedgerEntry.recorded_at <= frozen.points_read_at,
        LedgerEntry.indicator_code.not_in(frozen.indicators_set_aside),
        LedgerEntry.indicator_code.in_(codes if cycle.indicators_in_use is None else cycle.indicators_in_use),
        cause.scalar_subquery().not_in(_late_claims(rating)),
    )
    return (await db.scalars(query.order_by(LedgerEntry.id))).all()


def _late_claims(rating: Rating) -> Select[str]:
    """Claims filed after the subject's inputs were frozen, as causes of the ledger."""
    frozen_at = select(func.max(FrozenInput.points_read_at)).where(
        FrozenInput.review_id == rating.review_id,
        FrozenInput.subject_id == rating.subject_id,
        FrozenInput.revision <= rating.revision,
        FrozenInput.cause == FROZEN,
    )
    late = select(cast(Claim.id, Text)).where(Claim.subject_id == rating.subject_id)
    return late.where(Claim.claimed_at > frozen_at.scalar_subquery())


async def inputs_differ(db: AsyncSession, review_id: UUID, subject_id: UUID) -> bool:
    """Whether the subject's current inputs say anything else than those of the revision before."""
    kept = (FrozenInput.review_id == review_id, FrozenInput.subject_id == subject_id)
    query = select(*SAID).where(*kept).order_by(FrozenInput.revision.desc()).limit(2)
    now, before = (await db.execute(query)).all()
    return tuple(now) != tuple(before)


async def frozen_now(db: AsyncSession, review_id: UUID, subject_id: UUID) -> FrozenInput:
    query = select(FrozenInput).where(
        FrozenInput.review_id == review_id, FrozenInput.subject_id == subject_id, FrozenInput.is_current
    )
    return (await db.scalars(query.execution_options(populate_existing=True))).one()


async def set_aside_in(db: AsyncSession, review_id: UUID) -> Sequence[Row[UUID, dict[str, Any]]]:
    """The subjects of whose current rating an upheld objection set something aside, with the stored explanation."""
    stored = Rating.explanation
    items = [func.jsonb_array_length(stored[name]) > 0 for name in ("parts_set_aside", "indicators_set_aside")]
    query = select(Rating.subject_id, stored).where(Rating.review_id == review_id, Rating.is_current, or_(*items))
    return (await db.execute(query)).all()


async def stars_proposed(db: AsyncSession, review_id: UUID) -> dict[UUID, int | None]:
    query = select(Rating.subject_id, Rating.proposed_stars).where(Rating.review_id == review_id, Rating.is_current)
    return dict((await db.execute(query)).all())


async def stars_without_veto(db: AsyncSession, review_id: UUID) -> dict[UUID, int | None]:
    """Of the subjects whose current rating has a veto, the star their points alone would give."""
    before = cast(Rating.explanation["stars_before_veto"].astext, Integer)
    query = select(Rating.subject_id, before).where(
        Rating.review_id == review_id, Rating.is_current, cast(Rating.explanation["has_veto"].astext, Boolean)
    )
    return dict((await db.execute(query)).all())


async def vetoed(db: AsyncSession, review_id: UUID) -> set[UUID]:
    query = select(FrozenInput.subject_id).where(
        FrozenInput.review_id == review_id, FrozenInput.is_current, FrozenInput.has_veto
    )
    return set(await db.scalars(query))
