from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from training.exams.attempts import models, service
from training.exams.attempts.schemas import (
    AnswersWrite,
    AttemptId,
    ExamAttemptListing,
    ExamAttemptRead,
    ExamPaperRead,
    ExamResultListing,
    ExamResultRead,
    ResultId,
)
from training.exams.attempts.service import ATTEMPTS, CONSTRAINT_ERRORS, RESULTS
from training.exams.exams.schemas import ExamId, ExamRead
from training.exams.exams.service import EXAMS

router = business_router("/api/v1/training", ["测试与竞赛"])
Wanted = Annotated[ExamAttemptListing, Depends(query_of(ExamAttemptListing))]
WantedResults = Annotated[ExamResultListing, Depends(query_of(ExamResultListing))]


@router.post("/exams/{exam_id}/void", summary="作废误安排的测试(视为从未有过,成绩与积分一并收回,记录保留)")
async def void_exam(
    *, exam_id: ExamId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ExamRead:
    exam = await EXAMS.require(db, actor, exam_id, if_match=if_match)
    return await EXAMS.answer(db, await service.void_exam(db, exam, body.reason, actor=actor), response)


@router.get("/exam-attempts", summary="测试答卷")
async def list_exam_attempts(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ExamAttemptRead]:
    return await ATTEMPTS.page(db, actor, wanted)


@router.get("/exam-attempts/export", summary="导出测试答卷", response_class=Response, responses=FILE_ANSWER)
async def export_exam_attempts(wanted: Wanted, to: ExportTo) -> Response:
    return await ATTEMPTS.export(wanted, to)


@router.get("/exam-attempts/{exam_attempt_id}", summary="自己的试卷(交卷且测试截止后才有正确答案)")
async def read_exam_attempt(
    exam_attempt_id: AttemptId, db: Db, actor: CurrentActor, now: Now, response: Response
) -> ExamPaperRead:
    return await service.show_paper(db, await ATTEMPTS.require(db, actor, exam_attempt_id), response, now=now)


@router.post("/exams/{exam_id}/attempts", summary="开始答卷", status_code=status.HTTP_201_CREATED)
async def start_exam(exam_id: ExamId, db: Db, actor: CurrentActor, now: Now, response: Response) -> ExamPaperRead:
    exam = await EXAMS.require(db, actor, exam_id)
    return await service.show_paper(db, await service.start(db, exam, actor=actor, now=now), response, now=now)


@router.put("/exam-attempts/{exam_attempt_id}/answers", summary="保存答案")
async def answer_exam(
    *,
    exam_attempt_id: AttemptId,
    body: AnswersWrite,
    db: Db,
    actor: CurrentActor,
    now: Now,
    if_match: IfMatch,
    response: Response,
) -> ExamPaperRead:
    attempt = await ATTEMPTS.require(db, actor, exam_attempt_id, if_match=if_match)
    return await service.show_paper(
        db, await service.answer(db, attempt, body, actor=actor, now=now), response, now=now
    )


@router.post("/exam-attempts/{exam_attempt_id}/hand-in", summary="交卷", status_code=201)
async def hand_in_exam(
    *, exam_attempt_id: AttemptId, db: Db, actor: CurrentActor, now: Now, if_match: IfMatch, response: Response
) -> ExamPaperRead:
    attempt = await ATTEMPTS.require(db, actor, exam_attempt_id, if_match=if_match)
    return await service.show_paper(db, await service.hand_in(db, attempt, actor=actor, now=now), response, now=now)


@router.get("/exam-attempts/{exam_attempt_id}/history", summary="答卷的变更历史")
async def read_exam_attempt_history(
    exam_attempt_id: AttemptId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ATTEMPTS.history(db, actor, exam_attempt_id, page)


@router.get("/exam-results", summary="测试成绩(取最好一次,合格后不会变为不合格)")
async def list_exam_results(wanted: WantedResults, db: Db, actor: CurrentActor) -> Page[ExamResultRead]:
    return await RESULTS.page(db, actor, wanted)


@router.get("/exam-results/export", summary="导出测试成绩", response_class=Response, responses=FILE_ANSWER)
async def export_exam_results(wanted: WantedResults, to: ExportTo) -> Response:
    return await RESULTS.export(wanted, to)


@router.get("/exam-results/{exam_result_id}", summary="测试成绩详情")
async def read_exam_result(exam_result_id: ResultId, db: Db, actor: CurrentActor, response: Response) -> ExamResultRead:
    return await RESULTS.show(db, actor, exam_result_id, response)


@router.post("/exam-results/{exam_result_id}/void", summary="作废测试成绩(如代答),积分收回")
async def void_exam_result(
    *, exam_result_id: ResultId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ExamResultRead:
    result = await RESULTS.require(db, actor, exam_result_id, if_match=if_match)
    return await RESULTS.answer(db, await service.void_result(db, result, body.reason, actor=actor), response)


@router.get("/exam-results/{exam_result_id}/history", summary="测试成绩的变更历史")
async def read_exam_result_history(
    exam_result_id: ResultId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await RESULTS.history(db, actor, exam_result_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
