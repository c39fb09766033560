"""E7: an organisation is dissolved only after every member has been placed elsewhere; its links and posts end."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from kit import problems
from kit.access import Actor
from records.bitemporal import believed
from registry.links import end_record, refuse_wrong_dates
from registry.members.members.models import Member
from registry.sites.demonstration_points import queries as point_queries
from registry.sites.demonstration_points import service as points
from registry.tree.dissolutions.schemas import DissolutionCreate
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations import service as organizations
from registry.tree.organizations.models import PartyOrganization, Placement
from registry.tree.organizations.rules import ORGANIZATION_DATES
from registry.tree.posts import queries as post_queries
from registry.tree.posts import service as posts
from registry.units.units import service as units
from registry.units.units.models import CoverageLink, Unit


class MembersNotPlaced(problems.Conflict):
    code = "members-not-placed"
    detail = "还有党员没有转到其他党组织,不能撤销"


class SubordinatesNotPlaced(problems.Conflict):
    code = "subordinates-not-placed"
    detail = "还有下级党组织没有撤销或调整,不能撤销"


async def dissolve(
    db: AsyncSession, organization_id: UUID, entry: DissolutionCreate, *, if_match: int, actor: Actor, today: date
) -> PartyOrganization:
    organization = await organizations.require_locked(db, actor, organization_id, if_match)
    await end(db, organization, entry, actor=actor, today=today)
    return organization


async def end(
    db: AsyncSession, organization: PartyOrganization, entry: DissolutionCreate, *, actor: Actor, today: date
) -> None:
    dates = {"founded_on": organization.founded_on, "dissolved_on": entry.dissolved_on}
    refuse_wrong_dates(ORGANIZATION_DATES, dates, today)
    if await organization_queries.has_active_children(db, organization):
        raise SubordinatesNotPlaced
    left = select(Member.id).where(Member.organization_id == organization.id, Member.is_active).limit(1)
    if await db.scalar(left) is not None:
        raise MembersNotPlaced
    organization.is_active, organization.dissolved_on = False, entry.dissolved_on
    await _end_placement(db, organization, entry.dissolved_on)
    for post in await post_queries.held_in(db, organization.id, today):
        await posts.release(db, post, entry.dissolved_on, actor=actor)
    if (point := await point_queries.open_point(db, organization.id)) is not None:
        await points.end_point(db, point, entry.dissolved_on, actor=actor)
    await _end_coverage(db, organization, entry.dissolved_on, actor=actor, today=today)
    await organizations.announce(db, organization, change=f"撤销:{entry.reason}", actor=actor, today=today)


async def _end_placement(db: AsyncSession, organization: PartyOrganization, day: date) -> None:
    query = select(Placement).where(
        Placement.organization_id == organization.id, believed(Placement), Placement.valid_to.is_(None)
    )
    await end_record(db, (await db.scalars(query)).one(), day)


async def _end_coverage(
    db: AsyncSession, organization: PartyOrganization, day: date, *, actor: Actor, today: date
) -> None:
    query = (
        select(CoverageLink, Unit)
        .join(Unit, Unit.id == CoverageLink.unit_id)
        .where(CoverageLink.organization_id == organization.id, believed(CoverageLink), CoverageLink.valid_to.is_(None))
        .order_by(Unit.id)
        .with_for_update(of=Unit, key_share=True)
    )
    for link, unit in (await db.execute(query)).all():
        await end_record(db, link, day, recorded_by=actor.subject)
        flag_modified(unit, "name")
        await units.announce(db, unit, actor=actor, today=today)
