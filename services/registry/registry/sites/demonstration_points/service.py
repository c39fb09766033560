from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import entry, record_events
from records.registers import Register
from records.voiding import standing_or_void, void_record
from registry.links import end_record
from registry.sites.demonstration_points import queries
from registry.sites.demonstration_points.models import DemonstrationPoint
from registry.sites.demonstration_points.schemas import (
    DemonstrationPointChanged,
    DemonstrationPointCreate,
    DemonstrationPointRead,
)
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS


class UnknownPointOrganization(problems.Unprocessable):
    code = "unknown-point-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class DemonstrationPointNotFound(problems.NotFound):
    code = "demonstration-point-not-found"
    detail = "没有这个示范点,或不在您的管理范围内"


class SameLevelAlready(problems.Conflict):
    code = "same-level-already"
    detail = "这个党组织已是该级别的示范点"


class OneLevelAtATime(problems.Conflict):
    code = "one-level-at-a-time"
    detail = "这个党组织在该时段已是示范点"


POINTS = Register(
    "示范点",
    DemonstrationPoint,
    DemonstrationPointRead,
    DemonstrationPointNotFound,
    organization_queries.belonging(DemonstrationPoint.organization_id),
    derived={"organization_name": organization_queries.name_of(DemonstrationPoint.organization_id)},
    only=standing_or_void(DemonstrationPoint),
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"ex_demonstration_points_organization_no": OneLevelAtATime}


async def name_point(db: AsyncSession, entry: DemonstrationPointCreate, *, actor: Actor) -> DemonstrationPoint:
    """A promotion ends the level before on the same day; the earlier one stays in the history (R07)."""
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id, lock=True)
    if organization is None or not organization.is_active:
        raise UnknownPointOrganization
    current = await queries.open_point(db, organization.id)
    if current is not None:
        if current.level is entry.level:
            raise SameLevelAlready
        await _shorten(db, current, entry.valid_from, actor=actor)
    point = DemonstrationPoint(
        **entry.model_dump(),
        organization_no=organization.organization_no,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        version=await queries.next_version(db, organization.id),
    )
    db.add(point)
    await record_change(db, point, actor=actor)
    return point


async def end_point(db: AsyncSession, point: DemonstrationPoint, ended_on: date, *, actor: Actor) -> DemonstrationPoint:
    ended = await _shorten(db, point, ended_on, actor=actor)
    await record_change(db, ended, actor=actor)
    return ended


async def void_point(db: AsyncSession, point: DemonstrationPoint, reason: str, *, actor: Actor) -> DemonstrationPoint:
    version = await queries.next_version(db, point.organization_id)
    voided = await void_record(db, point, reason, version=version, recorded_by=actor.subject)
    await record_change(db, voided, actor=actor)
    return voided


async def _shorten(db: AsyncSession, point: DemonstrationPoint, ended_on: date, *, actor: Actor) -> DemonstrationPoint:
    version = await queries.next_version(db, point.organization_id)
    return await end_record(db, point, ended_on, version=version, recorded_by=actor.subject)


async def record_change(db: AsyncSession, point: DemonstrationPoint, *, actor: Actor) -> None:
    await db.flush()
    located = await organization_queries.resolve_paths(db, [point.organization_id])
    await record_events(db, [changed(point, located[0][1])], actor)


def changed(point: DemonstrationPoint, path: str) -> dict[str, Any]:
    """The event is about the organisation: its readers keep one point for each. A void one was over when it began."""
    payload = DemonstrationPointChanged.model_validate(point)
    if point.void_reason is not None:
        payload = payload.model_copy(update={"valid_to": point.valid_from})
    return entry(payload, subject=point.organization_id, version=point.version, root_id=point.root_id, path=path)
