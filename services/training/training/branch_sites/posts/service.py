from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.etags import check_version
from records.registers import Register
from roster.queries import member_name_of
from training.branch_sites.columns.service import COLUMNS, SiteColumnEnded, SiteColumnNotFound
from training.branch_sites.online_meetings.queries import name_of_online_meeting
from training.branch_sites.online_meetings.service import admit_post
from training.branch_sites.posts import queries
from training.branch_sites.posts.rules import gist
from training.branch_sites.posts.schemas import SitePostChanged, SitePostCreate, SitePostRead
from training.branch_sites.sites.kinds import ColumnKind, PostState, SiteState
from training.branch_sites.sites.models import BranchSite, SiteColumn, SitePost
from training.branch_sites.sites.queries import name_of_site
from training.branch_sites.sites.service import refuse_other_states, tell


class SitePostNotFound(problems.NotFound):
    code = "site-post-not-found"
    detail = "没有这条留言,或您看不到它"


class NobodyWrites(problems.Forbidden):
    code = "nobody-writes"
    detail = "当前账号没有对应的党员,不能留言或报到"


class ParentElsewhere(problems.Unprocessable):
    code = "parent-elsewhere"
    detail = "所跟的留言不在这个栏目,或尚未显示"


class OnlyStudyCounts(problems.Unprocessable):
    code = "only-study-counts"
    detail = "只有学习类栏目的留言可填学习用时"


class NotTheModerator(problems.Forbidden):
    code = "not-the-moderator"
    detail = "只有本栏目的版主、本网上支部的网管员和党组织能审核"


PARENT = aliased(SitePost)
POSTS = Register(
    "网上支部留言",
    SitePost,
    SitePostRead,
    SitePostNotFound,
    queries.seen(),
    derived={
        "branch_site_name": name_of_site(SitePost.branch_site_id),
        "site_column_name": queries.column(SiteColumn.name),
        "parent_name": select(PARENT.text).where(PARENT.id == SitePost.parent_id).scalar_subquery(),
        "online_meeting_name": name_of_online_meeting(SitePost.online_meeting_id),
        "author_member_name": member_name_of(SitePost.author_member_id),
        "replied_at": queries.replied_at(),
    },
)


async def write(db: AsyncSession, entry: SitePostCreate, *, actor: Actor, now: datetime) -> SitePost:
    """A member writes on the site of the own branch; in a moderated column it waits."""
    if actor.person is None:
        raise NobodyWrites
    column = await COLUMNS.find(db, actor, entry.site_column_id)
    if column is None:
        raise SiteColumnNotFound
    if column.ended_on is not None:
        raise SiteColumnEnded
    if entry.study_minutes and column.kind is not ColumnKind.STUDY:
        raise OnlyStudyCounts
    refuse_other_states(await db.get_one(BranchSite, column.branch_site_id), (SiteState.ONLINE,))
    await _refuse_other_parents(db, entry)
    if entry.online_meeting_id is not None:
        await admit_post(db, entry.online_meeting_id, column, person=actor.person, now=now)
    post = SitePost(
        **entry.model_dump(),
        branch_site_id=column.branch_site_id,
        organization_id=column.organization_id,
        root_id=column.root_id,
        recorded_by=actor.subject,
        author_member_id=actor.person,
        gist=gist(entry.text),
        posted_at=now,
        recorded_at=now,
        posted_on=day_of(now),
        state=PostState.PENDING if column.is_moderated else PostState.SHOWN,
    )
    db.add(post)
    return await _tell(db, post, actor)


async def _refuse_other_parents(db: AsyncSession, entry: SitePostCreate) -> None:
    if entry.parent_id is None:
        return
    parent = await db.get(SitePost, entry.parent_id)
    if parent is None or parent.state is not PostState.SHOWN:
        raise ParentElsewhere
    place = (entry.site_column_id, entry.online_meeting_id)
    if (parent.site_column_id, parent.online_meeting_id) != place:
        raise ParentElsewhere


async def moderate(
    db: AsyncSession, post: SitePost, state: PostState, *, reason: str | None = None, version: int, actor: Actor
) -> SitePost:
    query = select(SitePost.id).where(SitePost.id == post.id, queries.is_moderated_by(actor))
    if await db.scalar(query) is None:
        raise NotTheModerator
    check_version(post, version)
    post.state, post.hidden_reason = state, reason
    return await _tell(db, post, actor)


async def _tell(db: AsyncSession, post: SitePost, actor: Actor) -> SitePost:
    await db.flush()
    told = SitePostChanged(
        id=post.id,
        branch_site_id=post.branch_site_id,
        site_column_id=post.site_column_id,
        author_member_id=post.author_member_id,
        posted_on=post.posted_on,
        state=post.state,
    )
    await tell(db, told, post, actor=actor)
    return post
