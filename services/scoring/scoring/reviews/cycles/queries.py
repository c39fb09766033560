from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from roster.models import PartyOrganization
from roster.queries import name_of
from scoring.points.indicators.models import Catalogue, CatalogueState
from scoring.points.indicators.queries import catalogue_name
from scoring.reference.projections.queries import covered_by
from scoring.reviews.cycles.models import Cycle
from scoring.subjects import SubjectKind


def visible_cycles(actor: Actor) -> Select[Cycle, str]:
    """Cycles of organisations below the actor's own, and those of superiors that reach down to it."""
    query = select(Cycle, PartyOrganization.path).join(PartyOrganization, PartyOrganization.id == Cycle.organization_id)
    return query.where(covered_by(actor, PartyOrganization.path))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Cycles of organisations below the actor's own, and those of superiors that reach down to it."""
    return Cycle.organization_id.in_(select(PartyOrganization.id).where(covered_by(actor, PartyOrganization.path)))


def shown_cycles() -> Select[*tuple[Any, ...]]:
    return select(
        *Cycle.__table__.columns,
        name_of(Cycle.organization_id).label("organization_name"),
        catalogue_name(Cycle.catalogue_id).label("catalogue_name"),
    )


async def is_usable(db: AsyncSession, catalogue_id: UUID, root_id: UUID, kind: SubjectKind) -> bool:
    query = select(Catalogue.id).where(
        and_(Catalogue.id == catalogue_id, Catalogue.state == CatalogueState.PUBLISHED),
        Catalogue.subject_kind == kind,
        or_(Catalogue.root_id == root_id, Catalogue.root_id.is_(None)),
    )
    return await db.scalar(query) is not None
