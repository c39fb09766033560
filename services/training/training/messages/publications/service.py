"""举办企业报,117 期 (seed 0): a publication and its numbered issues, whose numbers rise with their days."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import name_of, open_below
from training.branch_sites.sites.service import tell
from training.messages.publications import queries
from training.messages.publications.models import Publication, PublicationIssue
from training.messages.publications.schemas import (
    PublicationChanged,
    PublicationCorrect,
    PublicationCreate,
    PublicationIssueChanged,
    PublicationIssueCorrect,
    PublicationIssueCreate,
    PublicationIssueRead,
    PublicationRead,
)
from training.mutual_aid.acting import acting_for, require_past


class PublicationNotFound(problems.NotFound):
    code = "publication-not-found"
    detail = "没有这种报刊,或您看不到它"


class PublicationIssueNotFound(problems.NotFound):
    code = "publication-issue-not-found"
    detail = "没有这一期,或您看不到它"


class UnknownPublication(problems.Unprocessable):
    code = "unknown-publication"
    detail = "没有这种报刊,或不在您的管理范围内"


class PublicationExists(problems.Conflict):
    code = "publication-exists"
    detail = "这个党组织已有同名报刊"


class IssueExists(problems.Conflict):
    code = "issue-exists"
    detail = "这一期已登记"


class IssueOutOfOrder(problems.Conflict):
    code = "issue-out-of-order"
    detail = "期号与出版日期的先后不符:与第 {number} 期颠倒,请核对期号和日期"


class BeforeFounding(problems.Unprocessable):
    code = "before-founding"
    detail = "出版日期不能早于创办日期 {founded_on}"


PUBLICATIONS = Register(
    "报刊",
    Publication,
    PublicationRead,
    PublicationNotFound,
    open_below(Publication.organization_id),
    derived={
        "organization_name": name_of(Publication.organization_id),
        "issues": queries.ISSUES,
        "latest_number": queries.LATEST,
        "missing": queries.LATEST - queries.ISSUES,
    },
)
PUBLICATION_ISSUES = Register(
    "报刊期次",
    PublicationIssue,
    PublicationIssueRead,
    PublicationIssueNotFound,
    open_below(PublicationIssue.organization_id),
    derived={
        "organization_name": name_of(PublicationIssue.organization_id),
        "publication_name": queries.name_of_publication(PublicationIssue.publication_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_publications_organization_id": PublicationExists,
    "uq_publication_issues_publication_id": IssueExists,
}


async def found(db: AsyncSession, entry: PublicationCreate, *, actor: Actor, today: date) -> Publication:
    organization = await acting_for(db, actor, entry.organization_id)
    require_past(entry.founded_on, today)
    publication = Publication(
        **entry.model_dump(),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(publication)
    return await _tell(db, publication, actor)


async def correct(
    db: AsyncSession, publication: Publication, change: PublicationCorrect, *, actor: Actor, today: date
) -> Publication:
    refuse_void(publication)
    if change.founded_on is not None:
        require_past(change.founded_on, today)
        first = await db.scalar(queries.first_published(publication.id))
        if first is not None and change.founded_on > first:
            raise BeforeFounding(founded_on=change.founded_on)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(publication, name, value)
    return await _tell(db, publication, actor)


async def void(db: AsyncSession, publication: Publication, reason: str, *, actor: Actor) -> Publication:
    """With its issues, which are of no other."""
    void_row(db, publication, reason)
    for issue in await db.scalars(queries.issues_of(publication.id)):
        void_row(db, issue, reason)
        await _tell_issue(db, issue, actor)
    return await _tell(db, publication, actor)


async def publish(db: AsyncSession, entry: PublicationIssueCreate, *, actor: Actor, today: date) -> PublicationIssue:
    """One issue of a publication after the other, so that two of them cannot pass each other."""
    publication = await PUBLICATIONS.find(db, actor, entry.publication_id, lock=True)
    if publication is None:
        raise UnknownPublication
    await acting_for(db, actor, publication.organization_id)
    refuse_void(publication)
    await _refuse_day(db, publication, entry.number, entry.published_on, today)
    issue = PublicationIssue(
        **entry.model_dump(),
        organization_id=publication.organization_id,
        root_id=publication.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(issue)
    return await _tell_issue(db, issue, actor)


async def correct_issue(
    db: AsyncSession, issue: PublicationIssue, change: PublicationIssueCorrect, *, actor: Actor, today: date
) -> PublicationIssue:
    refuse_void(issue)
    if change.published_on is not None:
        publication = await db.get_one(Publication, issue.publication_id, with_for_update={"key_share": True})
        await _refuse_day(db, publication, issue.number, change.published_on, today, but=issue.id)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(issue, name, value)
    return await _tell_issue(db, issue, actor)


async def void_issue(db: AsyncSession, issue: PublicationIssue, reason: str, *, actor: Actor) -> PublicationIssue:
    void_row(db, issue, reason)
    return await _tell_issue(db, issue, actor)


async def _refuse_day(
    db: AsyncSession, publication: Publication, number: int, day: date, today: date, *, but: UUID | None = None
) -> None:
    require_past(day, today)
    if day < publication.founded_on:
        raise BeforeFounding(founded_on=publication.founded_on)
    other = await db.scalar(queries.out_of_order(publication.id, number, day, but=but))
    if other is not None:
        raise IssueOutOfOrder(number=other)


async def _tell(db: AsyncSession, publication: Publication, actor: Actor) -> Publication:
    await db.flush()
    told = PublicationChanged(
        id=publication.id,
        organization_id=publication.organization_id,
        name=publication.name,
        form=publication.form,
        founded_on=publication.founded_on,
        is_void=publication.void_reason is not None,
    )
    await tell(db, told, publication, actor=actor)
    return publication


async def _tell_issue(db: AsyncSession, issue: PublicationIssue, actor: Actor) -> PublicationIssue:
    await db.flush()
    told = PublicationIssueChanged(
        id=issue.id,
        organization_id=issue.organization_id,
        publication_id=issue.publication_id,
        number=issue.number,
        published_on=issue.published_on,
        is_void=issue.void_reason is not None,
    )
    await tell(db, told, issue, actor=actor)
    return issue
