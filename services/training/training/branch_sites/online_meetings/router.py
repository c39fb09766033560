from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
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
from training.branch_sites.online_meetings import models, service
from training.branch_sites.online_meetings.schemas import (
    OnlineMeetingCreate,
    OnlineMeetingFigures,
    OnlineMeetingId,
    OnlineMeetingListing,
    OnlineMeetingRead,
)
from training.branch_sites.online_meetings.service import CONSTRAINT_ERRORS, ONLINE_MEETINGS

router = business_router("/api/v1/training", ["网上支部"])
Wanted = Annotated[OnlineMeetingListing, Depends(query_of(OnlineMeetingListing))]


@router.get("/online-meetings", summary="网上组织生活")
async def list_online_meetings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[OnlineMeetingRead]:
    return await ONLINE_MEETINGS.page(db, actor, wanted)


@router.get("/online-meetings/export", summary="导出网上组织生活", response_class=Response, responses=FILE_ANSWER)
async def export_online_meetings(wanted: Wanted, to: ExportTo) -> Response:
    return await ONLINE_MEETINGS.export(wanted, to)


@router.get("/online-meeting-figures", summary="网上组织生活统计:次数、参加人数和留言")
async def read_online_meeting_figures(
    *,
    db: Db,
    actor: CurrentActor,
    held_from: Annotated[BusinessDate | None, Query(title="召开日期起")] = None,
    held_to: Annotated[BusinessDate | None, Query(title="召开日期止")] = None,
    organization_id: Annotated[UUID | None, Query(title="该党组织及其下级")] = None,
) -> OnlineMeetingFigures:
    return await service.read_figures(db, first=held_from, last=held_to, organization_id=organization_id, actor=actor)


@router.get("/online-meetings/{online_meeting_id}", summary="网上组织生活详情")
async def read_online_meeting(
    online_meeting_id: OnlineMeetingId, db: Db, actor: CurrentActor, response: Response
) -> OnlineMeetingRead:
    return await ONLINE_MEETINGS.show(db, actor, online_meeting_id, response)


@router.post("/online-meetings", summary="把一次会议放到网上支部进行", status_code=status.HTTP_201_CREATED)
async def create_online_meeting(
    body: OnlineMeetingCreate, db: Db, actor: CurrentActor, response: Response
) -> OnlineMeetingRead:
    return await ONLINE_MEETINGS.answer(db, await service.hold_online(db, body, actor=actor), response)


@router.post("/online-meetings/{online_meeting_id}/void", summary="作废登记有误的网上组织生活(视为从未有过,记录保留)")
async def void_online_meeting(
    *,
    online_meeting_id: OnlineMeetingId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> OnlineMeetingRead:
    online = await ONLINE_MEETINGS.require(db, actor, online_meeting_id, if_match=if_match)
    return await ONLINE_MEETINGS.answer(db, await service.void(db, online, body.reason, actor=actor), response)


@router.get("/online-meetings/{online_meeting_id}/history", summary="网上组织生活的变更历史")
async def read_online_meeting_history(
    online_meeting_id: OnlineMeetingId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ONLINE_MEETINGS.history(db, actor, online_meeting_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
