"""电化教育、网上党校: a class is watched from afar, and its minutes become hours of the year (rules.md §4)."""

from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import member_name_of, name_of, open_below
from training.branch_sites.sites.service import tell
from training.mutual_aid.acting import acting_for, own_organization
from training.studies.remote_classes import queries, rules
from training.studies.remote_classes.models import ClassViewing, RemoteClass
from training.studies.remote_classes.schemas import (
    ClassViewingChanged,
    ClassViewingCreate,
    ClassViewingRead,
    RemoteClassChanged,
    RemoteClassCorrect,
    RemoteClassCreate,
    RemoteClassRead,
)

AN_INSTANT, MINUTE, A_DAY = timedelta(microseconds=1), timedelta(minutes=1), timedelta(days=1)


class RemoteClassNotFound(problems.NotFound):
    code = "remote-class-not-found"
    detail = "没有这门远程课程,或您看不到它"


class ClassViewingNotFound(problems.NotFound):
    code = "class-viewing-not-found"
    detail = "没有这条观看记录,或不在您的管理范围内"


class ClosesBeforeOpening(problems.Unprocessable):
    code = "closes-before-opening"
    detail = "开放日期止不能早于开放日期起"


class NotOpenThen(problems.Conflict):
    code = "remote-class-not-open"
    detail = "课程在 {opens_on} 至 {closes_on} 开放观看"


class BeyondTheClass(problems.Unprocessable):
    code = "beyond-the-class"
    detail = "课程只有 {minutes} 分钟"


class NotYetWatched(problems.Unprocessable):
    code = "not-yet-watched"
    detail = "从开始观看到现在,还不到所报的 {minutes} 分钟"


class ReportedTooLate(problems.Conflict):
    code = "viewing-too-late"
    detail = "观看记录须当天或次日上报"


class WatchedMeanwhile(problems.Conflict):
    code = "watched-meanwhile"
    detail = "同一时间已有观看记录,一人不能同时看两门课程"


class AcrossMidnight(problems.Unprocessable):
    code = "viewing-across-midnight"
    detail = "跨零点的观看请按日期分两次上报"


REMOTE_CLASSES = Register(
    "远程课程",
    RemoteClass,
    RemoteClassRead,
    RemoteClassNotFound,
    open_below(RemoteClass.organization_id),
    derived={
        "organization_name": name_of(RemoteClass.organization_id),
        "viewers": queries.of_viewings(func.count(ClassViewing.member_id.distinct())),
        "credited_minutes": queries.of_viewings(func.sum(ClassViewing.credited_minutes)),
    },
)
CLASS_VIEWINGS = Register(
    "远程课程观看记录",
    ClassViewing,
    ClassViewingRead,
    ClassViewingNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(ClassViewing.organization_id),
        "remote_class_name": queries.name_of_class(ClassViewing.remote_class_id),
        "member_name": member_name_of(ClassViewing.member_id),
    },
)


