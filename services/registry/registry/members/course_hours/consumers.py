"""What training tells of classes becomes hours of those who are being developed (发展对象集中培训)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert
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
    attended = {UUID(one["member_id"]): Decimal(one["hours"]) for one in data["participants"] if one["attended"]}
    await _replace(db, event, attended if data["is_valid"] else {})


async def on_made_up(db: AsyncSession, event: Event) -> None:
    """It counts from the day it was made up on; one that is taken back tells no day and no hours."""
    data = event.data
    if data["kind"] != CLASS:
        return
    member_id = UUID(data["member_id"])
    made_up = {member_id: Decimal(data["hours"])}
    await _replace(db, event, made_up, CourseHours.member_id == member_id, held_on=data["made_up_on"])


async def _replace(
    db: AsyncSession, event: Event, hours: Mapping[UUID, Decimal], *of: ColumnElement[bool], held_on: str | None = None
) -> None:
    """Of those who are not in the Party yet, and of whoever was not when it was told first."""
    former = delete(CourseHours).where(CourseHours.meeting_id == UUID(event.data["meeting_id"]), *of)
    known = await db.scalars(former.returning(CourseHours.member_id))
    developed = {*known, *await db.scalars(queries.not_yet_enrolled(hours.keys()))} & hours.keys()
    rows = [_row(event, one, hours[one], held_on) for one in sorted(developed) if hours[one] > 0]
    if rows:
        await db.execute(insert(CourseHours), rows)


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
