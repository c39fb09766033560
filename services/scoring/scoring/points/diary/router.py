from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kit.clock import Today
from kit.database import Db
from kit.edge import BusinessDate
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from scoring.points.diary import queries, service
from scoring.points.diary.models import DiaryEntry
from scoring.points.diary.schemas import DiaryCorrection, DiaryRead, DiaryWrite
from scoring.reference.projections.viewers import Viewer

router = business_router("/api/v1/scoring/diary-entries", ["一日一记实"])
Day = Annotated[BusinessDate | None, Query()]


@router.get("", summary="查询记实", response_model=Page[DiaryRead])
async def list_diary_entries(
    db: Db,
    actor: Viewer,
    page: PageOf,
    member_id: Annotated[UUID | None, Query(description="党员")] = None,
    from_day: Day = None,
    to_day: Day = None,
) -> object:
    query = queries.visible_to(actor).order_by(DiaryEntry.practised_on.desc(), DiaryEntry.id.desc())
    if member_id is not None:
        query = query.where(DiaryEntry.member_id == member_id)
    if from_day is not None:
        query = query.where(DiaryEntry.practised_on >= from_day)
    if to_day is not None:
        query = query.where(DiaryEntry.practised_on <= to_day)
    return await paginate(db, query, page)


@router.post("", summary="记一日之实", status_code=201)
async def write_diary_entry(db: Db, actor: Viewer, new: DiaryWrite, today: Today, response: Response) -> DiaryRead:
    entry = await service.write(db, actor, new, today=today)
    tag(response, entry)
    return DiaryRead.model_validate(entry)


@router.patch("/{entry_id}", summary="修改记实(当月评价确认前)")
async def correct_diary_entry(
    db: Db, actor: Viewer, entry_id: UUID, change: DiaryCorrection, if_match: IfMatch, response: Response
) -> DiaryRead:
    entry = await service.correct(db, actor, entry_id, change=change, expected=if_match)
    tag(response, entry)
    return DiaryRead.model_validate(entry)
