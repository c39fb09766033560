"""What members and their files lack, and whose organisation or workplace is no more (rules.md §5–6)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_

from records.findings import found
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member
from registry.oversight.findings.organization_checks import IN_THE_PARTY, SUPERIOR, interval
from registry.oversight.findings.rules import limits_on, months_from
from registry.tree.organizations.models import PartyOrganization
from registry.units.units.models import Unit


def _about(*conditions: ColumnElement[bool], organization: Any = None, **columns: Any) -> Select[Any]:
    responsible = Member.organization_id if organization is None else organization
    query = found(subject=Member.id, name=Member.name, organization=responsible, person=Member.id, **columns)
    return query.where(Member.is_active, *conditions)


def without_phone(_: date) -> Select[Any]:
    return _about(Member.phone_sealed.is_(None))


def profile_incomplete(_: date) -> Select[Any]:
    """`value` counts what is not filled in; the phone has a finding of its own."""
    gaps = (
        Member.ethnicity.is_(None),
        Member.education.is_(None),
        and_(Member.stage.in_(IN_THE_PARTY), Member.joined_on.is_(None)),
        and_(Member.stage == MemberStage.FORMAL, Member.confirmed_on.is_(None)),
    )
    missing: Any = sum((case((gap, 1), else_=0) for gap in gaps[1:]), case((gaps[0], 1), else_=0))
    return _about(missing > 0, value=missing)


def probation_overdue(day: date) -> Select[Any]:
    """On the day the year is full a member may still be confirmed; an approved extension is what one acknowledges."""
    months = limits_on(day)["probation_months"]
    late = Member.joined_on < months_from(day, -months)
    return _about(Member.stage == MemberStage.PROBATIONARY, late, since=Member.joined_on + interval(months))


def of_dissolved_organization(_: date) -> Select[Any]:
    ended = PartyOrganization.dissolved_on
    query = _about(not_(PartyOrganization.is_active), organization=SUPERIOR, since=ended)
    return query.join(PartyOrganization, PartyOrganization.id == Member.organization_id)


def of_closed_unit(_: date) -> Select[Any]:
    query = _about(not_(Unit.is_active), since=func.greatest(Unit.closed_on, Member.joined_on))
    return query.join(Unit, Unit.id == Member.unit_id)
