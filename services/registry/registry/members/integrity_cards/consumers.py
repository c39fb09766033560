"""A published star of a member becomes a line of the integrity card (诚信示范积分评星纳入诚信卡管理, S19).

That of an organisation is kept beside it: one consumer reads what scoring tells.
"""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.events.consumer import Consumer
from kit.events.log import Event
from registry.members.integrity_cards.kinds import IntegrityKind
from registry.members.integrity_cards.models import IntegrityEntry
from registry.members.integrity_cards.rules import star_line
from registry.members.integrity_cards.service import add
from registry.members.members.models import Member
from registry.tree.stars.service import keep_star

MEMBER = "member"


async def on_star_published(db: AsyncSession, event: Event) -> None:
    """One line for each star that was published, an adjusted one too; told again, it stays one."""
    told = event.data
    if told["subject_kind"] != MEMBER:
        await keep_star(db, event)
        return
    if await db.get(IntegrityEntry, UUID(told["id"])) is not None:
        return
    member = await db.get(Member, UUID(told["subject_id"]))
    if member is None:
        return
    line = IntegrityEntry(
        id=UUID(told["id"]),
        member_id=member.id,
        organization_id=member.organization_id,
        root_id=member.root_id,
        recorded_by=event.actor or member.root_id,
        kind=IntegrityKind.STAR,
        happened_on=date.fromisoformat(told["published_on"]),
        content=star_line(told["year"], told["level"], told["previous_level"]),
    )
    await add(db, line, member)


SCORING = Consumer("scoring", {"scoring.star.published.v1": on_star_published})
