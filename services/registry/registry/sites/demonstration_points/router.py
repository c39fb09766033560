from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.sites.demonstration_points import models, service
from registry.sites.demonstration_points.schemas import (
    DemonstrationPointCreate,
    DemonstrationPointEnd,
    DemonstrationPointListing,
    DemonstrationPointRead,
    PointId,
)
from registry.sites.demonstration_points.service import CONSTRAINT_ERRORS, POINTS

router = business_router("/api/v1/registry/demonstration-points", ["示范点"])
Wanted = Annotated[DemonstrationPointListing, Depends(query_of(DemonstrationPointListing))]


@router.get("", summary="示范点列表(含历史)")
async def list_demonstration_points(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[DemonstrationPointRead]:
    return await POINTS.page(db, actor, wanted)


@router.get("/export", summary="导出示范点", response_class=Response, responses=FILE_ANSWER)
async def export_demonstration_points(wanted: Wanted, to: ExportTo) -> Response:
    return await POINTS.export(wanted, to)


@router.get("/{point_id}", summary="示范点详情")
async def read_demonstration_point(
    point_id: PointId, db: Db, actor: CurrentActor, response: Response
) -> DemonstrationPointRead:
    return await POINTS.show(db, actor, point_id, response)


@router.post("", summary="认定示范点(升级时原级别自动结束)", status_code=status.HTTP_201_CREATED)
async def create_demonstration_point(
    body: DemonstrationPointCreate, db: Db, actor: CurrentActor, response: Response
) -> DemonstrationPointRead:
    return await POINTS.answer(db, await service.name_point(db, body, actor=actor), response)


@router.post("/{point_id}/end", summary="取消示范点")
async def end_demonstration_point(
    *,
    point_id: PointId,
    body: DemonstrationPointEnd,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> DemonstrationPointRead:
    point = await POINTS.require(db, actor, point_id, if_match=if_match)
    return await POINTS.answer(db, await service.end_point(db, point, body.ended_on, actor=actor), response)


@router.post("/{point_id}/void", summary="作废录入有误的示范点(视为从未认定,记录保留)")
async def void_demonstration_point(
    *, point_id: PointId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> DemonstrationPointRead:
    point = await POINTS.require(db, actor, point_id, if_match=if_match)
    return await POINTS.answer(db, await service.void_point(db, point, body.reason, actor=actor), response)


@router.get("/{point_id}/history", summary="示范点的变更历史")
async def read_demonstration_point_history(
    point_id: PointId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await POINTS.history(db, actor, point_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
