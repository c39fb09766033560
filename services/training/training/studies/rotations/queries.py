from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from roster.models import Member, PartyOrganization
from roster.queries import name_of
from training.kinds import Audience
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.queries import expected_people
from training.studies.rotations.models import RotationBatch

Rows = Sequence[Row[*tuple[Any, ...]]]


async def audience_of(db: AsyncSession, organization_id: UUID, audience: Audience, day: date) -> set[UUID]:
    organization = await db.get_one(PartyOrganization, organization_id)
    return {member_id for member_id, _ in await expected_people(db, organization, audience, day, [])}


async def batches_of(db: AsyncSession, rotation_id: UUID) -> Rows:
    query = (
        select(RotationBatch.number, RotationBatch.meeting_id, Meeting.title.label("meeting_name"), Meeting.held_on)
        .join(Meeting, Meeting.id == RotationBatch.meeting_id)
        .where(RotationBatch.rotation_id == rotation_id)
    )
    return (await db.execute(query.order_by(RotationBatch.number))).all()


def called_to(rotation_id: UUID) -> Select[UUID, UUID, bool]:
    """Class, member, and whether they were there or made it up."""
    was_there = or_(Participant.attended, MakeUp.made_up_on.is_not(None))
    return (
        select(Participant.meeting_id, Participant.member_id, was_there)
        .join(RotationBatch, RotationBatch.meeting_id == Participant.meeting_id)
        .outerjoin(MakeUp, MakeUp.participant_id == Participant.id)
        .where(RotationBatch.rotation_id == rotation_id)
    )


async def count_doubled(db: AsyncSession, rotation_id: UUID, meeting_id: UUID) -> int:
    elsewhere = {member_id for _, member_id, _ in await db.execute(called_to(rotation_id))}
    here = select(Participant.member_id).where(Participant.meeting_id == meeting_id)
    return len(elsewhere.intersection(await db.scalars(here)))


async def people(db: AsyncSession, member_ids: Collection[UUID]) -> Rows:
    columns = (
        Member.id.label("member_id"),
        Member.name.label("member_name"),
        name_of(Member.organization_id).label("organization_name"),
    )
    return (await db.execute(select(*columns).where(Member.id.in_(member_ids)).order_by(Member.name, Member.id))).all()
