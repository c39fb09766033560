from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.reviews.cycles import models, service
from scoring.reviews.cycles.schemas import CycleDetail, CycleListing, CycleOpen, CycleRead
from scoring.reviews.cycles.service import CONSTRAINTS

router = business_router(prefix="/api/v1/scoring/cycles", tags=["评议年度"])
Wanted = Annotated[CycleListing, Depends(query_of(CycleListing))]


@router.post("", summary="开启一个年度的评议", status_code=status.HTTP_201_CREATED)
async def open_cycle(body: CycleOpen, db: Db, actor: CurrentActor, response: Response) -> CycleDetail:
    return await service.answer(db, await service.open_cycle(db, body, actor=actor), response)


@router.get("", summary="评议年度列表")
async def list_cycles(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CycleRead]:
    return await service.page(db, wanted, actor=actor)


@router.get("/export", summary="导出评议年度", response_class=Response, responses=FILE_ANSWER)
async def export_cycles(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(wanted, to)


@router.get("/{cycle_id}", summary="查看评议年度及其方案")
async def read_cycle(cycle_id: UUID, db: Db, actor: CurrentActor, response: Response) -> CycleDetail:
    return await service.show(db, cycle_id, actor=actor, response=response)


@router.get("/{cycle_id}/history", summary="评议年度的变更历史")
async def read_cycle_history(cycle_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await service.history(db, cycle_id, page, actor=actor)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINTS)
