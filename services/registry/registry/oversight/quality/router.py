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
from registry.oversight.quality import models, service
from registry.oversight.quality.jobs import blueprint
from registry.oversight.quality.schemas import (
    DistinctPairCreate,
    DistinctPairId,
    DistinctPairListing,
    DistinctPairRead,
    LookalikeListing,
    LookalikeRead,
    QualityRead,
)
from registry.oversight.quality.service import CONSTRAINT_ERRORS, DISTINCT_PAIRS

router = business_router("/api/v1/registry", ["数据质量"])
WantedLookalikes = Annotated[LookalikeListing, Depends(query_of(LookalikeListing))]
WantedPairs = Annotated[DistinctPairListing, Depends(query_of(DistinctPairListing))]


@router.get("/data-quality", summary="数据质量:各项检查的轻重、件数与走势")
async def read_data_quality(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    under: Annotated[UUID | None, Query(title="责任党组织及其全部下级")] = None,
    days: Annotated[int, Query(ge=1, le=366, title="走势天数")] = 30,
) -> QualityRead:
    return await service.quality(db, actor, under=under, days=days, today=today)


@router.get("/lookalikes", summary="疑似重复(姓名出生日期相同的党员、名称相同的单位)")
async def list_lookalikes(wanted: WantedLookalikes, db: Db, actor: CurrentActor) -> Page[LookalikeRead]:
    return await service.page(db, actor, wanted)


@router.get("/lookalikes/export", summary="导出疑似重复", response_class=Response, responses=FILE_ANSWER)
async def export_lookalikes(wanted: WantedLookalikes, to: ExportTo) -> Response:
    return await service.export(wanted, to)


@router.get("/distinct-pairs", summary="不是重复的认定列表")
async def list_distinct_pairs(wanted: WantedPairs, db: Db, actor: CurrentActor) -> Page[DistinctPairRead]:
    return await DISTINCT_PAIRS.page(db, actor, wanted)


@router.get("/distinct-pairs/export", summary="导出不是重复的认定", response_class=Response, responses=FILE_ANSWER)
async def export_distinct_pairs(wanted: WantedPairs, to: ExportTo) -> Response:
    return await DISTINCT_PAIRS.export(wanted, to)


@router.get("/distinct-pairs/{distinct_pair_id}", summary="不是重复的认定详情")
async def read_distinct_pair(
    distinct_pair_id: DistinctPairId, db: Db, actor: CurrentActor, response: Response
) -> DistinctPairRead:
    return await DISTINCT_PAIRS.show(db, actor, distinct_pair_id, response)


@router.post("/distinct-pairs", summary="认定两条不是重复,以后不再列出", status_code=status.HTTP_201_CREATED)
async def create_distinct_pair(
    body: DistinctPairCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> DistinctPairRead:
    return await DISTINCT_PAIRS.answer(db, await service.tell_apart(db, body, actor=actor, today=today), response)


@router.post("/distinct-pairs/{distinct_pair_id}/void", summary="作废有误的认定(重新列入疑似重复,记录保留)")
async def void_distinct_pair(
    *,
    distinct_pair_id: DistinctPairId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> DistinctPairRead:
    row = await DISTINCT_PAIRS.require(db, actor, distinct_pair_id, if_match=if_match)
    return await DISTINCT_PAIRS.answer(db, await service.void(db, row, body.reason, actor=actor), response)


@router.get("/distinct-pairs/{distinct_pair_id}/history", summary="不是重复的认定的变更历史")
async def read_distinct_pair_history(
    distinct_pair_id: DistinctPairId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await DISTINCT_PAIRS.history(db, actor, distinct_pair_id, page)


DOMAIN = Domain(routers=[router], tables=models, jobs=blueprint, constraint_errors=CONSTRAINT_ERRORS)
