from typing import Annotated
from uuid import UUID

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
from scoring.points.withheld import service
from scoring.points.withheld.schemas import WithheldDecided, WithheldDecision, WithheldListing, WithheldRead
from scoring.points.withheld.service import WITHHELD

router = business_router("/api/v1/scoring/withheld-points", ["暂缓入账的积分"])
Wanted = Annotated[WithheldListing, Depends(query_of(WithheldListing))]


@router.get("", summary="查询办结后到达、暂缓入账的积分")
async def list_withheld_points(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[WithheldRead]:
    return await WITHHELD.page(db, actor, wanted)


@router.get("/export", summary="导出暂缓入账的积分", response_class=Response, responses=FILE_ANSWER)
async def export_withheld_points(wanted: Wanted, to: ExportTo) -> Response:
    return await WITHHELD.export(wanted, to)


@router.get("/{withheld_id}", summary="查看一笔暂缓入账的积分")
async def read_withheld_points(withheld_id: UUID, db: Db, actor: CurrentActor, response: Response) -> WithheldRead:
    return await WITHHELD.show(db, actor, withheld_id, response)


@router.post(
    "/{withheld_id}/decision",
    summary="处理暂缓入账的积分(上级党组织)",
    status_code=status.HTTP_201_CREATED,
)
async def decide_withheld_points(
    *,
    withheld_id: UUID,
    body: WithheldDecision,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> WithheldDecided:
    return await service.decide(db, actor, withheld_id, body, today=today, if_match=if_match, response=response)


@router.get("/{withheld_id}/history", summary="暂缓入账的积分的变更历史")
async def read_withheld_points_history(
    withheld_id: UUID, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await WITHHELD.history(db, actor, withheld_id, page)


DOMAIN = Domain(routers=[router])
