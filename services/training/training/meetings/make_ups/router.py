from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

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
from training.meetings.make_ups import models, service
from training.meetings.make_ups.schemas import MakeUpListing, MakeUpRead, MakeUpRecord
from training.meetings.make_ups.service import MakeUpAlreadyRecorded

router = business_router("/api/v1/training/make-ups", ["补课"])
Wanted = Annotated[MakeUpListing, Depends(query_of(MakeUpListing))]


@router.get("", summary="查询应补课和已补课")
async def list_make_ups(wanted: Wanted, db: Db, actor: CurrentActor, today: Today) -> Page[MakeUpRead]:
    return await service.on(today, wanted.state).page(db, actor, wanted)


@router.get("/export", summary="导出应补课和已补课", response_class=Response, responses=FILE_ANSWER)
async def export_make_ups(wanted: Wanted, today: Today, to: ExportTo) -> Response:
    return await service.on(today, wanted.state).export(wanted, to)


@router.post("", summary="登记补课", status_code=201)
async def record_make_up(
    body: MakeUpRecord, version: IfMatch, db: Db, actor: CurrentActor, today: Today, response: Response
) -> MakeUpRead:
    gap = await service.record_make_up(db, body, expected_version=version, actor=actor, today=today)
    return await service.on(today).answer(db, gap, response)


@router.get("/{make_up_id}/history", summary="补课记录的变更历史")
async def read_make_up_history(
    make_up_id: UUID, page: PageOf, db: Db, actor: CurrentActor, today: Today
) -> Page[ChangeRead]:
    return await service.on(today).history(db, actor, make_up_id, page)


DOMAIN = Domain(
    routers=[router], tables=models, constraint_errors={"uq_make_ups_participant_id": MakeUpAlreadyRecorded}
)
