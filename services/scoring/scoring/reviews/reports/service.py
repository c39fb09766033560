from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.events import append
from scoring.reviews.cycles.rules import State
from scoring.reviews.reports.models import Report
from scoring.reviews.reports.schemas import ReportRead, ReportSubmit
from scoring.reviews.reviews.standing import (
    NotYourReview,
    Standing,
    conduct,
    enter,
    refuse_own_case,
    require_step,
    subject_of,
)


class ReportNotFound(problems.NotFound):
    code = "report-not-found"
    detail = "这名对象还没有述职"


class ReportExists(problems.Conflict):
    code = "report-exists"
    detail = "这名对象已经述职或已登记缺席"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"pk_reports": ReportExists}


async def submit(db: AsyncSession, given: ReportSubmit, *, today: date, actor: Actor) -> Report:
    """The subject reports; only those who conduct the review record an absence. An absence gives way to a report."""
    standing = await enter(db, actor, given.review_id, lock=True)
    require_step(standing, State.REPORT)
    await subject_of(db, given.review_id, given.subject_id)
    is_allowed = standing.conducts or (given.content is not None and standing.speaks_for(given.subject_id))
    if not is_allowed:
        raise NotYourReview
    report = await db.get(Report, (given.review_id, given.subject_id), with_for_update=True)
    if report is None:
        report = Report(review_id=given.review_id, subject_id=given.subject_id, root_id=standing.review.root_id)
        db.add(report)
    elif not report.is_absent or given.content is None:
        raise ReportExists
    report.content, report.absence_reason = given.content, given.absence_reason
    report.is_absent = given.content is None
    report.submitted_by, report.submitted_on = actor.subject, today
    await _tell(db, report, standing, actor)
    return report


async def comment(
    db: AsyncSession, review_id: UUID, subject_id: UUID, text: str, *, today: date, actor: Actor
) -> Report:
    standing = await conduct(db, actor, review_id, State.REPORT, State.APPRAISE)
    refuse_own_case(standing, subject_id)
    report = await db.get(Report, (review_id, subject_id), with_for_update=True)
    if report is None:
        raise ReportNotFound
    report.comment, report.commented_by, report.commented_on = text, actor.subject, today
    await _tell(db, report, standing, actor)
    return report


async def _tell(db: AsyncSession, report: Report, standing: Standing, actor: Actor) -> None:
    await db.flush()
    data = ReportRead.model_validate(report).model_dump(mode="json", exclude={"content", "comment", "absence_reason"})
    await append(
        db,
        type="scoring.report.changed.v1",
        subject=report.subject_id,
        version=report.version,
        root_id=report.root_id,
        path=standing.path,
        data=data,
        actor=actor,
    )
