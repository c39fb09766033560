from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.points.evidence.queries import name_of
from scoring.reviews.access.registers import review_name, reviewed_name
from scoring.reviews.surveys.models import Survey, SurveyResult


def shown_surveys() -> Select[*tuple[Any, ...]]:
    return select(
        Survey.id,
        Survey.review_id,
        review_name(Survey.review_id).label("review_name"),
        Survey.kind,
        Survey.held_on,
        Survey.recorded_on,
    )


async def results_of(db: AsyncSession, survey_ids: Sequence[UUID]) -> Sequence[Row[*tuple[Any, ...]]]:
    query = select(
        SurveyResult.survey_id,
        SurveyResult.subject_id,
        reviewed_name(SurveyResult).label("subject_name"),
        SurveyResult.sheet_file_id,
        name_of(SurveyResult.sheet_file_id).label("sheet_file_name"),
        SurveyResult.asked,
        SurveyResult.good,
        SurveyResult.fairly_good,
        SurveyResult.ordinary,
        SurveyResult.poor,
    )
    query = query.where(SurveyResult.survey_id.in_(survey_ids)).order_by(SurveyResult.subject_id)
    return (await db.execute(query)).all()
