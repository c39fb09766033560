from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.studies.rotations import service
from training.studies.rotations.models import Rotation
from training.studies.rotations.schemas import BatchAssign, BatchRead, RotationCoverage, RotationPlan, RotationRead

router = business_router("/api/v1/training", ["轮训"])


async def _covered(db: AsyncSession, rotation: Rotation, today: date) -> RotationCoverage:
    found = await service.measure(db, rotation, today=today)
    batches = [BatchRead.model_validate(batch) for batch in found.pop("batches")]
    return RotationCoverage(**RotationRead.model_validate(rotation).model_dump(), batches=batches, **found)


@router.get("/rotations", summary="查询轮训计划", response_model=Page[RotationRead])
async def list_rotations(
    db: Db, actor: Caller, page: PageOf, year: Annotated[int | None, Query(ge=2000, le=2099, description="年度")] = None
) -> Any:
    query = service.visible_to(actor)
    if year is not None:
        query = query.where(Rotation.year == year)
    return await paginate(db, query.order_by(Rotation.id.desc()), page)


@router.post("/rotations", summary="制定轮训计划", status_code=201)
async def plan_rotation(body: RotationPlan, db: Db, actor: Caller, today: Today) -> RotationCoverage:
    return await _covered(db, await service.plan_rotation(db, body, actor=actor), today)


@router.get("/rotations/{rotation_id}", summary="查看轮训覆盖情况")
async def read_rotation(rotation_id: UUID, db: Db, actor: Caller, today: Today) -> RotationCoverage:
    return await _covered(db, await service.see_rotation(db, rotation_id, actor=actor), today)


@router.post("/rotations/{rotation_id}/batches", summary="把培训班编为轮训的一期", status_code=201)
async def assign_rotation_batch(
    rotation_id: UUID, body: BatchAssign, db: Db, actor: Caller, today: Today
) -> RotationCoverage:
    return await _covered(db, await service.assign_batch(db, rotation_id, body, actor=actor), today)
