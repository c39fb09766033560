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
from registry.members.found_members import service
from registry.members.found_members.schemas import (
    FoundMemberCreate,
    FoundMemberId,
    FoundMemberListing,
    FoundMemberRead,
    FoundMemberShow,
)
from registry.members.found_members.service import FOUND_MEMBERS

router = business_router("/api/v1/registry/found-members", ["党员排查"])
Wanted = Annotated[FoundMemberListing, Depends(query_of(FoundMemberListing))]


@router.get("", summary="排查出的流动、口袋、隐形党员")
async def list_found_members(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[FoundMemberRead]:
    return await FOUND_MEMBERS.page(db, actor, wanted)


@router.get("/export", summary="导出排查党员", response_class=Response, responses=FILE_ANSWER)
async def export_found_members(wanted: Wanted, to: ExportTo) -> Response:
    return await FOUND_MEMBERS.export(wanted, to)


@router.get("/{found_member_id}", summary="排查党员详情")
async def read_found_member(
    found_member_id: FoundMemberId, db: Db, actor: CurrentActor, response: Response
) -> FoundMemberRead:
    return await FOUND_MEMBERS.show(db, actor, found_member_id, response)


@router.post("", summary="登记排查出的党员", status_code=status.HTTP_201_CREATED)
async def create_found_member(
    body: FoundMemberCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> FoundMemberRead:
    return await FOUND_MEMBERS.answer(db, await service.record_found(db, body, actor=actor, today=today), response)


@router.post(
    "/{found_member_id}/showing",
    summary="登记亮明身份(日期和证明材料)",
    status_code=status.HTTP_201_CREATED,
)
async def show_found_member(
    *,
    found_member_id: FoundMemberId,
    body: FoundMemberShow,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> FoundMemberRead:
    found = await FOUND_MEMBERS.require(db, actor, found_member_id, if_match=if_match)
    return await FOUND_MEMBERS.answer(db, await service.show(db, found, body, actor=actor, today=today), response)


@router.post("/{found_member_id}/void", summary="作废有误的排查党员记录(视为从未有过,记录保留)")
async def void_found_member(
    *,
    found_member_id: FoundMemberId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> FoundMemberRead:
    found = await FOUND_MEMBERS.require(db, actor, found_member_id, if_match=if_match)
    return await FOUND_MEMBERS.answer(db, await service.void(db, found, body.reason, actor=actor), response)


@router.get("/{found_member_id}/history", summary="排查党员记录的变更历史")
async def read_found_member_history(
    found_member_id: FoundMemberId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await FOUND_MEMBERS.history(db, actor, found_member_id, page)


DOMAIN = Domain(routers=[router])
