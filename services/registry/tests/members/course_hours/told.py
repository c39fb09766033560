"""What training tells of a class, by its own event classes, handed to registry as the feed would."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from fastapi import FastAPI

from kit.calendar import real_now
from kit.database import app_transaction
from kit.events import Event
from kit.ids import uuid7
from records.events import Payload
from registry.members.course_hours.consumers import TRAINING
from training.kinds import ClassKind, MeetingKind
from training.meetings.attendances.events import MeetingConfirmed, Outcome
from training.meetings.make_ups.events import AttendanceMadeUp

ABSENT = ""


async def tell(app: FastAPI, payload: Payload, root: str) -> None:
    data = payload.model_dump(mode="json")
    event = Event(uuid7(), payload.type, data["meeting_id"], 1, UUID(root), None, real_now(), data, None)
    async with app_transaction(app) as db:
        await TRAINING.handlers[payload.type](db, event)


def of_class(
    branch: str, held_on: str, hours: dict[str, str], *, meeting: UUID | None = None, **changes: object
) -> MeetingConfirmed:
    """`hours` by person, `ABSENT` for who stayed away."""
    outcomes = [
        Outcome(member_id=UUID(one), attended=spent != ABSENT, hours=Decimal(spent or 0))
        for one, spent in hours.items()
    ]
    usual = {
        "meeting_id": meeting or uuid7(), "kind": MeetingKind.CLASS, "class_kind": ClassKind.CENTRAL,
        "organization_id": UUID(branch), "path": "0001/", "held_on": date.fromisoformat(held_on),
        "hours": Decimal(24), "is_valid": True, "expected": len(outcomes), "attended": len(outcomes),
        "participants": outcomes, "revision": None,
    }  # fmt: skip
    return MeetingConfirmed.model_validate(usual | changes)


def made_up(
    branch: str, held_on: str, person: str, hours: str, *, meeting: UUID, **changes: object
) -> AttendanceMadeUp:
    told = {
        "meeting_id": meeting, "member_id": person, "kind": MeetingKind.CLASS, "organization_id": branch,
        "held_on": held_on, "made_up_on": "2022-05-15", "hours": Decimal(hours), "revision": None,
    }  # fmt: skip
    return AttendanceMadeUp.model_validate(told | changes)
