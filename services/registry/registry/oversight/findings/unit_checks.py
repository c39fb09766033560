"""What units lack: an organisation, any reach of the Party, members, activists, a figure (rules.md E1, E8)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, exists, func, literal, not_, or_, select

from records.bitemporal import believed, valid_on
from records.findings import found
from registry.liaison.instructors.models import InstructorAssignment
from registry.limits import limits_on, months_from
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.units.ledgers import queries as ledgers
from registry.units.ledgers.kinds import LedgerBlock
from registry.units.ledgers.models import LedgerEntry
from registry.units.mass_organizations import queries as heads
from registry.units.mass_organizations.models import MassOrganizationHead
from registry.units.notices import queries as notices
from registry.units.projects import queries as projects
from registry.units.projects.models import InvestmentProject
from registry.units.unit_plans import queries as plans
from registry.units.unit_plans.models import UnitPlan
from registry.units.units.kinds import KINDS_OF, UnitKind, UnitSector
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
    """By the register, or by what an authority has told of the unit since (R24)."""
    known = select(func.count()).where(_works_there(Member.stage == MemberStage.FORMAL)).scalar_subquery()
    formal = func.greatest(known, notices.told_members(Unit.id))
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


def without_plan(day: date) -> Select[Any]:
    has_organization = exists(select(1).where(_links(day)))
    has_plan = exists(select(1).where(UnitPlan.unit_id == Unit.id, plans.standing_on(day)))
    return _about(not_(or_(has_organization, has_plan)))


def ledger_stale(day: date) -> Select[Any]:
    """Of a ledger that was begun; why there is no organisation is asked only where there is none."""
    oldest = months_from(day, -limits_on(day)["ledger_months"])
    is_begun = exists(select(1).where(LedgerEntry.unit_id == Unit.id, LedgerEntry.void_reason.is_(None)))
    is_asked = not_(exists(select(1).where(_links(day))))
    number: Any = literal(0)
    for block in LedgerBlock:
        last = ledgers.latest_check(Unit.id, block)
        is_stale = or_(last.is_(None), last < oldest)
        is_due = and_(is_asked, is_stale) if block is LedgerBlock.REASON_UNBUILT else is_stale
        number = number + case((is_due, 1), else_=0)
    return _about(is_begun, number > 0, value=number)


def without_line_committee(_: date) -> Select[Any]:
    return _about(Unit.kind.in_(KINDS_OF[UnitSector.SOCIAL]), Unit.line_organization_id.is_(None))


def head_not_in_the_party(day: date) -> Select[Any]:
    """It is about the head, who decides nothing of it."""
    head = MassOrganizationHead
    query = found(
        subject=head.id,
        name=head.name + " · " + Unit.name,
        organization=Unit.jurisdiction_id,
        since=head.valid_from,
        person=head.member_id,
    )
    query = query.select_from(head).join(Unit, Unit.id == head.unit_id)
    return query.where(Unit.is_active, heads.held_on(day), not_(heads.is_in_the_party()))


def project_without_clause(_: date) -> Select[Any]:
    project = InvestmentProject
    query = found(subject=project.id, name=project.name, organization=project.organization_id, since=project.signed_on)
    return query.where(project.void_reason.is_(None), not_(projects.has_clause()))
