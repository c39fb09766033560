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
from registry.liaison.council_meetings import models, service
from registry.liaison.council_meetings.schemas import (
    CouncilMeetingCreate,
    CouncilMeetingId,
    CouncilMeetingListing,
    CouncilMeetingRead,
)
from registry.liaison.council_meetings.service import MEETINGS

router = business_router("/api/v1/registry", ["联席会议"])
Wanted = Annotated[CouncilMeetingListing, Depends(query_of(CouncilMeetingListing))]


@router.get("/council-meetings", summary="联席会议列表")
async def list_council_meetings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CouncilMeetingRead]:
    return await MEETINGS.page(db, actor, wanted)


@router.get("/council-meetings/export", summary="导出联席会议", response_class=Response, responses=FILE_ANSWER)
async def export_council_meetings(wanted: Wanted, to: ExportTo) -> Response:
    return await MEETINGS.export(wanted, to)


@router.get("/council-meetings/{council_meeting_id}", summary="联席会议详情")
async def read_council_meeting(
    council_meeting_id: CouncilMeetingId, db: Db, actor: CurrentActor, response: Response
) -> CouncilMeetingRead:
    return await MEETINGS.show(db, actor, council_meeting_id, response)


@router.post("/council-meetings", summary="登记一次联席会议(到会成员单位、纪要)", status_code=status.HTTP_201_CREATED)
async def create_council_meeting(
    body: CouncilMeetingCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CouncilMeetingRead:
    return await MEETINGS.answer(db, await service.create(db, body, actor=actor, today=today), response)


@router.post("/council-meetings/{council_meeting_id}/void", summary="作废录入有误的联席会议(视为从未召开,记录保留)")
async def void_council_meeting(
    *,
    council_meeting_id: CouncilMeetingId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> CouncilMeetingRead:
    row = await MEETINGS.require(db, actor, council_meeting_id, if_match=if_match)
    return await MEETINGS.answer(db, await service.void(db, row, body.reason, actor=actor), response)


@router.get("/council-meetings/{council_meeting_id}/history", summary="联席会议的变更历史")
async def read_council_meeting_history(
    council_meeting_id: CouncilMeetingId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await MEETINGS.history(db, actor, council_meeting_id, page)


DOMAIN = Domain(routers=[router], tables=models)
