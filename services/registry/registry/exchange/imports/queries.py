from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.exchange.imports.models import Import, ImportProblem


def visible_to(actor: Actor) -> Select[Import]:
    """One's own; the system administrator sees everybody's. A report holds no values, only places and reasons."""
    query = select(Import)
    return query if actor.reaches_all else query.where(Import.created_by == actor.subject)


def listed_for(actor: Actor) -> Select[Import]:
    return visible_to(actor).order_by(Import.created_at.desc(), Import.id.desc())


async def find(db: AsyncSession, actor: Actor, import_id: UUID) -> Import | None:
    found: Import | None = await db.scalar(visible_to(actor).where(Import.id == import_id))
    return found


def problems_of(found: Import) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ImportProblem.row_no,
            ImportProblem.problem_no,
            ImportProblem.sheet,
            ImportProblem.column_heading,
            ImportProblem.reason,
        )
        .where(ImportProblem.import_id == found.id)
        .order_by(ImportProblem.row_no, ImportProblem.problem_no)
    )
