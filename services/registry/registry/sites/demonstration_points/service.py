from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.events import append
from registry.links import end_record
from registry.sites.demonstration_points import queries
from registry.sites.demonstration_points.models import DemonstrationPoint
from registry.sites.demonstration_points.schemas import DemonstrationPointCreate
from registry.tree.organizations import queries as organization_queries

CHANGED = "registry.demonstration_point.changed.v1"


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


def changed(point: DemonstrationPoint, path: str) -> dict[str, Any]:
    """Keyword arguments of kit.events.append; versions count all points the organisation ever had."""
    return {
        "type": CHANGED,
        "subject": point.organization_id,
        "version": point.version,
        "root_id": point.root_id,
        "path": path,
        "data": {
            "organization_id": str(point.organization_id),
            "level": point.level.value,
            "valid_from": point.valid_from.isoformat(),
            "valid_to": point.valid_to.isoformat() if point.valid_to else None,
        },
    }


async def name_point(db: AsyncSession, entry: DemonstrationPointCreate, *, actor: Actor) -> DemonstrationPoint:
    """A promotion ends the level before on the same day; the earlier one stays in the history (R07)."""
    organization = await organization_queries.find_locked(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownPointOrganization
    current = await queries.open_point(db, organization.id)
    if current is not None:
        if current.level is entry.level:
            raise SameLevelAlready
        version = await queries.last_version(db, organization.id) + 1
        await end_record(db, current, entry.valid_from, version=version, recorded_by=actor.subject)
    point = DemonstrationPoint(
        **entry.model_dump(),
        organization_no=organization.organization_no,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        version=await queries.last_version(db, organization.id) + 1,
    )
    db.add(point)
    await db.flush()
    await append(db, **changed(point, organization.path), actor=actor)
    return point


async def end_point(db: AsyncSession, point_id: UUID, ended_on: date, *, actor: Actor) -> DemonstrationPoint:
    point = await queries.find_locked(db, actor, point_id)
    if point is None:
        raise DemonstrationPointNotFound
    version = await queries.last_version(db, point.organization_id) + 1
    ended = await end_record(db, point, ended_on, version=version, recorded_by=actor.subject)
    located = await organization_queries.resolve_paths(db, [ended.organization_id])
    await append(db, **changed(ended, located[0][1]), actor=actor)
    return ended


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"ex_demonstration_points_organization_no": OneLevelAtATime}
