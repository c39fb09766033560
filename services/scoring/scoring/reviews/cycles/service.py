from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import tag
from kit.paging import Page
from records.events import record_event
from records.files import Export
from records.listing import slice_of
from scoring.points.indicators.queries import catalogue_in_force
from scoring.reference.projections.models import PartyOrganization
from scoring.reference.projections.queries import visible_organization
from scoring.reviews.cycles import queries, rules
from scoring.reviews.cycles.events import CycleClosed, CycleEvent, CycleOpened
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.schemas import (
    Bands,
    CycleListing,
    CycleOpen,
    CycleRead,
    CycleSheet,
    GradeValues,
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


CONSTRAINTS: dict[str, type[problems.Problem]] = {"uq_cycles_organization_id_year_subject_kind": CycleExists}
NOT_COLUMNS = {"weights", "grade_values", "bands", "deadlines", "catalogue_id", "period_from", "period_to"}


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


async def show(db: AsyncSession, cycle_id: UUID, *, actor: Actor, response: Response) -> CycleRead:
    seen = queries.shown_cycles().where(queries.seen_by(actor), Cycle.id == cycle_id)
    return _tagged((await db.execute(seen)).first(), response)


async def answer(db: AsyncSession, cycle: Cycle, response: Response) -> CycleRead:
    await db.flush()
    return _tagged((await db.execute(queries.shown_cycles().where(Cycle.id == cycle.id))).first(), response)


def _tagged(row: Row[Any] | None, response: Response) -> CycleRead:
    if row is None:
        raise CycleNotFound
    tag(response, row)
    return nested(row)


def nested(row: Row[Any]) -> CycleRead:
    """Read as it was written: `weights.ballot`, `grade_values.basic`, `bands.five`."""
    flat = dict(row._mapping)
    flat["weights"] = {name: flat[f"weight_{name}"] for name in Weights.model_fields}
    flat["grade_values"] = {name: flat[f"grade_{name}"] for name in GradeValues.model_fields}
    flat["bands"] = {name: flat[name if name == "floor" else f"band_{name}"] for name in Bands.model_fields}
    return CycleRead.model_validate({name: flat[name] for name in CycleRead.model_fields})
