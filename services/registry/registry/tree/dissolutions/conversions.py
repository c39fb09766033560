"""E4: a project that goes on for six months or more has a branch instead of its group; its members go along (R05)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from registry.limits import limits_on, months_from
from registry.members.members import service as members
from registry.members.members.models import Member
from registry.tree.dissolutions import service
from registry.tree.dissolutions.schemas import ConversionCreate, DissolutionCreate
from registry.tree.organizations import service as organizations
from registry.tree.organizations.kinds import OrganizationKind
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.rules import level_below
from registry.tree.organizations.schemas import OrganizationCreate


class NotAProjectGroup(problems.Conflict):
    code = "not-a-project-group"
    detail = "只有项目党小组可以改设项目党支部"


class ProjectTooShort(problems.Unprocessable):
    code = "project-too-short"
    detail = "项目自 {founded_on} 起不足 {months} 个月,只设党小组"


async def convert(
    db: AsyncSession, organization_id: UUID, entry: ConversionCreate, *, if_match: int, actor: Actor, today: date
) -> PartyOrganization:
    group = await organizations.require_locked(db, actor, organization_id, if_match)
    if group.kind is not OrganizationKind.PROJECT_GROUP:
        raise NotAProjectGroup
    months = limits_on(today)["project_branch_months"]
    if entry.term_ends_on < months_from(group.founded_on, months):
        raise ProjectTooShort(founded_on=group.founded_on, months=months)
    founding = OrganizationCreate(
        name=entry.name or group.name,
        kind=OrganizationKind.PROJECT_BRANCH,
        parent_id=(await _superior(db, group)).id,
        host_kind=group.host_kind,
        founded_on=entry.converted_on,
        term_ends_on=entry.term_ends_on,
    )
    branch = await organizations.create_organization(db, founding, actor=actor, today=today)
    await _take_along(db, group, branch, entry.converted_on, actor=actor, today=today)
    ending = DissolutionCreate(dissolved_on=entry.converted_on, reason=f"改设{branch.name}")
    await service.end(db, group, ending, actor=actor, today=today)
    return branch


async def _superior(db: AsyncSession, group: PartyOrganization) -> PartyOrganization:
    """The nearest organisation above the group that may have branches."""
    above = group
    while above.parent_id is not None:
        above = await db.get_one(PartyOrganization, above.parent_id)
        if level_below(organizations.place_of(above), OrganizationKind.PROJECT_BRANCH) is not None:
            return above
    raise organizations.UnknownParent


async def _take_along(
    db: AsyncSession, group: PartyOrganization, branch: PartyOrganization, day: date, *, actor: Actor, today: date
) -> None:
    query = select(Member).where(Member.organization_id == group.id, Member.is_active).order_by(Member.id)
    for member in (await db.scalars(query.with_for_update())).all():
        member.organization_id, member.arrived_on = branch.id, day
        await members.announce(db, member, actor=actor, today=today)
