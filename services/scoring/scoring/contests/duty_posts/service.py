from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.models import PartyOrganization
from roster.queries import member_name_of, name_of
from scoring.contests.acting import OwnPost, WrongOrder, acting_for, require_members, require_past
from scoring.contests.duty_posts.events import DutyPostChanged, DutyPostJudged
from scoring.contests.duty_posts.models import DutyPost
from scoring.contests.duty_posts.schemas import DutyPostCreate, DutyPostJudge, DutyPostRead
from scoring.reference.projections.queries import of_seen_organizations


class DutyPostNotFound(problems.NotFound):
    code = "duty-post-not-found"
    detail = "没有找到这个岗位,或不在您的管理范围内"


class DutyPostAlreadyEnded(problems.Conflict):
    code = "duty-post-already-ended"
    detail = "这个岗位已于 {ended_on} 撤销"


class NobodyHoldsIt(problems.Unprocessable):
    code = "nobody-holds-it"
    detail = "集体的岗位没有党员,不评定个人达标"


class NotItsYear(problems.Unprocessable):
    code = "not-its-year"
    detail = "只能评定岗位设立以来、撤销以前的年度,且不晚于本年度"


DUTY_POSTS = Register(
    "示范岗责任区",
    DutyPost,
    DutyPostRead,
    DutyPostNotFound,
    of_seen_organizations(DutyPost.organization_id),
    derived={"organization_name": name_of(DutyPost.organization_id), "holder_name": member_name_of(DutyPost.holder_id)},
)


async def set_up(db: AsyncSession, new: DutyPostCreate, *, today: date, actor: Actor) -> DutyPost:
    """The branch's posts are given one after the other, so that nobody gets a second one unseen."""
    organization = await acting_for(db, actor, new.organization_id)
    await lock_posts(db, organization.id)
    require_past(new.set_up_on, today)
    if new.holder_id is not None:
        await require_members(db, organization.id, {new.holder_id})
    post = DutyPost(**new.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(post)
    await _tell_changed(db, post, actor)
    return post


async def lock_posts(db: AsyncSession, organization_id: UUID) -> None:
    await db.scalar(select(PartyOrganization.id).where(PartyOrganization.id == organization_id).with_for_update())


async def end(db: AsyncSession, post: DutyPost, ended_on: date, *, today: date, actor: Actor) -> DutyPost:
    refuse_void(post)
    if post.ended_on is not None:
        raise DutyPostAlreadyEnded(ended_on=post.ended_on)
    require_past(ended_on, today)
    if ended_on < post.set_up_on:
        raise WrongOrder
    post.ended_on = ended_on
    await _tell_changed(db, post, actor)
    return post


async def judge(db: AsyncSession, post: DutyPost, given: DutyPostJudge, *, today: date, actor: Actor) -> DutyPost:
    """Once a year, by somebody else; judged again, the later judgement of the year counts."""
    refuse_void(post)
    if post.holder_id is None:
        raise NobodyHoldsIt
    if post.holder_id == actor.person:
        raise OwnPost
    last = today.year if post.ended_on is None else post.ended_on.year
    if not post.set_up_on.year <= given.year <= min(last, today.year):
        raise NotItsYear
    post.judged_year, post.judged_on, post.meets_standard = given.year, today, given.meets_standard
    await _tell_judged(db, post, given.year, actor, holds=given.meets_standard)
    return post


async def void(db: AsyncSession, post: DutyPost, reason: str, *, actor: Actor) -> DutyPost:
    """What it earned goes back: the setting up, and the last judgement."""
    void_row(db, post, reason)
    await _tell_changed(db, post, actor)
    if post.judged_year is not None:
        await _tell_judged(db, post, post.judged_year, actor, holds=False)
    return post


async def _tell_changed(db: AsyncSession, post: DutyPost, actor: Actor) -> None:
    await db.flush()
    fields = set(DutyPostChanged.model_fields) - {"is_earning", "revision"}
    facts = {name: getattr(post, name) for name in fields}
    told = DutyPostChanged(**facts, is_earning=post.void_reason is None, revision=post.version)
    await _record(db, post, told, post.id, actor)


async def _tell_judged(db: AsyncSession, post: DutyPost, year: int, actor: Actor, *, holds: bool) -> None:
    await db.flush()
    told = DutyPostJudged(
        id=post.id,
        organization_id=post.organization_id,
        holder_id=post.holder_id,
        year=year,
        judged_on=min(date(year, 12, 31), post.judged_on or date(year, 12, 31)),
        meets_standard=holds,
        revision=post.version,
    )
    await _record(db, post, told, post.id, actor)


async def _record(db: AsyncSession, post: DutyPost, told: Payload, subject: UUID, actor: Actor) -> None:
    await record_event(db, told, subject=subject, version=post.version, root_id=post.root_id, actor=actor)
