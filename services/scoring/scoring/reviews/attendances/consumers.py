"""Training's confirmed meetings and make-ups; both tolerate repeats and either order."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.domains import Domain
from kit.events import Consumer, Event
from scoring.reviews.attendances import models
from scoring.reviews.attendances.models import MeetingAttendance

OF_CANDIDATES = "development"


async def on_meeting_confirmed(db: AsyncSession, event: Event) -> None:
    """A class of those who are not in the Party yet is no attendance of a member."""
    if event.data.get("class_kind") == OF_CANDIDATES:
        return
    rows = [
        {
            "meeting_id": UUID(str(event.data["meeting_id"])),
            "member_id": UUID(str(one["member_id"])),
            "root_id": event.root_id,
            "organization_id": UUID(str(event.data["organization_id"])),
            "kind": event.data["kind"],
            "held_on": date.fromisoformat(event.data["held_on"]),
            "is_valid": event.data["is_valid"],
            "attended": one["attended"],
            "version": event.version,
        }
        for one in event.data["participants"]
    ]
    if not rows:
        return
    write = insert(MeetingAttendance).values(rows)
    told = {
        name: write.excluded[name] for name in ("organization_id", "kind", "held_on", "is_valid", "attended", "version")
    }
    newer = MeetingAttendance.version < write.excluded.version
    await db.execute(write.on_conflict_do_update(index_elements=["meeting_id", "member_id"], set_=told, where=newer))


async def on_attendance_made_up(db: AsyncSession, event: Event) -> None:
    write = insert(MeetingAttendance).values(
        meeting_id=UUID(str(event.data["meeting_id"])),
        member_id=UUID(str(event.data["member_id"])),
        root_id=event.root_id,
        made_up_on=date.fromisoformat(event.data["made_up_on"]),
        version=0,
    )
    told = {"made_up_on": write.excluded.made_up_on}
    await db.execute(write.on_conflict_do_update(index_elements=["meeting_id", "member_id"], set_=told))


TRAINING = Consumer(
    "training",
    {"training.meeting.confirmed.v1": on_meeting_confirmed, "training.attendance.made_up.v1": on_attendance_made_up},
)


DOMAIN = Domain(tables=models, consumers=[TRAINING])
