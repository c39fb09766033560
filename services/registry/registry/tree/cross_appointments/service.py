from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.members.members import queries as member_queries
from registry.members.members.models import Member
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.cross_appointments import queries
from registry.tree.cross_appointments.events import UnitPostChanged
from registry.tree.cross_appointments.models import UnitPost
from registry.tree.cross_appointments.rules import UNIT_POST_DATES, cross_share
from registry.tree.cross_appointments.schemas import CrossAppointmentRead, UnitPostCreate, UnitPostRead
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import queries as unit_queries
from registry.units.units.service import UNITS


class UnitPostNotFound(problems.NotFound):
    code = "unit-post-not-found"
    detail = "没有这项单位职务,或不在您的管理范围内"


class UnknownUnitPostHolder(problems.Unprocessable):
    code = "unknown-unit-post-holder"
    detail = "任职的党员不存在、已离开,或不在您的管理范围内"


class UnknownUnitOfPost(problems.Unprocessable):
    code = "unknown-unit-of-post"
    detail = "任职的单位不存在、已注销,或不在您的管理范围内"


class UnitPostAlreadyHeld(problems.Conflict):
    code = "unit-post-already-held"
    detail = "这名党员在该单位已有同一职务"


UNIT_POSTS = Register(
    "单位职务",
    UnitPost,
    UnitPostRead,
    UnitPostNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(UnitPost.member_id),
        "unit_name": unit_queries.name_of(UnitPost.unit_id),
        "organization_name": organization_queries.name_of(UnitPost.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_unit_posts_member_id_unit_id_title": UnitPostAlreadyHeld}


async def appoint(db: AsyncSession, entry: UnitPostCreate, *, actor: Actor, today: date) -> UnitPost:
    member = await MEMBERS.find(db, actor, entry.member_id)
    if member is None or not member.is_active:
        raise UnknownUnitPostHolder
    refuse_own_case(actor, member.id)
    unit = await UNITS.find(db, actor, entry.unit_id)
    if unit is None or not unit.is_active or unit.root_id != member.root_id:
        raise UnknownUnitOfPost
    refuse_wrong_dates(UNIT_POST_DATES, {"valid_from": entry.valid_from}, today)
    post = UnitPost(
        **entry.model_dump(),
        organization_id=member.organization_id,
        root_id=member.root_id,
        recorded_by=actor.subject,
    )
    db.add(post)
    await _tell(db, post, actor=actor)
    return post


async def end_post(db: AsyncSession, post: UnitPost, ended_on: date, *, actor: Actor, today: date) -> UnitPost:
    refuse_own_case(actor, post.member_id)
    refuse_void(post)
    if post.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(UNIT_POST_DATES, {"valid_from": post.valid_from, "ended_on": ended_on}, today)
    post.ended_on = ended_on
    await _tell(db, post, actor=actor)
    return post


async def void_post(db: AsyncSession, post: UnitPost, reason: str, *, actor: Actor) -> UnitPost:
    refuse_own_case(actor, post.member_id)
    void_row(db, post, reason)
    await _tell(db, post, actor=actor)
    return post


async def _tell(db: AsyncSession, post: UnitPost, *, actor: Actor) -> None:
    await db.flush()
    told = UnitPostChanged(
        id=post.id,
        member_id=post.member_id,
        unit_id=post.unit_id,
        valid_from=post.valid_from,
        ended_on=post.ended_on,
        is_void=post.void_reason is not None,
    )
    path = await member_queries.path_of(db, await db.get_one(Member, post.member_id))
    await record_event(db, told, subject=post.id, version=post.version, root_id=post.root_id, path=path, actor=actor)


async def share_of(db: AsyncSession, organization_id: UUID, day: date, *, actor: Actor) -> CrossAppointmentRead:
    organization = await ORGANIZATIONS.require(db, actor, organization_id)
    team = await queries.team_below(db, actor, organization.id, day)
    return CrossAppointmentRead(
        organization_id=organization.id,
        organization_name=organization.name,
        as_of=day,
        team=team.people,
        both_posts=team.both,
        cross_share=cross_share(team.both, team.people),
    )
