from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import real_now
from kit.paging import Page
from records.columns import shown
from records.events import record_event
from records.files import Export
from records.listing import Listing, slice_of
from records.registers import Register
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.coverage import queries
from registry.units.coverage.events import CoverageReportStated
from registry.units.coverage.models import CoverageReport
from registry.units.coverage.schemas import (
    CoverageFigures,
    CoverageRead,
    CoverageReportCreate,
    CoverageReportListing,
    CoverageReportRead,
    CoverageReportSheet,
    DenominatorScope,
    SectorFigures,
    WhiteSpotRead,
)
from registry.units.units.kinds import UnitKind, UnitSector


class DayInFuture(problems.Unprocessable):
    code = "day-in-future"
    detail = "统计日期不能晚于今天"


class CoverageReportNotFound(problems.NotFound):
    code = "coverage-report-not-found"
    detail = "没有这份覆盖率报告,或不在您的管理范围内"


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    scope, figures = row["denominator_scope"], row["figures"]
    return {
        **row,
        "denominator_scope": DenominatorScope.model_validate(scope),
        "figures": SectorFigures.model_validate(figures),
    }


def _in_one_line(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, **SectorFigures.model_validate(row["figures"]).total.model_dump()}


REPORTS = Register(
    "覆盖率报告",
    CoverageReport,
    CoverageReportRead,
    CoverageReportNotFound,
    organization_queries.belonging(CoverageReport.organization_id),
    derived={"organization_name": organization_queries.name_of(CoverageReport.organization_id)},
    readable=_readable,
)


async def export_reports(wanted: CoverageReportListing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(REPORTS.rows().where(REPORTS.seen(to.actor))))
    lines = (_in_one_line(row._mapping) for row in rows)
    return await to.file(REPORTS.title, CoverageReportSheet, lines)


async def page_white_spots(db: AsyncSession, question: queries.Question, wanted: Listing) -> Page[WhiteSpotRead]:
    found = await slice_of(db, queries.white_spots(question), wanted)
    items = [shown(WhiteSpotRead, row) for row in found.rows]
    return Page[WhiteSpotRead].model_construct(items=items, next=found.next, total=found.total)


async def export_white_spots(question: queries.Question, wanted: Listing, to: Export) -> Response:
    rows = await to.select(wanted.ordered(queries.white_spots(question)))
    return await to.file("空白点", WhiteSpotRead, (row._mapping for row in rows))


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
    organization = await ORGANIZATIONS.require(db, actor, organization_id)
    if day > today:
        raise DayInFuture
    paths = await queries.paths_on(db, [organization.id], day)
    return queries.Question(paths=paths, day=day, known_at=known_at, unit_kinds=unit_kinds, min_staff=min_staff)


async def measure(db: AsyncSession, organization_id: UUID, question: queries.Question) -> CoverageRead:
    organization = await db.get_one(PartyOrganization, organization_id)
    counts = await queries.count(db, question)
    total = counts[UnitSector.ECONOMIC].plus(counts[UnitSector.SOCIAL])
    return CoverageRead(
        organization_id=organization_id,
        organization_name=organization.name,
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
    organization = await ORGANIZATIONS.require(db, actor, entry.organization_id)
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
