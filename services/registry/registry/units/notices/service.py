"""三同步: an authority tells that a unit was registered, inspected or evaluated; what is told twice changes nothing."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.units.notices import queries
from registry.units.notices.events import UnitNoticeReceived
from registry.units.notices.models import UnitNotice
from registry.units.notices.rules import NOTICE_DATES
from registry.units.notices.schemas import UnitNoticeCreate, UnitNoticeRead
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit
from registry.units.units.schemas import UnitCreate
from registry.units.units.service import UnitCodeTaken, create_unit, governed_unit


class UnitNoticeNotFound(problems.NotFound):
    code = "unit-notice-not-found"
    detail = "没有这条外部信息,或不在您的管理范围内"


class EventIdTaken(problems.Conflict):
    code = "event-id-taken"
    detail = "这个事件编号已用于另一条信息"


NOTICES = Register(
    "外部信息",
    UnitNotice,
    UnitNoticeRead,
    UnitNoticeNotFound,
    queries.seen,
    derived={
        "unit_name": unit_queries.name_of(UnitNotice.unit_id),
        "unit_code": queries.code_of(UnitNotice.unit_id),
        "organization_name": organization_queries.name_of(UnitNotice.organization_id),
    },
)


async def record_unit_notice(db: AsyncSession, entry: UnitNoticeCreate, *, actor: Actor, today: date) -> UnitNotice:
    """Two who tell the same wait for each other."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"notice:{entry.event_number}", 0))))
    if (known := await queries.notice_of(db, entry.event_number)) is not None:
        return await _told_before(db, known, entry, actor=actor)
    refuse_wrong_dates(NOTICE_DATES, {"occurred_on": entry.occurred_on}, today)
    unit, is_new = await _unit_of(db, entry, actor=actor, today=today)
    notice = UnitNotice(
        **entry.model_dump(include={"event_number", "kind", "occurred_on", "formal_members"}),
        unit_id=unit.id,
        is_new_unit=is_new,
        organization_id=unit.jurisdiction_id,
        root_id=unit.root_id,
        recorded_by=actor.subject,
    )
    db.add(notice)
    await db.flush()
    told = UnitNoticeReceived.model_validate(notice)
    path = await unit_queries.path_of(db, unit)
    await record_event(
        db, told, subject=notice.id, version=notice.version, root_id=notice.root_id, path=path, actor=actor
    )
    return notice


async def _told_before(db: AsyncSession, known: UnitNotice, entry: UnitNoticeCreate, *, actor: Actor) -> UnitNotice:
    unit = await db.get_one(Unit, known.unit_id)
    is_same = (known.kind, unit.code, known.occurred_on) == (entry.kind, entry.code, entry.occurred_on)
    if not is_same or not await unit_queries.is_governed(db, actor, unit):
        raise EventIdTaken
    return known


async def _unit_of(db: AsyncSession, entry: UnitNoticeCreate, *, actor: Actor, today: date) -> tuple[Unit, bool]:
    """A unit stands once, whoever tells of it first."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"unit:{entry.code}", 0))))
    known = await queries.unit_of(db, entry.code)
    if known is None:
        founded = UnitCreate(
            code=entry.code,
            name=entry.name,
            kind=entry.unit_kind,
            jurisdiction_id=entry.jurisdiction_id,
            staff_count=entry.staff_count,
            counted_from=entry.occurred_on,
        )
        return await create_unit(db, founded, actor=actor, today=today), True
    if not await unit_queries.is_governed(db, actor, known):
        raise UnitCodeTaken
    return await governed_unit(db, actor, known.id), False


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_unit_notices_event_number": EventIdTaken}
