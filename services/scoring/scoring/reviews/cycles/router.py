from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kit import etags
from kit.access import CurrentActor
from kit.database import Db
from kit.paging import PageOf, paginate
from kit.routing import business_router
from scoring.actors import reach_of
from scoring.reviews.cycles import queries, schemas, service
from scoring.reviews.cycles.models import Cycle
from scoring.subjects import SubjectKind

router = business_router(prefix="/api/v1/scoring/cycles", tags=["评议年度"])


@router.post("", summary="开启一个年度的评议", response_model=schemas.CycleRead, status_code=201)
async def open_cycle(db: Db, actor: CurrentActor, plan: schemas.CycleOpen, response: Response) -> Cycle:
    cycle = await service.open_cycle(db, plan, actor=actor)
    etags.tag(response, cycle)
    return cycle


@router.get("", summary="评议年度列表", response_model=schemas.CycleList)
async def list_cycles(
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    year: Annotated[int | None, Query(ge=2000, le=2099, description="评定年度")] = None,
    subject_kind: Annotated[SubjectKind | None, Query(description="评议对象")] = None,
) -> dict[str, object]:
    query = queries.visible_cycles(await reach_of(db, actor)).with_only_columns(Cycle)
    if year is not None:
        query = query.where(Cycle.year == year)
    if subject_kind is not None:
        query = query.where(Cycle.subject_kind == subject_kind)
    found = await paginate(db, query.order_by(Cycle.year.desc(), Cycle.id), page)
    return {"items": found.items, "next": found.next}


@router.get("/{cycle_id}", summary="查看评议年度及其方案", response_model=schemas.CycleRead)
async def read_cycle(db: Db, actor: CurrentActor, cycle_id: UUID, response: Response) -> Cycle:
    cycle: Cycle | None = await db.scalar(queries.visible_cycles(await reach_of(db, actor)).where(Cycle.id == cycle_id))
    if cycle is None:
        raise service.CycleNotFound
    etags.tag(response, cycle)
    return cycle
