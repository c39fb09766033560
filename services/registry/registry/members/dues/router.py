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
from registry.members.dues import models, service
from registry.members.dues.schemas import DuesPaymentCreate, DuesPaymentListing, DuesPaymentRead, PaymentId
from registry.members.dues.service import CONSTRAINT_ERRORS, PAYMENTS

router = business_router("/api/v1/registry/dues-payments", ["党费"])
Wanted = Annotated[DuesPaymentListing, Depends(query_of(DuesPaymentListing))]


@router.get("", summary="党费台账(党员看到自己的)")
async def list_dues_payments(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[DuesPaymentRead]:
    return await PAYMENTS.page(db, actor, wanted)


@router.get("/export", summary="导出党费台账", response_class=Response, responses=FILE_ANSWER)
async def export_dues_payments(wanted: Wanted, to: ExportTo) -> Response:
    return await PAYMENTS.export(wanted, to)


@router.get("/{payment_id}", summary="党费记录详情")
async def read_dues_payment(payment_id: PaymentId, db: Db, actor: CurrentActor, response: Response) -> DuesPaymentRead:
    return await PAYMENTS.show(db, actor, payment_id, response)


@router.post("", summary="登记一名党员一个月的党费", status_code=status.HTTP_201_CREATED)
async def create_dues_payment(
    body: DuesPaymentCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> DuesPaymentRead:
    return await PAYMENTS.answer(db, await service.pay(db, body, actor=actor, today=today), response)


@router.post("/{payment_id}/void", summary="作废录入有误的党费记录(视为从未缴纳,记录保留)")
async def void_dues_payment(
    *, payment_id: PaymentId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> DuesPaymentRead:
    voided = await service.void_payment(db, payment_id, body.reason, if_match=if_match, actor=actor)
    return await PAYMENTS.answer(db, voided, response)


@router.get("/{payment_id}/history", summary="党费记录的变更历史")
async def read_dues_payment_history(
    payment_id: PaymentId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PAYMENTS.history(db, actor, payment_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
