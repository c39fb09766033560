from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from roster.models import Affiliation, Post
from roster.queries import in_office as officiating
from roster.queries import member_ids, members_of
from roster.rules import FORMAL
from scoring.points.evidence.queries import name_of
from scoring.reviews.access.registers import review_name, reviewed_name
from scoring.reviews.resolutions.models import Resolution, ResolutionDecision


async def in_office(db: AsyncSession, organization_ids: Sequence[UUID], day: date) -> dict[UUID, set[UUID]]:
    """Members in office that day, with the organisations they serve."""
    query = select(Post.member_id, Post.organization_id).where(
        Post.organization_id.in_(organization_ids),
        Post.member_id.in_(member_ids(day)),
        officiating(day),
    )
    served: dict[UUID, set[UUID]] = {}
    for member_id, organization_id in await db.execute(query):
        if member_id is not None and organization_id is not None:
            served.setdefault(member_id, set()).add(organization_id)
    return served


async def formal_members(db: AsyncSession, organization_id: UUID, day: date) -> set[UUID]:
    query = members_of(organization_id, day).where(Affiliation.stage == FORMAL)
    return set(await db.scalars(query))


async def standing_subjects(db: AsyncSession, review_id: UUID) -> set[UUID]:
    query = select(ResolutionDecision.subject_id).where(
        ResolutionDecision.review_id == review_id, ResolutionDecision.is_standing
    )
    return set(await db.scalars(query))


async def standing_decisions(db: AsyncSession, review_id: UUID) -> Sequence[ResolutionDecision]:
    query = select(ResolutionDecision).where(ResolutionDecision.review_id == review_id, ResolutionDecision.is_standing)
    return (await db.scalars(query.order_by(ResolutionDecision.subject_id))).all()


async def awaiting(db: AsyncSession, resolution_id: UUID) -> Sequence[ResolutionDecision]:
    query = select(ResolutionDecision).where(
        ResolutionDecision.resolution_id == resolution_id, ResolutionDecision.awaits_superior
    )
    return (await db.scalars(query.order_by(ResolutionDecision.subject_id))).all()


async def set_aside(db: AsyncSession, review_id: UUID) -> None:
    """A reopened review has to be deliberated anew, and what waited for the superior waits no longer."""
    undone = update(ResolutionDecision).where(
        ResolutionDecision.review_id == review_id, ResolutionDecision.is_standing | ResolutionDecision.awaits_superior
    )
    undone = undone.values(is_standing=False, awaits_superior=False)
    await db.execute(undone.execution_options(synchronize_session=False))


def shown_resolutions() -> Select[*tuple[Any, ...]]:
    return select(
        Resolution.id,
        Resolution.review_id,
        review_name(Resolution.review_id).label("review_name"),
        Resolution.held_on,
        Resolution.body_size,
        Resolution.present_count,
        Resolution.sheet_file_id,
        name_of(Resolution.sheet_file_id).label("sheet_file_name"),
        Resolution.confirmed_on,
        Resolution.version,
    )


async def decisions_of(db: AsyncSession, resolution_ids: Sequence[UUID]) -> Sequence[Row[*tuple[Any, ...]]]:
    decided = ResolutionDecision
    query = select(
        decided.resolution_id,
        decided.subject_id,
        reviewed_name(decided).label("subject_name"),
        decided.proposed_stars,
        decided.stars,
        decided.votes_for,
        decided.votes_against,
        decided.abstentions,
        decided.is_passed,
        decided.is_standing,
        decided.awaits_superior,
        decided.reason,
    )
    query = query.where(decided.resolution_id.in_(resolution_ids)).order_by(decided.subject_id)
    return (await db.execute(query)).all()
