from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Integer, ScalarSelect, Select, and_, cast, func, select
from sqlalchemy.orm import aliased

from roster.models import Member
from roster.queries import members_of
from training.branch_sites.months.models import SiteCheckIn, SiteMonth
from training.branch_sites.sites.kinds import ColumnKind, PostState
from training.branch_sites.sites.models import BranchSite, SiteColumn, SitePost


def participations(site: BranchSite, first: date, last: date) -> Select[*tuple[Any, ...]]:
    """Every member of the branch on the last day: days of checking in, texts that repeat nothing, minutes of study."""
    posted = (
        select(
            SitePost.author_member_id.label("member_id"),
            func.count(SitePost.gist.distinct()).label("posts"),
            func.sum(SitePost.study_minutes).filter(SiteColumn.kind == ColumnKind.STUDY).label("minutes"),
        )
        .join(SiteColumn, SiteColumn.id == SitePost.site_column_id)
        .where(SitePost.branch_site_id == site.id, SitePost.posted_on.between(first, last))
        .where(SitePost.state == PostState.SHOWN)
        .group_by(SitePost.author_member_id)
        .subquery("posted")
    )
    came = (
        select(SiteCheckIn.member_id, func.count().label("days"))
        .where(SiteCheckIn.branch_site_id == site.id, SiteCheckIn.checked_in_on.between(first, last))
        .group_by(SiteCheckIn.member_id)
        .subquery("came")
    )
    posts, days = func.coalesce(posted.c.posts, 0), func.coalesce(came.c.days, 0)
    return (
        members_of(site.organization_id, last)
        .outerjoin(posted, posted.c.member_id == Member.id)
        .outerjoin(came, came.c.member_id == Member.id)
        .with_only_columns(
            Member.id.label("member_id"),
            cast(days, Integer).label("check_ins"),
            cast(posts, Integer).label("posts"),
            cast(func.coalesce(posted.c.minutes, 0), Integer).label("study_minutes"),
            cast(and_(posts >= site.monthly_posts, days >= site.monthly_check_ins), Boolean).label("is_met"),
        )
        .order_by(Member.id)
    )


def liveliness(site_id: UUID, first: date, last: date) -> Select[int, int]:
    """New messages and comments shown in a month."""
    return select(
        func.count().filter(SitePost.parent_id.is_(None)), func.count().filter(SitePost.parent_id.is_not(None))
    ).where(
        SitePost.branch_site_id == site_id,
        SitePost.posted_on.between(first, last),
        SitePost.state == PostState.SHOWN,
    )


def rank() -> ScalarSelect[int]:
    """The place among the district's sites of the month, by messages for each member; ties share a place."""
    other = aliased(SiteMonth)
    better = other.posts * SiteMonth.members > SiteMonth.posts * other.members
    query = select(func.count() + 1).where(other.root_id == SiteMonth.root_id, other.month == SiteMonth.month)
    return query.where(better).correlate(SiteMonth).scalar_subquery()
