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
from scoring.contests.duty_posts import models, service
from scoring.contests.duty_posts.schemas import (
    DutyPostCreate,
    DutyPostEnd,
    DutyPostId,
    DutyPostJudge,
    DutyPostListing,
    DutyPostRead,
)
from scoring.contests.duty_posts.service import DUTY_POSTS

router = business_router("/api/v1/scoring/duty-posts", ["示范岗、责任区、先锋岗"])
Wanted = Annotated[DutyPostListing, Depends(query_of(DutyPostListing))]


@router.get("", summary="示范岗、责任区、先锋岗列表")
async def list_duty_posts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[DutyPostRead]:
    return await DUTY_POSTS.page(db, actor, wanted)


@router.get("/export", summary="导出示范岗、责任区", response_class=Response, responses=FILE_ANSWER)
async def export_duty_posts(wanted: Wanted, to: ExportTo) -> Response:
    return await DUTY_POSTS.export(wanted, to)


@router.get("/{duty_post_id}", summary="岗位详情")
async def read_duty_post(duty_post_id: DutyPostId, db: Db, actor: CurrentActor, response: Response) -> DutyPostRead:
    return await DUTY_POSTS.show(db, actor, duty_post_id, response)


@router.post("", summary="设立示范岗、责任区或先锋岗", status_code=status.HTTP_201_CREATED)
async def create_duty_post(
    body: DutyPostCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> DutyPostRead:
    return await DUTY_POSTS.answer(db, await service.set_up(db, body, today=today, actor=actor), response)


@router.post("/{duty_post_id}/end", summary="撤销岗位")
async def end_duty_post(
    *,
    duty_post_id: DutyPostId,
    body: DutyPostEnd,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> DutyPostRead:
    post = await DUTY_POSTS.require(db, actor, duty_post_id, if_match=if_match)
    return await DUTY_POSTS.answer(db, await service.end(db, post, body.ended_on, today=today, actor=actor), response)


@router.post("/{duty_post_id}/judgement", summary="评定岗位当年是否达标", status_code=status.HTTP_201_CREATED)
async def judge_duty_post(
    *,
    duty_post_id: DutyPostId,
    body: DutyPostJudge,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> DutyPostRead:
    post = await DUTY_POSTS.require(db, actor, duty_post_id, if_match=if_match)
    return await DUTY_POSTS.answer(db, await service.judge(db, post, body, today=today, actor=actor), response)


@router.post("/{duty_post_id}/void", summary="作废录入有误的岗位(视为从未有过,记录保留)")
async def void_duty_post(
    *, duty_post_id: DutyPostId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> DutyPostRead:
    post = await DUTY_POSTS.require(db, actor, duty_post_id, if_match=if_match)
    return await DUTY_POSTS.answer(db, await service.void(db, post, body.reason, actor=actor), response)


@router.get("/{duty_post_id}/history", summary="岗位的变更历史")
async def read_duty_post_history(
    duty_post_id: DutyPostId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await DUTY_POSTS.history(db, actor, duty_post_id, page)


DOMAIN = Domain(routers=[router], tables=models)
