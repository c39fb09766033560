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
from training.messages.registrations import models, service
from training.messages.registrations.schemas import (
    ChannelRegistrationCreate,
    ChannelRegistrationListing,
    ChannelRegistrationRead,
    RegistrationId,
)
from training.messages.registrations.service import CONSTRAINT_ERRORS, REGISTRATIONS

router = business_router("/api/v1/training/channel-registrations", ["消息"])
Wanted = Annotated[ChannelRegistrationListing, Depends(query_of(ChannelRegistrationListing))]


@router.get("", summary="渠道登记")
async def list_channel_registrations(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ChannelRegistrationRead]:
    return await REGISTRATIONS.page(db, actor, wanted)


@router.get("/export", summary="导出渠道登记", response_class=Response, responses=FILE_ANSWER)
async def export_channel_registrations(wanted: Wanted, to: ExportTo) -> Response:
    return await REGISTRATIONS.export(wanted, to)


@router.get("/{channel_registration_id}", summary="渠道登记详情")
async def read_channel_registration(
    channel_registration_id: RegistrationId, db: Db, actor: CurrentActor, response: Response
) -> ChannelRegistrationRead:
    return await REGISTRATIONS.show(db, actor, channel_registration_id, response)


@router.post("", summary="登记党员所在的渠道(短信平台、QQ群)", status_code=status.HTTP_201_CREATED)
async def create_channel_registration(
    body: ChannelRegistrationCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ChannelRegistrationRead:
    return await REGISTRATIONS.answer(db, await service.register(db, body, actor=actor, today=today), response)


@router.post("/{channel_registration_id}/end", summary="停用渠道登记")
async def end_channel_registration(
    *,
    channel_registration_id: RegistrationId,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ChannelRegistrationRead:
    registration = await REGISTRATIONS.require(db, actor, channel_registration_id, if_match=if_match)
    return await REGISTRATIONS.answer(db, await service.end(db, registration, actor=actor, today=today), response)


@router.get("/{channel_registration_id}/history", summary="渠道登记的变更历史")
async def read_channel_registration_history(
    channel_registration_id: RegistrationId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await REGISTRATIONS.history(db, actor, channel_registration_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
