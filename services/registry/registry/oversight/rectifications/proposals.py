"""By which rules an organisation is proposed for rectification; its superior decides whether it is listed (R56)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from records.findings import found
from registry.limits import limits_on, months_from
from registry.oversight.rectifications.kinds import RectificationGround as Ground
from registry.oversight.rectifications.models import Rectification
from registry.oversight.rectifications.queries import is_overdue_on, is_running_for
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.shapes.queries import has_secretary, vacant_since

ORGANIZATION = PartyOrganization
IS_ELECTED = and_(ORGANIZATION.is_active, ORGANIZATION.level.in_((OrganizationLevel.TOWN, OrganizationLevel.PRIMARY)))


def _proposed(*conditions: ColumnElement[bool], since: Any) -> Select[Any]:
    """The superior is responsible; whoever is listed already is proposed no more."""
    query = found(subject=ORGANIZATION.id, name=ORGANIZATION.name, organization=ORGANIZATION.parent_id, since=since)
    return query.where(IS_ELECTED, not_(is_running_for(ORGANIZATION.id)), *conditions)


def without_secretary(day: date) -> Select[Any]:
    last, since = months_from(day, -limits_on(day)["weak_vacancy_months"]), vacant_since(day)
    return _proposed(not_(has_secretary(day)), since < last, since=since)


def term_overdue(day: date) -> Select[Any]:
    last, ends = months_from(day, -limits_on(day)["weak_term_months"]), ORGANIZATION.term_ends_on
    return _proposed(ends < last, since=ends)


def overdue(day: date) -> Select[Any]:
    """Its day is over and nobody has signed it off."""
    query = found(
        subject=ORGANIZATION.id,
        name=ORGANIZATION.name,
        organization=ORGANIZATION.id,
        since=Rectification.due_on,
        due_on=Rectification.due_on,
    )
    query = query.join(Rectification, Rectification.organization_id == ORGANIZATION.id)
    return query.where(ORGANIZATION.is_active, is_overdue_on(day))


LIMITS = {Ground.WITHOUT_SECRETARY: "weak_vacancy_months", Ground.TERM_OVERDUE: "weak_term_months"}
RULES: dict[Ground, Callable[[date], Select[Any]]] = {
    Ground.WITHOUT_SECRETARY: without_secretary,
    Ground.TERM_OVERDUE: term_overdue,
}


async def holds(db: AsyncSession, ground: Ground, organization_id: UUID, day: date) -> bool:
    """Whether the rule of the ground finds the organisation on that day; by hand needs no rule."""
    if ground not in RULES:
        return True
    if LIMITS[ground] not in limits_on(day):
        return False
    rows = RULES[ground](day).subquery()
    return await db.scalar(select(func.count()).where(rows.c.subject_id == organization_id)) == 1
