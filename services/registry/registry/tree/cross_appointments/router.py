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
from registry.tree.cross_appointments import models, service
from registry.tree.cross_appointments.schemas import (
    CrossAppointmentRead,
    UnitPostCreate,
    UnitPostEnd,
    UnitPostId,
    UnitPostListing,
    UnitPostRead,
)
from registry.tree.cross_appointments.service import CONSTRAINT_ERRORS, UNIT_POSTS

router = business_router("/api/v1/registry", ["交叉任职"])
Wanted = Annotated[UnitPostListing, Depends(query_of(UnitPostListing))]


@router.get("/cross-appointments", summary="班子成员交叉任职比例(可指定日期)")
async def read_cross_appointments(
    *,
    organization_id: Annotated[UUID, Query(title="统计范围")],
    as_of: Annotated[BusinessDate | None, Query(title="统计日期", description="默认当天")] = None,
    db: Db,
    actor: CurrentActor,
    today: Today,
) -> CrossAppointmentRead:
    return await service.share_of(db, organization_id, as_of or today, actor=actor)


@router.get("/unit-posts", summary="单位职务列表")
async def list_unit_posts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[UnitPostRead]:
    return await UNIT_POSTS.page(db, actor, wanted)


@router.get("/unit-posts/export", summary="导出单位职务", response_class=Response, responses=FILE_ANSWER)
async def export_unit_posts(wanted: Wanted, to: ExportTo) -> Response:
    return await UNIT_POSTS.export(wanted, to)


@router.get("/unit-posts/{unit_post_id}", summary="单位职务详情")
async def read_unit_post(unit_post_id: UnitPostId, db: Db, actor: CurrentActor, response: Response) -> UnitPostRead:
    return await UNIT_POSTS.show(db, actor, unit_post_id, response)


@router.post("/unit-posts", summary="登记党员的单位职务", status_code=status.HTTP_201_CREATED)
async def create_unit_post(
    body: UnitPostCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> UnitPostRead:
    return await UNIT_POSTS.answer(db, await service.appoint(db, body, actor=actor, today=today), response)


@router.post("/unit-posts/{unit_post_id}/end", summary="免去单位职务")
async def end_unit_post(
    *,
    unit_post_id: UnitPostId,
    body: UnitPostEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> UnitPostRead:
    post = await UNIT_POSTS.require(db, actor, unit_post_id, if_match=if_match)
    ended = await service.end_post(db, post, body.ended_on, actor=actor, today=today)
    return await UNIT_POSTS.answer(db, ended, response)


@router.post("/unit-posts/{unit_post_id}/void", summary="作废录入有误的单位职务(视为从未任职,记录保留)")
async def void_unit_post(
    *, unit_post_id: UnitPostId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> UnitPostRead:
    post = await UNIT_POSTS.require(db, actor, unit_post_id, if_match=if_match)
    return await UNIT_POSTS.answer(db, await service.void_post(db, post, body.reason, actor=actor), response)


@router.get("/unit-posts/{unit_post_id}/history", summary="单位职务的变更历史")
async def read_unit_post_history(
    unit_post_id: UnitPostId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await UNIT_POSTS.history(db, actor, unit_post_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
