from datetime import date
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version, tag
from records.columns import shown
from records.events import Payload, record_event
from scoring.points.evidence import queries as evidence
from scoring.reviews.access.registers import of_review
from scoring.reviews.access.rules import COMMENT_REPORTS, REPORT
from scoring.reviews.access.service import (
    NotYourReview,
    ReviewAccess,
    enter_for,
    paper_behind,
    refuse_own_case,
    subject_of,
)
from scoring.reviews.reports.events import ReportChanged, ReportCommented
from scoring.reviews.reports.models import Report
from scoring.reviews.reports.schemas import ReportRead, ReportSubmit


class ReportNotFound(problems.NotFound):
    code = "report-not-found"
    detail = "这名对象还没有述职"


class NotCommented(problems.Conflict):
    code = "report-not-commented"
    detail = "这份述职还没有点评,不能撤回"


class ReportExists(problems.Conflict):
    code = "report-exists"
    detail = "这名对象已经述职或已登记缺席"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"pk_reports": ReportExists}

REPORTS = of_review("述职", Report, ReportRead, ReportNotFound, paper_file_name=evidence.name_of(Report.paper_file_id))


async def answer(db: AsyncSession, report: Report, response: Response) -> ReportRead:
    """A report has no id of its own: it is the subject's in the review."""
    of_subject = (Report.review_id == report.review_id, Report.subject_id == report.subject_id)
    row = (await db.execute(REPORTS.rows().where(*of_subject))).one()
    tag(response, row)
    return shown(ReportRead, row)


async def submit(db: AsyncSession, given: ReportSubmit, *, today: date, actor: Actor) -> Report:
    """The subject reports; only those who conduct the review record an absence, or enter another's signed paper.

    An absence gives way to a report, and a paper to the subject's own words.
    """
    access = await enter_for(db, actor, given.review_id, REPORT)
    await subject_of(db, given.review_id, given.subject_id)
    paper = await _source_of(db, access, given)
    report = await db.get(Report, (given.review_id, given.subject_id), with_for_update=True)
    if report is None:
        report = Report(review_id=given.review_id, subject_id=given.subject_id, root_id=access.review.root_id)
        db.add(report)
    elif given.content is None or not (report.is_absent or (report.paper_file_id and paper is None)):
        raise ReportExists
    report.content, report.absence_reason = given.content, given.absence_reason
    report.is_absent, report.paper_file_id = given.content is None, paper
    report.submitted_by, report.submitted_on = actor.subject, today
    await db.flush()
    await _record(db, ReportChanged.model_validate(report), report, access, actor)
    return report


async def _source_of(db: AsyncSession, access: ReviewAccess, given: ReportSubmit) -> UUID | None:
    if given.content is not None:
        return await paper_behind(db, access, given.subject_id, given.paper_file_id)
    if not access.conducts:
        raise NotYourReview
    await refuse_own_case(db, access, given.subject_id)
    return None


async def comment(
    db: AsyncSession, review_id: UUID, subject_id: UUID, text: str | None, *, today: date, actor: Actor, if_match: int
) -> Report:
    """By those who conduct the review; corrected in place, and taken back without a text."""
    access = await enter_for(db, actor, review_id, COMMENT_REPORTS)
    await refuse_own_case(db, access, subject_id)
    report = await db.get(Report, (review_id, subject_id), with_for_update=True)
    if report is None:
        raise ReportNotFound
    check_version(report, if_match)
    if text is None and report.comment is None:
        raise NotCommented
    day = report.commented_on or today
    report.comment, report.commented_by = text, actor.subject
    report.commented_on = None if text is None else day
    await db.flush()
    payload = ReportCommented(
        review_id=review_id,
        subject_id=subject_id,
        subject_kind=access.cycle.subject_kind,
        commented_on=day,
        is_commented=text is not None,
        revision=report.version,
    )
    await _record(db, payload, report, access, actor)
    return report


async def _record(db: AsyncSession, payload: Payload, report: Report, access: ReviewAccess, actor: Actor) -> None:
    root_id, path = report.root_id, access.path
    subject, version = report.subject_id, report.version
    await record_event(db, payload, subject=subject, version=version, root_id=root_id, path=path, actor=actor)
