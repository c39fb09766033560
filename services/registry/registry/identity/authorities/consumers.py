"""Our own events that change what somebody may do: their access tokens end, the next ones say what holds now."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.calendar import real_now
from kit.events import Consumer, Event
from registry.identity.accounts.models import Account
from registry.identity.revocations.service import revoke_subjects

LONGEST_TOKEN_LIFE = timedelta(hours=1)


async def revoke_of_post(db: AsyncSession, event: Event) -> None:
    await _revoke(db, event, Account.member_id == UUID(event.data["member_id"]))


async def revoke_of_member(db: AsyncSession, event: Event) -> None:
    await _revoke(db, event, Account.member_id == event.subject)


async def _revoke(db: AsyncSession, event: Event, owner: ColumnElement[bool]) -> None:
    """An old event covers no token that still lives."""
    if real_now() - event.time > LONGEST_TOKEN_LIFE:
        return
    accounts = await db.scalars(select(Account.id).where(owner, Account.created_at < event.time))
    await revoke_subjects(db, accounts.all(), at=event.time)


consumer = Consumer(
    "registry",
    {
        "registry.post.changed.v1": revoke_of_post,
        "registry.member.changed.v1": revoke_of_member,
        "registry.member.changed.v2": revoke_of_member,
    },
)
