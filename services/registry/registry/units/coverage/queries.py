from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import within
from records.bitemporal import Bitemporal, valid_on
from registry.kinds import known
from registry.liaison.instructors.models import InstructorAssignment
from registry.tree.organizations.kinds import SetUpMode
from registry.tree.organizations.models import PartyOrganization, Placement
from registry.tree.organizations.queries import TOWN_DEPTH, name_of, town_name_of
from registry.units.coverage.rules import Counts
from registry.units.units.kinds import SECTOR_OF, UnitKind, UnitSector
from registry.units.units.models import CoverageLink, Unit, UnitJurisdiction, UnitMassOrganization


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which units, on which day, as known when."""

    paths: Sequence[str]
    day: date
    known_at: datetime | None = None
    unit_kinds: Sequence[UnitKind] = ()
    min_staff: int | None = None

    def holds(self, model: type[Bitemporal]) -> ColumnElement[bool]:
        return valid_on(model, self.day, self.known_at)


async def paths_on(db: AsyncSession, organization_ids: Sequence[UUID], day: date) -> list[str]:
    """Where organisations stood on a day."""
    query = select(Placement.path).where(Placement.organization_id.in_(organization_ids), valid_on(Placement, day))
    return list(await db.scalars(query))


async def root_ids(db: AsyncSession) -> list[UUID]:
    return list(await db.scalars(select(PartyOrganization.id).where(PartyOrganization.parent_id.is_(None))))


def units_in(question: Question) -> Select[*tuple[Any, ...]]:
    """Units of the area; those a directly managed organisation elsewhere covers stand outside it (R03)."""
    query = (
        select(Unit.id, Unit.kind)
        .join(UnitJurisdiction, and_(UnitJurisdiction.unit_id == Unit.id, question.holds(UnitJurisdiction)))
        .join(
            Placement,
            and_(Placement.organization_id == UnitJurisdiction.organization_id, question.holds(Placement)),
        )
        .where(within(Placement.path, question.paths), not_(_directly_managed_elsewhere(question)))
    )
    if question.unit_kinds:
        query = query.where(Unit.kind.in_(question.unit_kinds))
    if question.min_staff is not None:
        query = query.where(Unit.staff_count >= question.min_staff)
    return query


def _directly_managed_elsewhere(question: Question) -> ColumnElement[bool]:
    link, cover, direct = aliased(CoverageLink), aliased(Placement), aliased(Placement)
    return exists(
        select(1)
        .select_from(link)
        .join(cover, and_(cover.organization_id == link.organization_id, question.holds(cover)))
        .join(direct, and_(direct.path == func.left(cover.path, TOWN_DEPTH), question.holds(direct)))
        .where(
            link.unit_id == Unit.id,
            question.holds(link),
            direct.is_directly_managed,
            not_(within(cover.path, question.paths)),
        )
    )


def covered_units(question: Question) -> Select[*tuple[Any, ...]]:
    """One row a unit with what stands for it, grouped before it is joined: no unit counts twice."""
    scope = units_in(question).cte("scope")
    with_members = not_(CoverageLink.serves_without_members)
    links = (
        select(
            CoverageLink.unit_id,
            func.bool_or(with_members).label("has_organization"),
            func.bool_or(and_(with_members, CoverageLink.mode == SetUpMode.SINGLE)).label("has_own_organization"),
        )
        .where(question.holds(CoverageLink))
        .group_by(CoverageLink.unit_id)
        .cte("links")
    )
    has_instructor = exists(
        select(1).where(InstructorAssignment.unit_id == scope.c.id, question.holds(InstructorAssignment))
    )
    has_mass = exists(select(1).where(UnitMassOrganization.unit_id == scope.c.id, question.holds(UnitMassOrganization)))
    return select(
        scope.c.id,
        scope.c.kind,
        func.coalesce(links.c.has_organization, False).label("has_organization"),
        func.coalesce(links.c.has_own_organization, False).label("has_own_organization"),
        or_(links.c.unit_id.is_not(None), has_instructor, has_mass).label("is_worked"),
    ).select_from(scope.outerjoin(links, links.c.unit_id == scope.c.id))


async def count(db: AsyncSession, question: Question) -> dict[UnitSector, Counts]:
    rows = covered_units(question).subquery()
    query = select(
        rows.c.kind,
        func.count(),
        func.sum(case((rows.c.has_organization, 1), else_=0)),
        func.sum(case((rows.c.has_own_organization, 1), else_=0)),
        func.sum(case((rows.c.is_worked, 1), else_=0)),
    ).group_by(rows.c.kind)
    found = dict.fromkeys(UnitSector, Counts())
    for kind, *numbers in (await db.execute(query)).all():
        sector = SECTOR_OF[known(UnitKind, kind)]
        found[sector] = found[sector].plus(Counts(*map(int, numbers)))
    return found


def white_spots(question: Question) -> Select[*tuple[Any, ...]]:
    """Units with no organisation, instructor or mass organisation (R26)."""
    rows = covered_units(question).subquery()
    query = select(
        Unit.id,
        Unit.code,
        Unit.name,
        Unit.kind,
        town_name_of(Unit.jurisdiction_id).label("town_name"),
        Unit.jurisdiction_id,
        name_of(Unit.jurisdiction_id).label("jurisdiction_name"),
    )
    return query.join(rows, rows.c.id == Unit.id).where(not_(rows.c.is_worked))
