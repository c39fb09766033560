"""Money for the Party's work: a unit's budget against its payroll, dues returned, rewards tied to stars (R57)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.limits import limits_on
from registry.links import refuse_wrong_dates
from registry.own_cases import is_superior, refuse_own_case
from registry.sites.funds import queries, rules
from registry.sites.funds.events import FundBudgetChanged, FundPaymentChanged
from registry.sites.funds.kinds import FundKind
from registry.sites.funds.models import FundBudget, FundPayment
from registry.sites.funds.schemas import (
    FundBudgetCorrect,
    FundBudgetCreate,
    FundBudgetRead,
    FundPaymentCreate,
    FundPaymentRead,
)
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.posts.queries import officers_of
from registry.tree.stars import queries as star_queries
from registry.units.units import queries as unit_queries
from registry.units.units.service import governed_unit


class FundBudgetNotFound(problems.NotFound):
    code = "fund-budget-not-found"
    detail = "没有这项党建经费预算,或不在您的管理范围内"


class FundPaymentNotFound(problems.NotFound):
    code = "fund-payment-not-found"
    detail = "没有这项拨付,或不在您的管理范围内"


class YearBudgetedAlready(problems.Conflict):
    code = "year-budgeted-already"
    detail = "这个单位该年度的党建经费已登记,请更正原记录"


class UnknownPaidOrganization(problems.Unprocessable):
    code = "unknown-paid-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class OnlyTheSuperiorPays(problems.Forbidden):
    code = "only-the-superior-pays"
    detail = "返拨和奖励由上级党组织登记,不能由本组织登记"


class NoStarRecord(problems.Unprocessable):
    code = "no-star-record"
    detail = "这个党组织 {year} 年度没有已公布的星级,不能奖励"


class StarTooLow(problems.Unprocessable):
    code = "star-too-low"
    detail = "这个党组织 {year} 年度是 {level} 星,三星以上才奖励"


class YearNotBegun(problems.Unprocessable):
    code = "year-not-begun"
    detail = "{year} 年度还没有到,请核对年度"


class RewardedAlready(problems.Conflict):
    code = "rewarded-already"
    detail = "这个党组织该年度的星级已奖励过"


BUDGETS = Register(
    "党建经费预算",
    FundBudget,
    FundBudgetRead,
    FundBudgetNotFound,
    queries.seen,
    derived={
        "unit_name": unit_queries.name_of(FundBudget.unit_id),
        "organization_name": organization_queries.name_of(FundBudget.organization_id),
        **queries.CHECKED,
    },
)
PAYMENTS = Register(
    "党建经费拨付",
    FundPayment,
    FundPaymentRead,
    FundPaymentNotFound,
    organization_queries.belonging(FundPayment.organization_id),
    derived={
        "organization_name": organization_queries.name_of(FundPayment.organization_id),
        "star_name": queries.STAR_NAME,
        "current_level": queries.current_level(),
        "dues_paid": queries.DUES_PAID,
        "is_above_dues": queries.IS_ABOVE_DUES,
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_fund_budgets_unit_id": YearBudgetedAlready,
    "uq_fund_payments_organization_id": RewardedAlready,
}


async def budget(db: AsyncSession, body: FundBudgetCreate, *, actor: Actor, today: date) -> FundBudget:
    """Above the limit it is written down all the same, warned of, and found until somebody says why; the next year is
    planned ahead.
    """
    if body.year > today.year + 1 or (body.spent and body.year > today.year):
        raise YearNotBegun(year=body.year)
    unit = await governed_unit(db, actor, body.unit_id)
    owned = {"organization_id": unit.jurisdiction_id, "root_id": unit.root_id, "recorded_by": actor.subject}
    permille = limits_on(date(body.year, 12, 31))["fund_payroll_permille"]
    row = FundBudget(**body.model_dump(), **owned, permille=permille)
    db.add(row)
    await _tell_budget(db, row, actor=actor)
    return row


async def correct_budget(db: AsyncSession, row: FundBudget, body: FundBudgetCorrect, *, actor: Actor) -> FundBudget:
    """What was explained is asked again when more is above and the correction does not say why."""
    refuse_void(row)
    explained = rules.above(row.payroll, max(row.budget, row.spent), row.permille)
    for name, value in body.model_dump(exclude_none=True).items():
        setattr(row, name, value)
    if body.explanation is None and rules.above(row.payroll, max(row.budget, row.spent), row.permille) > explained:
        row.explanation = None
    await _tell_budget(db, row, actor=actor)
    return row


async def void_budget(db: AsyncSession, row: FundBudget, reason: str, *, actor: Actor) -> FundBudget:
    void_row(db, row, reason)
    await _tell_budget(db, row, actor=actor)
    return row


async def _tell_budget(db: AsyncSession, row: FundBudget, *, actor: Actor) -> None:
    await db.flush()
    is_above = (await db.execute(select(queries.CHECKED["is_above"]).where(FundBudget.id == row.id))).scalar_one()
    told = FundBudgetChanged(
        id=row.id,
        unit_id=row.unit_id,
        year=row.year,
        is_above=is_above,
        is_explained=row.explanation is not None,
        is_void=row.void_reason is not None,
    )
    await _tell(db, told, row, row.organization_id, actor=actor)


async def pay(db: AsyncSession, body: FundPaymentCreate, *, actor: Actor, today: date) -> FundPayment:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownPaidOrganization
    await _refuse_all_but_the_superior(db, organization.id, organization.path, actor=actor, today=today)
    refuse_wrong_dates(rules.PAID_DATES, {"paid_on": body.paid_on}, today)
    if body.year > today.year:
        raise YearNotBegun(year=body.year)
    row = FundPayment(
        **body.model_dump(),
        **await _star(db, body),
        root_id=organization.root_id,
        recorded_by=actor.subject,
    )
    db.add(row)
    await _tell_payment(db, row, actor=actor)
    return row


async def _star(db: AsyncSession, body: FundPaymentCreate) -> Mapping[str, Any]:
    if body.kind is not FundKind.STAR_REWARD:
        return {}
    star = await star_queries.star_of(db, body.organization_id, body.year)
    if star is None:
        raise NoStarRecord(year=body.year)
    if star.level < rules.LEAST_REWARDED_STAR:
        raise StarTooLow(year=body.year, level=star.level)
    return {"star_id": star.id, "star_level": star.level}


async def void_payment(db: AsyncSession, row: FundPayment, reason: str, *, actor: Actor, today: date) -> FundPayment:
    [(_, path, _)] = await organization_queries.resolve_paths(db, [row.organization_id])
    await _refuse_all_but_the_superior(db, row.organization_id, path, actor=actor, today=today)
    void_row(db, row, reason)
    await _tell_payment(db, row, actor=actor)
    return row


async def _refuse_all_but_the_superior(
    db: AsyncSession, organization_id: UUID, path: str, *, actor: Actor, today: date
) -> None:
    """Nor may one of its own committee who has another office above it."""
    if not is_superior(actor, path):
        raise OnlyTheSuperiorPays
    refuse_own_case(actor, *await officers_of(db, organization_id, today))


async def _tell_payment(db: AsyncSession, row: FundPayment, *, actor: Actor) -> None:
    await db.flush()
    fields = {name: getattr(row, name) for name in FundPaymentChanged.model_fields if name != "is_void"}
    told = FundPaymentChanged(**fields, is_void=row.void_reason is not None)
    await _tell(db, told, row, row.organization_id, actor=actor)


async def _tell(
    db: AsyncSession, told: Payload, row: FundBudget | FundPayment, organization_id: UUID, *, actor: Actor
) -> None:
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [organization_id])
    await record_event(db, told, subject=row.id, version=row.version, root_id=root_id, path=path, actor=actor)
