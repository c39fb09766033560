"""Who may see one's own file: the offices and grants at one's organisation and above it, held on the day."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import Field
from sqlalchemy import Date, Select, String, Uuid, bindparam, case, func, literal, select, type_coerce, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.database import stored_enum
from kit.edge import OptionalText, Schema
from kit.paging import Page
from records.bitemporal import valid_on
from records.files import Export
from records.listing import Listing, contains, equals, slice_of
from registry.identity.accounts.queries import person_name_of
from registry.identity.authorities.rules import LEADING_POSTS, ROLE_AT_LEVEL, Basis
from registry.identity.grants.models import Grant, Role
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.models import Post

READERS_OF_FILES = (Role.DISTRICT_OFFICER, Role.TOWN_OFFICER, Role.BRANCH_SECRETARY)
PERSON: Any = bindparam("own_person", type_=Uuid)
DAY: Any = bindparam("own_day", type_=Date)


class AccessRead(Schema):
    id: UUID = Field(title="职务或授权编号")
    person_name: str | None = Field(title="姓名")
    role: Role = Field(title="角色")
    basis: Basis = Field(title="由来")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    valid_from: date = Field(title="起")
    valid_to: date | None = Field(title="止(不含)")


def _held(basis: Basis, model: type[Post | Grant], person_name: Any, role: Any) -> Select[Any]:
    place = select(PartyOrganization.path).join(Member, Member.organization_id == PartyOrganization.id)
    own_path = place.where(Member.id == PERSON).scalar_subquery()
    above = select(PartyOrganization).where(func.starts_with(own_path, PartyOrganization.path)).subquery("above")
    return (
        select(
            model.id,
            person_name.label("person_name"),
            type_coerce(role(above.c.level), stored_enum(Role)).label("role"),
            type_coerce(literal(basis.value, String), stored_enum(Basis)).label("basis"),
            above.c.id.label("organization_id"),
            above.c.name.label("organization_name"),
            above.c.level,
            model.valid_from,
            model.valid_to,
        )
        .join_from(model, above, above.c.id == model.organization_id)
        .where(valid_on(model, DAY), above.c.is_active)
    )


def _by_post() -> Select[Any]:
    query = _held(Basis.POST, Post, Member.name, lambda level: case(ROLE_AT_LEVEL, value=level))
    in_office = query.join(Member, Member.id == Post.member_id).where(Member.is_active)
    return in_office.where(Post.kind.in_(LEADING_POSTS))


def _by_grant() -> Select[Any]:
    query = _held(Basis.GRANT, Grant, person_name_of(Grant.account_id), lambda _: Grant.role)
    return query.where(Grant.role.in_(READERS_OF_FILES))


A = union_all(_by_post(), _by_grant()).subquery("access").c


class AccessListing(Listing, sortable=(A.valid_from, A.organization_name), order=(A.level, A.id)):
    role: Annotated[list[Role], equals(A.role)] = Field(default=[], max_length=len(Role), title="角色")
    q: Annotated[OptionalText | None, contains(A.person_name)] = Field(default=None, title="按姓名查找")


def _accesses(actor: Actor, today: date) -> Select[Any]:
    shown = select(*(A[name] for name in AccessRead.model_fields))
    return shown.where(A.role.is_not(None)).params(own_person=actor.person, own_day=today)


async def page(db: AsyncSession, wanted: AccessListing, *, actor: Actor, today: date) -> Page[AccessRead]:
    found = await slice_of(db, _accesses(actor, today), wanted)
    items = [AccessRead.model_construct(**row._mapping) for row in found.rows]
    return Page[AccessRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: AccessListing, to: Export, *, today: date) -> Response:
    rows = await to.select(wanted.ordered(_accesses(to.actor, today)))
    return await to.file("谁能查看我的信息", AccessRead, (row._mapping for row in rows))
