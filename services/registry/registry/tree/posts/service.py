from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_events
from records.registers import Register
from records.voiding import standing_or_void, void_record
from registry.links import end_record, refuse_wrong_dates
from registry.members.members import queries as member_queries
from registry.members.members.kinds import MemberStage
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.posts import events
from registry.tree.posts.models import Post
from registry.tree.posts.rules import POST_DATES
from registry.tree.posts.schemas import PostCreate, PostRead


class PostNotFound(problems.NotFound):
    code = "post-not-found"
    detail = "没有这项任职,或不在您的管理范围内"


class UnknownPostHolder(problems.Unprocessable):
    code = "unknown-post-holder"
    detail = "任职的党员不存在、已离开,或不在您的管理范围内"


class OnlyMembersHoldPosts(problems.Unprocessable):
    code = "only-members-hold-posts"
    detail = "只有正式党员和预备党员可以任职"


class UnknownPostOrganization(problems.Unprocessable):
    code = "unknown-post-organization"
    detail = "任职的党组织不存在、已撤销,或不在您的管理范围内"


class SecretaryAlreadyInOffice(problems.Conflict):
    code = "secretary-already-in-office"
    detail = "这个党组织在该时段已有书记"


class PostAlreadyHeld(problems.Conflict):
    code = "post-already-held"
    detail = "这名党员在该组织已有同一职务"


POSTS = Register(
    "任职",
    Post,
    PostRead,
    PostNotFound,
    organization_queries.belonging(Post.organization_id),
    derived={
        "member_name": member_queries.name_of(Post.member_id),
        "organization_name": organization_queries.name_of(Post.organization_id),
    },
    only=standing_or_void(Post),
)


async def appoint(db: AsyncSession, entry: PostCreate, *, actor: Actor, today: date) -> Post:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownPostOrganization
    member = await MEMBERS.find(db, actor, entry.member_id)
    if member is None or not member.is_active or member.root_id != organization.root_id:
        raise UnknownPostHolder
    refuse_own_case(actor, member.id)
    if member.stage not in (MemberStage.FORMAL, MemberStage.PROBATIONARY):
        raise OnlyMembersHoldPosts
    dates = {"founded_on": organization.founded_on, "joined_on": member.joined_on}
    refuse_wrong_dates(POST_DATES, {**dates, "valid_from": entry.valid_from, "valid_to": entry.valid_to}, today)
    post = Post(
        **entry.model_dump(),
        organization_no=organization.organization_no,
        root_id=organization.root_id,
        recorded_by=actor.subject,
    )
    db.add(post)
    await db.flush()
    await record_events(db, [events.changed(post, organization.path)], actor)
    return post


async def release(db: AsyncSession, post: Post, ended_on: date, *, actor: Actor) -> Post:
    refuse_own_case(actor, post.member_id)
    return await _tell(db, await end_record(db, post, ended_on, recorded_by=actor.subject), actor=actor)


async def void(db: AsyncSession, post: Post, reason: str, *, actor: Actor) -> Post:
    """Nobody ever held it; whoever it gave a role loses the role."""
    refuse_own_case(actor, post.member_id)
    return await _tell(db, await void_record(db, post, reason, recorded_by=actor.subject), actor=actor)


async def _tell(db: AsyncSession, post: Post, *, actor: Actor) -> Post:
    located = await organization_queries.resolve_paths(db, [post.organization_id])
    await record_events(db, [events.changed(post, located[0][1])], actor)
    return post


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "ex_posts_secretary": SecretaryAlreadyInOffice,
    "uq_posts_member_id_organization_id_kind": PostAlreadyHeld,
}
