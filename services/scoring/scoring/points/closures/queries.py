from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Uuid, and_, delete, exists, select, tuple_, update, values
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from roster.models import PartyOrganization
from scoring.points.closures.models import ClosedPeriod, WithheldPoints, WithheldState

Day = tuple[UUID, date]


async def closed_among(db: AsyncSession, days: Collection[Day]) -> set[Day]:
    """Those of these days of these subjects that lie in a closed period."""
    if not days:
        return set()
    wanted = values(sql_column("subject_id", Uuid()), sql_column("day", Date()), name="wanted").data(list(days))
    query = select(wanted.c.subject_id, wanted.c.day).where(exists().where(holds(wanted.c.subject_id, wanted.c.day)))
    return {(subject, day) for subject, day in await db.execute(query)}


def holds(subject_id: Any, day: Any) -> ColumnElement[bool]:
    return and_(ClosedPeriod.subject_id == subject_id, ClosedPeriod.first_day <= day, ClosedPeriod.last_day >= day)


async def closures_of(db: AsyncSession, subject_id: UUID, day: date) -> Sequence[ClosedPeriod]:
    query = select(ClosedPeriod).where(holds(subject_id, day)).order_by(ClosedPeriod.closed_on, ClosedPeriod.review_id)
    return (await db.scalars(query)).all()


async def is_above(db: AsyncSession, actor: Actor, superior_id: UUID) -> bool:
    """Whether the actor holds an office of that organisation or above it."""
    query = select(PartyOrganization.id).where(
        PartyOrganization.id == superior_id, actor.reaches(PartyOrganization.path)
    )
    return await db.scalar(query) is not None


async def add(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await db.execute(insert(ClosedPeriod).on_conflict_do_nothing(), rows)


async def remove(db: AsyncSession, review_id: UUID) -> None:
    await db.execute(delete(ClosedPeriod).where(ClosedPeriod.review_id == review_id))


async def withhold(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> list[UUID]:
    """A cause told again stays as it waits; a newer revision takes the place of those that still wait."""
    causes = [(row["source"], row["source_ref"]) for row in rows]
    await db.execute(
        update(WithheldPoints)
        .where(
            tuple_(WithheldPoints.source, WithheldPoints.source_ref).in_(causes),
            WithheldPoints.state == WithheldState.WAITING,
            WithheldPoints.revision < rows[0]["revision"],
        )
        .values(state=WithheldState.REPLACED, version=WithheldPoints.version + 1)
    )
    added = insert(WithheldPoints).on_conflict_do_nothing().returning(WithheldPoints.id)
    return list(await db.scalars(added, rows))
