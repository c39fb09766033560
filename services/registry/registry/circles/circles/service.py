"""党建活动圈: each with its centre, the organisation that runs it, its area and what it cost (R28)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.files import Export
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.circles.circles import queries
from registry.circles.circles.events import CircleChanged
from registry.circles.circles.models import Circle
from registry.circles.circles.schemas import CircleCreate, CircleFigures, CircleListing, CircleRead, CircleSheet
from registry.dates import After, DateRules
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

DATES = DateRules(
    {"opened_on": "启用日期", "ended_on": "停用日期"},
    (After("ended_on", "opened_on", strictly=True),),
    facts=frozenset({"opened_on"}),
)


class CircleNotFound(problems.NotFound):
    code = "circle-not-found"
    detail = "没有这个活动圈,或不在您的管理范围内"


class UnknownCircleOrganization(problems.Unprocessable):
    code = "unknown-circle-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class CircleNameTaken(problems.Conflict):
    code = "circle-name-taken"
    detail = "本区已有同名的活动圈"


class RingNotClosed(problems.Unprocessable):
    code = "ring-not-closed"
    detail = "范围的首尾两点须相同"


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    ring = row["boundary"]
    return {**row, "boundary": ring and [tuple(point) for point in ring]}


CIRCLES = Register(
    "党建活动圈",
    Circle,
    CircleRead,
    CircleNotFound,
    queries.seen,
    derived={"organization_name": organization_queries.name_of(Circle.organization_id)},
    readable=_readable,
)
OWN = Register(
    CIRCLES.title, Circle, CircleRead, CircleNotFound, organization_queries.belonging(Circle.organization_id)
)
"""The circles whose centres the actor's offices run: those one may change."""
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_circles_name": CircleNameTaken}


async def export_sheet(wanted: CircleListing, to: Export) -> Response:
    return await CIRCLES.shown_as(CircleSheet, readable=dict).export(wanted, to)


async def open_circle(db: AsyncSession, body: CircleCreate, *, actor: Actor, today: date) -> Circle:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownCircleOrganization
    if body.boundary is not None and body.boundary[0] != body.boundary[-1]:
        raise RingNotClosed
    refuse_wrong_dates(DATES, {"opened_on": body.opened_on}, today)
    circle = Circle(**body.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(circle)
    await _tell(db, circle, actor=actor)
    return circle


async def end_circle(db: AsyncSession, circle: Circle, ended_on: date, *, actor: Actor, today: date) -> Circle:
    refuse_void(circle)
    if circle.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(DATES, {"opened_on": circle.opened_on, "ended_on": ended_on}, today)
    circle.ended_on = ended_on
    await _tell(db, circle, actor=actor)
    return circle


async def void_circle(db: AsyncSession, circle: Circle, reason: str, *, actor: Actor) -> Circle:
    void_row(db, circle, reason)
    await _tell(db, circle, actor=actor)
    return circle


async def _tell(db: AsyncSession, circle: Circle, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [circle.organization_id])
    fields = {name: getattr(circle, name) for name in CircleChanged.model_fields if name != "is_void"}
    told, version = CircleChanged(**fields, is_void=circle.void_reason is not None), circle.version
    await record_event(db, told, subject=circle.id, version=version, root_id=root_id, path=path, actor=actor)


async def figures(db: AsyncSession, actor: Actor, *, day: date, under: UUID | None) -> CircleFigures:
    return CircleFigures(as_of=day, **await queries.figures(db, actor, day, under))
