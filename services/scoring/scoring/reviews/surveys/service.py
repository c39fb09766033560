from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.events import record_event
from records.files import Export
from records.listing import slice_of
from scoring.points.evidence.queries import are_seen
from scoring.reviews.access.models import ReviewSubject
from scoring.reviews.access.rules import RECORD_SURVEY
from scoring.reviews.access.service import (
    NotPublished,
    ReviewAccess,
    SubjectNotFound,
    enter,
    enter_for,
    refuse_own_case,
    subject_of,
)
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.rules import is_withheld
from scoring.reviews.surveys import queries, rules
from scoring.reviews.surveys.events import SurveyAbsenceRecorded, SurveyRecorded, SurveyScore
from scoring.reviews.surveys.models import Survey, SurveyAbsence, SurveyResult
from scoring.reviews.surveys.schemas import (
    AbsenceRecord,
    SurveyListing,
    SurveyRead,
    SurveyRecord,
    SurveyResultRead,
    SurveySheet,
)
from scoring.rounding import as_told

SHARES = ("favourable_share", "ordinary_share", "poor_share")


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


async def record(db: AsyncSession, given: SurveyRecord, *, today: date, actor: Actor) -> SurveyRead:
    access = await enter_for(db, actor, given.review_id, RECORD_SURVEY)
    await _check_subjects(db, given)
    await refuse_own_case(db, access, *(one.subject_id for one in given.results))
    if not access.cycle.period_from <= given.held_on <= today:
        raise SurveyDayOutOfRange
    if not await are_seen(db, actor, {one.sheet_file_id for one in given.results}):
        raise SheetNotFound
    review = access.review
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
    await _record_survey(db, survey, results, access, actor)
    rows = (await db.execute(queries.shown_surveys().where(Survey.id == survey.id))).all()
    [read] = await _read(db, rows, access.cycle.fewest_answers)
    return read


async def _check_subjects(db: AsyncSession, given: SurveyRecord) -> None:
    named = {one.subject_id for one in given.results}
    query = select(ReviewSubject.subject_id).where(ReviewSubject.review_id == given.review_id)
    if named - set(await db.scalars(query)):
        raise SubjectNotFound


async def record_absence(db: AsyncSession, given: AbsenceRecord, *, today: date, actor: Actor) -> SurveyAbsence:
    access = await enter_for(db, actor, given.review_id, RECORD_SURVEY)
    await subject_of(db, given.review_id, given.subject_id)
    await refuse_own_case(db, access, given.subject_id)
    absence = SurveyAbsence(
        **given.model_dump(), root_id=access.review.root_id, recorded_by=actor.subject, recorded_on=today
    )
    db.add(absence)
    await db.flush()
    payload = SurveyAbsenceRecorded(
        review_id=given.review_id, subject_id=given.subject_id, subject_kind=access.cycle.subject_kind
    )
    root_id, path = absence.root_id, access.path
    await record_event(db, payload, subject=given.subject_id, root_id=root_id, path=path, actor=actor)
    return absence


async def page(db: AsyncSession, wanted: SurveyListing, *, actor: Actor) -> Page[SurveyRead]:
    access = await _enter_shown(db, actor, wanted.review_id)
    found = await slice_of(db, queries.shown_surveys(), wanted)
    items = await _read(db, found.rows, access.cycle.fewest_answers)
    return Page[SurveyRead].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: SurveyListing, to: Export) -> Response:
    """A row for each subject of each survey."""
    access = await _enter_shown(to.db, to.actor, wanted.review_id)
    rows = await to.select(wanted.ordered(queries.shown_surveys()))
    surveys = await _read(to.db, rows, access.cycle.fewest_answers)
    return await to.file(
        "民意调查", SurveySheet, ({**vars(one), **vars(result)} for one in surveys for result in one.results)
    )


async def _enter_shown(db: AsyncSession, actor: Actor, review_id: UUID) -> ReviewAccess:
    """A survey is a part of the result, and seen by those who see that."""
    access = await enter(db, actor, review_id)
    if not access.sees_results:
        raise NotPublished
    return access


async def _read(db: AsyncSession, surveys: Sequence[Row[Any]], fewest: int) -> list[SurveyRead]:
    results: dict[UUID, list[SurveyResultRead]] = {}
    for row in await queries.results_of(db, [one.id for one in surveys]):
        results.setdefault(row.survey_id, []).append(_with_shares(row, fewest))
    return [SurveyRead.model_construct(**one._mapping, results=results[one.id]) for one in surveys]


def _with_shares(row: Row[Any], fewest: int) -> SurveyResultRead:
    """Nothing is told of a subject with fewer answers than would hide who gave which (rules §7)."""
    counts = rules.Counts(row.good, row.fairly_good, row.ordinary, row.poor)
    few = is_withheld(counts, fewest)
    shares = dict(zip(SHARES, rules.shares(counts), strict=True))
    figures: dict[str, Any] = {**counts._asdict(), **shares}
    return SurveyResultRead(
        subject_id=row.subject_id,
        subject_name=row.subject_name,
        sheet_file_id=row.sheet_file_id,
        sheet_file_name=row.sheet_file_name,
        asked=row.asked,
        is_withheld=few,
        **(dict.fromkeys(figures) if few else figures),
    )


def counts_of(result: SurveyResult) -> rules.Counts:
    return rules.Counts(result.good, result.fairly_good, result.ordinary, result.poor)


def answer_values(cycle: Cycle) -> tuple[int, int, int, int]:
    return cycle.grade_excellent, cycle.grade_qualified, cycle.grade_basic, cycle.grade_unqualified


async def _record_survey(
    db: AsyncSession, survey: Survey, results: Sequence[SurveyResult], access: ReviewAccess, actor: Actor
) -> None:
    values = answer_values(access.cycle)
    payload = SurveyRecorded(
        survey_id=survey.id,
        review_id=survey.review_id,
        kind=survey.kind,
        subject_kind=access.cycle.subject_kind,
        held_on=survey.held_on,
        results=[
            SurveyScore(
                subject_id=one.subject_id,
                sheet_file_id=one.sheet_file_id,
                score=as_told(rules.mean(counts_of(one), values)),
            )
            for one in results
            if not is_withheld(counts_of(one), access.cycle.fewest_answers)
        ],
    )
    await record_event(
        db, payload, subject=survey.id, version=survey.version, root_id=survey.root_id, path=access.path, actor=actor
    )