async def open_class(db: AsyncSession, entry: RemoteClassCreate, *, actor: Actor) -> RemoteClass:
    organization = await acting_for(db, actor, entry.organization_id)
    given = entry.model_dump()
    remote = RemoteClass(
        **{**given, "total_cap": entry.total_cap or entry.minutes},
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(remote)
    return await _tell_class(db, remote, actor)


async def correct_class(
    db: AsyncSession, remote: RemoteClass, change: RemoteClassCorrect, *, actor: Actor
) -> RemoteClass:
    """Length and caps stay as they were opened: what was watched is counted by them."""
    refuse_void(remote)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(remote, name, value)
    if remote.closes_on < remote.opens_on:
        raise ClosesBeforeOpening
    return await _tell_class(db, remote, actor)


async def void_class(db: AsyncSession, remote: RemoteClass, reason: str, *, actor: Actor) -> RemoteClass:
    """What was watched of it stays and counts no more."""
    void_row(db, remote, reason)
    for viewing in await db.scalars(queries.standing_of(remote.id)):
        viewing.credited_minutes = 0
        await db.flush()
        await _tell_viewing(db, viewing, actor)
    return await _tell_class(db, remote, actor)


async def watch(
    db: AsyncSession, remote: RemoteClass, entry: ClassViewingCreate, *, actor: Actor, now: datetime
) -> ClassViewing:
    """The member's own, told on the day or the next one, of a time that has passed."""
    refuse_void(remote)
    organization = await own_organization(db, actor, day_of(now))
    person = (await db.scalars(queries.lock_member(actor.person))).one()
    length = entry.to_minute - entry.from_minute
    ended_at, watched_on = entry.started_at + length * MINUTE, day_of(entry.started_at)
    _refuse_impossible(remote, entry, watched_on=watched_on, ended_at=ended_at, now=now)
    if await db.scalar(queries.watched_meanwhile(person, entry.started_at, ended_at)) is not None:
        raise WatchedMeanwhile
    viewing = ClassViewing(
        **entry.model_dump(),
        remote_class_id=remote.id,
        member_id=person,
        ended_at=ended_at,
        watched_on=watched_on,
        credited_minutes=0,
        organization_id=organization.id,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=now,
    )
    db.add(viewing)
    await db.flush()
    await _count(db, remote, viewing, actor)
    return viewing


def _refuse_impossible(
    remote: RemoteClass, entry: ClassViewingCreate, *, watched_on: date, ended_at: datetime, now: datetime
) -> None:
    if not remote.opens_on <= watched_on <= remote.closes_on:
        raise NotOpenThen(opens_on=remote.opens_on, closes_on=remote.closes_on)
    if entry.to_minute > remote.minutes:
        raise BeyondTheClass(minutes=remote.minutes)
    if day_of(ended_at - AN_INSTANT) != watched_on:
        raise AcrossMidnight
    if ended_at > now:
        raise NotYetWatched(minutes=entry.to_minute - entry.from_minute)
    if watched_on < day_of(now) - A_DAY:
        raise ReportedTooLate


async def void_viewing(db: AsyncSession, viewing: ClassViewing, reason: str, *, actor: Actor) -> ClassViewing:
    """The same minutes watched at another time count in its place."""
    await db.scalar(queries.lock_member(viewing.member_id))
    void_row(db, viewing, reason)
    viewing.credited_minutes = 0
    await db.flush()
    await _count(db, await db.get_one(RemoteClass, viewing.remote_class_id), viewing, actor)
    return viewing


async def _count(db: AsyncSession, remote: RemoteClass, cause: ClassViewing, actor: Actor) -> None:
    """All that the member watched of the class, anew; told of what caused it and of whatever changed by it."""
    standing = list(await db.scalars(queries.watched_of(remote.id, cause.member_id)))
    watched = [rules.Watched(one.watched_on, one.from_minute, one.to_minute) for one in standing]
    credited = rules.credited(watched, daily_cap=remote.daily_cap, total_cap=remote.total_cap)
    changed = {cause.id: cause}
    for one, minutes in zip(standing, credited, strict=True):
        if one.credited_minutes != minutes:
            one.credited_minutes = minutes
            changed[one.id] = one
    await db.flush()
    for one in changed.values():
        await _tell_viewing(db, one, actor)


async def _tell_class(db: AsyncSession, remote: RemoteClass, actor: Actor) -> RemoteClass:
    await db.flush()
    told = RemoteClassChanged(
        id=remote.id,
        organization_id=remote.organization_id,
        title=remote.title,
        minutes=remote.minutes,
        opens_on=remote.opens_on,
        closes_on=remote.closes_on,
        is_void=remote.void_reason is not None,
    )
    await tell(db, told, remote, actor=actor)
    return remote


async def _tell_viewing(db: AsyncSession, viewing: ClassViewing, actor: Actor) -> None:
    told = ClassViewingChanged(
        id=viewing.id,
        organization_id=viewing.organization_id,
        remote_class_id=viewing.remote_class_id,
        member_id=viewing.member_id,
        watched_on=viewing.watched_on,
        credited_minutes=viewing.credited_minutes,
        is_void=viewing.void_reason is not None,
    )
    await tell(db, told, viewing, actor=actor)
