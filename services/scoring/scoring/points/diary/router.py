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
from scoring.points.diary import models, service
from scoring.points.diary.schemas import DiaryCorrection, DiaryListing, DiaryRead, DiaryWrite
from scoring.points.diary.service import DIARY

router = business_router("/api/v1/scoring/diary-entries", ["一日一记实"])
Wanted = Annotated[DiaryListing, Depends(query_of(DiaryListing))]


@router.get("", summary="查询记实")
async def list_diary_entries(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[DiaryRead]:
    return await DIARY.page(db, actor, wanted)


@router.get("/export", summary="导出记实", response_class=Response, responses=FILE_ANSWER)
async def export_diary_entries(wanted: Wanted, to: ExportTo) -> Response:
    return await DIARY.export(wanted, to)


@router.post("", summary="记一日之实", status_code=status.HTTP_201_CREATED)
async def write_diary_entry(
    body: DiaryWrite, db: Db, actor: CurrentActor, today: Today, response: Response
) -> DiaryRead:
    return await DIARY.answer(db, await service.write(db, actor, body, today=today), response)


@router.patch("/{diary_entry_id}", summary="修改记实(当月评价确认前)")
async def correct_diary_entry(
    *, diary_entry_id: UUID, body: DiaryCorrection, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> DiaryRead:
    entry = await service.correct(db, actor, diary_entry_id, change=body, expected=if_match)
    return await DIARY.answer(db, entry, response)


@router.get("/{diary_entry_id}/history", summary="记实的变更历史")
async def read_diary_entry_history(diary_entry_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await DIARY.history(db, actor, diary_entry_id, page)


DOMAIN = Domain(routers=[router], tables=models)
