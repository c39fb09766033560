from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Points, Schema, Text
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.sites.funds import queries
from registry.sites.funds.kinds import FundKind
from registry.sites.funds.models import FundBudget, FundPayment
from registry.tree.organizations.queries import below
from registry.units.units.queries import called

FundBudgetId = Annotated[UUID, Path(title="党建经费预算编号")]
FundPaymentId = Annotated[UUID, Path(title="党建经费拨付编号")]
Year = Annotated[int, Field(ge=2000, le=2100, strict=True)]
Yuan = Annotated[Points, Field(ge=0)]
Positive = Annotated[Points, Field(gt=0)]
PAYROLL, BUDGET, SPENT = "职工年度工资薪金总额(元)", "党建经费预算(元)", "实际支出(元)"
EXPLANATION = "超出比例的原因和列支渠道"


class FundBudgetCreate(Schema):
    unit_id: UUID = Field(title="单位")
    year: Year = Field(title="年度")
    payroll: Positive = Field(title=PAYROLL)
    budget: Yuan = Field(title=BUDGET)
    spent: Yuan = Field(title=SPENT)
    explanation: Text | None = Field(default=None, title=EXPLANATION)


class FundBudgetCorrect(Schema):
    payroll: Positive | None = Field(default=None, title=PAYROLL)
    budget: Yuan | None = Field(default=None, title=BUDGET)
    spent: Yuan | None = Field(default=None, title=SPENT)
    explanation: Text | None = Field(default=None, title=EXPLANATION)


class FundBudgetRead(Schema):
    id: UUID = Field(title="编号")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    year: int = Field(title="年度")
    payroll: Points = Field(title=PAYROLL)
    budget: Points = Field(title=BUDGET)
    spent: Points = Field(title=SPENT)
    permille: int = Field(title="税前列支比例(千分之)")
    limit: Points = Field(title="税前列支限额(元)")
    deductible: Points = Field(title="可税前列支(元)")
    above: Points = Field(title="超出限额(元)", description="预算与支出中较大的一项超出的部分")
    share: Points = Field(title="占工资总额(%)")
    is_above: bool = Field(title="是否超出比例")
    warning: str | None = Field(title="提示")
    explanation: str | None = Field(title=EXPLANATION)
    organization_id: UUID = Field(title="登记时的属地组织编号")
    organization_name: str = Field(title="登记时的属地组织")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class FundBudgetListing(
    Listing,
    sortable=(FundBudget.year, FundBudget.payroll, FundBudget.spent),
    order=(FundBudget.year.desc(), FundBudget.id),
):
    unit_id: Annotated[UUID | None, equals(FundBudget.unit_id)] = Field(default=None, title="单位编号")
    under: Annotated[UUID | None, Where(below(FundBudget.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    of_year: Annotated[int | None, equals(FundBudget.year)] = Field(default=None, ge=2000, le=2100, title="年度")
    is_above: Annotated[bool | None, Where(queries.above_or_not)] = Field(default=None, title="是否超出比例")
    is_void: Annotated[bool, void_or_not(FundBudget)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(called(FundBudget.unit_id))] = Field(default=None, title="按单位名称查找")


class FundPaymentCreate(Schema):
    """A reward goes with the star record of the year, which the system looks up."""

    organization_id: UUID = Field(title="收款的党组织")
    kind: FundKind = Field(title="拨付类别")
    year: Year = Field(title="年度", description="党费所属的年度,或评定星级的年度")
    amount: Positive = Field(title="金额(元)")
    paid_on: BusinessDate = Field(title="拨付日期")
    purpose: Text = Field(title="用途")


class FundPaymentRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="收款的党组织编号")
    organization_name: str = Field(title="收款的党组织")
    kind: FundKind = Field(title="拨付类别")
    year: int = Field(title="年度")
    amount: Points = Field(title="金额(元)")
    paid_on: date = Field(title="拨付日期")
    purpose: str = Field(title="用途")
    star_id: UUID | None = Field(title="所依据的星级记录编号")
    star_name: str | None = Field(title="所依据的星级记录")
    star_level: int | None = Field(title="所依据的星级")
    current_level: int | None = Field(title="该年度现在的星级", description="与所依据的不同时,星级后来调整过")
    dues_paid: Points | None = Field(title="该年度已登记的党费(元)", description="该组织及其全部下级")
    is_above_dues: bool = Field(title="返拨合计是否超过党费")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class FundPaymentListing(
    Listing, sortable=(FundPayment.paid_on, FundPayment.amount), order=(FundPayment.paid_on.desc(), FundPayment.id)
):
    organization_id: Annotated[UUID | None, equals(FundPayment.organization_id)] = Field(
        default=None, title="收款的党组织编号"
    )
    under: Annotated[UUID | None, Where(below(FundPayment.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    kind: Annotated[FundKind | None, equals(FundPayment.kind)] = Field(default=None, title="拨付类别")
    of_year: Annotated[int | None, equals(FundPayment.year)] = Field(default=None, ge=2000, le=2100, title="年度")
    is_void: Annotated[bool, void_or_not(FundPayment)] = Field(default=False, title="只列已作废的")
