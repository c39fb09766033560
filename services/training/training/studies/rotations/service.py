from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor, within
from kit.ids import uuid7
from records.events import Payload, record_event
from training.kinds import SUPERIOR_KINDS, Audience, MeetingKind, MeetingState
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.models import Meeting, Participant
from training.reference.projections.models import PartyOrganization
from training.reference.projections.queries import organization_within
from training.studies.rotations import rules
from training.studies.rotations.events import BatchAssigned, RotationPlanned
from training.studies.rotations.models import Rotation, RotationBatch
from training.studies.rotations.schemas import BatchAssign, RotationPlan


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


def visible_to(actor: Actor) -> Select[Rotation]:
    below = select(PartyOrganization.id).where(within(PartyOrganization.path, actor.paths))
    return select(Rotation).where(Rotation.organization_id.in_(below))


async def plan_rotation(db: AsyncSession, plan: RotationPlan, *, actor: Actor) -> Rotation:
    organization = await organization_within(db, actor.paths, plan.organization_id)
    if organization is None:
        raise problems.NotFound
    if organization.kind not in SUPERIOR_KINDS or plan.audience not in AUDIENCES:
        raise RotationNeedsSuperior
    rotation = Rotation(**plan.model_dump(), id=uuid7(), root_id=organization.root_id, planned_by=actor.subject)
    db.add(rotation)
    planned = RotationPlanned(rotation_id=rotation.id, organization_id=rotation.organization_id)
    await _record(db, rotation, planned, actor)
    return rotation


async def assign_batch(db: AsyncSession, rotation_id: UUID, wanted: BatchAssign, *, actor: Actor) -> Rotation:
    """Give a planned class its place in the round; whoever is in another batch must not be called again."""
    rotation = await db.scalar(visible_to(actor).where(Rotation.id == rotation_id).with_for_update())
    if rotation is None:
        raise problems.NotFound
    meeting = await db.scalar(meetings.visible_to(actor).where(Meeting.id == wanted.meeting_id).with_for_update())
    if meeting is None:
        raise problems.NotFound
    fits = meeting.kind is MeetingKind.CLASS and meeting.held_on.year == rotation.year
    if not fits or meeting.state is MeetingState.CANCELLED or wanted.number > rotation.planned_batches:
        raise BatchOutOfPlan
    doubled = await _doubled(db, rotation_id, meeting.id)
    if doubled:
        raise BatchOverlaps(count=doubled)
    db.add(RotationBatch(rotation_id=rotation_id, root_id=rotation.root_id, **wanted.model_dump()))
    assigned = BatchAssigned(
        rotation_id=rotation.id,
        organization_id=rotation.organization_id,
        number=wanted.number,
        meeting_id=meeting.id,
    )
    await _record(db, rotation, assigned, actor)
    return rotation


async def see_rotation(db: AsyncSession, rotation_id: UUID, *, actor: Actor) -> Rotation:
    rotation = await db.scalar(visible_to(actor).where(Rotation.id == rotation_id))
    if rotation is None:
        raise problems.NotFound
    return rotation


async def measure(db: AsyncSession, rotation: Rotation, *, today: date) -> dict[str, Any]:
    """Coverage of everybody who belongs to the audience today (after the year: at its end)."""
    organization = await db.get_one(PartyOrganization, rotation.organization_id)
    day = min(today, date(rotation.year, 12, 31))
    people = await meetings.expected_people(db, organization, rotation.audience, day, [])
    batches = (await db.scalars(_batches(rotation.id).order_by(RotationBatch.number))).all()
    called: dict[UUID, dict[UUID, bool]] = {batch.meeting_id: {} for batch in batches}
    for meeting_id, member_id, attended in await db.execute(_called(rotation.id)):
        called[meeting_id][member_id] = attended
    found = rules.coverage({member_id for member_id, _ in people}, called.values())
    return {"batches": list(batches), "expected": len(people), "is_complete": found.is_complete, **found._asdict()}


def _batches(rotation_id: UUID) -> Select[RotationBatch]:
    return select(RotationBatch).where(RotationBatch.rotation_id == rotation_id)


def _called(rotation_id: UUID) -> Select[UUID, UUID, bool]:
    was_there = or_(Participant.attended, MakeUp.made_up_on.is_not(None))
    return (
        select(Participant.meeting_id, Participant.member_id, was_there)
        .join(RotationBatch, RotationBatch.meeting_id == Participant.meeting_id)
        .outerjoin(MakeUp, MakeUp.participant_id == Participant.id)
        .where(RotationBatch.rotation_id == rotation_id)
    )


async def _doubled(db: AsyncSession, rotation_id: UUID, meeting_id: UUID) -> int:
    elsewhere = {member_id for _, member_id, _ in await db.execute(_called(rotation_id))}
    here = select(Participant.member_id).where(Participant.meeting_id == meeting_id)
    return len(elsewhere.intersection(await db.scalars(here)))


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
