from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

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
from registry.liaison.appeals import models, service
from registry.liaison.appeals.jobs import blueprint
from registry.liaison.appeals.schemas import (
    AppealAnswer,
    AppealCreate,
    AppealId,
    AppealListing,
    AppealRead,
    AppealTopics,
)
from registry.liaison.appeals.service import APPEALS

router = business_router("/api/v1/registry", ["意见诉求"])
Wanted = Annotated[AppealListing, Depends(query_of(AppealListing))]
MANY = 10


@router.get("/appeals", summary="意见诉求列表(党员看到自己的)")
async def list_appeals(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[AppealRead]:
    return await APPEALS.page(db, actor, wanted)


@router.get("/appeals/export", summary="导出意见诉求", response_class=Response, responses=FILE_ANSWER)
async def export_appeals(wanted: Wanted, to: ExportTo) -> Response:
    return await APPEALS.export(wanted, to)


@router.get("/appeals/{appeal_id}", summary="意见诉求详情")
async def read_appeal(appeal_id: AppealId, db: Db, actor: CurrentActor, response: Response) -> AppealRead:
    return await APPEALS.show(db, actor, appeal_id, response)


@router.post("/appeals", summary="提出意见诉求", status_code=status.HTTP_201_CREATED)
async def create_appeal(
    body: AppealCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> AppealRead:
    return await APPEALS.answer(db, await service.raise_appeal(db, body, actor=actor, today=today), response)


@router.post("/appeals/{appeal_id}/answer", summary="答复意见诉求", status_code=status.HTTP_201_CREATED)
async def answer_appeal(
    *,
    appeal_id: AppealId,
    body: AppealAnswer,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> AppealRead:
    appeal = await APPEALS.require(db, actor, appeal_id, if_match=if_match)
    return await APPEALS.answer(db, await service.answer_appeal(db, appeal, body, actor=actor, today=today), response)


@router.post("/appeals/{appeal_id}/void", summary="作废录入有误的意见诉求(视为从未提出,记录保留)")
async def void_appeal(
    *, appeal_id: AppealId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> AppealRead:
    appeal = await APPEALS.require(db, actor, appeal_id, if_match=if_match)
    return await APPEALS.answer(db, await service.void_appeal(db, appeal, body.reason, actor=actor), response)


@router.get("/appeals/{appeal_id}/history", summary="意见诉求的变更历史")
async def read_appeal_history(appeal_id: AppealId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await APPEALS.history(db, actor, appeal_id, page)


@router.get("/appeal-topics", summary="集中反映的主题(十条以上)")
async def read_appeal_topics(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    organization_id: Annotated[UUID | None, Query(title="统计范围", description="默认本人管理范围")] = None,
    least: Annotated[int, Query(ge=1, le=10_000, title="至少条数")] = MANY,
) -> AppealTopics:
    return await service.topics(db, actor, organization_id=organization_id, least=least, today=today)


DOMAIN = Domain(routers=[router], tables=models, jobs=blueprint)
