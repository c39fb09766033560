from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from scoring.reviews.surveys.models import SurveyKind
from scoring.subjects import SubjectKind


class SurveyScore(Payload):
    subject_id: UUID
    sheet_file_id: UUID
    score: Amount


class SurveyRecorded(Payload, title="录入民意调查"):
    type: ClassVar[str] = "scoring.survey.recorded.v1"
    survey_id: UUID
    review_id: UUID
    kind: SurveyKind
    subject_kind: SubjectKind
    held_on: date
    results: list[SurveyScore]


class SurveyAbsenceRecorded(Payload, title="登记调查缺项"):
    """The reason stays with the record."""

    type: ClassVar[str] = "scoring.survey_absence.recorded.v1"
    review_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
