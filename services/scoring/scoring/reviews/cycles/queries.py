from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.actors import Reach
from scoring.points.indicators.models import Catalogue, CatalogueState
from scoring.reference.projections.models import PartyOrganization
from scoring.reviews.cycles.models import Cycle
from scoring.subjects import SubjectKind


def visible_cycles(reach: Reach) -> Select[Cycle, str]:
    """Cycles of organisations below the actor's own, and those of superiors that reach down to it."""
    query = select(Cycle, PartyOrganization.path).join(PartyOrganization, PartyOrganization.id == Cycle.organization_id)
    return query.where(reach.covers(PartyOrganization.path))


async def is_usable(db: AsyncSession, catalogue_id: UUID, root_id: UUID, kind: SubjectKind) -> bool:
    query = select(Catalogue.id).where(
        and_(Catalogue.id == catalogue_id, Catalogue.state == CatalogueState.PUBLISHED),
        Catalogue.subject_kind == kind,
        or_(Catalogue.root_id == root_id, Catalogue.root_id.is_(None)),
    )
    return await db.scalar(query) is not None
