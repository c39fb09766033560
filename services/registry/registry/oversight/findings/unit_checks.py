"""What units lack: an organisation, any reach of the Party, members, activists, a figure (rules.md E1, E8)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, exists, func, literal, not_, or_, select

from records.bitemporal import believed, valid_on
from records.findings import found
from registry.liaison.instructors.models import InstructorAssignment
from registry.limits import limits_on
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.units.units.kinds import UnitKind
from registry.units.units.models import CoverageLink, Unit, UnitJurisdiction, UnitMassOrganization

ON_THE_WAY = (MemberStage.ACTIVIST, MemberStage.PROSPECT)


def _about(*conditions: ColumnElement[bool], **columns: Any) -> Select[Any]:
    query = found(subject=Unit.id, name=Unit.name, organization=Unit.jurisdiction_id, **columns)
    return query.where(Unit.is_active, *conditions)


def _works_there(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Member.unit_id == Unit.id, Member.is_active, *conditions)


def _links(day: date) -> ColumnElement[bool]:
    """Organisations that have members there: a 1+N branch that serves it without any is none of its own."""
    return and_(CoverageLink.unit_id == Unit.id, valid_on(CoverageLink, day), not_(CoverageLink.serves_without_members))


def should_have_organization(day: date) -> Select[Any]:
    formal = select(func.count()).where(_works_there(Member.stage == MemberStage.FORMAL)).scalar_subquery()
    has_one = exists(select(1).where(_links(day)))
    return _about(formal >= limits_on(day)["setting_up_members"], not_(has_one), value=formal)


def without_coverage(day: date) -> Select[Any]:
    """The white spots of R26, since they count or since the last organisation left them."""
    reached = [
        exists(select(1).where(model.unit_id == Unit.id, valid_on(model, day)))
        for model in (CoverageLink, InstructorAssignment, UnitMassOrganization)
    ]
    counted = select(func.min(UnitJurisdiction.valid_from)).where(
        UnitJurisdiction.unit_id == Unit.id, believed(UnitJurisdiction)
    )
    left = select(func.max(CoverageLink.valid_to)).where(
        CoverageLink.unit_id == Unit.id, believed(CoverageLink), CoverageLink.valid_to <= day
    )
    since = func.greatest(counted.scalar_subquery(), left.scalar_subquery())
    return _about(not_(or_(*reached)), since=since)


def covered_twice(day: date) -> Select[Any]:
    several = select(func.count()).where(_links(day)).scalar_subquery()
    since = select(func.max(CoverageLink.valid_from)).where(_links(day)).scalar_subquery()
    return _about(several > 1, since=since, value=several)


def large_without_member(day: date) -> Select[Any]:
    has_member = exists(select(1).where(_works_there(Member.stage.in_(ENROLLED))))
    return _about(Unit.staff_count >= limits_on(day)["large_unit_staff"], not_(has_member), value=Unit.staff_count)


def without_activist(day: date) -> Select[Any]:
    """Nobody on the way into the Party this year; who was received this year has been one."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    received = and_(Member.stage == MemberStage.PROBATIONARY, Member.joined_on >= first)
    has_one = exists(select(1).where(_works_there(or_(Member.stage.in_(ON_THE_WAY), received))))
    is_enterprise = Unit.kind == UnitKind.NON_PUBLIC_ENTERPRISE
    return _about(is_enterprise, not_(has_one), since=literal(first, Date), due_on=literal(last, Date))


def without_staff_count(_: date) -> Select[Any]:
    return _about(Unit.staff_count.is_(None))
