"""The ledger of dues: by rate table and month; a reduction is proposed by the branch and written by the superior."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.dates import After, DateRules
from registry.links import refuse_wrong_dates
from registry.members.dues import queries
from registry.members.dues.events import DuesPaymentChanged
from registry.members.dues.models import DuesPayment
from registry.members.dues.rules import Owed, owed
from registry.members.dues.schemas import DuesPaymentCreate, DuesPaymentRead
from registry.members.members import queries as member_queries
from registry.members.members.kinds import ENROLLED
from registry.members.members.models import Member
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries

DATES = DateRules(
    {"paid_on": "缴纳日期", "month": "所属月份", "admitted": "入党月份"},
    (After("month", "admitted"),),
    facts=frozenset({"paid_on", "month"}),
)
SUPERIORS = frozenset({"district_officer", "town_officer"})


class DuesPaymentNotFound(problems.NotFound):
    code = "dues-payment-not-found"
    detail = "没有这条党费记录,或不在您的管理范围内"


class UnknownPayer(problems.Unprocessable):
    code = "unknown-payer"
    detail = "缴纳人不是党员(正式或预备)、已离开,或不在您的管理范围内"


class MonthPaidAlready(problems.Conflict):
    code = "month-paid-already"
    detail = "这名党员该月的党费已登记;有误的请先作废"


class ReductionBySuperior(problems.Forbidden):
    code = "reduction-by-superior"
    detail = "减缴由支部提出、上级党组织批准并登记"


class WrongReduction(problems.Unprocessable):
    code = "wrong-reduction"
    detail = "减缴须同时写明减缴后的金额和原因,且少于应缴金额 {owed} 元"


class NoRateOfThatMonth(problems.Unprocessable):
    code = "no-rate-of-that-month"
    detail = "该月没有施行的党费费率"


PAYMENTS = Register(
    "党费",
    DuesPayment,
    DuesPaymentRead,
    DuesPaymentNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(DuesPayment.member_id),
        "organization_name": organization_queries.name_of(DuesPayment.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_dues_payments_member_id": MonthPaidAlready}


async def pay(db: AsyncSession, body: DuesPaymentCreate, *, actor: Actor, today: date) -> DuesPayment:
    member = await MEMBERS.find(db, actor, body.member_id)
    if member is None or not member.is_active or member.stage not in ENROLLED:
        raise UnknownPayer
    refuse_own_case(actor, member.id)
    refuse_void(member)
    month = date.fromisoformat(f"{body.month}-01")
    admitted = member.joined_on.replace(day=1) if member.joined_on else None
    refuse_wrong_dates(DATES, {"paid_on": body.paid_on, "month": month, "admitted": admitted}, today)
    due = _owed(body, month, actor=actor)
    payment = DuesPayment(
        member_id=member.id,
        organization_id=member.organization_id,
        root_id=member.root_id,
        recorded_by=actor.subject,
        month_on=month,
        standing=body.standing,
        band=due.band,
        owed=due.amount,
        paid=body.paid,
        paid_on=body.paid_on,
        entered_on=today,
        is_full=body.paid >= due.amount,
        reduction_reason=body.reduction_reason,
    )
    db.add(payment)
    await _tell(db, payment, member, actor=actor)
    return payment


def _owed(body: DuesPaymentCreate, month: date, *, actor: Actor) -> Owed:
    due = owed(Decimal(body.income), body.standing, month)
    if due is None:
        raise NoRateOfThatMonth
    if body.reduced_to is None and body.reduction_reason is None:
        return due
    if not actor.roles & SUPERIORS:
        raise ReductionBySuperior
    if body.reduced_to is None or body.reduction_reason is None or body.reduced_to >= due.amount:
        raise WrongReduction(owed=due.amount)
    return due._replace(amount=Decimal(body.reduced_to))


async def void_payment(db: AsyncSession, payment_id: UUID, reason: str, *, if_match: int, actor: Actor) -> DuesPayment:
    payment = await PAYMENTS.require(db, actor, payment_id, if_match=if_match)
    refuse_own_case(actor, payment.member_id)
    void_row(db, payment, reason)
    await _tell(db, payment, await db.get_one(Member, payment.member_id), actor=actor)
    return payment


async def _tell(db: AsyncSession, payment: DuesPayment, member: Member, *, actor: Actor) -> None:
    await db.flush()
    path = await member_queries.path_of(db, member)
    fields = {name: getattr(payment, name) for name in DuesPaymentChanged.model_fields if name != "is_void"}
    told, version = DuesPaymentChanged(**fields, is_void=payment.void_reason is not None), payment.version
    root_id = payment.root_id
    await record_event(db, told, subject=payment.id, version=version, root_id=root_id, path=path, actor=actor)
