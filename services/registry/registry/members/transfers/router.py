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
from registry.members.members.schemas import MemberId
from registry.members.transfers import models, service
from registry.members.transfers.schemas import (
    Letter,
    RequestId,
    TransferAsk,
    TransferClose,
    TransferId,
    TransferListing,
    TransferOpen,
    TransferRead,
    TransferReceive,
    TransferRequestListing,
    TransferRequestRead,
)
from registry.members.transfers.service import CONSTRAINT_ERRORS, REQUESTS, TRANSFERS
from registry.seals import CurrentSeals

router = business_router("/api/v1/registry", ["组织关系转接"])
Wanted = Annotated[TransferListing, Depends(query_of(TransferListing))]
WantedRequests = Annotated[TransferRequestListing, Depends(query_of(TransferRequestListing))]


@router.post(
    "/members/{member_id}/transfers",
    summary="开具组织关系介绍信(转出方)",
    status_code=status.HTTP_201_CREATED,
)
async def open_transfer(
    *, member_id: MemberId, body: TransferOpen, db: Db, actor: CurrentActor, today: Today, response: Response
) -> TransferRead:
    opened = await service.open_letter(db, member_id, body, actor=actor, today=today)
    return await TRANSFERS.answer(db, opened, response)


@router.get("/transfers", summary="组织关系转接列表")
async def list_transfers(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[TransferRead]:
    return await TRANSFERS.page(db, actor, wanted)


@router.get("/transfers/export", summary="导出组织关系转接", response_class=Response, responses=FILE_ANSWER)
async def export_transfers(wanted: Wanted, to: ExportTo) -> Response:
    return await TRANSFERS.export(wanted, to)


@router.get("/transfers/{transfer_id}", summary="组织关系转接详情")
async def read_transfer(transfer_id: TransferId, db: Db, actor: CurrentActor, response: Response) -> TransferRead:
    return await TRANSFERS.show(db, actor, transfer_id, response)


@router.post(
    "/transfers/{transfer_id}/letter",
    summary="同意转出并开具介绍信,或重新开具过期的介绍信(转出方)",
    status_code=status.HTTP_201_CREATED,
)
async def issue_transfer_letter(
    *,
    transfer_id: TransferId,
    body: Letter,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> TransferRead:
    transfer = await TRANSFERS.require(db, actor, transfer_id, if_match=if_match)
    issued = await service.issue(db, transfer, body, actor=actor, today=today)
    return await TRANSFERS.answer(db, issued, response)


@router.post(
    "/transfers/{transfer_id}/receipt",
    summary="接收党员并回执(转入方)",
    status_code=status.HTTP_201_CREATED,
)
async def receive_transfer(
    *,
    transfer_id: TransferId,
    body: TransferReceive,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> TransferRead:
    transfer = await TRANSFERS.require(db, actor, transfer_id, if_match=if_match)
    received = await service.receive(db, transfer, body.received_on, actor=actor, today=today)
    return await TRANSFERS.answer(db, received, response)


@router.post(
    "/transfers/{transfer_id}/refusal",
    summary="不同意转出(转出方),或退回介绍信(转入方)",
    status_code=status.HTTP_201_CREATED,
)
async def refuse_transfer(
    *,
    transfer_id: TransferId,
    body: TransferClose,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> TransferRead:
    transfer = await TRANSFERS.require(db, actor, transfer_id, if_match=if_match)
    refused = await service.refuse(db, transfer, body.reason, actor=actor, today=today)
    return await TRANSFERS.answer(db, refused, response)


@router.post("/transfers/{transfer_id}/void", summary="作废办理有误的转接(转出方;已接收的党员回到原组织)")
async def void_transfer(
    *,
    transfer_id: TransferId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> TransferRead:
    transfer = await TRANSFERS.require(db, actor, transfer_id, if_match=if_match)
    voided = await service.void(db, transfer, body.reason, actor=actor, today=today)
    return await TRANSFERS.answer(db, voided, response)


@router.get("/transfers/{transfer_id}/history", summary="组织关系转接的办理经过")
async def read_transfer_history(transfer_id: TransferId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await TRANSFERS.history(db, actor, transfer_id, page)


@router.post(
    "/transfer-requests",
    summary="按公民身份号码申请转入已在别处登记的党员(由其所在组织答复)",
    status_code=status.HTTP_201_CREATED,
)
async def ask_transfer(
    *, body: TransferAsk, db: Db, actor: CurrentActor, today: Today, seals: CurrentSeals, response: Response
) -> TransferRequestRead:
    asked = await service.ask(db, body, actor=actor, today=today, seals=seals)
    return await REQUESTS.answer(db, asked, response)


@router.get("/transfer-requests", summary="转入申请列表")
async def list_transfer_requests(wanted: WantedRequests, db: Db, actor: CurrentActor) -> Page[TransferRequestRead]:
    return await REQUESTS.page(db, actor, wanted)


@router.get("/transfer-requests/export", summary="导出转入申请", response_class=Response, responses=FILE_ANSWER)
async def export_transfer_requests(wanted: WantedRequests, to: ExportTo) -> Response:
    return await REQUESTS.export(wanted, to)


@router.get("/transfer-requests/{request_id}", summary="转入申请详情")
async def read_transfer_request(
    request_id: RequestId, db: Db, actor: CurrentActor, response: Response
) -> TransferRequestRead:
    return await REQUESTS.show(db, actor, request_id, response)


@router.post(
    "/transfer-requests/{request_id}/withdrawal",
    summary="撤回转入申请(申请方)",
    status_code=status.HTTP_201_CREATED,
)
async def withdraw_transfer_request(
    *,
    request_id: RequestId,
    body: TransferClose,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> TransferRequestRead:
    request = await REQUESTS.require(db, actor, request_id, if_match=if_match)
    withdrawn = await service.withdraw(db, request, body.reason, actor=actor, today=today)
    return await REQUESTS.answer(db, withdrawn, response)


@router.get("/transfer-requests/{request_id}/history", summary="转入申请的办理经过")
async def read_transfer_request_history(
    request_id: RequestId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await REQUESTS.history(db, actor, request_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
