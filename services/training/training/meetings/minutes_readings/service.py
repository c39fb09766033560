"""未参加的党员还可以查看会议记录 (seed 3.3): the absent read the minutes once they are fixed, and sign for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.ids import uuid7
from records.events import record_event
from records.registers import Register
from roster.queries import member_name_of, name_of
from training.kinds import MeetingState
from training.meetings.meetings.errors import MeetingNotFound
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.queries import organization_path
from training.meetings.meetings.service import MEETINGS
from training.meetings.minutes.models import Minutes
from training.meetings.minutes_readings import queries
from training.meetings.minutes_readings.models import MinutesReading
from training.meetings.minutes_readings.schemas import MinutesReadingRead, MinutesSigned


class NothingToSign(problems.Conflict):
    code = "nothing-to-sign"
    detail = "考勤确认之后、有会议记录的,缺席人员才能签阅"


class WasPresent(problems.Conflict):
    code = "was-present"
    detail = "您参加了这次会议,不需要签阅"


MINUTES_READINGS = Register(
    "会议记录签阅",
    Participant,
    MinutesReadingRead,
    MeetingNotFound,
    queries.seen,
    derived={
        "meeting_name": queries.of_meeting(Meeting.title),
        "organization_id": queries.of_meeting(Meeting.organization_id),
        "organization_name": queries.of_meeting(name_of(Meeting.organization_id)),
        "kind": queries.of_meeting(Meeting.kind),
        "held_on": queries.of_meeting(Meeting.held_on),
        "member_name": member_name_of(Participant.member_id),
        "read_at": queries.of_reading(MinutesReading.read_at),
        "minutes_version": queries.of_reading(MinutesReading.minutes_version),
    },
    only=queries.absent(),
)


async def sign(db: AsyncSession, meeting_id: UUID, *, actor: Actor, now: datetime) -> Participant:
    """A second time answers the same and adds nothing."""
    meeting = await MEETINGS.require(db, actor, meeting_id)
    expected = await db.scalar(queries.expected_at(meeting.id, actor.person))
    if expected is None:
        raise MeetingNotFound
    minutes = await db.get(Minutes, meeting.id)
    if meeting.state is not MeetingState.CONFIRMED or minutes is None:
        raise NothingToSign
    if expected.attended:
        raise WasPresent
    row = {"id": uuid7(), "root_id": meeting.root_id, "participant_id": expected.id}
    once = insert(MinutesReading).values(**row, minutes_version=minutes.version, read_at=now).on_conflict_do_nothing()
    if await db.scalar(once.returning(MinutesReading.id)) is not None:
        told = MinutesSigned(meeting_id=meeting.id, member_id=expected.member_id, minutes_version=minutes.version)
        path = await organization_path(db, meeting.organization_id)
        await record_event(db, told, subject=row["id"], root_id=meeting.root_id, path=path, actor=actor)
    return expected
