from typing import Annotated
from uuid import UUID

from fastapi import Depends, File, Query, Response, UploadFile, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.edge import Name
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, XLSX, ExportTo, attachment
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from sheets import write_template
from training.exams.questions import models, service
from training.exams.questions.schemas import (
    QuestionCreate,
    QuestionId,
    QuestionImportReport,
    QuestionListing,
    QuestionRead,
)
from training.exams.questions.service import CONSTRAINT_ERRORS, QUESTIONS
from training.exams.questions.workbooks import TEMPLATE

router = business_router("/api/v1/training/questions", ["测试与竞赛"])
Wanted = Annotated[QuestionListing, Depends(query_of(QuestionListing))]


@router.get("", summary="题库")
async def list_questions(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[QuestionRead]:
    return await QUESTIONS.page(db, actor, wanted)


@router.get("/export", summary="导出题库", response_class=Response, responses=FILE_ANSWER)
async def export_questions(wanted: Wanted, to: ExportTo) -> Response:
    return await QUESTIONS.export(wanted, to)


@router.get("/template", summary="下载试题模板", response_class=Response)
async def read_question_template() -> Response:
    return Response(write_template(TEMPLATE), media_type=XLSX, headers=attachment("试题模板.xlsx"))


@router.post("/import", summary="以 XLSX 或 GIFT 导入试题(或试导入)", status_code=status.HTTP_200_OK)
async def import_questions(
    *,
    organization_id: Annotated[UUID, Query(title="党组织")],
    topic: Annotated[Name, Query(title="分类")],
    file: Annotated[UploadFile, File(title="XLSX 工作簿或 GIFT 文本")],
    db: Db,
    actor: CurrentActor,
    dry_run: Annotated[bool, Query(title="试导入", description="只检查,不写入")] = False,
) -> QuestionImportReport:
    return await service.import_questions(
        db,
        await file.read(),
        name=file.filename or "",
        organization_id=organization_id,
        topic=topic,
        is_dry_run=dry_run,
        actor=actor,
    )


@router.get("/{question_id}", summary="试题详情")
async def read_question(question_id: QuestionId, db: Db, actor: CurrentActor, response: Response) -> QuestionRead:
    return await QUESTIONS.show(db, actor, question_id, response)


@router.post("", summary="录入一道试题", status_code=status.HTTP_201_CREATED)
async def create_question(body: QuestionCreate, db: Db, actor: CurrentActor, response: Response) -> QuestionRead:
    return await QUESTIONS.answer(db, await service.write(db, body, actor=actor), response)


@router.post("/{question_id}/void", summary="作废有误的试题(不再抽取,已抽到的试卷保留)")
async def void_question(
    *, question_id: QuestionId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> QuestionRead:
    question = await QUESTIONS.require(db, actor, question_id, if_match=if_match)
    return await QUESTIONS.answer(db, await service.void(db, question, body.reason, actor=actor), response)


@router.get("/{question_id}/history", summary="试题的变更历史")
async def read_question_history(question_id: QuestionId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await QUESTIONS.history(db, actor, question_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
