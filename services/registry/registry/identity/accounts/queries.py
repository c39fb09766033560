from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, within
from registry.identity.accounts.models import Account, FormerPassword
from registry.liaison.instructors.models import Instructor
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization

PERSON_ORGANIZATION = func.coalesce(Member.organization_id, Instructor.organization_id)


def is_unlimited(actor: Actor) -> bool:
    """A grant without an organisation is for the whole of this installation."""
    return any(grant.organization_id is None for grant in actor.grants)


def visible_to(actor: Actor) -> Select[Account]:
    if is_unlimited(actor):
        return select(Account)
    of_person = _with_person(select(Account)).join(PartyOrganization, PartyOrganization.id == PERSON_ORGANIZATION)
    return of_person.where(within(PartyOrganization.path, actor.paths))


def _with_person(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(Member, Member.id == Account.member_id).outerjoin(
        Instructor, Instructor.id == Account.instructor_id
    )


async def by_username(db: AsyncSession, username: str) -> Account | None:
    return await db.scalar(select(Account).where(Account.username == username))


async def locked_for_change(db: AsyncSession, account_id: UUID) -> Account | None:
    query = select(Account).where(Account.id == account_id)
    return await db.scalar(query.with_for_update().execution_options(populate_existing=True))


async def former_hashes(db: AsyncSession, account_id: UUID, *, most: int) -> list[str]:
    """Newest first."""
    query = select(FormerPassword.password_hash).where(FormerPassword.account_id == account_id)
    return list(await db.scalars(query.order_by(FormerPassword.id.desc()).limit(most)))


async def has_visible_person(
    db: AsyncSession, actor: Actor, *, member_id: UUID | None, instructor_id: UUID | None
) -> bool:
    if member_id is None and instructor_id is None:
        return is_unlimited(actor)
    person: type[Member | Instructor] = Member if member_id is not None else Instructor
    organization = PartyOrganization.id == person.organization_id
    query = select(person.id).join(PartyOrganization, organization).where(person.id == (member_id or instructor_id))
    if not is_unlimited(actor):
        query = query.where(_inside(actor))
    return (await db.scalar(query)) is not None


def _inside(actor: Actor) -> ColumnElement[bool]:
    return within(PartyOrganization.path, actor.paths)


async def person_of(db: AsyncSession, account: Account) -> tuple[UUID, str] | None:
    """Id and name of the member or instructor the account belongs to."""
    if account.member_id is not None:
        found = await db.execute(select(Member.id, Member.name).where(Member.id == account.member_id))
    elif account.instructor_id is not None:
        found = await db.execute(select(Instructor.id, Instructor.name).where(Instructor.id == account.instructor_id))
    else:
        return None
    row = found.one()
    return row.id, row.name
