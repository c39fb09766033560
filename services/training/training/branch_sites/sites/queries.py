from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, ScalarSelect, Select, cast, func, or_, select

from kit.access import Actor
from roster.models import PartyOrganization
from training.branch_sites.sites.kinds import PostState, SiteState
from training.branch_sites.sites.models import BranchSite, SitePost


def open_to(organization_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """A site is open to its own members and to the offices at and above it."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        path = PartyOrganization.path
        places = select(PartyOrganization.id).where(or_(actor.reaches(path), actor.belongs_to(path)))
        found: ColumnElement[bool] = organization_id.in_(places)
        return found

    return seen


def last_updated_on() -> ScalarSelect[date]:
    """The day of the last message shown; comments do not make a site newer."""
    query = select(func.max(SitePost.posted_on)).where(
        SitePost.branch_site_id == BranchSite.id, SitePost.parent_id.is_(None), SitePost.state == PostState.SHOWN
    )
    return query.correlate(BranchSite).scalar_subquery()


def is_stale_on(day: date) -> ColumnElement[bool]:
    newest = func.coalesce(last_updated_on(), BranchSite.online_on)
    return (BranchSite.state == SiteState.ONLINE) & (cast(newest, Date) + BranchSite.stale_days < day)


def name_of_site(branch_site_id: Any) -> Any:
    return select(BranchSite.name).where(BranchSite.id == branch_site_id).scalar_subquery()


def figures(seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    def count(state: SiteState) -> ColumnElement[int]:
        return cast(func.count().filter(BranchSite.state == state), BigInteger).label(state.value)

    applied = func.count().label("total")
    exemplary = func.count().filter(BranchSite.is_exemplary).label("exemplary")
    return select(applied, *map(count, SiteState), exemplary).where(seen, BranchSite.void_reason.is_(None))
