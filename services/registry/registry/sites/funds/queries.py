"""The check of a budget against the payroll, and of returns against the dues that were paid."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, select
from sqlalchemy.orm import aliased

from records.findings import found
from registry.members.dues.queries import paid_below
from registry.sites.funds.kinds import FundKind
from registry.sites.funds.models import FundBudget, FundPayment
from registry.tree.stars.queries import level_of
from registry.units.units.models import Unit
from registry.units.units.queries import of_own_units

OVER, OVER_BY = "超过工资总额的规定比例(限额 ", " 元)"
SO = " 元,超出部分不能税前列支,请写明原因和渠道"
THOUSAND, HUNDRED, CENTS = 1000, 100, 2
seen = of_own_units(FundBudget.unit_id)
LIMIT: Any = func.round(FundBudget.payroll * FundBudget.permille / THOUSAND, CENTS)
"""What passes before tax."""
MOST: Any = func.greatest(FundBudget.budget, FundBudget.spent)
ABOVE: Any = func.greatest(MOST - LIMIT, 0)
CHECKED: dict[str, Any] = {
    "limit": LIMIT,
    "above": ABOVE,
    "deductible": func.least(FundBudget.spent, LIMIT),
    "share": func.round(MOST * HUNDRED / FundBudget.payroll, CENTS),
    "is_above": ABOVE > 0,
    "warning": case((ABOVE > 0, func.concat(OVER, LIMIT, OVER_BY, ABOVE, SO)), else_=null()),
}


def above_or_not(wanted: bool) -> ColumnElement[bool]:
    found: ColumnElement[bool] = ABOVE > 0 if wanted else ABOVE <= 0
    return found


def unexplained(_: date) -> Select[Any]:
    """Units with a year above the limit of which nobody has said why."""
    is_open = and_(FundBudget.void_reason.is_(None), above_or_not(True), FundBudget.explanation.is_(None))
    query = found(subject=Unit.id, name=Unit.name, organization=Unit.jurisdiction_id, value=func.count())
    query = query.join(FundBudget, FundBudget.unit_id == Unit.id).where(Unit.is_active, is_open)
    return query.group_by(Unit.id, Unit.name, Unit.jurisdiction_id)


def _returned() -> Any:
    """To the organisation in the year, all together."""
    other = aliased(FundPayment)
    query = select(func.sum(other.amount)).where(
        other.organization_id == FundPayment.organization_id,
        other.year == FundPayment.year,
        other.kind == FundKind.DUES_RETURN,
        other.void_reason.is_(None),
    )
    return query.scalar_subquery()


STAR_NAME: Any = case(
    (FundPayment.star_id.is_not(None), func.concat(FundPayment.year, " 年度 ", FundPayment.star_level, " 星")),
    else_=null(),
)
"""As the star record is called beside its id."""
DUES_PAID: Any = case(
    (FundPayment.kind == FundKind.DUES_RETURN, paid_below(FundPayment.organization_id, FundPayment.year)), else_=null()
)
IS_ABOVE_DUES: Any = case(
    (FundPayment.kind == FundKind.DUES_RETURN, func.coalesce(_returned(), 0) > DUES_PAID), else_=False
)


def current_level() -> Any:
    """What the star of the year is by now, beside a reward for it."""
    level = level_of(FundPayment.organization_id, FundPayment.year)
    return case((FundPayment.kind == FundKind.STAR_REWARD, level), else_=null())
