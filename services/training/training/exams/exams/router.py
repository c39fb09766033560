from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from training.exams.exams import models, service
from training.exams.exams.schemas import ExamCreate, ExamId, ExamListing, ExamRead
from training.exams.exams.service import EXAMS

router = business_router("/api/v1/training/exams", ["测试与竞赛"])
Wanted = Annotated[ExamListing, Depends(query_of(ExamListing))]


@router.get("", summary="测试")
async def list_exams(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ExamRead]:
    return await EXAMS.page(db, actor, wanted)


@router.get("/export", summary="导出测试", response_class=Response, responses=FILE_ANSWER)
async def export_exams(wanted: Wanted, to: ExportTo) -> Response:
    return await EXAMS.export(wanted, to)


@router.get("/{exam_id}", summary="测试详情")
async def read_exam(exam_id: ExamId, db: Db, actor: CurrentActor, response: Response) -> ExamRead:
    return await EXAMS.show(db, actor, exam_id, response)


@router.post("", summary="安排测试", status_code=status.HTTP_201_CREATED)
async def create_exam(body: ExamCreate, db: Db, actor: CurrentActor, response: Response) -> ExamRead:
    return await EXAMS.answer(db, await service.set_exam(db, body, actor=actor), response)


@router.get("/{exam_id}/history", summary="测试的变更历史")
async def read_exam_history(exam_id: ExamId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await EXAMS.history(db, actor, exam_id, page)


DOMAIN = Domain(routers=[router], tables=models)
