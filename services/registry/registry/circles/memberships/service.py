"""Who belongs to a circle: members themselves, or organisations whose members come in with them and leave with them."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.circles.circles import queries as circle_queries
from registry.circles.circles.service import CIRCLES
from registry.circles.memberships import queries
from registry.circles.memberships.events import CircleMembershipChanged
from registry.circles.memberships.models import CircleMembership
from registry.circles.memberships.schemas import CircleAccessRead, CircleMembershipCreate, CircleMembershipRead
from registry.dates import After, DateRules
from registry.limits import limits_on
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.members.members import queries as member_queries
from registry.members.members.service import MEMBERS
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

DATES = DateRules(
    {"joined_on": "入圈日期", "ended_on": "退出日期", "opened_on": "活动圈启用日期"},
    (After("joined_on", "opened_on"), After("ended_on", "joined_on", strictly=True)),
    facts=frozenset({"joined_on"}),
)


class CircleMembershipNotFound(problems.NotFound):
    code = "circle-membership-not-found"
    detail = "没有这名会员,或不在您的管理范围内"


class UnknownCircle(problems.Unprocessable):
    code = "unknown-circle"
    detail = "活动圈不存在、已停用,或不属于您所在的区"


class OneWhoJoins(problems.Unprocessable):
    code = "one-who-joins"
    detail = "团体会员(党组织)与个人会员(党员)须写一个,只写一个"


class UnknownWhoJoins(problems.Unprocessable):
    code = "unknown-who-joins"
    detail = "党组织或党员不存在、已撤销或离开,或不在您的管理范围内"


class InTheCircleAlready(problems.Conflict):
    code = "in-the-circle-already"
    detail = "已是这个活动圈的会员"


MEMBERSHIPS = Register(
    "活动圈会员",
    CircleMembership,
    CircleMembershipRead,
    CircleMembershipNotFound,
    queries.seen,
    derived={
        "circle_name": circle_queries.name_of(CircleMembership.circle_id),
        "organization_name": organization_queries.name_of(CircleMembership.organization_id),
        "member_name": member_queries.name_of(CircleMembership.member_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_circle_memberships_circle_id": InTheCircleAlready}


async def join(db: AsyncSession, body: CircleMembershipCreate, *, actor: Actor, today: date) -> CircleMembership:
    if (body.organization_id is None) == (body.member_id is None):
        raise OneWhoJoins
    organization_id, root_id = await _who_joins(db, body, actor=actor)
    circle = await CIRCLES.find(db, actor, body.circle_id)
    if circle is None or circle.root_id != root_id or circle.void_reason is not None or circle.ended_on is not None:
        raise UnknownCircle
    refuse_wrong_dates(DATES, {"joined_on": body.joined_on, "opened_on": circle.opened_on}, today)
    membership = CircleMembership(
        **body.model_dump(exclude={"organization_id"}),
        organization_id=organization_id,
        root_id=root_id,
        recorded_by=actor.subject,
        is_far=body.walking_minutes > limits_on(body.joined_on)["circle_walk_minutes"],
    )
    db.add(membership)
    await _tell(db, membership, actor=actor)
    return membership


async def _who_joins(db: AsyncSession, body: CircleMembershipCreate, *, actor: Actor) -> tuple[UUID, UUID]:
    """The organisation and its district."""
    if body.organization_id is not None:
        organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
        if organization is None or not organization.is_active:
            raise UnknownWhoJoins
        return organization.id, organization.root_id
    member = await MEMBERS.find(db, actor, body.member_id) if body.member_id else None
    if member is None or not member.is_active:
        raise UnknownWhoJoins
    return member.organization_id, member.root_id


async def end(
    db: AsyncSession, membership: CircleMembership, ended_on: date, *, actor: Actor, today: date
) -> CircleMembership:
    refuse_void(membership)
    if membership.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(DATES, {"joined_on": membership.joined_on, "ended_on": ended_on}, today)
    membership.ended_on = ended_on
    await _tell(db, membership, actor=actor)
    return membership


async def void(db: AsyncSession, membership: CircleMembership, reason: str, *, actor: Actor) -> CircleMembership:
    void_row(db, membership, reason)
    await _tell(db, membership, actor=actor)
    return membership


async def _tell(db: AsyncSession, membership: CircleMembership, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [membership.organization_id])
    fields = {name: getattr(membership, name) for name in CircleMembershipChanged.model_fields if name != "is_void"}
    told, version = CircleMembershipChanged(**fields, is_void=membership.void_reason is not None), membership.version
    await record_event(db, told, subject=membership.id, version=version, root_id=root_id, path=path, actor=actor)


async def access(db: AsyncSession, actor: Actor, *, circle_id: UUID, member_id: UUID, day: date) -> CircleAccessRead:
    circle = await CIRCLES.require(db, actor, circle_id)
    member = await MEMBERS.require(db, actor, member_id)
    through = await queries.access_of(db, circle.id, member, day) if member.is_active else None
    return CircleAccessRead(
        circle_id=circle.id,
        circle_name=circle.name,
        member_id=member.id,
        member_name=member.name,
        as_of=day,
        has_access=through is not None,
        is_through_group=through is not None and through.member_id is None,
    )
