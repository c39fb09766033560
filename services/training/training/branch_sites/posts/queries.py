from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import aliased

from kit.access import Actor
from roster.models import PartyOrganization
from training.branch_sites.moderators.queries import is_tended_by
from training.branch_sites.sites.kinds import ColumnKind, PostState
from training.branch_sites.sites.models import BranchSite, SiteColumn, SitePost
from training.branch_sites.sites.queries import open_to

HOUR = func.make_interval(0, 0, 0, 0, 1)


def seen() -> Callable[[Actor], ColumnElement[bool]]:
    """What is shown is open to the site's members; the rest to its author and to whoever moderates it."""
    is_open = open_to(SitePost.organization_id)

    def found(actor: Actor) -> ColumnElement[bool]:
        own = actor.is_self(SitePost.author_member_id)
        return or_(and_(is_open(actor), SitePost.state == PostState.SHOWN), own, is_moderated_by(actor))

    return found


def is_moderated_by(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above the branch, and by the site's own webmaster and the column's own moderator."""
    reached = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    tended = is_tended_by(actor.person, SitePost.branch_site_id, SitePost.site_column_id)
    return or_(SitePost.organization_id.in_(reached), tended)


def column(name: Any) -> Any:
    return select(name).where(SiteColumn.id == SitePost.site_column_id).scalar_subquery()


def replied_at() -> ScalarSelect[datetime]:
    """When somebody else first answered."""
    reply = aliased(SitePost)
    query = select(func.min(reply.posted_at)).where(
        reply.parent_id == SitePost.id,
        reply.author_member_id != SitePost.author_member_id,
        reply.state == PostState.SHOWN,
    )
    return query.correlate(SitePost).scalar_subquery()


def is_unanswered_at(moment: datetime) -> ColumnElement[bool]:
    """A message of a talk column that nobody answered within the site's hours, and that still waits at the moment."""
    hours = select(BranchSite.reply_hours).where(BranchSite.id == SitePost.branch_site_id).scalar_subquery()
    replied = replied_at()
    return and_(
        SitePost.parent_id.is_(None),
        SitePost.state == PostState.SHOWN,
        column(SiteColumn.kind) == ColumnKind.TALK,
        or_(replied.is_(None), replied > moment),
        SitePost.posted_at + hours * HOUR < moment,
    )
