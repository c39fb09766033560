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
from registry.units.surveys import models, service
from registry.units.surveys.schemas import (
    SurveyCheckCreate,
    SurveyCheckId,
    SurveyCheckListing,
    SurveyCheckRead,
    SurveyRoundCreate,
    SurveyRoundId,
    SurveyRoundListing,
    SurveyRoundRead,
    SurveyUnitListing,
    SurveyUnitRead,
)
from registry.units.surveys.service import CONSTRAINT_ERRORS, SURVEY_CHECKS, SURVEY_ROUNDS

router = business_router("/api/v1/registry", ["排查"])
WantedUnits = Annotated[SurveyUnitListing, Depends(query_of(SurveyUnitListing))]
WantedChecks = Annotated[SurveyCheckListing, Depends(query_of(SurveyCheckListing))]
Wanted = Annotated[SurveyRoundListing, Depends(query_of(SurveyRoundListing))]


@router.get("/survey-rounds", summary="排查轮次列表")
async def list_survey_rounds(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SurveyRoundRead]:
    return await SURVEY_ROUNDS.page(db, actor, wanted)


@router.get("/survey-rounds/export", summary="导出排查轮次", response_class=Response, responses=FILE_ANSWER)
async def export_survey_rounds(wanted: Wanted, to: ExportTo) -> Response:
    return await SURVEY_ROUNDS.export(wanted, to)


@router.get("/survey-rounds/{survey_round_id}", summary="排查轮次详情")
async def read_survey_round(
    survey_round_id: SurveyRoundId, db: Db, actor: CurrentActor, response: Response
) -> SurveyRoundRead:
    return await SURVEY_ROUNDS.show(db, actor, survey_round_id, response)


@router.post("/survey-rounds", summary="开始一轮排查", status_code=status.HTTP_201_CREATED)
async def create_survey_round(
    body: SurveyRoundCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> SurveyRoundRead:
    return await SURVEY_ROUNDS.answer(db, await service.open_round(db, body, actor=actor, today=today), response)


@router.post("/survey-rounds/{survey_round_id}/void", summary="作废录入有误的排查轮次(视为从未开始,记录保留)")
async def void_survey_round(
    *,
    survey_round_id: SurveyRoundId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> SurveyRoundRead:
    survey_round = await SURVEY_ROUNDS.require(db, actor, survey_round_id, if_match=if_match)
    return await SURVEY_ROUNDS.answer(
        db, await service.void_round(db, survey_round, body.reason, actor=actor), response
    )


@router.get("/survey-rounds/{survey_round_id}/history", summary="排查轮次的变更历史")
async def read_survey_round_history(
    survey_round_id: SurveyRoundId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SURVEY_ROUNDS.history(db, actor, survey_round_id, page)


@router.get("/survey-rounds/{survey_round_id}/units", summary="本轮排查的单位(上一轮以后新增的自动列入)")
async def list_survey_units(
    survey_round_id: SurveyRoundId, wanted: WantedUnits, db: Db, actor: CurrentActor
) -> Page[SurveyUnitRead]:
    return await service.page_units(db, await SURVEY_ROUNDS.require(db, actor, survey_round_id), wanted)


@router.get(
    "/survey-rounds/{survey_round_id}/units/export",
    summary="导出本轮排查的单位",
    response_class=Response,
    responses=FILE_ANSWER,
)
async def export_survey_units(
    survey_round_id: SurveyRoundId, wanted: WantedUnits, db: Db, actor: CurrentActor, to: ExportTo
) -> Response:
    return await service.export_units(await SURVEY_ROUNDS.require(db, actor, survey_round_id), wanted, to)


@router.get("/survey-checks", summary="排查记录列表")
async def list_survey_checks(wanted: WantedChecks, db: Db, actor: CurrentActor) -> Page[SurveyCheckRead]:
    return await SURVEY_CHECKS.page(db, actor, wanted)


@router.get("/survey-checks/export", summary="导出排查记录", response_class=Response, responses=FILE_ANSWER)
async def export_survey_checks(wanted: WantedChecks, to: ExportTo) -> Response:
    return await SURVEY_CHECKS.export(wanted, to)


@router.get("/survey-checks/{survey_check_id}", summary="排查记录详情")
async def read_survey_check(
    survey_check_id: SurveyCheckId, db: Db, actor: CurrentActor, response: Response
) -> SurveyCheckRead:
    return await SURVEY_CHECKS.show(db, actor, survey_check_id, response)


@router.post("/survey-checks", summary="登记排查情况", status_code=status.HTTP_201_CREATED)
async def create_survey_check(
    body: SurveyCheckCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> SurveyCheckRead:
    return await SURVEY_CHECKS.answer(db, await service.record_check(db, body, actor=actor, today=today), response)


@router.post("/survey-checks/{survey_check_id}/void", summary="作废录入有误的排查记录(视为尚未排查,记录保留)")
async def void_survey_check(
    *,
    survey_check_id: SurveyCheckId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> SurveyCheckRead:
    survey_check = await SURVEY_CHECKS.require(db, actor, survey_check_id, if_match=if_match)
    return await SURVEY_CHECKS.answer(
        db, await service.void_check(db, survey_check, body.reason, actor=actor), response
    )


@router.get("/survey-checks/{survey_check_id}/history", summary="排查记录的变更历史")
async def read_survey_check_history(
    survey_check_id: SurveyCheckId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SURVEY_CHECKS.history(db, actor, survey_check_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
