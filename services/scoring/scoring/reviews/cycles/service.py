from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import tag
from kit.paging import Page, PageQuery
from records.events import record_event
from records.files import Export
from records.history import ChangeRead, Fields, page_of
from records.listing import slice_of
from roster.models import PartyOrganization
from scoring.points.indicators.models import Earning
from scoring.points.indicators.queries import catalogue_in_force, indicators_of
from scoring.reference.projections.queries import visible_organization
from scoring.reviews.cycles import queries, rules
from scoring.reviews.cycles.events import CycleClosed, CycleEvent, CycleOpened
from scoring.reviews.cycles.models import Cycle, CycleState, StarModel
from scoring.reviews.cycles.schemas import (
    Bands,
    CycleDetail,
    CycleListing,
    CycleOpen,
    CycleRead,
    CycleSheet,
    DimensionReach,
    GradeValues,
    IndicatorOutOfUse,
    ReachRead,
    Weights,
)


class OrganizationNotFound(problems.NotFound):
    code = "party-organization-not-found"
    detail = "没有找到这个党组织,或不在您的管理范围内"


class CycleNotFound(problems.NotFound):
    code = "cycle-not-found"
    detail = "没有找到这一评议年度,或不在您的管理范围内"


class CycleExists(problems.Conflict):
    code = "cycle-exists"
    detail = "这个党组织已开启同一年度、同类对象的评议"


class CatalogueNotUsable(problems.Unprocessable):
    code = "catalogue-not-usable"
    detail = "积分指标版本不存在、未发布,或不适用于这类对象"


class UnknownIndicators(problems.Unprocessable):
    code = "unknown-indicators"
    detail = "积分指标版本里没有这些编码:{codes}"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"uq_cycles_organization_id_year_subject_kind": CycleExists}
NOT_COLUMNS = {
    "weights",
    "grade_values",
    "bands",
    "deadlines",
    "catalogue_id",
    "period_from",
    "period_to",
    "out_of_use",
}


async def open_cycle(db: AsyncSession, plan: CycleOpen, *, actor: Actor) -> Cycle:
    owner = await visible_organization(db, actor, plan.organization_id)
    if owner is None:
        raise OrganizationNotFound
    cycle = await _cycle_of(db, plan, owner)
    db.add(cycle)
    await db.flush()
    await _record(db, CycleOpened.model_validate(cycle), owner.path, actor)
    return cycle


async def _cycle_of(db: AsyncSession, plan: CycleOpen, owner: PartyOrganization) -> Cycle:
    first, last = rules.default_period(plan.year)
    first, last = plan.period_from or first, plan.period_to or last
    catalogue_id = plan.catalogue_id
    if catalogue_id is None:
        version = await catalogue_in_force(db, plan.subject_kind, owner.root_id, last.year)
        catalogue_id = version.id if version else None
    if catalogue_id is None or not await queries.is_usable(db, catalogue_id, owner.root_id, plan.subject_kind):
        raise CatalogueNotUsable
    items = await items_of(db, catalogue_id)
    if unknown := set(plan.out_of_use) - {one.code for one in items}:
        raise UnknownIndicators(codes="、".join(sorted(unknown)))
    numbers = {
        **{f"weight_{name}": value for name, value in plan.weights},
        **{f"grade_{name}": value for name, value in plan.grade_values},
        **{name if name == "floor" else f"band_{name}": value for name, value in plan.bands},
    }
    return Cycle(
        **plan.model_dump(exclude=NOT_COLUMNS),
        **numbers,
        root_id=owner.root_id,
        catalogue_id=catalogue_id,
        indicators_in_use=rules.in_use(items, plan.out_of_use),
        period_from=first,
        period_to=last,
        final_before=rules.final_before(plan.year),
        deadlines={step.value: day.isoformat() for step, day in plan.deadlines.items()},
    )


async def close(db: AsyncSession, cycle: Cycle, path: str, *, now: datetime, actor: Actor) -> Cycle:
    cycle.state, cycle.closed_at = CycleState.CLOSED, now
    await db.flush()
    await _record(db, CycleClosed.model_validate(cycle), path, actor)
    return cycle


async def _record(db: AsyncSession, payload: CycleEvent, path: str, actor: Actor) -> None:
    await record_event(
        db, payload, subject=payload.id, version=payload.version, root_id=payload.root_id, path=path, actor=actor
    )


