from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.sites.standards.models import SiteStandard


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those of one's district: who is checked knows by what."""
    return true() if actor.reaches_all else SiteStandard.root_id.in_(actor.root_ids)


def name_of(standard_id: Any) -> Any:
    """Level and day beside a standard's id, as a column of the row that has the id."""
    levels = case({one.value: one.label for one in DemonstrationLevel}, value=cast(SiteStandard.level, Text))
    named = levels.concat("示范点标准(自 ").concat(cast(SiteStandard.valid_from, Text)).concat(" 施行)")
    return select(named).where(SiteStandard.id == standard_id).scalar_subquery()


def in_force_on(day: date) -> ColumnElement[bool]:
    """The newest list of each level that had begun."""
    newest = aliased(SiteStandard)
    query = select(newest.id).where(
        newest.root_id == SiteStandard.root_id,
        newest.level == SiteStandard.level,
        newest.valid_from <= day,
        newest.void_reason.is_(None),
    )
    return SiteStandard.id == query.order_by(newest.valid_from.desc()).limit(1).scalar_subquery()


async def find_in_force(db: AsyncSession, root_id: UUID, level: DemonstrationLevel, day: date) -> SiteStandard | None:
    query = select(SiteStandard).where(SiteStandard.root_id == root_id, SiteStandard.level == level, in_force_on(day))
    found: SiteStandard | None = await db.scalar(query)
    return found
