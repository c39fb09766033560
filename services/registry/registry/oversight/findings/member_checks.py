"""What members and their files lack, and whose organisation or workplace is no more (rules.md §5–6)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, not_

from records.findings import found
from registry.limits import limits_on, months_from
from registry.members.developments.models import Development
from registry.members.dues import queries as dues_queries
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.members.members.queries import profile_gaps
from registry.members.transfers.kinds import TransferState
from registry.members.transfers.models import Transfer
from registry.oversight.findings.organization_checks import SUPERIOR, interval
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
    missing = profile_gaps()
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


def transfer_unanswered(_: date) -> Select[Any]:
    """The old branch is asked; who asks learns nothing until it has answered."""
    return _transferred(Transfer.state == TransferState.ASKED, since=Transfer.asked_on)


def transfer_overdue(day: date) -> Select[Any]:
    """Until the receipt comes the old branch is responsible, also after it has issued another letter."""
    is_late = and_(Transfer.state == TransferState.ISSUED, Transfer.first_valid_until < day)
    return _transferred(is_late, since=Transfer.first_valid_until, due_on=Transfer.first_valid_until)


def _transferred(*conditions: ColumnElement[bool], **columns: Any) -> Select[Any]:
    query = found(
        subject=Member.id, name=Member.name, organization=Transfer.organization_id, person=Member.id, **columns
    )
    return query.join(Transfer, Transfer.member_id == Member.id).where(Transfer.void_reason.is_(None), *conditions)


def development_overdue(day: date) -> Select[Any]:
    query = found(
        subject=Member.id,
        name=Member.name,
        organization=Development.organization_id,
        person=Member.id,
        since=Development.due_on,
        due_on=Development.due_on,
    )
    query = query.join(Development, Development.member_id == Member.id)
    return query.where(Development.void_reason.is_(None), Development.due_on < day)


def dues_unpaid(day: date) -> Select[Any]:
    """Whoever was a member all the time, in a district that kept its ledger then; a talk is due, nothing else."""
    this_month = day.replace(day=1)
    first = months_from(this_month, -limits_on(day)["dues_unpaid_months"])
    was_member = and_(Member.stage.in_(ENROLLED), Member.joined_on < first)
    is_kept = Member.root_id.in_(dues_queries.ledgers_before(first))
    unpaid = Member.id.not_in(dues_queries.payers(first, this_month))
    return _about(was_member, is_kept, unpaid, since=literal(this_month, Date))
