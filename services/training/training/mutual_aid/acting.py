"""Who keeps a menu, who votes and who writes: offices for what they reach, members for themselves."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from roster.models import Affiliation, Member, PartyOrganization
from roster.queries import ids_at_or_below, organization_within, party_members


class UnknownAidOrganization(problems.Unprocessable):
    code = "unknown-aid-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class NotOfTheOrganization(problems.Unprocessable):
    code = "not-of-the-organization"
    detail = "所写的人不都是这个党组织及其下级的在册党员"


class NobodyTakesPart(problems.Forbidden):
    code = "nobody-takes-part"
    detail = "当前账号没有对应的在册党员,不能参加"


class DayToCome(problems.Unprocessable):
    code = "day-to-come"
    detail = "已经发生的事项,日期不能晚于今天"


async def acting_for(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization:
    organization = await organization_within(db, actor.paths, organization_id)
    if organization is None or not organization.is_active:
        raise UnknownAidOrganization
    return organization


def members_below(organization_id: UUID, day: date) -> Select[UUID]:
    """Party members of the organisation and of all below it that day."""
    reached = party_members(day).where(Affiliation.organization_id.in_(ids_at_or_below(organization_id)))
    return reached.with_only_columns(Member.id)


async def require_members(db: AsyncSession, organization_id: UUID, ids: Collection[UUID], day: date) -> None:
    found = await db.scalars(members_below(organization_id, day).where(Member.id.in_(ids)))
    if set(found) != set(ids):
        raise NotOfTheOrganization


async def own_organization(db: AsyncSession, actor: Actor, day: date) -> PartyOrganization:
    """Where the member who acts belongs that day."""
    query = party_members(day).where(Member.id == actor.person).with_only_columns(Affiliation.organization_id)
    found = await db.scalar(select(PartyOrganization).where(PartyOrganization.id.in_(query)).limit(1))
    if found is None:
        raise NobodyTakesPart
    return found


def require_past(day: date, today: date) -> None:
    if day > today:
        raise DayToCome
