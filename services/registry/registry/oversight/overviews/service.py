from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.members.members.kinds import ENROLLED
from registry.oversight.overviews import queries
from registry.oversight.overviews.rules import compare
from registry.oversight.overviews.schemas import (
    CountComparison,
    DemonstrationPointCounts,
    Overview,
    SectorCounts,
    SectorRates,
)
from registry.tree.organizations.kinds import PRIMARY_KINDS
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.coverage import queries as coverage_queries
from registry.units.coverage.rules import Counts, rate
from registry.units.coverage.service import DayInFuture
from registry.units.units.kinds import UnitSector


async def tops_of(db: AsyncSession, actor: Actor, organization_id: UUID | None) -> list[UUID]:
    """The organisations whose subtrees are looked at: the one asked for, else all the caller's."""
    if organization_id is not None:
        return [(await ORGANIZATIONS.require(db, actor, organization_id)).id]
    if actor.reaches_all:
        return await coverage_queries.root_ids(db)
    return sorted(actor.office_ids)


async def look(
    db: AsyncSession, *, actor: Actor, organization_id: UUID | None, stated: int | None, day: date, today: date
) -> Overview:
    if day > today:
        raise DayInFuture
    paths = await coverage_queries.paths_on(db, await tops_of(db, actor, organization_id), day)
    by_sector = await coverage_queries.count(db, coverage_queries.Question(paths=paths, day=day))
    total = by_sector[UnitSector.ECONOMIC].plus(by_sector[UnitSector.SOCIAL])
    kinds = await queries.organizations_by_kind(db, day, paths)
    points = await queries.demonstration_points(db, day, paths)
    stages = await queries.members_by_stage(db, day, paths)
    return Overview(
        as_of=day,
        primary_organizations=sum(kinds[kind.value] for kind in PRIMARY_KINDS),
        organizations=sum(kinds.values()),
        organizations_by_kind=kinds,
        comparison=None if stated is None else CountComparison.model_validate(compare(stated, kinds)),
        directly_managed=await queries.directly_managed(db, day, paths),
        units=total.units,
        units_by_sector=_counts(by_sector, lambda one: one.units),
        covered_units=_counts(by_sector, lambda one: one.covered),
        coverage=_rates(by_sector, lambda one: rate(one.covered, one.units)),
        single_rate=_rates(by_sector, lambda one: rate(one.single, one.units)),
        work_coverage=rate(total.worked, total.units),
        demonstration_points=DemonstrationPointCounts(**points, total=sum(points.values())),
        members=sum(stages[stage.value] for stage in ENROLLED),
        members_by_stage=stages,
        instructors=await queries.instructors(db, day, paths),
    )


def _counts(found: dict[UnitSector, Counts], of: Callable[[Counts], int]) -> SectorCounts:
    economic, social = of(found[UnitSector.ECONOMIC]), of(found[UnitSector.SOCIAL])
    return SectorCounts(economic=economic, social=social, total=economic + social)


def _rates(found: dict[UnitSector, Counts], of: Callable[[Counts], Decimal | None]) -> SectorRates:
    economic, social = found[UnitSector.ECONOMIC], found[UnitSector.SOCIAL]
    return SectorRates(economic=of(economic), social=of(social), total=of(economic.plus(social)))
