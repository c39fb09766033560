"""Who asks, and how far they reach: the offices they hold and the organisation they are a member of."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from kit.access import Actor, within
from kit.clock import business_today
from scoring.reference.projections.models import Member, PartyOrganization, Post
from scoring.reference.projections.queries import held_on
from scoring.reference.projections.rules import NOT_OF_THE_COMMITTEE

OFFICER_ROLES = frozenset({"district_officer", "town_officer", "branch_secretary"})
MEMBER_ROLE = "member"
SEPARATOR = "/"


@dataclass(frozen=True)
class Reach:
    """`served_ids` are the organisations the person holds a post in, whatever office this sign-in acts for."""

    office_ids: frozenset[UUID]
    office_paths: tuple[str, ...]
    member_path: str | None
    served_ids: frozenset[UUID]

    def covers(self, path: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """What is below an office, and what stands above the office or the member's own organisation."""
        own = [*self.office_paths, *([self.member_path] if self.member_path else [])]
        return or_(within(path, self.office_paths), path.in_(ancestors(own)))


def ancestors(paths: Iterable[str]) -> set[str]:
    """Every path on the way down to one of `paths`, itself included."""
    found: set[str] = set()
    for path in paths:
        parts = path.split(SEPARATOR)[:-1]
        found.update(SEPARATOR.join(parts[: depth + 1]) + SEPARATOR for depth in range(len(parts)))
    return found


async def reach_of(db: AsyncSession, actor: Actor) -> Reach:
    held = (grant.organization_id for grant in actor.grants if grant.role in OFFICER_ROLES)
    offices = {one for one in held if one is not None}
    paths = select(PartyOrganization.path).where(PartyOrganization.id.in_(offices))
    member_path = None
    if actor.person is not None and MEMBER_ROLE in actor.roles:
        own = select(Member.path).where(Member.id == actor.person, Member.is_active)
        member_path = await db.scalar(own)
    office_paths = tuple(await db.scalars(paths)) if offices else ()
    return Reach(frozenset(offices), office_paths, member_path, await _served_by(db, actor.person))


async def _served_by(db: AsyncSession, person: UUID | None) -> frozenset[UUID]:
    if person is None:
        return frozenset()
    today = await business_today(db)
    posts = select(Post.organization_id).where(
        Post.member_id == person, Post.kind.not_in(NOT_OF_THE_COMMITTEE), held_on(today)
    )
    return frozenset(one for one in await db.scalars(posts) if one is not None)
