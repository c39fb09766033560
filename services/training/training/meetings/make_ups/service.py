from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import insert, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from kit.ids import uuid7
from records.events import record_event
from records.registers import Register
from roster.models import PartyOrganization
from roster.queries import member_name_of
from training.kinds import MakeUpState
from training.meetings.make_ups import queries, rules
from training.meetings.make_ups.events import AttendanceMadeUp
from training.meetings.make_ups.models import MakeUp
from training.meetings.make_ups.schemas import MakeUpRead, MakeUpRecord
from training.meetings.meetings.models import Meeting
from training.meetings.meetings.queries import organization_path
from training.meetings.meetings.rules import revision_of


class OwnCase(problems.Forbidden):
    code = "own-case"
    detail = "不能办理与本人有关的事项,请由他人或上级党组织办理"


class MakeUpAlreadyRecorded(problems.Conflict):
    code = "make-up-already-recorded"
    detail = "这次缺席已经补课,不能重复登记"


class NothingToMakeUp(problems.NotFound):
    code = "nothing-to-make-up"
    detail = "没有找到需要补课的缺席记录,或不在您的管理范围内"


class WrongMakeUpDay(problems.Unprocessable):
    code = "wrong-make-up-day"
    detail = "补课日期须在 {first} 至 {last} 之间"


async def open_gaps(db: AsyncSession, meeting: Meeting, *, hours: Decimal, make_up_days: int, now: datetime) -> int:
    """One gap for each person absent from a confirmed meeting; those of an earlier confirmation follow this one."""
    due_on = rules.due_day(meeting.held_on, make_up_days)
    await db.execute(queries.renew(meeting.id, meeting.held_on, due_on, hours))
    absent = queries.absent_without_gap(meeting.id)
    shared = {
        "meeting_id": meeting.id,
        "root_id": meeting.root_id,
        "held_on": meeting.held_on,
        "due_on": due_on,
        "hours": hours,
        "version": 1,
        "recorded_at": now,
    }
    gaps = [
        {"id": uuid7(), "participant_id": participant_id, "member_id": member_id, **shared}
        for participant_id, member_id in (await db.execute(absent))
    ]
    if gaps:
        await db.execute(insert(MakeUp), gaps)
    return len(gaps)


async def void_gaps(db: AsyncSession, meeting: Meeting, *, still_due: bool, now: datetime) -> None:
    """Whoever was there after all has nothing to make up; nobody has, where the meeting asks for no make-up."""
    await db.execute(queries.void(meeting.id, still_due=still_due, now=now))


async def tell_made_up_again(db: AsyncSession, meeting: Meeting, actor: Actor) -> None:
    """After a corrected confirmation, which says that the absent earned nothing."""
    for gap in (await db.scalars(queries.made_up_of(meeting.id))).all():
        await record_made_up(db, gap, actor)


async def record_make_up(
    db: AsyncSession, record: MakeUpRecord, *, expected_version: int, actor: Actor, today: date
) -> MakeUp:
    query = queries.visible_to(actor).where(
        MakeUp.meeting_id == record.meeting_id, MakeUp.member_id == record.member_id
    )
    gap = await db.scalar(query.with_for_update())
    if gap is None:
        raise NothingToMakeUp
    if gap.member_id == actor.person:
        raise OwnCase
    if gap.made_up_on is not None:
        raise MakeUpAlreadyRecorded
    check_version(gap, expected_version)
    if not rules.may_be_made_up(gap.held_on, record.made_up_on, today):
        raise WrongMakeUpDay(first=gap.held_on, last=today)
    gap.made_up_on, gap.made_up_by, gap.note = record.made_up_on, actor.subject, record.note
    await db.flush()
    await record_made_up(db, gap, actor)
    return gap


async def record_made_up(db: AsyncSession, gap: MakeUp, actor: Actor) -> None:
    meeting = await db.get_one(Meeting, gap.meeting_id)
    payload = AttendanceMadeUp(
        meeting_id=meeting.id,
        kind=meeting.kind,
        member_id=gap.member_id,
        organization_id=meeting.organization_id,
        held_on=gap.held_on,
        made_up_on=gap.made_up_on,
        hours=gap.hours,
        revision=revision_of(meeting.confirmations, of_make_up=True),
    )
    await record_event(
        db,
        payload,
        subject=gap.participant_id,
        version=gap.version,
        root_id=gap.root_id,
        path=await organization_path(db, meeting.organization_id),
        actor=actor,
    )


def on(today: date, states: Collection[MakeUpState] = ()) -> Register[MakeUp, MakeUpRead]:
    """The register as it stands on a day: what is due, and since when it is overdue, follows the calendar."""
    state = queries.state_on(today)
    return Register(
        "应补课和已补课",
        MakeUp,
        MakeUpRead,
        NothingToMakeUp,
        queries.is_seen_by,
        derived={
            "organization_id": queries.of_member(PartyOrganization.id),
            "organization_name": queries.of_member(PartyOrganization.name),
            "member_name": member_name_of(MakeUp.member_id),
            "meeting_name": queries.of_meeting(Meeting.title),
            "kind": queries.of_meeting(Meeting.kind),
            "is_late": queries.IS_LATE,
            "state": state,
        },
        only=state.in_(states) if states else true(),
    )
