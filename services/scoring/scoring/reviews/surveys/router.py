from typing import Any
from uuid import UUID

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.reviews.standing import enter
from scoring.reviews.surveys import schemas, service
from scoring.reviews.surveys.models import SurveyAbsence

router = business_router(prefix="/api/v1/scoring", tags=["评:民意调查"])


@router.post("/surveys", summary="录入调查统计结果(附统计表)", response_model=schemas.SurveyRead, status_code=201)
async def record_survey(db: Db, actor: CurrentActor, given: schemas.SurveyRecord, today: Today) -> dict[str, Any]:
    return await service.record(db, given, today=today, actor=actor)


@router.get("/surveys", summary="调查结果列表", response_model=schemas.SurveyList)
async def list_surveys(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Any]:
    await enter(db, actor, review_id)
    return {"items": await service.of_review(db, review_id)}


@router.post("/survey-absences", summary="登记民意调查缺项", response_model=schemas.AbsenceRead, status_code=201)
async def record_survey_absence(
    db: Db, actor: CurrentActor, given: schemas.AbsenceRecord, today: Today
) -> SurveyAbsence:
    return await service.record_absence(db, given, today=today, actor=actor)
