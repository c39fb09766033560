from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from registry.members.course_hours.queries import hours_of
from registry.members.developments.kinds import DevelopmentStage, DevelopmentStep
from registry.members.developments.models import Development, DevelopmentPaper
from registry.members.developments.rules import DEVELOPMENT, GUIDES, steps_of
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging

RECEIVED = tuple(one for one in DevelopmentStep if DEVELOPMENT.is_earlier(DevelopmentStep.RECEIVING_APPROVAL, one))
"""Steps of those whose reception was approved."""


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of the people of one's organisations, wherever they belong by now."""
    return Development.member_id.in_(select(Member.id).where(belonging(Member.organization_id)(actor)))


def papers_seen(actor: Actor) -> ColumnElement[bool]:
    return DevelopmentPaper.development_id.in_(select(Development.id).where(seen(actor)))


def at_stage(stage: DevelopmentStage) -> ColumnElement[bool]:
    return Development.step.in_(steps_of(stage))


def of_member(member_id: Any) -> Callable[[UUID], ColumnElement[bool]]:
    def wanted(one: UUID) -> ColumnElement[bool]:
        found: ColumnElement[bool] = member_id.in_(select(Development.id).where(Development.member_id == one))
        return found

    return wanted


def name_of(development_id: Any) -> Any:
    """The name of whom a development is about, as a column of the row that has its id."""
    case, person = aliased(Development), aliased(Member)
    query = select(person.name).join(case, case.member_id == person.id)
    return query.where(case.id == development_id).scalar_subquery()


async def papers_of(db: AsyncSession, development_id: UUID) -> Sequence[Any]:
    """What counts: kind, stage and days of every paper that is not void."""
    columns = (
        *(DevelopmentPaper.kind, DevelopmentPaper.stage, DevelopmentPaper.happened_on, DevelopmentPaper.ends_on),
        DevelopmentPaper.person_id,
    )
    query = select(*columns).where(DevelopmentPaper.development_id == development_id)
    return (await db.execute(query.where(DevelopmentPaper.void_reason.is_(None)))).all()


def training_hours(until: date | None = None) -> Any:
    """Written down as papers, and told by training of classes attended since one is a prospect (24 before the vote)."""
    papers = select(func.coalesce(func.sum(DevelopmentPaper.hours), 0)).where(
        DevelopmentPaper.development_id == Development.id, DevelopmentPaper.void_reason.is_(None)
    )
    if until is not None:
        papers = papers.where(DevelopmentPaper.happened_on <= until)
    return papers.scalar_subquery() + hours_of(Development.member_id, Development.prospect_on, until)


async def hours_until(db: AsyncSession, development_id: UUID, day: date) -> Decimal:
    query: Select[Decimal] = select(training_hours(day)).where(Development.id == development_id)
    return (await db.execute(query)).scalar_one()


async def guides_of(db: AsyncSession, development_id: UUID) -> list[DevelopmentPaper]:
    query = select(DevelopmentPaper).where(
        DevelopmentPaper.development_id == development_id,
        DevelopmentPaper.kind.in_(GUIDES),
        DevelopmentPaper.void_reason.is_(None),
    )
    return list(await db.scalars(query.order_by(DevelopmentPaper.id)))


async def is_formal(db: AsyncSession, person_id: UUID, root_id: UUID) -> bool:
    query = select(Member.id).where(Member.id == person_id, Member.root_id == root_id)
    formal = query.where(Member.is_active, Member.stage == MemberStage.FORMAL)
    return await db.scalar(formal) is not None


async def path_of(db: AsyncSession, organization_id: UUID) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == organization_id)
    return (await db.execute(query)).scalar_one()


def developed_below(organization_id: Any, year: Any) -> Any:
    """How many were received in a year below an organisation, as a column of the row that has both."""
    case, inside, top = aliased(Development), aliased(PartyOrganization), aliased(PartyOrganization)
    query = select(func.count()).select_from(case).join(inside, inside.id == case.organization_id)
    query = query.join(top, func.starts_with(inside.path, top.path)).where(top.id == organization_id)
    is_received = (case.step.in_(RECEIVED), case.void_reason.is_(None))
    return query.where(func.date_part("year", case.received_on) == year, *is_received).scalar_subquery()
