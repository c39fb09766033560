"""Who keeps the registers of posts, projects and contests, and for whom."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from roster.models import PartyOrganization
from scoring.reference.projections.queries import party_members_of, visible_organization


class OrganizationNotFound(problems.NotFound):
    code = "party-organization-not-found"
    detail = "没有找到这个党组织,或不在您的管理范围内"


class NotItsMembers(problems.Unprocessable):
    code = "not-its-members"
    detail = "所写的人不都是这个党组织(含所属党小组)的在册党员"


class DayInTheFuture(problems.Unprocessable):
    code = "day-in-the-future"
    detail = "已经发生的事项,日期不能晚于今天"


class WrongOrder(problems.Unprocessable):
    code = "wrong-dates"
    detail = "结束日期不能早于开始日期"


class OwnPost(problems.Forbidden):
    code = "own-case"
    detail = "不能评定自己,请由他人办理"


async def acting_for(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization:
    organization = await visible_organization(db, actor, organization_id)
    if organization is None or not organization.is_active:
        raise OrganizationNotFound
    return organization


async def require_members(db: AsyncSession, organization_id: UUID, ids: Collection[UUID]) -> None:
    if ids and await party_members_of(db, organization_id, ids) != set(ids):
        raise NotItsMembers


def require_past(day: date, today: date) -> None:
    if day > today:
        raise DayInTheFuture
