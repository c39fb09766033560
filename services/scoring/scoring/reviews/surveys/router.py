from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.reviews.access.service import subject_of
from scoring.reviews.surveys import models, service
from scoring.reviews.surveys.schemas import AbsenceRead, AbsenceRecord, SurveyListing, SurveyRead, SurveyRecord
from scoring.reviews.surveys.service import CONSTRAINTS

router = business_router(prefix="/api/v1/scoring", tags=["评:民意调查"])
Wanted = Annotated[SurveyListing, Depends(query_of(SurveyListing))]


@router.post("/surveys", summary="录入调查统计结果(每名对象附统计表)", status_code=status.HTTP_201_CREATED)
async def record_survey(body: SurveyRecord, db: Db, actor: CurrentActor, today: Today) -> SurveyRead:
    return await service.record(db, body, today=today, actor=actor)


@router.get("/surveys", summary="调查结果列表")
async def list_surveys(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[SurveyRead]:
    return await service.page(db, wanted, actor=actor)


@router.get("/surveys/export", summary="导出调查结果(每名对象一行)", response_class=Response, responses=FILE_ANSWER)
async def export_surveys(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(wanted, to)


@router.post("/survey-absences", summary="登记民意调查缺项", status_code=status.HTTP_201_CREATED)
async def record_survey_absence(body: AbsenceRecord, db: Db, actor: CurrentActor, today: Today) -> AbsenceRead:
    absence = await service.record_absence(db, body, today=today, actor=actor)
    subject = await subject_of(db, absence.review_id, absence.subject_id)
    return AbsenceRead(**body.model_dump(), subject_name=subject.name, recorded_on=absence.recorded_on)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINTS)
