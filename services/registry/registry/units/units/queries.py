from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from records.bitemporal import believed, valid_on
from registry.database import ManyOf
from registry.limits import months_from
from registry.names import carries
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.kinds import GuidedScope, SetUpMode
from registry.tree.organizations.models import PartyOrganization
from registry.units.units.kinds import KINDS_OF, MassOrganizationKind, UnitKind, UnitSector, UnitSize
from registry.units.units.models import CoverageLink, Unit, UnitJurisdiction, UnitMassOrganization

KEY_MONTHS = 12
governed = organization_queries.belonging(Unit.jurisdiction_id)
"""Units of the caller's area: what one may change, where one may read more."""


def seen(actor: Actor) -> ColumnElement[bool]:
    """Units of the caller's area, and units its organisations cover elsewhere."""
    area = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    still_covers = and_(believed(CoverageLink), CoverageLink.valid_to.is_(None))
    covered = _covered(and_(still_covers, CoverageLink.organization_id.in_(area)))
    return or_(governed(actor), covered, Unit.line_organization_id.in_(area), *_guided(area))


GUIDED = (
    (GuidedScope.MICRO_ENTERPRISE, Unit.size == UnitSize.MICRO),
    (GuidedScope.INDIVIDUAL_BUSINESS, Unit.kind == UnitKind.INDIVIDUAL_BUSINESS),
)


def _guided(committees: Select[UUID]) -> list[ColumnElement[bool]]:
    """Units that some of these committees guide for what they are, in the districts of the committees."""
    scope = PartyOrganization.guided_scope
    return [
        and_(
            is_so,
            Unit.root_id.in_(committees.with_only_columns(PartyOrganization.root_id).where(scope.contains([one]))),
        )
        for one, is_so in GUIDED
    ]


def guided_by(organization_id: UUID) -> ColumnElement[bool]:
    return or_(*_guided(select(PartyOrganization.id).where(PartyOrganization.id == organization_id)))


def key_on(day: date) -> ColumnElement[bool]:
    """四上企业, and social organisations that count since less than a year (R58)."""
    counted = select(func.min(UnitJurisdiction.valid_from)).where(
        UnitJurisdiction.unit_id == Unit.id, believed(UnitJurisdiction)
    )
    first, is_social = counted.scalar_subquery(), Unit.kind.in_(KINDS_OF[UnitSector.SOCIAL])
    return or_(Unit.is_above_scale, and_(is_social, first > months_from(day, -KEY_MONTHS), first <= day))


def of_own_units(unit_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """Rows about units of the caller's area as it is today."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        found: ColumnElement[bool] = unit_id.in_(select(Unit.id).where(governed(actor)))
        return found

    return seen


async def is_governed(db: AsyncSession, actor: Actor, unit: Unit) -> bool:
    return bool(await db.scalar(select(exists().where(Unit.id == unit.id, governed(actor)))))


def _covered(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(1).where(CoverageLink.unit_id == Unit.id, condition))


def covered_by(organization_id: UUID) -> ColumnElement[bool]:
    """Units this organisation covers or covered."""
    return _covered(and_(believed(CoverageLink), CoverageLink.organization_id == organization_id))


def name_of(unit_id: Any) -> Any:
    """The name beside a unit's id, as a column of the row that has the id."""
    named = aliased(Unit)
    return select(named.name).where(named.id == unit_id).scalar_subquery()


def called(unit_id: Any) -> Callable[[str], ColumnElement[bool]]:
    """A filter: rows whose unit's name may contain the text."""

    def carrying(text: str) -> ColumnElement[bool]:
        found: ColumnElement[bool] = unit_id.in_(select(Unit.id).where(carries(Unit.search_keys, text)))
        return found

    return carrying


async def names_of(db: AsyncSession, unit_ids: Iterable[UUID]) -> dict[UUID, str]:
    return {row.id: row.name for row in await db.execute(select(Unit.id, Unit.name).where(Unit.id.in_(list(unit_ids))))}


def links_on(day: date) -> Any:
    """The links in force on a day, with the names of the covering organisations, as JSON beside the unit."""
    link = CoverageLink
    shown = func.json_build_object(
        *("id", link.id, "organization_id", link.organization_id),
        *("organization_name", organization_queries.name_of(link.organization_id), "mode", link.mode),
        *("serves_without_members", link.serves_without_members),
        *("valid_from", link.valid_from, "valid_to", link.valid_to),
    )
    return _of_unit(link, func.json_agg(aggregate_order_by(shown, link.valid_from, link.id)), day)


def covering_names_on(day: date) -> Any:
    name = organization_queries.name_of(CoverageLink.organization_id)
    ordered = aggregate_order_by(name, CoverageLink.valid_from, CoverageLink.id)
    return _of_unit(CoverageLink, func.array_agg(ordered, type_=ARRAY(Text)), day)


def set_up_modes_on(day: date) -> Any:
    """In the order of the covering organisations' names."""
    ordered = aggregate_order_by(CoverageLink.mode, CoverageLink.valid_from, CoverageLink.id)
    return _of_unit(CoverageLink, func.array_agg(ordered, type_=ManyOf(SetUpMode)), day)


def mass_organizations_on(day: date) -> Any:
    kind = UnitMassOrganization.kind
    kinds = func.array_agg(aggregate_order_by(kind, kind), type_=ManyOf(MassOrganizationKind))
    return _of_unit(UnitMassOrganization, kinds, day)


def _of_unit(model: type[CoverageLink | UnitMassOrganization], found: Any, day: date) -> Any:
    return select(found).where(model.unit_id == Unit.id, valid_on(model, day)).scalar_subquery()


async def path_of(db: AsyncSession, unit: Unit) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == unit.jurisdiction_id)
    return (await db.execute(query)).scalar_one()


async def covering_ids(db: AsyncSession, unit_id: UUID, day: date) -> list[UUID]:
    """The organisations that covered a unit on a day."""
    query = select(CoverageLink.organization_id).where(CoverageLink.unit_id == unit_id, valid_on(CoverageLink, day))
    return sorted(set(await db.scalars(query)))


async def links_of(db: AsyncSession, unit_ids: Iterable[UUID], day: date) -> dict[UUID, list[CoverageLink]]:
    """Links in force on a day, by unit."""
    query = select(CoverageLink).where(CoverageLink.unit_id.in_(list(unit_ids)), valid_on(CoverageLink, day))
    found = defaultdict(list)
    for link in await db.scalars(query.order_by(CoverageLink.valid_from, CoverageLink.id)):
        found[link.unit_id].append(link)
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
