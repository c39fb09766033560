from typing import Annotated

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
from records.voiding import VoidCreate
from training.exams.results import models, service
from training.exams.results.schemas import (
    ContestResultCorrect,
    ContestResultCreate,
    ContestResultId,
    ContestResultListing,
    ContestResultRead,
)
from training.exams.results.service import CONSTRAINT_ERRORS, CONTEST_RESULTS

router = business_router("/api/v1/training/contest-results", ["测试与竞赛"])
Wanted = Annotated[ContestResultListing, Depends(query_of(ContestResultListing))]


@router.get("", summary="竞赛成绩")
async def list_contest_results(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ContestResultRead]:
    return await CONTEST_RESULTS.page(db, actor, wanted)


@router.get("/export", summary="导出竞赛成绩", response_class=Response, responses=FILE_ANSWER)
async def export_contest_results(wanted: Wanted, to: ExportTo) -> Response:
    return await CONTEST_RESULTS.export(wanted, to)


@router.get("/{contest_result_id}", summary="竞赛成绩详情")
async def read_contest_result(
    contest_result_id: ContestResultId, db: Db, actor: CurrentActor, response: Response
) -> ContestResultRead:
    return await CONTEST_RESULTS.show(db, actor, contest_result_id, response)


@router.post("", summary="登记竞赛成绩", status_code=status.HTTP_201_CREATED)
async def create_contest_result(
    body: ContestResultCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ContestResultRead:
    return await CONTEST_RESULTS.answer(db, await service.record(db, body, actor=actor, today=today), response)


@router.patch("/{contest_result_id}", summary="更正竞赛成绩")
async def correct_contest_result(
    *,
    contest_result_id: ContestResultId,
    body: ContestResultCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ContestResultRead:
    result = await CONTEST_RESULTS.require(db, actor, contest_result_id, if_match=if_match)
    return await CONTEST_RESULTS.answer(db, await service.correct(db, result, body, actor=actor), response)


@router.post("/{contest_result_id}/void", summary="作废录入有误的竞赛成绩(视为从未有过,记录保留)")
async def void_contest_result(
    *,
    contest_result_id: ContestResultId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ContestResultRead:
    result = await CONTEST_RESULTS.require(db, actor, contest_result_id, if_match=if_match)
    return await CONTEST_RESULTS.answer(db, await service.void(db, result, body.reason, actor=actor), response)


@router.get("/{contest_result_id}/history", summary="竞赛成绩的变更历史")
async def read_contest_result_history(
    contest_result_id: ContestResultId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await CONTEST_RESULTS.history(db, actor, contest_result_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
