from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from roster.models import Member, PartyOrganization
from roster.rules import GROUP_KINDS, PARTY_MEMBER_STAGES
from scoring.honours.stars.rules import LEAST_STARS_FOR_PLAQUE
from scoring.reviews.access.models import Review
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.ratings.models import Rating
from scoring.subjects import SubjectKind

TOWN_LEVEL = 3


async def sums(db: AsyncSession, actor: Actor, cycle: Cycle) -> Sequence[Row[*tuple[Any, ...]]]:
    """Of the rated subjects the caller's offices reach, by town, peer kind and members of the organisation.

    The organisation is the subject itself, or the one that reviews the member.
    """
    home, town = aliased(PartyOrganization), aliased(PartyOrganization)
    place = Rating.subject_id if cycle.subject_kind is SubjectKind.ORGANIZATION else Review.organization_id
    size = _sizes()
    groups = (town.name, Rating.peer_kind, func.coalesce(size.c.members, 0))
    query = (
        select(
            *groups,
            func.count(Rating.composite),
            func.sum(Rating.composite),
            func.count().filter(Rating.proposed_stars >= LEAST_STARS_FOR_PLAQUE),
        )
        .join(Review, Review.id == Rating.review_id)
        .join(home, home.id == place)
        .outerjoin(town, and_(town.level == TOWN_LEVEL, func.starts_with(home.path, town.path)))
        .outerjoin(size, size.c.organization_id == home.id)
        .where(Rating.cycle_id == cycle.id, Rating.is_current, Rating.composite.is_not(None), actor.reaches(home.path))
        .group_by(*groups)
    )
    return (await db.execute(query)).all()


def _sizes() -> Any:
    """Party members of each organisation and of the Party groups inside it."""
    own = aliased(PartyOrganization)
    belongs = case((own.kind.in_(GROUP_KINDS), own.parent_id), else_=own.id)
    query = select(belongs.label("organization_id"), func.count().label("members"))
    query = query.select_from(Member).join(own, own.id == Member.organization_id)
    return query.where(Member.is_active, Member.stage.in_(PARTY_MEMBER_STAGES)).group_by(belongs).subquery("sizes")
