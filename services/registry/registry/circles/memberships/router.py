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
from registry.circles.memberships import models, service
from registry.circles.memberships.schemas import (
    CircleAccessRead,
    CircleMembershipCreate,
    CircleMembershipEnd,
    CircleMembershipListing,
    CircleMembershipRead,
    MembershipId,
)
from registry.circles.memberships.service import CONSTRAINT_ERRORS, MEMBERSHIPS

router = business_router("/api/v1/registry", ["活动圈会员"])
Wanted = Annotated[CircleMembershipListing, Depends(query_of(CircleMembershipListing))]


@router.get("/circle-memberships", summary="活动圈会员列表(个人、团体)")
async def list_circle_memberships(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CircleMembershipRead]:
    return await MEMBERSHIPS.page(db, actor, wanted)


@router.get("/circle-memberships/export", summary="导出活动圈会员", response_class=Response, responses=FILE_ANSWER)
async def export_circle_memberships(wanted: Wanted, to: ExportTo) -> Response:
    return await MEMBERSHIPS.export(wanted, to)


@router.get("/circle-memberships/{membership_id}", summary="活动圈会员详情")
async def read_circle_membership(
    membership_id: MembershipId, db: Db, actor: CurrentActor, response: Response
) -> CircleMembershipRead:
    return await MEMBERSHIPS.show(db, actor, membership_id, response)


@router.post("/circle-memberships", summary="登记活动圈会员", status_code=status.HTTP_201_CREATED)
async def create_circle_membership(
    body: CircleMembershipCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CircleMembershipRead:
    return await MEMBERSHIPS.answer(db, await service.join(db, body, actor=actor, today=today), response)


@router.post("/circle-memberships/{membership_id}/end", summary="退出活动圈")
async def end_circle_membership(
    *,
    membership_id: MembershipId,
    body: CircleMembershipEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> CircleMembershipRead:
    membership = await MEMBERSHIPS.require(db, actor, membership_id, if_match=if_match)
    ended = await service.end(db, membership, body.ended_on, actor=actor, today=today)
    return await MEMBERSHIPS.answer(db, ended, response)


@router.post("/circle-memberships/{membership_id}/void", summary="作废录入有误的会员(视为从未入圈,记录保留)")
async def void_circle_membership(
    *,
    membership_id: MembershipId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> CircleMembershipRead:
    membership = await MEMBERSHIPS.require(db, actor, membership_id, if_match=if_match)
    return await MEMBERSHIPS.answer(db, await service.void(db, membership, body.reason, actor=actor), response)


@router.get("/circle-memberships/{membership_id}/history", summary="活动圈会员的变更历史")
async def read_circle_membership_history(
    membership_id: MembershipId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await MEMBERSHIPS.history(db, actor, membership_id, page)


@router.get("/circle-access", summary="某名党员某日可否使用某个活动圈")
async def read_circle_access(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    circle_id: Annotated[UUID, Query(title="活动圈编号")],
    member_id: Annotated[UUID, Query(title="党员编号")],
    as_of: Annotated[BusinessDate | None, Query(title="日期", description="默认今天")] = None,
) -> CircleAccessRead:
    return await service.access(db, actor, circle_id=circle_id, member_id=member_id, day=as_of or today)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
