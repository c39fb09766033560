"""Closing a subject's period when its result is final, and keeping what comes too late for the superior to decide."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.domains import Domain
from records.events import entry, record_events
from scoring.points.closures import models, queries
from scoring.points.closures.events import PointsWithheld
from scoring.points.closures.models import ClosedPeriod
from scoring.points.closures.schemas import AffectedResult


class PeriodFinal(problems.Conflict):
    code = "period-final"
    detail = "这一天所在周期的评议“{title}”已经办结:只有异议成立或上级党组织说明理由的更正才能改动积分"


async def close(db: AsyncSession, subjects: Collection[UUID], **period: Any) -> None:
    """`period` holds root_id, review_id, superior_id, title, first_day, last_day and closed_on."""
    await queries.add(db, [{"subject_id": one, **period} for one in sorted(subjects)])


async def reopen(db: AsyncSession, review_id: UUID) -> None:
    await queries.remove(db, review_id)


async def withhold(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """All of one revision; what waits already is told once."""
    added = set(await queries.withhold(db, rows))
    told = [
        entry(PointsWithheld.model_validate(one), subject=one["id"], root_id=one["root_id"])
        for one in rows
        if one["id"] in added
    ]
    await record_events(db, told)


async def affected_by(db: AsyncSession, actor: Actor, subject_id: UUID, day: date) -> list[ClosedPeriod]:
    """The results that points of this day would change; refused to all but their superiors."""
    found = list(await queries.closures_of(db, subject_id, day))
    for one in found:
        if not await queries.is_above(db, actor, one.superior_id):
            raise PeriodFinal(title=one.title)
    return found


def result_of(closure: ClosedPeriod) -> AffectedResult:
    return AffectedResult(review_id=closure.review_id, title=closure.title, closed_on=closure.closed_on)


DOMAIN = Domain(tables=models)
