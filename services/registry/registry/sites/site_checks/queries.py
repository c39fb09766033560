from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from records.bitemporal import valid_on
from records.periods import Cadence, period_of
from registry.sites.demonstration_points.models import DemonstrationLevel, DemonstrationPoint
from registry.sites.site_checks.kinds import CheckList
from registry.sites.site_checks.models import SiteCheck
from registry.tree.organizations.kinds import HostKind
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import seen as organizations_seen
from registry.units.units.kinds import SECTOR_OF, UnitSector
from registry.units.units.models import CoverageLink, Unit


def is_latest_on(day: date) -> ColumnElement[bool]:
    """The newest check of each organisation by each list, as of a day."""
    newest = aliased(SiteCheck)
    query = select(newest.id).where(
        newest.organization_id == SiteCheck.organization_id,
        newest.check_list == SiteCheck.check_list,
        newest.checked_on <= day,
        newest.void_reason.is_(None),
    )
    return SiteCheck.id == query.order_by(newest.checked_on.desc(), newest.id.desc()).limit(1).scalar_subquery()


async def sectors_of(db: AsyncSession, organization_id: UUID, day: date) -> set[UnitSector]:
    """Of the units that the organisation covered on a day."""
    query = select(Unit.kind).join(CoverageLink, CoverageLink.unit_id == Unit.id).distinct()
    kinds = await db.scalars(query.where(CoverageLink.organization_id == organization_id, valid_on(CoverageLink, day)))
    return {SECTOR_OF[kind] for kind in kinds}


async def demonstration_level(db: AsyncSession, organization_id: UUID, day: date) -> DemonstrationLevel | None:
    query = select(DemonstrationPoint.level).where(
        DemonstrationPoint.organization_id == organization_id, valid_on(DemonstrationPoint, day)
    )
    found: DemonstrationLevel | None = await db.scalar(query)
    return found


async def lock_year(db: AsyncSession, organization_id: UUID) -> None:
    """Checks of one organisation wait for each other, so that its years are told in order."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"site:{organization_id}", 0))))


async def checks_of_year(db: AsyncSession, organization_id: UUID, day: date) -> Sequence[SiteCheck]:
    """Of the year of the day, the void ones too."""
    year = period_of(day, Cadence.YEARLY)
    query = select(SiteCheck).where(
        SiteCheck.organization_id == organization_id,
        SiteCheck.checked_on.between(year.first, year.last),
        SiteCheck.check_list.in_([CheckList.SIX_HAVES, CheckList.FIVE_AND_FIVE]),
    )
    return (await db.scalars(query.order_by(SiteCheck.checked_on, SiteCheck.id))).all()


def parks(actor: Actor, day: date) -> Select[Any]:
    """Every park with its newest check by 五联一化, or none."""
    is_latest = (SiteCheck.organization_id == PartyOrganization.id) & is_latest_on(day)
    return (
        select(
            PartyOrganization.id.label("organization_id"),
            PartyOrganization.name.label("organization_name"),
            SiteCheck.checked_on,
            SiteCheck.items,
            func.coalesce(SiteCheck.met, 0).label("met"),
            func.coalesce(SiteCheck.is_passed, False).label("is_passed"),
        )
        .outerjoin(SiteCheck, is_latest & (SiteCheck.check_list == CheckList.PARK_LINKS))
        .where(
            PartyOrganization.host_kind == HostKind.PARK,
            PartyOrganization.is_active,
            organizations_seen(actor),
        )
    )
