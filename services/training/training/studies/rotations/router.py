from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from training.studies.rotations import models, service
from training.studies.rotations.schemas import (
    BatchAssign,
    RotationCoverage,
    RotationListing,
    RotationPlan,
    RotationRead,
)
from training.studies.rotations.service import ROTATIONS, BatchTaken

router = business_router("/api/v1/training/rotations", ["轮训"])
Wanted = Annotated[RotationListing, Depends(query_of(RotationListing))]


@router.get("", summary="查询轮训计划")
async def list_rotations(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[RotationRead]:
    return await ROTATIONS.page(db, actor, wanted)


@router.get("/export", summary="导出轮训计划", response_class=Response, responses=FILE_ANSWER)
async def export_rotations(wanted: Wanted, to: ExportTo) -> Response:
    return await ROTATIONS.export(wanted, to)


@router.post("", summary="制定轮训计划", status_code=201)
async def plan_rotation(
    body: RotationPlan, db: Db, actor: CurrentActor, now: Now, today: Today, response: Response
) -> RotationCoverage:
    planned = await service.plan_rotation(db, body, actor=actor, now=now)
    return await service.measure(db, await ROTATIONS.answer(db, planned, response), today=today)


@router.get("/{rotation_id}", summary="查看轮训覆盖情况")
async def read_rotation(
    rotation_id: UUID, db: Db, actor: CurrentActor, today: Today, response: Response
) -> RotationCoverage:
    return await service.measure(db, await ROTATIONS.show(db, actor, rotation_id, response), today=today)


@router.post("/{rotation_id}/batches", summary="把培训班编为轮训的一期", status_code=201)
async def assign_rotation_batch(
    *,
    rotation_id: UUID,
    body: BatchAssign,
    db: Db,
    actor: CurrentActor,
    now: Now,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> RotationCoverage:
    rotation = await ROTATIONS.require(db, actor, rotation_id, if_match=if_match)
    changed = await service.assign_batch(db, rotation, body, actor=actor, now=now)
    return await service.measure(db, await ROTATIONS.answer(db, changed, response), today=today)


@router.get("/{rotation_id}/history", summary="轮训计划的变更历史")
async def read_rotation_history(rotation_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await ROTATIONS.history(db, actor, rotation_id, page)


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={
        "uq_rotation_batches_meeting_id": BatchTaken,
        "pk_rotation_batches": BatchTaken,
    },
)
