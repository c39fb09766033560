"""The system proposes a post for every member without one; who keeps the branch's posts decides."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.columns import shown
from records.files import Export
from records.listing import slice_of
from roster.models import Member, PartyOrganization
from scoring.contests.acting import acting_for
from scoring.contests.duty_posts import service as duty_posts
from scoring.contests.duty_posts.models import DutyPost
from scoring.contests.duty_posts.schemas import DutyPostCreate, DutyPostRead
from scoring.contests.post_proposals import queries
from scoring.contests.post_proposals.schemas import (
    PostAccepted,
    PostProposalListing,
    PostProposalRead,
    PostProposalsAccept,
    PostsSetUp,
)


class NotProposed(problems.Conflict):
    code = "post-not-proposed"
    detail = "这些党员已有岗位,或不是这个党组织的在册党员,请刷新后再采纳:{names}"


async def page(db: AsyncSession, wanted: PostProposalListing, *, actor: Actor) -> Page[PostProposalRead]:
    found = await slice_of(db, queries.proposals(actor), wanted)
    items = [shown(PostProposalRead, row) for row in found.rows]
    return Page[PostProposalRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: PostProposalListing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(queries.proposals(to.actor)))
    return await to.file("未设岗党员", PostProposalRead, (row._mapping for row in rows))


async def accept(db: AsyncSession, given: PostProposalsAccept, *, today: date, actor: Actor) -> PostsSetUp:
    """All of them or none; nobody gets a second post when two people accept at once."""
    organization = await acting_for(db, actor, given.organization_id)
    await duty_posts.lock_posts(db, organization.id)
    proposed = {row.member_id: row for row in await db.execute(queries.proposals_of(organization.id))}
    if missing := [one for one in given.posts if one.member_id not in proposed]:
        raise NotProposed(names=await _names(db, organization, [one.member_id for one in missing]))
    made = [
        await duty_posts.set_up(db, _post(given, one, proposed[one.member_id]), today=today, actor=actor)
        for one in given.posts
    ]
    return PostsSetUp(items=await _read(db, made))


async def _names(db: AsyncSession, organization: PartyOrganization, ids: list[UUID]) -> str:
    """Only of the branch's own people; of others nothing is told."""
    below = func.starts_with(Member.path, organization.path)
    found = list(await db.scalars(select(Member.name).where(Member.id.in_(ids), below).order_by(Member.id)))
    others = [f"另有 {len(ids) - len(found)} 人不在这个党组织"] if len(found) < len(ids) else []
    return "、".join([*found, *others])


def _post(given: PostProposalsAccept, one: PostAccepted, proposed: Any) -> DutyPostCreate:
    return DutyPostCreate(
        organization_id=given.organization_id,
        kind=one.kind or proposed.kind,
        name=one.name or proposed.name,
        holder_id=one.member_id,
        duties=one.duties,
        set_up_on=given.set_up_on,
    )


async def _read(db: AsyncSession, made: list[DutyPost]) -> list[DutyPostRead]:
    rows = duty_posts.DUTY_POSTS.rows().where(DutyPost.id.in_([one.id for one in made])).order_by(DutyPost.id)
    return [shown(DutyPostRead, row) for row in await db.execute(rows)]
