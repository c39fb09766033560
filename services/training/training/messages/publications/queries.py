from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from training.messages.publications.models import Publication, PublicationIssue

STANDS = PublicationIssue.void_reason.is_(None)


def name_of_publication(publication_id: Any) -> Any:
    return select(Publication.name).where(Publication.id == publication_id).scalar_subquery()


def of_issues(figure: Any) -> Any:
    query = select(figure).where(PublicationIssue.publication_id == Publication.id, STANDS)
    return query.correlate(Publication).scalar_subquery()


ISSUES = of_issues(func.count())
LATEST = of_issues(func.coalesce(func.max(PublicationIssue.number), 0))


def first_published(publication_id: UUID) -> Select[date]:
    query = select(func.min(PublicationIssue.published_on))
    return query.where(PublicationIssue.publication_id == publication_id, STANDS)


def issues_of(publication_id: UUID) -> Select[PublicationIssue]:
    query = select(PublicationIssue).where(PublicationIssue.publication_id == publication_id, STANDS)
    return query.order_by(PublicationIssue.number).with_for_update()


def out_of_order(publication_id: UUID, number: int, day: date, *, but: UUID | None = None) -> Select[int]:
    """Numbers of other issues that stand on the wrong side of the day."""
    earlier = and_(PublicationIssue.number < number, PublicationIssue.published_on > day)
    later = and_(PublicationIssue.number > number, PublicationIssue.published_on < day)
    others: ColumnElement[bool] = PublicationIssue.id != but if but else STANDS
    query = select(PublicationIssue.number).where(PublicationIssue.publication_id == publication_id, STANDS, others)
    return query.where(or_(earlier, later)).order_by(PublicationIssue.number).limit(1)
