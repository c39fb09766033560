from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.sites.funds import models, service
from registry.sites.funds.schemas import (
    FundBudgetCorrect,
    FundBudgetCreate,
    FundBudgetId,
    FundBudgetListing,
    FundBudgetRead,
    FundPaymentCreate,
    FundPaymentId,
    FundPaymentListing,
    FundPaymentRead,
)
from registry.sites.funds.service import BUDGETS, CONSTRAINT_ERRORS, PAYMENTS

router = business_router("/api/v1/registry", ["党建经费"])
WantedBudgets = Annotated[FundBudgetListing, Depends(query_of(FundBudgetListing))]
WantedPayments = Annotated[FundPaymentListing, Depends(query_of(FundPaymentListing))]


@router.get("/fund-budgets", summary="党建经费预算列表(与工资总额比对)")
async def list_fund_budgets(wanted: WantedBudgets, db: Db, actor: CurrentActor) -> Page[FundBudgetRead]:
    return await BUDGETS.page(db, actor, wanted)


@router.get("/fund-budgets/export", summary="导出党建经费预算", response_class=Response, responses=FILE_ANSWER)
async def export_fund_budgets(wanted: WantedBudgets, to: ExportTo) -> Response:
    return await BUDGETS.export(wanted, to)


@router.get("/fund-budgets/{fund_budget_id}", summary="党建经费预算详情")
async def read_fund_budget(
    fund_budget_id: FundBudgetId, db: Db, actor: CurrentActor, response: Response
) -> FundBudgetRead:
    return await BUDGETS.show(db, actor, fund_budget_id, response)


@router.post("/fund-budgets", summary="登记单位的党建经费预算与支出", status_code=status.HTTP_201_CREATED)
async def create_fund_budget(
    body: FundBudgetCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> FundBudgetRead:
    return await BUDGETS.answer(db, await service.budget(db, body, actor=actor, today=today), response)


@router.patch("/fund-budgets/{fund_budget_id}", summary="更正党建经费预算与支出,说明超出的原因")
async def correct_fund_budget(
    *,
    fund_budget_id: FundBudgetId,
    body: FundBudgetCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> FundBudgetRead:
    row = await BUDGETS.require(db, actor, fund_budget_id, if_match=if_match)
    return await BUDGETS.answer(db, await service.correct_budget(db, row, body, actor=actor), response)


@router.post("/fund-budgets/{fund_budget_id}/void", summary="作废录入有误的党建经费预算(视为从未登记,记录保留)")
async def void_fund_budget(
    *,
    fund_budget_id: FundBudgetId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> FundBudgetRead:
    row = await BUDGETS.require(db, actor, fund_budget_id, if_match=if_match)
    return await BUDGETS.answer(db, await service.void_budget(db, row, body.reason, actor=actor), response)


@router.get("/fund-budgets/{fund_budget_id}/history", summary="党建经费预算的变更历史")
async def read_fund_budget_history(
    fund_budget_id: FundBudgetId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await BUDGETS.history(db, actor, fund_budget_id, page)


@router.get("/fund-payments", summary="党建经费拨付列表(党费返拨、星级奖励)")
async def list_fund_payments(wanted: WantedPayments, db: Db, actor: CurrentActor) -> Page[FundPaymentRead]:
    return await PAYMENTS.page(db, actor, wanted)


@router.get("/fund-payments/export", summary="导出党建经费拨付", response_class=Response, responses=FILE_ANSWER)
async def export_fund_payments(wanted: WantedPayments, to: ExportTo) -> Response:
    return await PAYMENTS.export(wanted, to)


@router.get("/fund-payments/{fund_payment_id}", summary="党建经费拨付详情")
async def read_fund_payment(
    fund_payment_id: FundPaymentId, db: Db, actor: CurrentActor, response: Response
) -> FundPaymentRead:
    return await PAYMENTS.show(db, actor, fund_payment_id, response)


@router.post("/fund-payments", summary="登记党费返拨或党建经费奖励", status_code=status.HTTP_201_CREATED)
async def create_fund_payment(
    body: FundPaymentCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> FundPaymentRead:
    return await PAYMENTS.answer(db, await service.pay(db, body, actor=actor, today=today), response)


@router.post("/fund-payments/{fund_payment_id}/void", summary="作废录入有误的拨付(视为从未拨付,记录保留)")
async def void_fund_payment(
    *,
    fund_payment_id: FundPaymentId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> FundPaymentRead:
    row = await PAYMENTS.require(db, actor, fund_payment_id, if_match=if_match)
    voided = await service.void_payment(db, row, body.reason, actor=actor, today=today)
    return await PAYMENTS.answer(db, voided, response)


@router.get("/fund-payments/{fund_payment_id}/history", summary="党建经费拨付的变更历史")
async def read_fund_payment_history(
    fund_payment_id: FundPaymentId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PAYMENTS.history(db, actor, fund_payment_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
