"""What training tells of classes becomes hours of those who are being developed (发展对象集中培训)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.events.consumer import Consumer
from kit.events.log import Event
from registry.members.course_hours import queries
from registry.members.course_hours.models import CourseHours

CLASS = "class"


async def on_confirmed(db: AsyncSession, event: Event) -> None:
    """Each confirmation tells the whole class, so it replaces the one before it."""
    data = event.data
    if data["kind"] != CLASS:
        return
    await db.execute(delete(CourseHours).where(CourseHours.meeting_id == UUID(data["meeting_id"])))
    attended = {UUID(one["member_id"]): Decimal(one["hours"]) for one in data["participants"] if one["attended"]}
    await _keep(db, event, attended if data["is_valid"] else {})


async def on_made_up(db: AsyncSession, event: Event) -> None:
    """It counts from the day it was made up on; one that is taken back tells no day and no hours."""
    data = event.data
    if data["kind"] != CLASS:
        return
    member_id = UUID(data["member_id"])
    here = (CourseHours.meeting_id == UUID(data["meeting_id"]), CourseHours.member_id == member_id)
    await db.execute(delete(CourseHours).where(*here))
    await _keep(db, event, {member_id: Decimal(data["hours"])}, held_on=data["made_up_on"])


async def _keep(db: AsyncSession, event: Event, hours: Mapping[UUID, Decimal], held_on: str | None = None) -> None:
    developed = await db.scalars(queries.not_yet_enrolled(hours.keys()))
    rows = [_row(event, member_id, hours[member_id], held_on) for member_id in developed if hours[member_id] > 0]
    if not rows:
        return
    write = insert(CourseHours)
    newest: dict[str, Any] = {name: write.excluded[name] for name in ("held_on", "hours", "organization_id")}
    newest["version"] = CourseHours.version + 1
    await db.execute(write.on_conflict_do_update(index_elements=["member_id", "meeting_id"], set_=newest), rows)


def _row(event: Event, member_id: UUID, hours: Decimal, held_on: str | None) -> dict[str, Any]:
    return {
        "root_id": event.root_id,
        "organization_id": UUID(event.data["organization_id"]),
        "meeting_id": UUID(event.data["meeting_id"]),
        "member_id": member_id,
        "held_on": held_on or event.data["held_on"],
        "hours": hours,
    }


TRAINING = Consumer(
    "training", {"training.meeting.confirmed.v1": on_confirmed, "training.attendance.made_up.v1": on_made_up}
)
