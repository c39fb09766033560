from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from kit.bitemporal import believed, valid_on
from registry.names import carries
from registry.tree.organizations.models import PartyOrganization
from registry.units.units.kinds import KINDS_OF, MassOrganizationKind, UnitKind, UnitSector
from registry.units.units.models import CoverageLink, Unit, UnitJurisdiction, UnitMassOrganization


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFilter:
    kind: Sequence[UnitKind] = ()
    sector: UnitSector | None = None
    jurisdiction_id: UUID | None = None
    organization_id: UUID | None = None
    min_staff: int | None = None
    is_active: bool | None = True
    q: str | None = None

    def narrow(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self.kind:
            query = query.where(Unit.kind.in_(self.kind))
        if self.sector:
            query = query.where(Unit.kind.in_(KINDS_OF[self.sector]))
        if self.jurisdiction_id:
            query = query.where(Unit.jurisdiction_id == self.jurisdiction_id)
        if self.organization_id:
            query = query.where(_covered(CoverageLink.organization_id == self.organization_id))
        if self.min_staff is not None:
            query = query.where(Unit.staff_count >= self.min_staff)
        if self.is_active is not None:
            query = query.where(Unit.is_active == self.is_active)
        return query.where(carries(Unit.search_keys, self.q)) if self.q else query


def _covered(condition: Any) -> Any:
    return exists(select(1).where(CoverageLink.unit_id == Unit.id, believed(CoverageLink), condition))


def visible_to(actor: Actor) -> Select[Unit]:
    """Units of the caller's area, and units its organisations cover elsewhere."""
    covering = aliased(PartyOrganization)
    covered = exists(
        select(1)
        .select_from(CoverageLink)
        .join(covering, covering.id == CoverageLink.organization_id)
        .where(
            CoverageLink.unit_id == Unit.id,
            believed(CoverageLink),
            CoverageLink.valid_to.is_(None),
            actor.reaches(covering.path),
        )
    )
    home = select(Unit).join(PartyOrganization, PartyOrganization.id == Unit.jurisdiction_id)
    return home.where(or_(actor.reaches(PartyOrganization.path), covered))


def listed_for(actor: Actor, wanted: UnitFilter) -> Select[Unit]:
    return wanted.narrow(visible_to(actor)).order_by(Unit.code, Unit.id)


async def find(db: AsyncSession, actor: Actor, unit_id: UUID, *, locked: bool = False) -> Unit | None:
    query = visible_to(actor).where(Unit.id == unit_id)
    if locked:
        query = query.with_for_update(of=Unit, key_share=True)
    found: Unit | None = await db.scalar(query, execution_options={"populate_existing": locked})
    return found


async def path_of(db: AsyncSession, unit: Unit) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == unit.jurisdiction_id)
    return (await db.execute(query)).scalar_one()


async def links_of(db: AsyncSession, unit_ids: Iterable[UUID], day: date) -> dict[UUID, list[CoverageLink]]:
    """Links in force on a day, by unit."""
    query = select(CoverageLink).where(CoverageLink.unit_id.in_(list(unit_ids)), valid_on(CoverageLink, day))
    found = defaultdict(list)
    for link in await db.scalars(query.order_by(CoverageLink.valid_from, CoverageLink.id)):
        found[link.unit_id].append(link)
    return found


async def mass_organizations_of(
    db: AsyncSession, unit_ids: Iterable[UUID], day: date
) -> dict[UUID, list[MassOrganizationKind]]:
    query = select(UnitMassOrganization.unit_id, UnitMassOrganization.kind).where(
        UnitMassOrganization.unit_id.in_(list(unit_ids)), valid_on(UnitMassOrganization, day)
    )
    found = defaultdict(list)
    for unit_id, kind in await db.execute(query.order_by(UnitMassOrganization.kind)):
        found[unit_id].append(kind)
    return found


async def find_link(db: AsyncSession, unit: Unit, link_id: UUID) -> CoverageLink | None:
    found: CoverageLink | None = await db.scalar(
        select(CoverageLink).where(CoverageLink.unit_id == unit.id, CoverageLink.id == link_id, believed(CoverageLink))
    )
    return found


async def current_jurisdiction(db: AsyncSession, unit: Unit) -> UnitJurisdiction:
    query = select(UnitJurisdiction).where(
        UnitJurisdiction.unit_id == unit.id, believed(UnitJurisdiction), UnitJurisdiction.valid_to.is_(None)
    )
    return (await db.scalars(query)).one()


async def current_mass_organizations(db: AsyncSession, unit: Unit) -> Sequence[UnitMassOrganization]:
    query = select(UnitMassOrganization).where(
        UnitMassOrganization.unit_id == unit.id, believed(UnitMassOrganization), UnitMassOrganization.valid_to.is_(None)
    )
    return (await db.scalars(query)).all()


async def covered_count(db: AsyncSession, organization_id: UUID, day: date) -> int:
    query = select(func.count(func.distinct(CoverageLink.unit_id))).where(
        CoverageLink.organization_id == organization_id, valid_on(CoverageLink, day)
    )
    return await db.scalar(query) or 0
