from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.ids import uuid7
from records.columns import touch
from records.events import Payload, record_event
from records.registers import Register
from roster.queries import belonging, name_of, organization_within
from training.kinds import SUPERIOR_KINDS, Audience, MeetingKind, MeetingState
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.models import Meeting
from training.studies.rotations import queries, rules
from training.studies.rotations.events import BatchAssigned, RotationPlanned
from training.studies.rotations.models import Rotation, RotationBatch
from training.studies.rotations.schemas import (
    BatchAssign,
    BatchRead,
    PersonRead,
    RotationCoverage,
    RotationPlan,
    RotationRead,
)


class RotationNotFound(problems.NotFound):
    code = "rotation-not-found"
    detail = "没有这个轮训计划,或不在您的管理范围内"


class RotationNeedsSuperior(problems.Unprocessable):
    code = "rotation-needs-superior"
    detail = "轮训须由上级党组织举办,对象为书记、班子成员或全体党员"


class BatchOverlaps(problems.Conflict):
    code = "rotation-batch-overlaps"
    detail = "有 {count} 人已安排在其他期,各期不能重复"


class BatchTaken(problems.Conflict):
    code = "rotation-batch-taken"
    detail = "这一期已有培训班,或该培训班已编入其他期"


class BatchOutOfPlan(problems.Unprocessable):
    code = "rotation-batch-out-of-plan"
    detail = "期数超过计划,或培训班不属于该年度、已取消"


AUDIENCES = (Audience.SECRETARIES, Audience.LEADERS, Audience.SUBTREE_MEMBERS)
ROTATIONS = Register(
    "轮训计划",
    Rotation,
    RotationRead,
    RotationNotFound,
    belonging(Rotation.organization_id),
    derived={"organization_name": name_of(Rotation.organization_id)},
)


async def plan_rotation(db: AsyncSession, plan: RotationPlan, *, actor: Actor, now: datetime) -> Rotation:
    organization = await organization_within(db, actor.paths, plan.organization_id)
    if organization is None:
        raise problems.NotFound
    if organization.kind not in SUPERIOR_KINDS or plan.audience not in AUDIENCES:
        raise RotationNeedsSuperior
    rotation = Rotation(
        **plan.model_dump(), id=uuid7(), root_id=organization.root_id, planned_by=actor.subject, recorded_at=now
    )
    db.add(rotation)
    planned = RotationPlanned(rotation_id=rotation.id, organization_id=rotation.organization_id)
    await _record(db, rotation, planned, actor)
    return rotation


async def assign_batch(
    db: AsyncSession, rotation: Rotation, wanted: BatchAssign, *, actor: Actor, now: datetime
) -> Rotation:
    """Give a planned class its place in the round; whoever is in another batch must not be called again."""
    meeting = await db.scalar(meetings.visible_to(actor).where(Meeting.id == wanted.meeting_id).with_for_update())
    if meeting is None:
        raise problems.NotFound
    fits = meeting.kind is MeetingKind.CLASS and meeting.held_on.year == rotation.year
    if not fits or meeting.state is MeetingState.CANCELLED or wanted.number > rotation.planned_batches:
        raise BatchOutOfPlan
    doubled = await queries.count_doubled(db, rotation.id, meeting.id)
    if doubled:
        raise BatchOverlaps(count=doubled)
    db.add(RotationBatch(rotation_id=rotation.id, root_id=rotation.root_id, recorded_at=now, **wanted.model_dump()))
    touch(rotation)
    assigned = BatchAssigned(
        rotation_id=rotation.id,
        organization_id=rotation.organization_id,
        number=wanted.number,
        meeting_id=meeting.id,
    )
    await _record(db, rotation, assigned, actor)
    return rotation


async def measure(db: AsyncSession, rotation: RotationRead, *, today: date) -> RotationCoverage:
    """Coverage of everybody who belongs to the audience today (after the year: at its end)."""
    day = min(today, date(rotation.year, 12, 31))
    expected = await queries.audience_of(db, rotation.organization_id, rotation.audience, day)
    batches = [BatchRead.model_validate(batch) for batch in await queries.batches_of(db, rotation.id)]
    called: dict[UUID, dict[UUID, bool]] = {batch.meeting_id: {} for batch in batches}
    for meeting_id, member_id, attended in await db.execute(queries.called_to(rotation.id)):
        called[meeting_id][member_id] = attended
    found = rules.coverage(expected, called.values())
    return RotationCoverage(
        **rotation.model_dump(),
        batches=batches,
        expected=len(expected),
        called=found.called,
        attended=found.attended,
        missing=await _named(db, found.missing),
        called_twice=await _named(db, found.called_twice),
        is_complete=found.is_complete,
    )


async def _named(db: AsyncSession, member_ids: Collection[UUID]) -> list[PersonRead]:
    return [PersonRead.model_validate(row) for row in await queries.people(db, member_ids)] if member_ids else []


async def _record(db: AsyncSession, rotation: Rotation, payload: Payload, actor: Actor) -> None:
    await db.flush()
    await record_event(
        db,
        payload,
        subject=rotation.id,
        version=rotation.version,
        root_id=rotation.root_id,
        path=await meetings.organization_path(db, rotation.organization_id),
        actor=actor,
    )
