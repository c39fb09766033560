from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor, within
from registry.identity.accounts.models import Account, FormerPassword
from registry.liaison.instructors import queries as instructor_queries
from registry.liaison.instructors.models import Instructor
from registry.members.members import queries as member_queries
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization


def is_unlimited(actor: Actor) -> bool:
    """A grant without an organisation is for the whole of this installation."""
    return any(grant.organization_id is None for grant in actor.grants)


def seen(actor: Actor) -> ColumnElement[bool]:
    """Accounts of the people of one's organisations."""
    if is_unlimited(actor):
        return true()
    below = select(PartyOrganization.id).where(within(PartyOrganization.path, actor.paths))
    return or_(
        Account.member_id.in_(select(Member.id).where(Member.organization_id.in_(below))),
        Account.instructor_id.in_(select(Instructor.id).where(Instructor.organization_id.in_(below))),
    )


def name_of(account_id: Any) -> Any:
    """The user name beside an account's id, as a column of the row that has the id."""
    named = aliased(Account)
    return select(named.username).where(named.id == account_id).scalar_subquery()


def person_name_of(account_id: Any) -> Any:
    """The name of the member or instructor an account belongs to."""
    named = aliased(Account)
    person = func.coalesce(member_queries.name_of(named.member_id), instructor_queries.name_of(named.instructor_id))
    return select(person).select_from(named).where(named.id == account_id).scalar_subquery()


def organization_id_of_person() -> Any:
    """Where the person of an account is: the member's organisation, or the one that sent the instructor."""
    member = select(Member.organization_id).where(Member.id == Account.member_id)
    instructor = select(Instructor.organization_id).where(Instructor.id == Account.instructor_id)
    found = (query.correlate(Account).scalar_subquery() for query in (member, instructor))
    return func.coalesce(*found)


def found_by(text: str) -> ColumnElement[bool]:
    """Accounts whose user name holds the text, or whose person may be called so."""
    return or_(
        Account.username.icontains(text, autoescape=True),
        member_queries.named(Account.member_id)(text),
        instructor_queries.named(Account.instructor_id)(text),
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
