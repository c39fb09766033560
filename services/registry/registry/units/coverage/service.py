from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import real_now
from records.events import record_event
from registry.tree.organizations import service as organizations
from registry.units.coverage import queries
from registry.units.coverage.events import CoverageReportStated
from registry.units.coverage.models import CoverageReport
from registry.units.coverage.schemas import CoverageFigures, CoverageRead, CoverageReportCreate, DenominatorScope
from registry.units.units.kinds import UnitKind, UnitSector


class DayInFuture(problems.Unprocessable):
    code = "day-in-future"
    detail = "统计日期不能晚于今天"


class CoverageReportNotFound(problems.NotFound):
    code = "coverage-report-not-found"
    detail = "没有这份覆盖率报告,或不在您的管理范围内"


async def question_of(
    db: AsyncSession,
    actor: Actor,
    organization_id: UUID,
    *,
    day: date,
    today: date,
    known_at: datetime | None = None,
    unit_kinds: Sequence[UnitKind] = (),
    min_staff: int | None = None,
) -> queries.Question:
    organization = await organizations.require(db, actor, organization_id)
    if day > today:
        raise DayInFuture
    paths = await queries.paths_on(db, [organization.id], day)
    return queries.Question(paths=paths, day=day, known_at=known_at, unit_kinds=unit_kinds, min_staff=min_staff)


async def measure(db: AsyncSession, organization_id: UUID, question: queries.Question) -> CoverageRead:
    counts = await queries.count(db, question)
    total = counts[UnitSector.ECONOMIC].plus(counts[UnitSector.SOCIAL])
    return CoverageRead(
        organization_id=organization_id,
        as_of=question.day,
        known_at=question.known_at,
        denominator_scope=DenominatorScope(
            organization_id=organization_id,
            as_of=question.day,
            unit_kinds=list(question.unit_kinds),
            min_staff=question.min_staff,
            units=total.units,
        ),
        economic=CoverageFigures.of(counts[UnitSector.ECONOMIC]),
        social=CoverageFigures.of(counts[UnitSector.SOCIAL]),
        total=CoverageFigures.of(total),
    )


async def state_report(db: AsyncSession, entry: CoverageReportCreate, *, actor: Actor, today: date) -> CoverageReport:
    organization = await organizations.require(db, actor, entry.organization_id)
    known_at = real_now()
    question = await question_of(
        db,
        actor,
        organization.id,
        day=entry.as_of or today,
        today=today,
        unit_kinds=entry.unit_kinds,
        min_staff=entry.min_staff,
    )
    found = await measure(db, organization.id, question)
    report = CoverageReport(
        organization_id=organization.id,
        root_id=organization.root_id,
        title=entry.title,
        as_of=question.day,
        known_at=known_at,
        denominator_scope=found.denominator_scope.model_dump(mode="json"),
        figures=found.model_dump(mode="json", include={"economic", "social", "total"}),
        stated_by=actor.subject,
    )
    db.add(report)
    await db.flush()
    await record_event(
        db,
        CoverageReportStated.model_validate(report),
        subject=report.id,
        root_id=organization.root_id,
        path=organization.path,
        actor=actor,
    )
    return report


def reports_listed_for(actor: Actor) -> Select[CoverageReport]:
    return queries.reports_visible_to(actor).order_by(CoverageReport.as_of, CoverageReport.id)


async def require_report(db: AsyncSession, actor: Actor, report_id: UUID) -> CoverageReport:
    found: CoverageReport | None = await db.scalar(
        queries.reports_visible_to(actor).where(CoverageReport.id == report_id)
    )
    if found is None:
        raise CoverageReportNotFound
    return found