async def page(db: AsyncSession, wanted: CycleListing, *, actor: Actor) -> Page[CycleRead]:
    seen = queries.shown_cycles().where(queries.seen_by(actor))
    found = await slice_of(db, seen, wanted)
    return Page[CycleRead](items=[nested(row) for row in found.rows], next=found.next, total=found.total)


async def export(wanted: CycleListing, to: Export) -> Response:
    seen = queries.shown_cycles().where(queries.seen_by(to.actor))
    rows = await to.select(wanted.ordered(seen))
    return await to.file("评议年度", CycleSheet, (row._mapping for row in rows))


async def show(db: AsyncSession, cycle_id: UUID, *, actor: Actor, response: Response) -> CycleDetail:
    seen = queries.shown_cycles().where(queries.seen_by(actor), Cycle.id == cycle_id)
    return await _detail(db, (await db.execute(seen)).first(), response)


async def history(db: AsyncSession, cycle_id: UUID, page: PageQuery, *, actor: Actor) -> Page[ChangeRead]:
    if (await db.execute(queries.visible_cycles(actor).where(Cycle.id == cycle_id))).first() is None:
        raise CycleNotFound
    return await page_of(db, Fields(Cycle, CycleRead, {}), cycle_id, page)


async def answer(db: AsyncSession, cycle: Cycle, response: Response) -> CycleDetail:
    await db.flush()
    found = (await db.execute(queries.shown_cycles().where(Cycle.id == cycle.id))).first()
    return await _detail(db, found, response)


async def _detail(db: AsyncSession, row: Row[Any] | None, response: Response) -> CycleDetail:
    if row is None:
        raise CycleNotFound
    tag(response, row)
    items = await items_of(db, row.catalogue_id)
    reach = reach_read(items, row.indicators_in_use, by_dimension=row.star_model is StarModel.DIMENSIONS)
    return CycleDetail.model_construct(**nested(row).__dict__, reach=reach)


async def items_of(db: AsyncSession, catalogue_id: UUID) -> list[rules.Item]:
    return [
        rules.Item(one.code, one.name, one.dimension, one.annual_cap, one.earning is not Earning.NONE)
        for one in await indicators_of(db, catalogue_id)
    ]


def reach_read(items: Sequence[rules.Item], in_use: Collection[str] | None, *, by_dimension: bool) -> ReachRead:
    """A cycle of before there was a choice counts everything."""
    codes = {one.code for one in items} if in_use is None else in_use
    reach = rules.reach_of(items, codes, by_dimension=by_dimension)
    unused = [one for one in items if one.code not in codes]
    return ReachRead(
        maximum=reach.maximum,
        catalogue_maximum=reach.catalogue_maximum,
        highest_star=reach.highest_star,
        dimensions=[
            DimensionReach(dimension=one, maximum=most, catalogue_maximum=reach.catalogue_dimensions[one])
            for one, most in reach.dimensions.items()
        ],
        out_of_use=[IndicatorOutOfUse(**vars(one)) for one in unused],
        warnings=_warnings(reach, unused),
    )


def _warnings(reach: rules.Reach, unused: Sequence[rules.Item]) -> list[str]:
    found = []
    if without := [one.code for one in unused if not one.has_source]:
        found.append(
            f"{len(without)} 项指标尚无来源,不计入满分(满分 {reach.maximum},全部指标 {reach.catalogue_maximum}):"
            f"{'、'.join(without)}"
        )
    if declared := [one.code for one in unused if one.has_source]:
        found.append(f"方案声明不使用 {len(declared)} 项指标:{'、'.join(declared)}")
    if reach.highest_star < rules.MOST_STARS:
        empty = [one for one, most in reach.dimensions.items() if not most]
        found.append(f"最高只能评到 {reach.highest_star} 星:{'、'.join(empty) or '没有在用的指标'}没有在用的指标")
    return found


def nested(row: Row[Any]) -> CycleRead:
    """Read as it was written: `weights.ballot`, `grade_values.basic`, `bands.five`."""
    flat = dict(row._mapping)
    flat["weights"] = {name: flat[f"weight_{name}"] for name in Weights.model_fields}
    flat["grade_values"] = {name: flat[f"grade_{name}"] for name in GradeValues.model_fields}
    flat["bands"] = {name: flat[name if name == "floor" else f"band_{name}"] for name in Bands.model_fields}
    return CycleRead.model_validate({name: flat[name] for name in CycleRead.model_fields})
