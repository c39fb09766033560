from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from training.messages.messages import models, service
from training.messages.messages.schemas import (
    DeliveryId,
    DeliveryListing,
    DeliveryRead,
    DeliveryReject,
    MessageCorrect,
    MessageCreate,
    MessageId,
    MessageListing,
    MessageRead,
)
from training.messages.messages.service import DELIVERIES, MESSAGES

router = business_router("/api/v1/training", ["消息"])
Wanted = Annotated[MessageListing, Depends(query_of(MessageListing))]
WantedDeliveries = Annotated[DeliveryListing, Depends(query_of(DeliveryListing))]


@router.get("/messages", summary="消息")
async def list_messages(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[MessageRead]:
    return await MESSAGES.page(db, actor, wanted)


@router.get("/messages/export", summary="导出消息", response_class=Response, responses=FILE_ANSWER)
async def export_messages(wanted: Wanted, to: ExportTo) -> Response:
    return await MESSAGES.export(wanted, to)


@router.get("/messages/{message_id}", summary="消息详情与送达统计")
async def read_message(message_id: MessageId, db: Db, actor: CurrentActor, response: Response) -> MessageRead:
    return await MESSAGES.show(db, actor, message_id, response)


@router.post("/messages", summary="起草消息或配送学习资料", status_code=status.HTTP_201_CREATED)
async def create_message(body: MessageCreate, db: Db, actor: CurrentActor, response: Response) -> MessageRead:
    return await MESSAGES.answer(db, await service.draft(db, body, actor=actor), response)


@router.patch("/messages/{message_id}", summary="修改待发的消息")
async def correct_message(
    *, message_id: MessageId, body: MessageCorrect, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> MessageRead:
    message = await MESSAGES.require(db, actor, message_id, if_match=if_match)
    return await MESSAGES.answer(db, await service.correct(db, message, body, actor=actor), response)


@router.post("/messages/{message_id}/dispatch", summary="发出消息,返回送达与未送达人数", status_code=201)
async def dispatch_message(
    *, message_id: MessageId, db: Db, actor: CurrentActor, now: Now, if_match: IfMatch, response: Response
) -> MessageRead:
    message = await MESSAGES.require(db, actor, message_id, if_match=if_match)
    return await MESSAGES.answer(db, await service.dispatch(db, message, actor=actor, now=now), response)


@router.post("/messages/{message_id}/void", summary="取消待发的或撤回已发的消息(记录保留)")
async def void_message(
    *, message_id: MessageId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> MessageRead:
    message = await MESSAGES.require(db, actor, message_id, if_match=if_match)
    return await MESSAGES.answer(db, await service.void(db, message, body.reason, actor=actor), response)


@router.get("/messages/{message_id}/history", summary="消息的变更历史")
async def read_message_history(message_id: MessageId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await MESSAGES.history(db, actor, message_id, page)


@router.get("/deliveries", summary="消息送达情况;党员看到自己的收件箱")
async def list_deliveries(wanted: WantedDeliveries, db: Db, actor: CurrentActor) -> Page[DeliveryRead]:
    return await DELIVERIES.page(db, actor, wanted)


@router.get("/deliveries/export", summary="导出消息送达情况", response_class=Response, responses=FILE_ANSWER)
async def export_deliveries(wanted: WantedDeliveries, to: ExportTo) -> Response:
    return await DELIVERIES.export(wanted, to)


@router.get("/deliveries/{delivery_id}", summary="收到的消息")
async def read_delivery(delivery_id: DeliveryId, db: Db, actor: CurrentActor, response: Response) -> DeliveryRead:
    return await DELIVERIES.show(db, actor, delivery_id, response)


@router.post("/deliveries/{delivery_id}/reading", summary="本人已阅消息或签收学习资料", status_code=201)
async def sign_delivery(
    *, delivery_id: DeliveryId, db: Db, actor: CurrentActor, now: Now, if_match: IfMatch, response: Response
) -> DeliveryRead:
    delivery = await DELIVERIES.require(db, actor, delivery_id, if_match=if_match)
    return await DELIVERIES.answer(db, await service.read(db, delivery, actor=actor, now=now), response)


@router.post("/deliveries/{delivery_id}/rejection", summary="登记渠道平台退回的一条", status_code=201)
async def reject_delivery(
    *,
    delivery_id: DeliveryId,
    body: DeliveryReject,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> DeliveryRead:
    delivery = await DELIVERIES.require(db, actor, delivery_id, if_match=if_match)
    return await DELIVERIES.answer(db, await service.reject(db, delivery, body.note, actor=actor), response)


@router.get("/deliveries/{delivery_id}/history", summary="送达记录的变更历史")
async def read_delivery_history(delivery_id: DeliveryId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await DELIVERIES.history(db, actor, delivery_id, page)


DOMAIN = Domain(routers=[router], tables=models)
