"""Writing the diary, and closing a month of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from records.events import record_event
from records.registers import Register
from roster.models import Member, PartyOrganization
from roster.queries import member_name_of, name_of
from roster.rules import PARTY_MEMBER_STAGES
from scoring.points.diary import queries, rules
from scoring.points.diary.events import DiaryEntryWritten, DiaryMonthClosed, Practised
from scoring.points.diary.models import DiaryEntry, DiaryMonth
from scoring.points.diary.schemas import DiaryCorrection, DiaryRead, DiaryWrite
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import whole_number
from scoring.reference.projections.queries import judging_organization


class DiaryDayOutOfRange(problems.Unprocessable):
    code = "diary-day-out-of-range"
    detail = "记实只能记今日或补记 {days} 日以内的"


class DiaryMonthEvaluated(problems.Conflict):
    code = "diary-month-evaluated"
    detail = "该月评价已经确认,记实不能再增改"


class NotPartyMember(problems.Forbidden):
    code = "not-a-party-member"
    detail = "只有在册党员可以记实"


DIARY = Register(
    "一日一记实",
    DiaryEntry,
    DiaryRead,
    problems.NotFound,
    queries.seen_by,
    derived={
        "member_name": member_name_of(DiaryEntry.member_id),
        "organization_name": name_of(DiaryEntry.organization_id),
    },
)


async def write(db: AsyncSession, actor: Actor, new: DiaryWrite, *, today: date) -> DiaryEntry:
    member = await db.get(Member, actor.person) if actor.person else None
    if member is None or not member.is_active or member.stage not in PARTY_MEMBER_STAGES:
        raise NotPartyMember
    back_days = await whole_number(db, PolicyName.DIARY_BACK_DAYS, today, root_id=member.root_id)
    if not rules.may_be_written(new.practised_on, today, back_days):
        raise DiaryDayOutOfRange(days=back_days)
    branch = await judging_organization(db, member.organization_id)
    entry = DiaryEntry(
        root_id=member.root_id,
        organization_id=branch.id if branch else member.organization_id,
        member_id=member.id,
        practised_on=new.practised_on,
        kind=new.kind,
        content=new.content,
    )
    await _refuse_evaluated(db, entry)
    db.add(entry)
    await _record_written(db, entry, actor)
    return entry


async def correct(
    db: AsyncSession, actor: Actor, entry_id: UUID, *, change: DiaryCorrection, expected: int
) -> DiaryEntry:
    entry = await DIARY.require(db, actor, entry_id, lock=True)
    if entry.member_id != actor.person:
        raise problems.NotFound
    check_version(entry, expected)
    await _refuse_evaluated(db, entry)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(entry, name, value)
    await _record_written(db, entry, actor)
    return entry


async def close_month(
    db: AsyncSession,
    actor: Actor,
    branch: PartyOrganization,
    *,
    members: Sequence[Member],
    month: str,
    subject: UUID,
    revision: int | None,
) -> None:
    """Tell what the month of every judged member comes to; `subject` is the evaluation that closes it."""
    if await queries.lock_month(db, branch.id, month, alone=True):
        raise DiaryMonthEvaluated
    db.add(DiaryMonth(organization_id=branch.id, month=month))
    first, last = rules.month_bounds(month)
    practised = await queries.practised(db, [member.id for member in members], first, last)
    sums = {member.id: rules.summed(month, practised.get(member.id, [])) for member in members}
    payload = DiaryMonthClosed(
        organization_id=branch.id,
        month=month,
        expected_days=last.day,
        members=[
            Practised(member_id=member_id, days=one.days, visits=one.visits, rate=one.rate)
            for member_id, one in sums.items()
        ],
        revision=revision,
    )
    await record_event(db, payload, subject=subject, root_id=branch.root_id, path=branch.path, actor=actor)


async def open_month(db: AsyncSession, organization_id: UUID, month: str) -> None:
    """Its evaluation was opened again: the entries may be written until it is closed anew."""
    await queries.lock_month(db, organization_id, month, alone=True)
    await db.execute(delete(DiaryMonth).where(DiaryMonth.organization_id == organization_id, DiaryMonth.month == month))


async def _refuse_evaluated(db: AsyncSession, entry: DiaryEntry) -> None:
    if await queries.lock_month(db, entry.organization_id, rules.month_of(entry.practised_on), alone=False):
        raise DiaryMonthEvaluated


async def _record_written(db: AsyncSession, entry: DiaryEntry, actor: Actor) -> None:
    await db.flush()
    payload = DiaryEntryWritten.model_validate(entry)
    await record_event(db, payload, subject=entry.id, version=entry.version, root_id=entry.root_id, actor=actor)
