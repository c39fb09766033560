from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from scoring.points.evidence.models import EvidenceFile
from scoring.points.evidence.service import visible_to
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews.models import ReviewSubject
from scoring.reviews.reviews.standing import Standing, SubjectNotFound, conduct, refuse_own_case, subject_of
from scoring.reviews.surveys import rules
from scoring.reviews.surveys.events import SurveyAbsenceRecorded, SurveyRecorded, SurveyScore
from scoring.reviews.surveys.models import Survey, SurveyAbsence, SurveyResult
from scoring.reviews.surveys.schemas import AbsenceRecord, SurveyRecord


class SheetNotFound(problems.Unprocessable):
    code = "survey-sheet-not-found"
    detail = "没有找到作为佐证的统计表,请先上传"


class SurveyDayOutOfRange(problems.Unprocessable):
    code = "survey-day-out-of-range"
    detail = "调查日期须在积分周期开始以后,不能晚于今天"


class SurveyExists(problems.Conflict):
    code = "survey-exists"
    detail = "有的对象已录入过同类调查结果,或名单中有重复"


class AbsenceExists(problems.Conflict):
    code = "survey-absence-exists"
    detail = "这名对象已登记缺项"


CONSTRAINTS: dict[str, type[problems.Problem]] = {
    "uq_survey_results_review_id_subject_id_kind": SurveyExists,
    "pk_survey_results": SurveyExists,
    "pk_survey_absences": AbsenceExists,
}


async def record(db: AsyncSession, given: SurveyRecord, *, today: date, actor: Actor) -> dict[str, Any]:
    standing = await conduct(db, actor, given.review_id, State.APPRAISE)
    await _check_subjects(db, given)
    if not standing.cycle.period_from <= given.held_on <= today:
        raise SurveyDayOutOfRange
    if not await db.scalar(select(exists().where(EvidenceFile.id == given.sheet_file_id, visible_to(actor)))):
        raise SheetNotFound
    review = standing.review
    survey = Survey(
        **given.model_dump(exclude={"results"}), root_id=review.root_id, recorded_by=actor.subject, recorded_on=today
    )
    db.add(survey)
    await db.flush()
    results = [
        SurveyResult(
            **one.model_dump(), survey_id=survey.id, review_id=review.id, root_id=review.root_id, kind=given.kind
        )
        for one in given.results
    ]
    db.add_all(results)
    await db.flush()
    await _record_survey(db, survey, results, standing, actor)
    return shown(survey, results)


async def _check_subjects(db: AsyncSession, given: SurveyRecord) -> None:
    named = {one.subject_id for one in given.results}
    query = select(ReviewSubject.subject_id).where(ReviewSubject.review_id == given.review_id)
    if named - set(await db.scalars(query)):
        raise SubjectNotFound


async def record_absence(db: AsyncSession, given: AbsenceRecord, *, today: date, actor: Actor) -> SurveyAbsence:
    standing = await conduct(db, actor, given.review_id, State.APPRAISE)
    await subject_of(db, given.review_id, given.subject_id)
    refuse_own_case(standing, given.subject_id)
    absence = SurveyAbsence(
        **given.model_dump(), root_id=standing.review.root_id, recorded_by=actor.subject, recorded_on=today
    )
    db.add(absence)
    await db.flush()
    payload = SurveyAbsenceRecorded(
        review_id=given.review_id, subject_id=given.subject_id, subject_kind=standing.cycle.subject_kind
    )
    root_id, path = absence.root_id, standing.path
    await record_event(db, payload, subject=given.subject_id, root_id=root_id, path=path, actor=actor)
    return absence


async def of_review(db: AsyncSession, review_id: UUID) -> list[dict[str, Any]]:
    surveys = (await db.scalars(select(Survey).where(Survey.review_id == review_id).order_by(Survey.id))).all()
    query = select(SurveyResult).where(SurveyResult.review_id == review_id).order_by(SurveyResult.subject_id)
    results = (await db.scalars(query)).all()
    return [shown(one, [row for row in results if row.survey_id == one.id]) for one in surveys]


def shown(survey: Survey, results: Sequence[SurveyResult]) -> dict[str, Any]:
    fields = ("id", "review_id", "kind", "held_on", "sheet_file_id", "recorded_on")
    return {**{name: getattr(survey, name) for name in fields}, "results": [_with_shares(one) for one in results]}


def counts_of(result: SurveyResult) -> rules.Counts:
    return rules.Counts(result.good, result.fairly_good, result.ordinary, result.poor)


def _with_shares(result: SurveyResult) -> dict[str, Any]:
    counts = counts_of(result)
    shares = {f"{name}_share": share for name, share in rules.shares(counts)._asdict().items()}
    return {"subject_id": result.subject_id, **counts._asdict(), **shares}


def answer_values(cycle: Cycle) -> tuple[int, int, int, int]:
    return cycle.grade_excellent, cycle.grade_qualified, cycle.grade_basic, cycle.grade_unqualified


async def _record_survey(
    db: AsyncSession, survey: Survey, results: Sequence[SurveyResult], standing: Standing, actor: Actor
) -> None:
    values = answer_values(standing.cycle)
    payload = SurveyRecorded(
        survey_id=survey.id,
        review_id=survey.review_id,
        kind=survey.kind,
        subject_kind=standing.cycle.subject_kind,
        held_on=survey.held_on,
        sheet_file_id=survey.sheet_file_id,
        results=[SurveyScore(subject_id=one.subject_id, score=rules.score(counts_of(one), values)) for one in results],
    )
    await record_event(
        db, payload, subject=survey.id, version=survey.version, root_id=survey.root_id, path=standing.path, actor=actor
    )
