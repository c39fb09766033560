from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from records.periods import Period
from registry.members.dues.models import DuesPayment
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of the members of one's organisations, and one's own."""
    return or_(belonging(DuesPayment.organization_id)(actor), actor.is_self(DuesPayment.member_id))


async def months_paid(db: AsyncSession, period: Period, members: Collection[UUID]) -> set[tuple[UUID, date]]:
    """Who had paid which month of the period in full, as the ledger stood when the period ended."""
    query = select(DuesPayment.member_id, DuesPayment.month_on).where(
        DuesPayment.member_id.in_(members),
        DuesPayment.month_on.between(period.first, period.last),
        DuesPayment.void_reason.is_(None),
        DuesPayment.is_full,
        DuesPayment.paid_on <= period.last,
        DuesPayment.entered_on <= period.last,
    )
    return {(row.member_id, row.month_on) for row in await db.execute(query)}


def payers(first: date, last: date) -> Select[UUID]:
    """Who paid for a month between these."""
    return select(DuesPayment.member_id).where(
        DuesPayment.void_reason.is_(None), DuesPayment.month_on.between(first, last)
    )


def ledgers_before(day: date) -> Select[UUID]:
    """Districts whose ledger was kept for a month before the day."""
    return select(DuesPayment.root_id).where(DuesPayment.void_reason.is_(None), DuesPayment.month_on < day)


def paid_below(organization_id: Any, year: Any) -> Any:
    """What was paid for the months of a year below an organisation, as a column of the row that has both."""
    inside, top = aliased(PartyOrganization), aliased(PartyOrganization)
    query = select(func.coalesce(func.sum(DuesPayment.paid), 0)).join(inside, inside.id == DuesPayment.organization_id)
    query = query.join(top, func.starts_with(inside.path, top.path)).where(top.id == organization_id)
    of_year = DuesPayment.month_on.between(func.make_date(year, 1, 1), func.make_date(year, 12, 31))
    return query.where(of_year, DuesPayment.void_reason.is_(None)).scalar_subquery()
