"""Findings as they are read: what holds today, with what is kept of it, beside what is over."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Integer,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    null,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import aliased

from records.findings import Declared, FindingStatus, Reach, Severity, looked_for
from registry.circles.circles import queries as circle_queries
from registry.circles.service_requests import queries as service_queries
from registry.identity.accounts import queries as account_queries
from registry.liaison.appeals.models import Appeal
from registry.liaison.instructors import queries as instructor_queries
from registry.members.members import queries as member_queries
from registry.oversight.findings.declared import BY_CODE, DECLARED
from registry.oversight.findings.kinds import FindingSubject
from registry.oversight.findings.models import Finding
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import name_of
from registry.tree.posts.models import Post
from registry.units.mass_organizations.models import MassOrganizationHead
from registry.units.projects import queries as projects
from registry.units.units import queries as unit_queries

FOUND = table(
    "found",
    *(column(name, Uuid) for name in ("id", "subject_id", "organization_id", "root_id", "person_id")),
    *(column(name, Text) for name in ("code", "severity", "status", "subject_kind", "subject_name")),
    *(column(name, Text) for name in ("organization_name", "path", "acknowledgement", "acknowledged_by_name")),
    *(column(name, Date) for name in ("began_on", "due_on", "opened_on", "closed_on")),
    *(column(name, Integer) for name in ("urgency", "value", "version")),
    column("acknowledged_at", DateTime(timezone=True)),
)
URGENCY = {severity.value: number for number, severity in enumerate(Severity)}
"""Ascending, the urgent ones come first."""


def findings(day: date, seen: Reach, declared: Sequence[Declared] = DECLARED) -> Select[Any]:
    """All columns of `FOUND`: what these declarations find on a day, and what they found before."""
    live = looked_for(declared, day, seen) if declared else None
    parts = [_over(seen)] if live is None else [_holding(live, day), _over(seen)]
    return select(*FOUND.c).select_from(FOUND).add_cte(union_all(*parts).cte("found"))


def holding(day: date, seen: Reach, declared: Sequence[Declared] = DECLARED) -> Select[Any]:
    """Only what holds: the same columns."""
    return select(*FOUND.c).select_from(FOUND).add_cte(_holding(looked_for(declared, day, seen), day).cte("found"))


def _holding(live: Subquery, day: date) -> Select[Any]:
    """What is kept of it counts as long as it was not over in between."""
    kept, owner, today = Finding, PartyOrganization, literal(day, Date)
    is_kept = and_(kept.id == live.c.id, kept.closed_on.is_(None))
    opened = func.coalesce(kept.opened_on, today)
    began = func.coalesce(live.c.began_on, opened)
    status = case((kept.acknowledged_at.is_not(None), FindingStatus.ACKNOWLEDGED.value), else_=FindingStatus.OPEN.value)
    columns = {
        **{name: live.c[name] for name in ("id", "code", "severity", "subject_kind", "subject_id", "subject_name")},
        **{name: live.c[name] for name in ("organization_id", "person_id", "value")},
        "urgency": case(URGENCY, value=live.c.severity),
        "status": status,
        "organization_name": owner.name,
        "path": owner.path,
        "root_id": owner.root_id,
        "began_on": began,
        "due_on": func.coalesce(live.c.due_on, began + live.c.days),
        "opened_on": opened,
        "closed_on": cast(null(), Date),
        **_answered(),
        "version": func.coalesce(kept.version, _version_once_over(live.c.id), 1),
    }
    query = select(*(columns[name].label(name) for name in FOUND.c.keys()))  # noqa: SIM118 - not a dict
    query = query.select_from(live).join(owner, owner.id == live.c.organization_id)
    return query.outerjoin(kept, is_kept)


def _version_once_over(finding_id: Any) -> Any:
    """Of a finding that has come back and was not told yet: what its version will be."""
    former = aliased(Finding)
    query = select(former.version + 1).where(former.id == finding_id, former.closed_on.is_not(None))
    return query.scalar_subquery()


def _over(seen: Reach) -> Select[Any]:
    """A finding that is over is told by what is kept; the name is the subject's name today."""
    kept, owner = Finding, PartyOrganization
    columns = {
        **{name: getattr(kept, name) for name in ("id", "code", "subject_id", "organization_id", "root_id")},
        **{name: getattr(kept, name) for name in ("began_on", "due_on", "opened_on", "closed_on", "version")},
        "severity": case({one.code.value: one.severity.value for one in DECLARED}, value=kept.code),
        "urgency": case({one.code.value: URGENCY[one.severity.value] for one in DECLARED}, value=kept.code),
        "subject_kind": cast(kept.subject_kind, Text),
        "subject_name": _subject_name(),
        "status": literal(FindingStatus.CLOSED.value, Text),
        "organization_name": owner.name,
        "path": owner.path,
        "person_id": cast(null(), Uuid),
        "value": cast(null(), Integer),
        **_answered(),
    }
    query = select(*(columns[name].label(name) for name in FOUND.c.keys()))  # noqa: SIM118 - not a dict
    query = query.select_from(kept).join(owner, owner.id == kept.organization_id)
    return query.where(kept.closed_on.is_not(None), kept.code.in_(BY_CODE), seen(kept.organization_id))


@cache
def _answered() -> dict[str, Any]:
    """How an officer answered it: as a person, or by the name of the account where it belongs to nobody."""
    person = account_queries.person_name_of(Finding.acknowledged_by)
    return {
        "acknowledgement": Finding.acknowledgement,
        "acknowledged_at": Finding.acknowledged_at,
        "acknowledged_by_name": func.coalesce(person, account_queries.name_of(Finding.acknowledged_by)),
    }


@cache
def _subject_name() -> Any:
    names = subject_names(Finding.subject_id)
    return func.coalesce(case(*((Finding.subject_kind == kind, name) for kind, name in names.items())), "")


def subject_names(subject: Any) -> dict[FindingSubject, Any]:
    """Of every kind that a finding may be about."""
    holder = select(member_queries.name_of(Post.member_id)).where(Post.id == subject, Post.recorded_to.is_(None))
    return {
        FindingSubject.ORGANIZATION: name_of(subject),
        FindingSubject.UNIT: unit_queries.name_of(subject),
        FindingSubject.MEMBER: member_queries.name_of(subject),
        FindingSubject.POST: holder.scalar_subquery(),
        FindingSubject.INSTRUCTOR: instructor_queries.name_of(subject),
        FindingSubject.APPEAL: select(Appeal.topic).where(Appeal.id == subject).scalar_subquery(),
        FindingSubject.CIRCLE: circle_queries.name_of(subject),
        FindingSubject.SERVICE_REQUEST: service_queries.topic_of(subject),
        FindingSubject.PROJECT: projects.name_of(subject),
        FindingSubject.HEAD: select(MassOrganizationHead.name)
        .where(MassOrganizationHead.id == subject)
        .scalar_subquery(),
    }
