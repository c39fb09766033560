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
from training.mutual_aid.provisions import models, service
from training.mutual_aid.provisions.schemas import (
    ProvisionId,
    ServiceProvisionConfirm,
    ServiceProvisionCorrect,
    ServiceProvisionCreate,
    ServiceProvisionListing,
    ServiceProvisionRead,
)
from training.mutual_aid.provisions.service import CONSTRAINT_ERRORS, PROVISIONS

router = business_router("/api/v1/training/service-provisions", ["互助服务"])
Wanted = Annotated[ServiceProvisionListing, Depends(query_of(ServiceProvisionListing))]


@router.get("", summary="互助服务记录")
async def list_service_provisions(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ServiceProvisionRead]:
    return await PROVISIONS.page(db, actor, wanted)


@router.get("/export", summary="导出互助服务记录", response_class=Response, responses=FILE_ANSWER)
async def export_service_provisions(wanted: Wanted, to: ExportTo) -> Response:
    return await PROVISIONS.export(wanted, to)


@router.get("/{service_provision_id}", summary="互助服务记录详情")
async def read_service_provision(
    service_provision_id: ProvisionId, db: Db, actor: CurrentActor, response: Response
) -> ServiceProvisionRead:
    return await PROVISIONS.show(db, actor, service_provision_id, response)


@router.post("", summary="登记提供了一次互助服务", status_code=status.HTTP_201_CREATED)
async def create_service_provision(
    body: ServiceProvisionCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ServiceProvisionRead:
    return await PROVISIONS.answer(db, await service.report(db, body, actor=actor, today=today), response)


@router.post("/{service_provision_id}/confirmation", summary="确认互助服务并写受助人评价", status_code=201)
async def confirm_service_provision(
    *,
    service_provision_id: ProvisionId,
    body: ServiceProvisionConfirm,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ServiceProvisionRead:
    provision = await PROVISIONS.require(db, actor, service_provision_id, if_match=if_match)
    confirmed = await service.confirm(db, provision, body.rating, actor=actor, today=today)
    return await PROVISIONS.answer(db, confirmed, response)


@router.patch("/{service_provision_id}", summary="更正受助人数或评价")
async def correct_service_provision(
    *,
    service_provision_id: ProvisionId,
    body: ServiceProvisionCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ServiceProvisionRead:
    provision = await PROVISIONS.require(db, actor, service_provision_id, if_match=if_match)
    return await PROVISIONS.answer(db, await service.correct(db, provision, body, actor=actor), response)


@router.post("/{service_provision_id}/void", summary="作废录入有误的互助服务记录(视为从未有过,记录保留)")
async def void_service_provision(
    *,
    service_provision_id: ProvisionId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ServiceProvisionRead:
    provision = await PROVISIONS.require(db, actor, service_provision_id, if_match=if_match)
    return await PROVISIONS.answer(db, await service.void(db, provision, body.reason, actor=actor), response)


@router.get("/{service_provision_id}/history", summary="互助服务记录的变更历史")
async def read_service_provision_history(
    service_provision_id: ProvisionId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await PROVISIONS.history(db, actor, service_provision_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
