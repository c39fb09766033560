"""创业创意征文:点评、修改完善,一稿一稿留存,外支部也能点评 (seed 3.3)."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import member_name_of, name_of, organization_within
from training.branch_sites.sites.service import tell
from training.mutual_aid.acting import own_organization
from training.mutual_aid.essays import queries
from training.mutual_aid.essays.models import Essay, EssayComment, EssayVersion
from training.mutual_aid.essays.schemas import (
    EssayChanged,
    EssayCommentChanged,
    EssayCommentCreate,
    EssayCommentRead,
    EssayCreate,
    EssayRead,
    EssayVersionRead,
)


class EssayNotFound(problems.NotFound):
    code = "essay-not-found"
    detail = "没有这篇征文,或您看不到它"


class UnknownEssay(problems.Unprocessable):
    code = "unknown-essay"
    detail = "没有这篇征文,或您看不到它"


class EssayCommentNotFound(problems.NotFound):
    code = "essay-comment-not-found"
    detail = "没有这条点评,或您看不到它"


class NotTheAuthor(problems.Forbidden):
    code = "not-the-author"
    detail = "只有作者本人能办理;作废还可由党组织办理"


ESSAYS = Register(
    "征文",
    Essay,
    EssayRead,
    EssayNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(Essay.organization_id),
        "author_member_name": member_name_of(Essay.author_member_id),
        "text": queries.text_of_latest(),
    },
)
VERSIONS = Register(
    "征文各稿",
    EssayVersion,
    EssayVersionRead,
    EssayNotFound,
    queries.of_seen_essays(EssayVersion.essay_id),
    derived={"essay_name": queries.title_of_essay(EssayVersion.essay_id)},
)
COMMENTS = Register(
    "征文点评",
    EssayComment,
    EssayCommentRead,
    EssayCommentNotFound,
    queries.of_seen_essays(EssayComment.essay_id),
    derived={
        "essay_name": queries.title_of_essay(EssayComment.essay_id),
        "organization_name": name_of(EssayComment.organization_id),
        "author_member_name": member_name_of(EssayComment.author_member_id),
    },
)


async def submit(db: AsyncSession, entry: EssayCreate, *, actor: Actor, today: date) -> Essay:
    organization = await own_organization(db, actor, today)
    essay = Essay(
        **entry.model_dump(exclude={"text"}),
        author_member_id=actor.person,
        submitted_on=today,
        organization_id=organization.id,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(essay)
    await db.flush()
    db.add(EssayVersion(essay_id=essay.id, number=essay.latest, text=entry.text, submitted_on=today))
    return await _tell(db, essay, actor)


async def revise(db: AsyncSession, essay: Essay, text: str, *, actor: Actor, today: date) -> Essay:
    """The version before stays as it was."""
    refuse_void(essay)
    if essay.author_member_id != actor.person:
        raise NotTheAuthor
    essay.latest, essay.submitted_on = essay.latest + 1, today
    db.add(EssayVersion(essay_id=essay.id, number=essay.latest, text=text, submitted_on=today))
    return await _tell(db, essay, actor)


async def void(db: AsyncSession, essay: Essay, reason: str, *, actor: Actor) -> Essay:
    await _require_hand(db, essay.author_member_id, essay.organization_id, actor)
    void_row(db, essay, reason)
    return await _tell(db, essay, actor)


async def comment(db: AsyncSession, entry: EssayCommentCreate, *, actor: Actor, today: date) -> EssayComment:
    """By whoever may read it, of whatever branch."""
    essay = await ESSAYS.find(db, actor, entry.essay_id)
    if essay is None:
        raise UnknownEssay
    refuse_void(essay)
    organization = await own_organization(db, actor, today)
    found = EssayComment(
        **entry.model_dump(),
        number=essay.latest,
        author_member_id=actor.person,
        commented_on=today,
        organization_id=organization.id,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(found)
    return await _tell_comment(db, found, actor)


async def void_comment(db: AsyncSession, found: EssayComment, reason: str, *, actor: Actor) -> EssayComment:
    essay = await db.get_one(Essay, found.essay_id)
    if await organization_within(db, actor.paths, essay.organization_id) is None:
        await _require_hand(db, found.author_member_id, found.organization_id, actor)
    void_row(db, found, reason)
    return await _tell_comment(db, found, actor)


async def _require_hand(db: AsyncSession, author: UUID, organization_id: UUID, actor: Actor) -> None:
    """The author's own, or that of an office at or above the author's branch."""
    if author != actor.person and await organization_within(db, actor.paths, organization_id) is None:
        raise NotTheAuthor


async def _tell(db: AsyncSession, essay: Essay, actor: Actor) -> Essay:
    await db.flush()
    facts = {name: getattr(essay, name) for name in EssayChanged.model_fields if name != "is_void"}
    await tell(db, EssayChanged(**facts, is_void=essay.void_reason is not None), essay, actor=actor)
    return essay


async def _tell_comment(db: AsyncSession, found: EssayComment, actor: Actor) -> EssayComment:
    await db.flush()
    facts = {name: getattr(found, name) for name in EssayCommentChanged.model_fields if name != "is_void"}
    await tell(db, EssayCommentChanged(**facts, is_void=found.void_reason is not None), found, actor=actor)
    return found
