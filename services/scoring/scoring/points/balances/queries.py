from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from scoring.points.ledger.models import PointTotal
from scoring.reference.projections.models import Member, PartyOrganization
from scoring.reference.projections.queries import members_visible_to, organizations_visible_to
from scoring.subjects import SubjectKind


async def visible_subject(db: AsyncSession, actor: Actor, subject_id: UUID) -> tuple[SubjectKind, UUID] | None:
    """Kind and district of a subject the actor may see."""
    member = select(Member.root_id).where(Member.id == subject_id, members_visible_to(actor))
    if (root_id := await db.scalar(member)) is not None:
        return SubjectKind.MEMBER, root_id
    organization = select(PartyOrganization.root_id).where(PartyOrganization.id == subject_id)
    root_id = await db.scalar(organization.where(organizations_visible_to(actor)))
    return (SubjectKind.ORGANIZATION, root_id) if root_id is not None else None


async def totals_of(db: AsyncSession, subject_id: UUID, year: int) -> Sequence[PointTotal]:
    query = select(PointTotal).where(PointTotal.subject_id == subject_id, PointTotal.points_year == year)
    return (await db.scalars(query.order_by(PointTotal.indicator_code))).all()
