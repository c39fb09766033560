from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.actors import Reach
from scoring.cycles.models import Cycle
from scoring.indicators.models import Catalogue, CatalogueState
from scoring.projections.models import PartyOrganization
from scoring.subjects import SubjectKind


def visible_cycles(reach: Reach) -> Select[tuple[Cycle, str]]:
    """Cycles of organisations below the actor's own, and those of superiors that reach down to it."""
    query = select(Cycle, PartyOrganization.path).join(PartyOrganization, PartyOrganization.id == Cycle.organization_id)
    return query.where(reach.covers(PartyOrganization.path))


async def catalogue_for(db: AsyncSession, root_id: UUID, kind: SubjectKind, day: date) -> UUID | None:
    """The district's own published version of that day, else the default one."""
    query = select(Catalogue.id).where(
        Catalogue.state == CatalogueState.PUBLISHED,
        Catalogue.subject_kind == kind,
        Catalogue.effective_from <= day,
        or_(Catalogue.root_id == root_id, Catalogue.root_id.is_(None)),
    )
    newest = query.order_by(Catalogue.root_id.is_(None), Catalogue.effective_from.desc()).limit(1)
    return await db.scalar(newest)


async def is_usable(db: AsyncSession, catalogue_id: UUID, root_id: UUID, kind: SubjectKind) -> bool:
    query = select(Catalogue.id).where(
        and_(Catalogue.id == catalogue_id, Catalogue.state == CatalogueState.PUBLISHED),
        Catalogue.subject_kind == kind,
        or_(Catalogue.root_id == root_id, Catalogue.root_id.is_(None)),
    )
    return await db.scalar(query) is not None
