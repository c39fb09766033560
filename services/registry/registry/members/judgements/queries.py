"""What decides about a period that is over, as of its last day: organisations and members, never words about them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Row, and_, case, func, literal, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import believed
from records.periods import Cadence, Period, periods
from registry.members.development_plans.models import DevelopmentPlan
from registry.members.developments.kinds import DevelopmentStep
from registry.members.developments.models import Development
from registry.members.developments.queries import developed_below
from registry.members.integrity_cards.kinds import IntegrityKind
from registry.members.integrity_cards.models import IntegrityEntry
from registry.members.judgements.kinds import JudgementKind
from registry.members.judgements.models import Judgement
from registry.members.judgements.rules import Held
from registry.members.members.kinds import ENROLLED
from registry.members.members.models import Member
from registry.members.members.queries import profile_gaps
from registry.members.transfers.kinds import TransferState
from registry.members.transfers.models import Transfer
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post
from registry.tree.shapes import queries as shapes
from registry.tree.terms.models import Election

Belonging = Mapping[UUID, Sequence[UUID]]
"""Members by organisation."""
ON_PAPER = (TransferState.ISSUED, TransferState.RECEIVED)


async def organizations_to_judge(db: AsyncSession) -> list[UUID]:
    """Those with members of the Party, and those that plan to develop some."""
    query = select(Member.organization_id).where(Member.is_active, Member.stage.in_(ENROLLED))
    return sorted((await db.scalars(query.union(select(DevelopmentPlan.organization_id)))).all())


async def primary_organizations(db: AsyncSession) -> list[UUID]:
    """Those that have a form, a committee and a secretary of their own, and no members of the Party perhaps."""
    is_primary = PartyOrganization.level == OrganizationLevel.PRIMARY
    return sorted((await db.scalars(select(PartyOrganization.id).where(PartyOrganization.is_active, is_primary))).all())


async def judged_organizations(db: AsyncSession, kind: JudgementKind, ended_on: date) -> list[UUID]:
    query = select(Judgement.organization_id).where(Judgement.kind == kind, Judgement.period_ends_on == ended_on)
    return sorted((await db.scalars(query)).all())


async def judged(
    db: AsyncSession, kind: JudgementKind, ended_on: date, organizations: Collection[UUID]
) -> dict[UUID, Judgement]:
    query = select(Judgement).where(Judgement.kind == kind, Judgement.period_ends_on == ended_on)
    found = await db.scalars(query.where(Judgement.organization_id.in_(organizations)))
    return {one.organization_id: one for one in found}


async def members_of(db: AsyncSession, organizations: Collection[UUID], day: date) -> Belonging:
    """Who is in the Party since then, with the organisation of today."""
    query = select(Member.organization_id, Member.id).where(
        Member.organization_id.in_(organizations),
        Member.is_active,
        Member.stage.in_(ENROLLED),
        or_(Member.joined_on.is_(None), Member.joined_on <= day),
    )
    found: dict[UUID, list[UUID]] = {one: [] for one in organizations}
    for row in await db.execute(query.order_by(Member.id)):
        found[row.organization_id].append(row.id)
    return found


async def places_of(db: AsyncSession, organizations: Collection[UUID]) -> dict[UUID, tuple[str, UUID]]:
    query = select(PartyOrganization.id, PartyOrganization.path, PartyOrganization.root_id)
    rows = await db.execute(query.where(PartyOrganization.id.in_(organizations)))
    return {row.id: (row.path, row.root_id) for row in rows}


def _last_day_of(period: Period) -> ColumnElement[date]:
    """Until when a transfer ran, as far as the period knows."""
    end = literal(period.last, Date)
    return func.least(func.coalesce(Transfer.received_on, end), end)


def _on_paper_in(period: Period) -> ColumnElement[bool]:
    return and_(
        Transfer.void_reason.is_(None),
        Transfer.state.in_(ON_PAPER),
        Transfer.issued_on <= period.last,
        _last_day_of(period) >= period.first,
    )


def _is_late_in(period: Period) -> ColumnElement[bool]:
    return _last_day_of(period) > Transfer.first_valid_until


async def late_members(db: AsyncSession, period: Period, members: Collection[UUID]) -> set[UUID]:
    query = select(Transfer.member_id).where(_on_paper_in(period), _is_late_in(period))
    return set(await db.scalars(query.where(Transfer.member_id.in_(members))))


async def transfers_of(
    db: AsyncSession, period: Period, organizations: Collection[UUID]
) -> dict[UUID, tuple[int, int]]:
    """How many transfers each had in the period, and how many it sent late."""
    sent = select(
        Transfer.organization_id.label("organization_id"),
        func.count().label("number"),
        func.count().filter(_is_late_in(period)).label("late"),
    ).where(_on_paper_in(period), Transfer.organization_id.in_(organizations))
    received = select(
        Transfer.to_organization_id.label("organization_id"), func.count().label("number"), literal(0).label("late")
    ).where(
        Transfer.void_reason.is_(None),
        Transfer.received_on.between(period.first, period.last),
        Transfer.to_organization_id.in_(organizations),
    )
    both = sent.group_by(Transfer.organization_id).union_all(received.group_by(Transfer.to_organization_id)).subquery()
    found: dict[UUID, tuple[int, int]] = dict.fromkeys(organizations, (0, 0))
    for row in await db.execute(select(both)):
        number, late = found[row.organization_id]
        found[row.organization_id] = (number + row.number, late + row.late)
    return found


async def dishonest_members(db: AsyncSession, period: Period, members: Collection[UUID]) -> set[UUID]:
    query = select(IntegrityEntry.member_id).where(
        IntegrityEntry.kind == IntegrityKind.DISHONEST,
        IntegrityEntry.void_reason.is_(None),
        IntegrityEntry.happened_on.between(period.first, period.last),
    )
    return set(await db.scalars(query.where(IntegrityEntry.member_id.in_(members))))


async def complete_members(db: AsyncSession, members: Collection[UUID]) -> set[UUID]:
    query = select(Member.id).where(Member.id.in_(members), profile_gaps() == 0, Member.phone_sealed.is_not(None))
    return set(await db.scalars(query))


async def developments_of(
    db: AsyncSession, period: Period, organizations: Collection[UUID]
) -> dict[UUID, tuple[int, int]]:
    """How many cases each had in hand in the period, and how many of them beyond a limit then."""
    case_ = Development
    over_on = case((case_.step == DevelopmentStep.CLOSED, case_.entered_on), else_=case_.ended_on)
    is_late = or_(case_.late_on.between(period.first, period.last), case_.due_on < period.last)
    query = select(case_.organization_id, func.count().label("number"), func.count().filter(is_late).label("late"))
    query = query.where(
        case_.organization_id.in_(organizations),
        case_.void_reason.is_(None),
        case_.applied_on <= period.last,
        or_(over_on.is_(None), over_on >= period.first),
    )
    found: dict[UUID, tuple[int, int]] = dict.fromkeys(organizations, (0, 0))
    for row in await db.execute(query.group_by(case_.organization_id)):
        found[row.organization_id] = (row.number, row.late)
    return found


async def plans_of(db: AsyncSession, year: int, organizations: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """What each planned for the year, and how many were received below it."""
    developed = developed_below(DevelopmentPlan.organization_id, DevelopmentPlan.year).label("developed")
    query = select(DevelopmentPlan.organization_id, DevelopmentPlan.planned, developed)
    query = query.where(DevelopmentPlan.year == year, DevelopmentPlan.organization_id.in_(organizations))
    found: dict[UUID, tuple[int, int]] = dict.fromkeys(organizations, (0, 0))
    for row in await db.execute(query):
        found[row.organization_id] = (row.planned, row.developed)
    return found


def _there_on(period: Period) -> ColumnElement[bool]:
    dissolved = PartyOrganization.dissolved_on
    return and_(PartyOrganization.founded_on <= period.last, or_(dissolved.is_(None), dissolved > period.last))


async def forms_of(db: AsyncSession, period: Period, organizations: Collection[UUID]) -> Sequence[Row[Any]]:
    """The form and the committee of each, with the posts as of the last day and the members as they are now."""
    day = period.last
    is_complete = and_(not_(shapes.is_committee_of_wrong_size(day)), shapes.has_secretary(day))
    query = select(
        PartyOrganization.id,
        shapes.formal_below().label("formal"),
        shapes.enrolled_below().label("enrolled"),
        shapes.fits_its_members(day).label("fits"),
        shapes.people_in_office(day).label("team"),
        is_complete.label("is_complete"),
    )
    return (await db.execute(query.where(PartyOrganization.id.in_(organizations), _there_on(period)))).all()


async def terms_of(db: AsyncSession, period: Period, organizations: Collection[UUID]) -> Sequence[Row[Any]]:
    """The term of each as of the last day: an election after it tells when that one ended."""
    of_it = and_(Election.organization_id == PartyOrganization.id, Election.void_reason.is_(None))
    next_ = select(Election.due_on, Election.id).where(of_it, Election.held_on > period.last)
    following = next_.order_by(Election.held_on, Election.id).limit(1).lateral()
    is_late = and_(Election.held_on.between(period.first, period.last), Election.held_on > Election.due_on)
    ends_on = case((following.c.id.is_not(None), following.c.due_on), else_=PartyOrganization.term_ends_on)
    query = select(
        PartyOrganization.id,
        PartyOrganization.founded_on,
        ends_on.label("ends_on"),
        select(func.count()).where(of_it, is_late).scalar_subquery().label("late"),
    )
    query = query.select_from(PartyOrganization).outerjoin(following, true())
    return (await db.execute(query.where(PartyOrganization.id.in_(organizations), _there_on(period)))).all()


async def secretaries_of(db: AsyncSession, period: Period, organizations: Collection[UUID]) -> dict[UUID, list[Held]]:
    """When each had a secretary, up to the end of the period."""
    query = select(Post.organization_id, Post.valid_from, Post.valid_to).where(
        Post.kind == PostKind.SECRETARY,
        believed(Post),
        Post.organization_id.in_(organizations),
        Post.valid_from <= period.last,
    )
    found: dict[UUID, list[Held]] = {one: [] for one in organizations}
    for row in await db.execute(query):
        found[row.organization_id].append(Held(row.valid_from, row.valid_to))
    return found


async def months_owed(db: AsyncSession, period: Period, members: Collection[UUID]) -> dict[UUID, list[date]]:
    """The first days of the months of the period for which each owes dues: from that of the admission on."""
    rows = await db.execute(select(Member.id, Member.joined_on).where(Member.id.in_(members)))
    months = [one for one in periods(period.year, Cadence.MONTHLY) if period.first <= one.first <= period.last]
    return {
        row.id: [month.first for month in months if row.joined_on is None or row.joined_on <= month.last]
        for row in rows
    }
