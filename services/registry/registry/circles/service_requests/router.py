from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.circles.service_requests import models, service
from registry.circles.service_requests.schemas import (
    ServiceFigures,
    ServiceRequestAnswer,
    ServiceRequestClose,
    ServiceRequestCreate,
    ServiceRequestId,
    ServiceRequestListing,
    ServiceRequestRead,
    ServiceRequestTake,
)
from registry.circles.service_requests.service import OF_OWN_CENTRES, SERVICE_REQUESTS

router = business_router("/api/v1/registry", ["服务申请"])
Wanted = Annotated[ServiceRequestListing, Depends(query_of(ServiceRequestListing))]


@router.get("/service-requests", summary="服务申请列表(党员看到自己的)")
async def list_service_requests(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ServiceRequestRead]:
    return await SERVICE_REQUESTS.page(db, actor, wanted)


@router.get("/service-requests/export", summary="导出服务申请", response_class=Response, responses=FILE_ANSWER)
async def export_service_requests(wanted: Wanted, to: ExportTo) -> Response:
    return await SERVICE_REQUESTS.export(wanted, to)


@router.get("/service-requests/{service_request_id}", summary="服务申请详情")
async def read_service_request(
    service_request_id: ServiceRequestId, db: Db, actor: CurrentActor, response: Response
) -> ServiceRequestRead:
    return await SERVICE_REQUESTS.show(db, actor, service_request_id, response)


@router.post("/service-requests", summary="向活动中心申请服务", status_code=status.HTTP_201_CREATED)
async def create_service_request(
    body: ServiceRequestCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ServiceRequestRead:
    return await SERVICE_REQUESTS.answer(db, await service.ask(db, body, actor=actor, today=today), response)


@router.post(
    "/service-requests/{service_request_id}/acceptance",
    summary="受理服务申请,确定承办人",
    status_code=status.HTTP_201_CREATED,
)
async def take_service_request(
    *,
    service_request_id: ServiceRequestId,
    body: ServiceRequestTake,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ServiceRequestRead:
    request = await OF_OWN_CENTRES.require(db, actor, service_request_id, if_match=if_match)
    taken = await service.take(db, request, body, actor=actor, today=today)
    return await SERVICE_REQUESTS.answer(db, taken, response)


@router.post(
    "/service-requests/{service_request_id}/answer", summary="答复服务申请", status_code=status.HTTP_201_CREATED
)
async def answer_service_request(
    *,
    service_request_id: ServiceRequestId,
    body: ServiceRequestAnswer,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ServiceRequestRead:
    request = await OF_OWN_CENTRES.require(db, actor, service_request_id, if_match=if_match)
    answered = await service.answer(db, request, body, actor=actor, today=today)
    return await SERVICE_REQUESTS.answer(db, answered, response)


@router.post(
    "/service-requests/{service_request_id}/closing",
    summary="办结服务申请(申请人确认)",
    status_code=status.HTTP_201_CREATED,
)
async def close_service_request(
    *,
    service_request_id: ServiceRequestId,
    body: ServiceRequestClose,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ServiceRequestRead:
    request = await SERVICE_REQUESTS.require(db, actor, service_request_id, if_match=if_match)
    closed = await service.close(db, request, is_solved=body.is_solved, actor=actor, today=today)
    return await SERVICE_REQUESTS.answer(db, closed, response)


@router.post("/service-requests/{service_request_id}/void", summary="作废录入有误的服务申请(视为从未提出,记录保留)")
async def void_service_request(
    *,
    service_request_id: ServiceRequestId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ServiceRequestRead:
    request = await OF_OWN_CENTRES.require(db, actor, service_request_id, if_match=if_match)
    return await SERVICE_REQUESTS.answer(db, await service.void(db, request, body.reason, actor=actor), response)


@router.get("/service-requests/{service_request_id}/history", summary="服务申请的变更历史")
async def read_service_request_history(
    service_request_id: ServiceRequestId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SERVICE_REQUESTS.history(db, actor, service_request_id, page)


@router.get("/service-figures", summary="各活动中心服务申请统计")
async def read_service_figures(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    under: Annotated[UUID | None, Query(title="该组织及其全部下级")] = None,
    asked_from: Annotated[BusinessDate | None, Query(title="申请日期起")] = None,
    asked_to: Annotated[BusinessDate | None, Query(title="申请日期止")] = None,
) -> ServiceFigures:
    return await service.figures(db, actor, under=under, asked_from=asked_from, asked_to=asked_to, today=today)


DOMAIN = Domain(routers=[router], tables=models)
