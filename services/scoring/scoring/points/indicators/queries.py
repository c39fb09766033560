from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from scoring.points.indicators import rules
from scoring.points.indicators.models import Catalogue, CatalogueState, Earning, Indicator
from scoring.subjects import SubjectKind

PUBLISHED = Catalogue.state == CatalogueState.PUBLISHED


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Published defaults for everybody who may ask, a district's own versions inside it."""
    return or_(Catalogue.root_id.is_(None), Catalogue.root_id.in_(actor.root_ids))


def visible_to(actor: Actor) -> Select[Catalogue]:
    return select(Catalogue).where(seen_by(actor))


def indicators_count(catalogue_id: Any) -> Any:
    return select(func.count()).where(Indicator.catalogue_id == catalogue_id).scalar_subquery()


async def indicators_of(db: AsyncSession, catalogue_id: UUID) -> Sequence[Indicator]:
    query = select(Indicator).where(Indicator.catalogue_id == catalogue_id).order_by(Indicator.position)
    return (await db.scalars(query)).all()


async def published_versions(db: AsyncSession) -> list[rules.Version]:
    query = select(Catalogue.id, Catalogue.subject_kind, Catalogue.root_id, Catalogue.from_year).where(PUBLISHED)
    return [rules.Version(*row) for row in (await db.execute(query))]


async def catalogue_in_force(
    db: AsyncSession, subject_kind: SubjectKind, root_id: UUID, year: int
) -> rules.Version | None:
    return rules.in_force(await published_versions(db), subject_kind, root_id, year)


async def earned_by(
    db: AsyncSession, event_type: str, root_id: UUID | None
) -> list[tuple[Indicator, SubjectKind, rules.Version]]:
    """Indicators that an event of this type may earn in that district, by its own published catalogues or defaults."""
    here = [] if root_id is None else [or_(Catalogue.root_id.is_(None), Catalogue.root_id == root_id)]
    query = (
        select(Indicator, Catalogue.subject_kind, Catalogue.root_id, Catalogue.from_year)
        .join(Catalogue, Catalogue.id == Indicator.catalogue_id)
        .where(PUBLISHED, Indicator.triggers.contains([{"event": event_type}]), *here)
        .order_by(Indicator.catalogue_id, Indicator.position)
    )
    return [
        (indicator, kind, rules.Version(indicator.catalogue_id, kind, root, from_year))
        for indicator, kind, root, from_year in await db.execute(query)
    ]


def indicator_name(catalogue_id: Any, code: Any) -> Any:
    """The name beside an indicator's code, as a column of the row that has the code and its catalogue."""
    named = aliased(Indicator)
    return select(named.name).where(named.catalogue_id == catalogue_id, named.code == code).scalar_subquery()


def indicator_points(catalogue_id: Any, code: Any) -> Any:
    """What the indicator is worth each time."""
    worth = aliased(Indicator)
    return select(worth.points).where(worth.catalogue_id == catalogue_id, worth.code == code).scalar_subquery()


def catalogue_name(catalogue_id: Any) -> Any:
    named = aliased(Catalogue)
    return select(named.name).where(named.id == catalogue_id).scalar_subquery()


async def claimable(db: AsyncSession, catalogue_id: UUID, code: str) -> Indicator | None:
    query = select(Indicator).where(Indicator.catalogue_id == catalogue_id, Indicator.code == code)
    return await db.scalar(query.where(Indicator.earning == Earning.CLAIM))


async def indicators_by_code(db: AsyncSession, catalogue_ids: set[UUID]) -> dict[tuple[UUID, str], Indicator]:
    found = await db.scalars(select(Indicator).where(Indicator.catalogue_id.in_(catalogue_ids)))
    return {(one.catalogue_id, one.code): one for one in found}
