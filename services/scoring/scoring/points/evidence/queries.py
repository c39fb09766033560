from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from roster.models import PartyOrganization
from scoring.points.evidence.models import EvidenceFile
from scoring.reference.projections.queries import organizations_visible_to


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """One's own files, and those of the people inside the actor's organisations."""
    seen = select(PartyOrganization.id).where(organizations_visible_to(actor))
    return or_(EvidenceFile.uploaded_by == actor.subject, EvidenceFile.organization_id.in_(seen))


def name_of(file_id: Any) -> Any:
    """The name beside a file's id, as a column of the row that has the id."""
    return select(EvidenceFile.name).where(EvidenceFile.id == file_id).scalar_subquery()


async def are_seen(db: AsyncSession, actor: Actor, file_ids: Collection[UUID]) -> bool:
    query = select(func.count()).where(EvidenceFile.id.in_(file_ids), visible_to(actor))
    return await db.scalar(query) == len(set(file_ids))
