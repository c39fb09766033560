from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import believed
from registry.members.screenings.models import FoundMember, ScreenedUnit, Screening
from registry.tree.organizations.queries import below
from registry.units.units.models import CoverageLink, Unit


def title_of(screening_id: Any) -> Any:
    return select(Screening.title).where(Screening.id == screening_id).scalar_subquery()


def _to_be_screened(organization_id: UUID) -> ColumnElement[bool]:
    """Active units of the organisation's area, and those it covers elsewhere."""
    links = and_(believed(CoverageLink), CoverageLink.valid_to.is_(None))
    covered = select(CoverageLink.unit_id).where(links, CoverageLink.organization_id == organization_id)
    return and_(Unit.is_active, or_(below(Unit.jurisdiction_id)(organization_id), Unit.id.in_(covered)))


def _verified_in(screening_id: Any) -> Any:
    standing = (ScreenedUnit.screening_id == screening_id, ScreenedUnit.void_reason.is_(None))
    return select(ScreenedUnit.unit_id).where(*standing)


async def units_of(db: AsyncSession, organization_id: UUID) -> int:
    return await db.scalar(select(func.count(Unit.id)).where(_to_be_screened(organization_id))) or 0


async def unverified(db: AsyncSession, screening: Screening) -> int:
    waiting = (_to_be_screened(screening.organization_id), Unit.id.not_in(_verified_in(screening.id)))
    return await db.scalar(select(func.count(Unit.id)).where(*waiting)) or 0


async def known(db: AsyncSession, screening: Screening, unit_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the units that are of this round."""
    wanted = select(Unit.id).where(Unit.id.in_(list(unit_ids)), _to_be_screened(screening.organization_id))
    return set(await db.scalars(wanted))


def verified_count(*conditions: ColumnElement[bool]) -> Any:
    """Of the round of the row, as a column."""
    standing = (ScreenedUnit.screening_id == Screening.id, ScreenedUnit.void_reason.is_(None))
    return select(func.count()).where(*standing, *conditions).scalar_subquery()


def found_count(*conditions: ColumnElement[bool]) -> Any:
    """Members found in the round of the row, as a column."""
    standing = (FoundMember.screening_id == Screening.id, FoundMember.void_reason.is_(None))
    return select(func.count()).where(*standing, *conditions).scalar_subquery()
