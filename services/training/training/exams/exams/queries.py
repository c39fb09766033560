from typing import Any

from sqlalchemy import select

from training.exams.exams.models import Exam


def title_of_exam(exam_id: Any) -> Any:
    return select(Exam.title).where(Exam.id == exam_id).scalar_subquery()
