from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from roster.models import Member, PartyOrganization
from roster.rules import PARTY_MEMBER_STAGES
from scoring.honours.stars.rules import LEAST_STARS_FOR_PLAQUE
from scoring.reviews.access.models import Review, ReviewSubject
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.rules import State
from scoring.reviews.ratings.models import Rating
from scoring.subjects import SubjectKind

TOWN_LEVEL = 3
PUBLIC = (State.PUBLICISE, State.DELIBERATE, State.FINAL)


async def sums(db: AsyncSession, actor: Actor, cycle: Cycle) -> Sequence[Row[*tuple[Any, ...]]]:
    """Of the subjects the caller's offices reach whose rating is made public, by town, peer kind and members of the
    organisation.

    The organisation is the subject itself, or the one that reviews the member.
    """
    home, town = aliased(PartyOrganization), aliased(PartyOrganization)
    place = Rating.subject_id if cycle.subject_kind is SubjectKind.ORGANIZATION else Review.organization_id
    size = _sizes(cycle, place)
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
        .where(*_compared(cycle), actor.reaches(home.path))
        .group_by(*groups)
    )
    return (await db.execute(query)).all()


def _compared(cycle: Cycle) -> tuple[Any, ...]:
    """Ratings that the review has shown to everybody: before, they may still change one by one."""
    rated = (Rating.cycle_id == cycle.id, Rating.is_current, Rating.composite.is_not(None))
    return (*rated, Review.state.in_(PUBLIC))


async def subjects(db: AsyncSession, actor: Actor, cycle: Cycle) -> int:
    """All subjects of the cycle the caller's offices reach, rated or not."""
    query = select(func.count()).select_from(ReviewSubject).join(Review, Review.id == ReviewSubject.review_id)
    home = aliased(PartyOrganization)
    is_organization = cycle.subject_kind is SubjectKind.ORGANIZATION
    query = query.join(home, home.id == (ReviewSubject.subject_id if is_organization else Review.organization_id))
    return await db.scalar(query.where(ReviewSubject.cycle_id == cycle.id, actor.reaches(home.path))) or 0


def _sizes(cycle: Cycle, place: Any) -> Any:
    """Party members of each organisation that is compared, and of all below it."""
    own = aliased(PartyOrganization)
    places = select(place).select_from(Rating).join(Review, Review.id == Rating.review_id).where(*_compared(cycle))
    end = func.rtrim(own.path, "/").concat("0").collate("C")
    query = select(own.id.label("organization_id"), func.count().label("members"))
    query = query.select_from(own).join(Member, and_(Member.path >= own.path, Member.path < end))
    query = query.where(own.id.in_(places), Member.is_active, Member.stage.in_(PARTY_MEMBER_STAGES))
    return query.group_by(own.id).subquery("sizes")
